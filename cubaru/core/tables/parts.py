"""Parts in one cell: each part as a line of the notation, and back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from cubaru.core.dates import Calendar
from cubaru.core.document_columns import File, Item, Json, Link, Plain, Texts, When
from cubaru.core.document_items import Links, Parts
from cubaru.core.document_values import Document, DocumentError, inside
from cubaru.core.languages import LANGUAGES
from cubaru.core.tables.json_cells import read_json
from cubaru.core.tables.notation import Line, read, written
from cubaru.core.tables.values import text_of, value_of

Pair = tuple[str, str]


class PartsCell:
    """Writes and reads the parts that an item of `model` holds."""

    def __init__(self, item: Parts, model: type[models.Model]) -> None:
        self.item, self.model = item, item.part_of(model)
        first = item.items[0]
        #: What a value without a key is: the record that is linked to, the text of a name.
        self.bare = first.key if isinstance(first, Plain | Link | File) else ""
        self.below = {
            inner.key: PartsCell(inner, self.model)
            for inner in item.items
            if isinstance(inner, Parts) and not isinstance(inner, Links)
        }
        self.keys = [key for inner in item.items if inner.key not in self.below for key in keys_of(inner)]

    def written(self, parts: Sequence[Document]) -> str:
        return written(self.line(part) for part in parts)

    def read(self, cell: str, at: str) -> list[Document]:
        """Raises DocumentError."""
        known = {key for one in (self, *self.below.values()) for key in one.keys}
        try:
            lines = read(cell, known)
        except ValueError as error:
            raise DocumentError(at, _("“%(line)s” cannot be read.") % {"line": error}) from error
        return [self.part(line, f"{at}[{number}]") for number, line in enumerate(lines)]

    def line(self, part: Document) -> Line:
        pairs = [pair for item in self.item.items for pair in self._pairs(item, part.get(item.key))]
        if pairs and pairs[0][0] == self.bare and not self._has_key(pairs[0][1]):
            pairs[0] = ("", pairs[0][1])
        below = [(key, cell.line(one)) for key, cell in self.below.items() for one in part.get(key, [])]
        return Line(pairs, below)

    def _has_key(self, value: str) -> bool:
        """Whether a value without its key would be read as one with a key."""
        return ":" in value

    def _pairs(self, item: Item, value: Any) -> Iterator[Pair]:
        if value is None or item.key in self.below:
            return
        if isinstance(item, Texts):
            yield from ((inside(item.key, language), text) for language, text in value.items())
        elif isinstance(item, When):
            yield from _date_pairs(item.key, value)
        elif isinstance(item, Links):
            yield item.key, ", ".join(value)
        else:
            yield item.key, text_of(value)

    def part(self, line: Line, at: str) -> Document:
        part: Document = {}
        items = {key: item for item in self.item.items for key in keys_of(item)}
        for key, text in line.pairs:
            name = key or (self.bare if self.bare not in part else "")
            if name not in items:
                raise DocumentError(
                    at,
                    _("“%(text)s” is not known here; known are %(known)s.")
                    % {"text": f"{key}: {text}" if key else text, "known": ", ".join(self.keys)},
                )
            put(part, Spot(items[name], self.model, name, inside(at, name)), text)
        for key, inner in line.below:
            if key not in self.below:
                raise DocumentError(
                    at,
                    _("“%(text)s” is not known here; known are %(known)s.")
                    % {"text": key, "known": ", ".join(self.below) or "—"},
                )
            part.setdefault(key, []).append(self.below[key].part(inner, inside(at, key)))
        return part


def keys_of(item: Item) -> list[str]:
    """The keys under which an item stands in the notation, and its columns in a table."""
    if isinstance(item, Texts):
        return [inside(item.key, language) for language in LANGUAGES]
    if isinstance(item, When):
        return [item.key, inside(item.key, "calendar"), inside(item.key, "words")]
    return [item.key]


def _date_pairs(key: str, date: dict[str, str]) -> Iterator[Pair]:
    if "edtf" in date:
        yield key, date["edtf"]
    if date.get("calendar", Calendar.GREGORIAN.value) != Calendar.GREGORIAN.value:
        yield inside(key, "calendar"), date["calendar"]
    if "words" in date:
        yield inside(key, "words"), date["words"]


@dataclass(frozen=True)
class Spot:
    """Where a text goes: a key of `keys_of(item)` in a map of `model`; `at` is for errors."""

    item: Item
    model: type[models.Model]
    key: str
    at: str


def put(document: Document, spot: Spot, text: str) -> None:
    """Puts into the map what a text means; "" takes away. Raises DocumentError."""
    item, model = spot.item, spot.model
    if isinstance(item, Texts | When):
        last = spot.key.rpartition(".")[2] if spot.key != item.key else "edtf"
        value = text
        if isinstance(item, When) and last == "calendar":
            value = value_of(model, f"{item.attribute}_calendar", text, spot.at) or ""
        document[item.key] = document.get(item.key, {}) | {last: value}
    elif isinstance(item, Links):
        document[item.key] = [slug for slug in _split(text) if slug]
    elif isinstance(item, Parts):
        document[item.key] = PartsCell(item, model).read(text, spot.at)
    elif isinstance(item, Json):
        document[item.key] = read_json(item, model, text, spot.at)
    elif isinstance(item, Plain):
        document[item.key] = value_of(model, item.attribute, text, spot.at)
    else:  # a slug, a day, the name of a file
        document[item.key] = text.strip()


def _split(text: str) -> list[str]:
    return [slug.strip() for slug in text.replace(";", ",").replace("\n", ",").split(",")]
