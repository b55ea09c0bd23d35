"""Places in documents ("claims[1].statement") in words, and as the fields of the record's form."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from django.db import models
from django.utils.text import capfirst

from cubaru.core.document_items import Item, Parts
from cubaru.core.documents import Document, RecordKind
from cubaru.core.languages import LANGUAGES
from cubaru.core.reading import label_of, related_model

_KEY = re.compile(r"(?P<key>[^.\[\]]+)(?:\[(?P<position>\d+)\])?")


class Place(NamedTuple):
    """One key on the way, with its item, its model, and the position if it is a list."""

    model: type[models.Model]
    item: Item
    position: int | None


def places_on(kind: RecordKind, at: str) -> Iterator[Place]:
    """The way to a place. Raises KeyError if the documents of the kind have no such place."""
    model: type[models.Model] = kind.model
    items = {item.key: item for item in kind.items}
    for found in _KEY.finditer(at):
        item = items[found["key"]]
        yield Place(model, item, int(found["position"]) if found["position"] else None)
        if isinstance(item, Parts):
            model = related_model(model, item)
            items = {inner.key: inner for inner in item.items}


def words_for(kind: RecordKind, at: str) -> str:
    """What the place is called in the active language: “Title”, “Claim 2: statement”."""
    words = ""
    for place in places_on(kind, at):
        name = label_of(place.model, place.item)
        if place.position is not None:
            part = related_model(place.model, place.item)._meta.verbose_name
            name = f"{part} {place.position + 1}"
        words = f"{words}: {name[:1].lower()}{name[1:]}" if words else name
    return capfirst(words)


def field_id(kind: RecordKind, at: str, language: str) -> str:
    """The id of the text's field in the form of its record."""
    names = [
        place.item.attribute if place.position is None else f"{place.item.attribute}-{place.position}"
        for place in places_on(kind, at)
    ]
    return f"id_{'-'.join(names)}_{language}"


def text_at(document: Document, at: str) -> dict[str, str]:
    """The text that stands at a place, by language; {} where nothing stands."""
    value: object = document
    for found in _KEY.finditer(at):
        value = value.get(found["key"]) if isinstance(value, dict) else None
        if found["position"] is not None:
            position = int(found["position"])
            value = value[position] if isinstance(value, list) and position < len(value) else None
    return {one: value[one] for one in LANGUAGES if one in value} if isinstance(value, dict) else {}
