"""Two documents of a kind put together, and documents that link to another record than before."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models

from cubaru.core.document_items import Document, Item, Json, Link, Links, Parts, Texts
from cubaru.core.document_values import is_empty, without_empty
from cubaru.core.documents import RecordKind
from cubaru.core.models import NameKind
from cubaru.core.reading import Path, by_identity, related_model


@dataclass(frozen=True)
class Conflict:
    """Something that the two say differently, by its path in their documents."""

    path: Path
    kept: Any
    away: Any


class Joiner:
    """Puts two documents together; in the conflicts whose paths are `taken` the second one counts."""

    def __init__(self, taken: Collection[Path]) -> None:
        self.taken = taken
        self.conflicts: list[Conflict] = []

    def map(
        self, model: type[models.Model], items: Iterable[Item], kept: Document, away: Document, path: Path
    ) -> Document:
        found: Document = {}
        for item in items:
            one, other = kept.get(item.key), away.get(item.key)
            here = (*path, item.key)
            if isinstance(item, Links):
                found[item.key] = list(dict.fromkeys([*(one or []), *(other or [])]))
            elif isinstance(item, Parts):
                found[item.key] = self._parts(related_model(model, item), item, one or [], other or [], here)
            elif isinstance(item, Texts | Json) and _are_maps(one, other):
                found[item.key] = self._by_key(one or {}, other or {}, here)
            else:
                found[item.key] = self._value(one, other, here)
        return without_empty(found.items())

    def _by_key(self, kept: Document, away: Document, path: Path) -> Document:
        keys = dict.fromkeys([*kept, *away])
        return {key: self._value(kept.get(key), away.get(key), (*path, key)) for key in keys}

    def _parts(
        self, model: type[models.Model], item: Parts, kept: list[Document], away: list[Document], path: Path
    ) -> list[Document]:
        found = dict(by_identity(item, kept))
        for part in away:
            if part in found.values():
                continue
            twin = next((key for key, one in found.items() if _has_twin(item, part, [one])), None)
            if twin is not None and stands_once(model):
                found[twin] = self.map(model, item.items, found[twin], part, (*path, twin))
            else:
                found[f"away {len(found)}"] = part
        return list(found.values())

    def _value(self, kept: Any, away: Any, path: Path) -> Any:
        if is_empty(away) or kept == away:
            return kept
        if is_empty(kept):
            return away
        self.conflicts.append(Conflict(path, kept, away))
        return away if path in self.taken else kept


def _are_maps(*values: Any) -> bool:
    return all(value is None or isinstance(value, dict) for value in values)


def with_names(kind: RecordKind, document: Document, away: Document) -> Document:
    """The document with what the other record was called among its names, so that it is found by it."""
    if not any(item.key == "names" for item in kind.items) or kind.model.label_field != "name":
        return document
    called = {*document["name"].values(), *(name["text"] for name in document.get("names", []))}
    more = [
        {"text": text, "language": language, "script": "Cyrl" if language == "ru" else "Latn",
         "kind": NameKind.ALIAS.value}
        for language, text in away["name"].items()
        if text not in called
    ]  # fmt: skip
    return document | {"names": [*document.get("names", []), *more]} if more else document


@dataclass(frozen=True)
class Way:
    """From a record of the kind to another; links to `but` are left out: nothing is part of itself."""

    kind: RecordKind
    old: str
    new: str
    but: str = ""


def relinked(kind: RecordKind, document: Document, way: Way) -> Document:
    """The document with links to another record; parts that would stand twice then stand once."""
    head = {key: document[key] for key in ("record", "slug", "status")}
    return head | _relinked_map(kind.model, kind.items, document, way)


def _relinked_map(model: type[models.Model], items: Iterable[Item], value: Document, way: Way) -> Document:
    found: Document = {}
    for item in items:
        if item.key not in value:
            continue
        inner = value[item.key]
        if isinstance(item, Link):
            found[item.key] = _turned(related_model(model, item), inner, way)
        elif isinstance(item, Links):
            target = related_model(related_model(model, item), item.link)
            turned = [_turned(target, slug, way) for slug in inner]
            found[item.key] = list(dict.fromkeys(slug for slug in turned if slug))
        elif isinstance(item, Parts):
            found[item.key] = _relinked_parts(model, item, inner, way)
        else:
            found[item.key] = inner
    return without_empty(found.items())


def _relinked_parts(
    model: type[models.Model], item: Parts, parts: list[Document], way: Way
) -> list[Document]:
    part_model = related_model(model, item)
    links = [inner for inner in item.items if isinstance(inner, Link)]
    found: list[Document] = []
    for part in parts:
        turned = _relinked_map(part_model, item.items, part, way)
        lost = any(link.key in part and link.key not in turned for link in links)
        if lost or turned in found or (stands_once(part_model) and _has_twin(item, turned, found)):
            continue
        found.append(turned)
    return found


def _has_twin(item: Parts, part: Document, among: list[Document]) -> bool:
    return any(all(one.get(key) == part.get(key) for key in item.identity) for one in among)


def _turned(model: type[models.Model], slug: str, way: Way) -> str:
    if model is not way.kind.model:
        return slug
    turned = way.new if slug == way.old else slug
    return "" if turned == way.but else turned


def stands_once(part: type[models.Model]) -> bool:
    """Whether the database lets such a part stand only once in a record."""
    return any(isinstance(rule, models.UniqueConstraint) for rule in part._meta.constraints)
