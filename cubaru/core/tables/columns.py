"""The columns of a table: each stands for one key of a document, or one language of a text."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models

from cubaru.core.document_columns import Item, Json, Texts, When
from cubaru.core.document_items import Links, Parts
from cubaru.core.document_values import Document
from cubaru.core.tables.json_cells import write_json
from cubaru.core.tables.parts import PartsCell, Spot, keys_of, put
from cubaru.core.tables.values import text_of

#: What may stand in a cell.
Cell = str | int | float


@dataclass(frozen=True)
class Column:
    """One column. `path` heads it in exports: "title.en", "date", "participants"."""

    path: str
    item: Item
    model: type[models.Model]

    @property
    def language(self) -> str:
        """The language of a text, "" for all else."""
        return self.path.rpartition(".")[2] if isinstance(self.item, Texts) else ""

    def cell(self, document: Document) -> Cell:
        """What stands in the cell for this document; "" for nothing."""
        value = document.get(self.item.key)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return value
        return "" if value is None else self._text(value)

    def put(self, document: Document, text: str) -> None:
        """Puts into the document what the text of a cell means; "" takes away. Raises DocumentError."""
        put(document, Spot(self.item, self.model, self.path, self.path), text)

    def _text(self, value: Any) -> str:
        match self.item:
            case Texts():
                return str(value.get(self.language, ""))
            case When():
                return str(value.get(self.path.removeprefix(self.item.key).removeprefix(".") or "edtf", ""))
            case Links():
                return ", ".join(value)
            case Parts():
                return PartsCell(self.item, self.model).written(value)
            case Json():
                return write_json(self.item, value)
        return text_of(value)


def columns_of(model: type[models.Model], items: Iterable[Item]) -> list[Column]:
    return [Column(path, item, model) for item in items for path in keys_of(item)]


def cells_of(columns: Iterable[Column], document: Document) -> list[Cell]:
    return [column.cell(document) for column in columns]
