"""Files of tables: which kind of file it is, and its headings and rows as texts, within limits."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _

from cubaru.core.tables.cells import unprotected

MOST_BYTES: Final = 10 * 2**20
MOST_ROWS: Final = 5_000
MOST_COLUMNS: Final = 200
#: Marks a column that goes on where the one of that name ends: "body.en#2".
GOES_ON: Final = "#"


class TableError(ValueError):
    """A file that is no table, or too large a one, in a sentence."""


@dataclass
class FileTable:
    """What a file holds: its headings, and its rows with their numbers, as a spreadsheet counts them."""

    headings: list[str]
    rows: list[tuple[int, list[str]]] = field(default_factory=list)


def table_from(numbered: Iterable[tuple[int, list[str]]]) -> FileTable:
    """The table of the rows of a file: the first that is not empty has the headings. Raises TableError."""
    filled = ((number, row) for number, row in numbered if any(cell.strip() for cell in row))
    first = next(filled, None)
    if first is None:
        raise TableError(_("The file is empty."))
    width = max(place for place, cell in enumerate(first[1], start=1) if cell.strip())
    if width > MOST_COLUMNS:
        raise TableError(_("The file has more than %(most)d columns.") % {"most": MOST_COLUMNS})
    joints = _Joints(first[1][:width])
    table = FileTable(joints.headings)
    for number, row in filled:
        if len(table.rows) == MOST_ROWS:
            raise TableError(
                _("The file has more than %(most)d rows; import it in parts.") % {"most": MOST_ROWS}
            )
        table.rows.append((number, joints.joined(row, number)))
    if not table.rows:
        raise TableError(_("The file has headings, but no rows."))
    return table


class _Joints:
    """Puts texts together again that went on in further columns ("body.en", "body.en#2")."""

    def __init__(self, row: list[str]) -> None:
        names = [unprotected(cell) for cell in row]
        self.headings: list[str] = []
        self.targets: list[int] = []
        for name in names:
            whole, mark, number = name.rpartition(GOES_ON)
            if mark and number.isdecimal() and self.headings and self.headings[-1] == whole:
                self.targets.append(len(self.headings) - 1)
            else:
                self.headings.append(name)
                self.targets.append(len(self.headings) - 1)

    def joined(self, row: list[str], number: int) -> list[str]:
        if any(cell.strip() for cell in row[len(self.targets) :]):
            raise TableError(_("Row %(row)d has more cells than there are headings.") % {"row": number})
        found = [""] * len(self.headings)
        for target, cell in zip(self.targets, row, strict=False):
            found[target] += unprotected(cell)
        return found
