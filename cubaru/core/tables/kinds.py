"""Which tables there are: one for each kind of record, and those of parts that have lists of their own."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.text import capfirst

from cubaru.core.document_items import Link, Parts
from cubaru.core.document_values import Document
from cubaru.core.documents import RecordKind, kinds, to_document
from cubaru.core.reading import HEAD
from cubaru.core.tables.columns import Column, columns_of

#: So many records are read at a time for an export.
PIECE = 200


class Table:
    """Rows of one model, each a flat document of its own.

    `named_by` is the key of the words of which an address is made where a row has none.
    """

    name: str
    model: type[models.Model]
    columns: list[Column]
    named_by: str

    @property
    def label(self) -> str:
        return capfirst(str(self.model._meta.verbose_name_plural))

    @property
    def plural(self) -> str:
        """Names its files."""
        raise NotImplementedError

    @property
    def changed_kinds(self) -> list[RecordKind]:
        """The kinds of the records that its rows may change."""
        raise NotImplementedError

    def documents(self, rows: "models.QuerySet[Any]") -> Iterator[Document]:
        """The flat documents of the rows, in their order."""
        raise NotImplementedError

    def column(self, path: str) -> Column | None:
        return next((column for column in self.columns if column.path == path), None)


@dataclass
class RecordTable(Table):
    """A row for each record: its document."""

    kind: RecordKind
    name: str = field(init=False)
    model: type[models.Model] = field(init=False)
    columns: list[Column] = field(init=False)
    named_by: str = field(init=False)

    def __post_init__(self) -> None:
        self.name, self.model = self.kind.name, self.kind.model
        self.named_by = self.kind.model.label_field
        self.columns = columns_of(self.model, [*HEAD, *self.kind.items])

    @property
    def plural(self) -> str:
        return self.kind.plural

    @property
    def changed_kinds(self) -> list[RecordKind]:
        return [self.kind]

    def documents(self, rows: "models.QuerySet[Any]") -> Iterator[Document]:
        whole = rows.prefetch_related(*self.kind.prefetch())
        yield from (to_document(record) for record in whole.iterator(chunk_size=PIECE))


@dataclass
class PartTable(Table):
    """A row for each part under `key` in documents of several kinds, with the record that it belongs to.

    The part has a slug, and for each of the kinds a link of the kind's name.
    """

    key: str
    kinds: list[RecordKind]
    named_by: str
    name: str = field(init=False)
    model: type[models.Model] = field(init=False)
    columns: list[Column] = field(init=False)

    def __post_init__(self) -> None:
        item = self.item_of(self.kinds[0])
        self.model = item.part_of(self.kinds[0].model)
        self.name = str(self.model._meta.model_name)
        owners = [Link(kind.name) for kind in self.kinds]
        first, *others = item.items
        self.columns = columns_of(self.model, [first, *owners, *others])

    @property
    def plural(self) -> str:
        return self.key

    @property
    def changed_kinds(self) -> list[RecordKind]:
        return self.kinds

    def item_of(self, kind: RecordKind) -> Parts:
        item = next(item for item in kind.items if item.key == self.key)
        assert isinstance(item, Parts), "parts stand under the key"
        return item

    def documents(self, rows: "models.QuerySet[Any]") -> Iterator[Document]:
        item = self.item_of(self.kinds[0])
        owners = [kind.name for kind in self.kinds]
        inner = [lookup for part_item in item.items for lookup in part_item.prefetch()]
        for part in rows.prefetch_related(*owners, *inner).iterator(chunk_size=PIECE):
            found = {name: owner.slug for name in owners if (owner := getattr(part, name)) is not None}
            yield {"slug": part.slug} | found | item.read_one(part)


_part_tables: list[PartTable] = []


def register(table: PartTable) -> None:
    """Adds the table of a part, from the app that has it."""
    if table.name not in {known.name for known in _part_tables}:
        _part_tables.append(table)


def tables() -> list[Table]:
    """All tables, those that others link to first."""
    return [*(RecordTable(kind) for kind in kinds()), *_part_tables]


def table_named(name: str) -> Table | None:
    return next((table for table in tables() if table.name == name), None)


def table_of(model: type[models.Model]) -> Table | None:
    return next((table for table in tables() if table.model is model), None)
