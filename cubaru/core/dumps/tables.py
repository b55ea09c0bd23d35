"""Published documents as tables: one for each kind of record, and one for each kind of its parts.

The columns follow from the items of which the kind's document is made, so a new item is in the tables.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson
from django.db import models

from cubaru.core.dates import Calendar
from cubaru.core.document_columns import Day, Item, Json, Link, Plain, Texts, When
from cubaru.core.document_items import Document, Links, Parts
from cubaru.core.documents import RecordKind
from cubaru.core.fields import parsed
from cubaru.core.languages import LANGUAGES

#: Between the values of a cell that holds several.
SEPARATOR: Final = "; "


@dataclass(frozen=True)
class Column:
    """`datatype` is as CSV on the Web names it; `lists` where a cell holds several values."""

    name: str
    datatype: str = "string"
    language: str = ""
    lists: bool = False


#: In tables of parts: the slug of the record that they are of.
RECORD: Final = Column("record")


@dataclass(frozen=True)
class Table:
    """`keys` are the first columns, which name a row: a slug, or the `record` and positions in it."""

    name: str
    keys: tuple[Column, ...]
    columns: tuple[Column, ...]
    path: tuple[str, ...]

    @property
    def all_columns(self) -> tuple[Column, ...]:
        return self.keys + self.columns


def tables_of(kind: RecordKind) -> list[Table]:
    own = Table(
        kind.plural,
        (Column("slug"),),
        (Column("edition", "integer"), *columns_of(kind.model, kind.items)),
        (),
    )
    return [own, *_tables_of_parts(kind.model, kind.items, own)]


def _tables_of_parts(model: type[models.Model], items: Sequence[Item], owner: Table) -> Iterator[Table]:
    for item in items:
        if isinstance(item, Parts) and not isinstance(item, Links):
            part = item.part_of(model)
            above = owner.keys if owner.path else (RECORD,)
            keys = (*above, Column(f"{'_'.join((*owner.path, item.key))}_position", "integer"))
            table = Table(
                f"{owner.name}.{item.key}", keys, tuple(columns_of(part, item.items)), (*owner.path, item.key)
            )
            yield table
            yield from _tables_of_parts(part, item.items, table)


def columns_of(model: type[models.Model], items: Sequence[Item]) -> Iterator[Column]:
    for item in items:
        if isinstance(item, Texts):
            yield from (Column(f"{item.key}.{language}", language=language) for language in LANGUAGES)
        elif isinstance(item, When):
            yield from (Column(f"{item.key}.{name}") for name in ("edtf", "calendar", "words"))
            yield from (Column(f"{item.key}.{name}", "date") for name in ("earliest", "latest"))
        elif isinstance(item, Links):
            yield Column(item.key, lists=True)
        elif isinstance(item, Day):
            yield Column(item.key, "date")
        elif isinstance(item, Json):
            yield Column(item.key, "json")
        elif isinstance(item, Plain):
            yield Column(item.key, _datatype(model, item))
        elif not isinstance(item, Parts):
            yield Column(item.key)


def _datatype(model: type[models.Model], item: Plain) -> str:
    column = model._meta.get_field(item.attribute)
    if isinstance(column, models.BooleanField):
        return "boolean"
    if isinstance(column, models.IntegerField):
        return "integer"
    return "double" if isinstance(column, models.FloatField) else "string"


# Rows ----------------------------------------------------------------------------------------------


def rows_of(
    kind: RecordKind, tables: Sequence[Table], document: Document, edition: int
) -> Iterator[tuple[Table, list[Any]]]:
    """The rows of one document, each with its table. Values are texts, numbers, booleans, lists or None."""
    by_path = {table.path: table for table in tables}
    key = (document["slug"],)
    yield by_path[()], [*key, edition, *cells(kind.items, document)]
    yield from _rows_of_parts(kind.items, document, key, (), by_path)


def _rows_of_parts(
    items: Sequence[Item],
    document: Document,
    key: tuple[Any, ...],
    path: tuple[str, ...],
    tables: dict[tuple[str, ...], Table],
) -> Iterator[tuple[Table, list[Any]]]:
    for item in items:
        if isinstance(item, Parts) and not isinstance(item, Links):
            within = (*path, item.key)
            for position, part in enumerate(document.get(item.key) or [], start=1):
                yield tables[within], [*key, position, *cells(item.items, part)]
                yield from _rows_of_parts(item.items, part, (*key, position), within, tables)


def cells(items: Sequence[Item], document: Document) -> Iterator[Any]:
    """The values of the columns that `columns_of` names."""
    for item in items:
        value = document.get(item.key)
        if isinstance(item, Texts):
            yield from ((value or {}).get(language) for language in LANGUAGES)
        elif isinstance(item, When):
            yield from _date(value or {})
        elif isinstance(item, Json):
            yield orjson.dumps(value).decode() if value else None
        elif isinstance(item, Links):
            yield list(value or [])
        elif isinstance(item, Link | Plain | Day) or not isinstance(item, Parts):
            yield value


def _date(value: dict[str, str]) -> Iterator[str | None]:
    yield from (value.get(name) for name in ("edtf", "calendar", "words"))
    if not value.get("edtf"):
        yield from (None, None)
        return
    when = parsed(value["edtf"], Calendar(value["calendar"]))
    yield None if when.open_start or when.unknown_start else when.earliest.isoformat()
    yield None if when.open_end or when.unknown_end else when.latest.isoformat()
