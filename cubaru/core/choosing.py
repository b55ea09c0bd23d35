"""Taking a part of a change: which of the things that differ between two documents are taken over."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from cubaru.core.comparing import Difference
from cubaru.core.document_items import Document, Item, Links, Parts, Texts
from cubaru.core.document_values import without_empty
from cubaru.core.documents import RecordKind
from cubaru.core.reading import HEAD, Path, by_identity, related_model


@dataclass(frozen=True)
class Choice:
    """Something that is taken or left as a whole: a text, a value, a row that comes or goes, an order."""

    path: Path
    differences: tuple[Difference, ...]


def choices(kind: RecordKind, live: Document, wanted: Document, found: Iterable[Difference]) -> list[Choice]:
    """The differences, put together where one makes no sense without the other (a row that is new)."""
    by_path: dict[Path, list[Difference]] = {}
    whole = [*_rows_of_one_side(kind, live, wanted)]
    for difference in found:
        path = next((row for row in whole if difference.path[: len(row)] == row), difference.path)
        by_path.setdefault(path, []).append(difference)
    return [Choice(path, tuple(those)) for path, those in by_path.items()]


def chosen(
    kind: RecordKind,
    live: Document,
    wanted: Document,
    *,
    left: Collection[Path],
    texts: Mapping[Path, str] | None = None,
) -> Document:
    """The wanted document with what is at the paths in `left` as in the live one.

    `texts` are texts in other words, by their paths. Both documents are in their normal form.
    """
    chooser = _Chooser(left, texts or {})
    document = chooser.map(kind.model, [*HEAD, *kind.items], live, wanted, ())
    return {"record": kind.name, **document}


@dataclass(frozen=True)
class _Chooser:
    left: Collection[Path]
    texts: Mapping[Path, str]

    def map(
        self, model: type[models.Model], items: Iterable[Item], live: Document, wanted: Document, path: Path
    ) -> Document:
        return without_empty(
            (item.key, self._item(model, item, live.get(item.key), wanted.get(item.key), (*path, item.key)))
            for item in items
        )

    def _item(self, model: type[models.Model], item: Item, live: Any, wanted: Any, path: Path) -> Any:
        if isinstance(item, Texts):
            languages = list(dict.fromkeys([*(wanted or {}), *(live or {})]))
            texts = {language: self._text(language, live, wanted, path) for language in languages}
            return {language: text for language, text in texts.items() if text}
        if isinstance(item, Parts) and not isinstance(item, Links):
            return self._rows(related_model(model, item), item, live or [], wanted or [], path)
        return live if path in self.left else wanted

    def _text(self, language: str, live: Document | None, wanted: Document | None, path: Path) -> str | None:
        here = (*path, language)
        if here in self.left:
            return (live or {}).get(language)
        return self.texts.get(here, (wanted or {}).get(language))

    def _rows(
        self,
        part: type[models.Model],
        item: Parts,
        live: list[Document],
        wanted: list[Document],
        path: Path,
    ) -> list[Document]:
        before, after = dict(by_identity(item, live)), dict(by_identity(item, wanted))
        rows: dict[str, Document] = {}
        for key, row in after.items():
            here = (*path, key)
            if key in before:
                rows[key] = self.map(part, item.items, before[key], row, here)
            elif here not in self.left:
                rows[key] = self.map(part, item.items, {}, row, here)
        kept = {key: row for key, row in before.items() if key not in after and (*path, key) in self.left}
        order = [*rows]
        if path in self.left:
            known = [key for key in before if key in rows]
            order = [known.pop(0) if key in before else key for key in order]
        return [rows.get(key) or kept[key] for key in _with_kept(order, [*before], kept)]


def _with_kept(order: list[str], before: list[str], kept: Collection[str]) -> list[str]:
    """The keys in order with the kept ones, each behind what it stood behind."""
    found = list(order)
    for place, key in enumerate(before):
        if key in kept:
            ahead = next((one for one in reversed(before[:place]) if one in found), None)
            found.insert(found.index(ahead) + 1 if ahead is not None else 0, key)
    return found


def _rows_of_one_side(kind: RecordKind, live: Document, wanted: Document) -> Iterator[Path]:
    """The paths of the rows that only one of the documents has, the outermost of each."""
    yield from _lone_rows(kind.model, kind.items, live, wanted, ())


def _lone_rows(
    model: type[models.Model], items: Iterable[Item], live: Document, wanted: Document, path: Path
) -> Iterator[Path]:
    for item in items:
        if not isinstance(item, Parts) or isinstance(item, Links):
            continue
        before = dict(by_identity(item, live.get(item.key, [])))
        after = dict(by_identity(item, wanted.get(item.key, [])))
        for key in before.keys() | after.keys():
            here = (*path, item.key, key)
            if key in before and key in after:
                part = related_model(model, item)
                yield from _lone_rows(part, item.items, before[key], after[key], here)
            else:
                yield here
