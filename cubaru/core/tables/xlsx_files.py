"""XLSX files: the first sheet is read, and written, as texts and numbers."""

import json
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from io import BytesIO
from typing import IO, Any, Final

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from cubaru.core.tables.cells import protected
from cubaru.core.tables.columns import Cell
from cubaru.core.tables.files import GOES_ON, MOST_COLUMNS, MOST_ROWS, FileTable, TableError, table_from

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: A small file may unpack to much: not more than this is unpacked.
MOST_UNPACKED: Final = 100 * 2**20
MOST_FILES: Final = 1_000
#: Excel's cells hold 32,767 UTF-16 units; half as many characters always fit.
LONGEST_CELL: Final = 16_000
#: Characters that XML cannot hold or does not keep, and what looks like their escaped form.
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TO_ESCAPE: Final = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def is_xlsx(content: bytes) -> bool:
    return content.startswith(b"PK")


def read_xlsx(content: bytes) -> FileTable:
    """Raises TableError."""
    _check_size(content)
    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what the file says of its size need not be so
        return table_from(_rows(sheet))
    except TableError:
        raise
    except Exception as error:  # openpyxl raises whatever comes from a file that is none
        raise TableError(_("The file cannot be read as an XLSX spreadsheet.")) from error


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    # One more of each than is allowed, so that it is told instead of left out.
    rows = sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True)
    for number, row in enumerate(rows, start=1):
        if number > 20 * MOST_ROWS:  # a file of empty rows
            raise TableError(
                _("The file has more than %(most)d rows; import it in parts.") % {"most": MOST_ROWS}
            )
        yield number, [_text_of(value) for value in row]


def _check_size(content: bytes) -> None:
    try:
        files = zipfile.ZipFile(BytesIO(content)).infolist()
    except zipfile.BadZipFile as error:
        raise TableError(_("The file cannot be read as an XLSX spreadsheet.")) from error
    # No more than they say is ever unpacked of them.
    if len(files) > MOST_FILES or sum(file.file_size for file in files) > MOST_UNPACKED:
        raise TableError(_("The file is too large when it is unpacked; import it in parts."))


def _text_of(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), str(value))


def write_xlsx(title: str, headings: list[str], rows: Iterable[list[Cell]], file: IO[bytes]) -> None:
    """Writes a file of one sheet. A text that is too long for a cell goes on in the next column."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as kept:
        widths = [1] * len(headings)
        for row in rows:
            widths = [max(pair) for pair in zip(widths, map(_pieces_needed, row), strict=True)]
            kept.write(json.dumps(row) + "\n")
        kept.seek(0)
        book = Workbook(write_only=True)
        sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31])
        sheet.freeze_panes = "B2"
        sheet.append(_head(sheet, headings, widths))
        for line in kept:
            cells = [
                piece
                for cell, width in zip(json.loads(line), widths, strict=True)
                for piece in _in_pieces(cell, width)
            ]
            sheet.append(cells)
        book.save(file)


def _head(sheet: Any, headings: list[str], widths: list[int]) -> list[Any]:
    cells = []
    for heading, width in zip(headings, widths, strict=True):
        for number in range(1, width + 1):
            name = heading if number == 1 else f"{heading}{GOES_ON}{number}"
            cell = WriteOnlyCell(sheet, name)
            cell.font, cell.alignment = Font(bold=True), Alignment(vertical="top")
            cells.append(cell)
    return cells


def _pieces_needed(cell: Cell) -> int:
    return max(1, -(-len(cell) // LONGEST_CELL)) if isinstance(cell, str) else 1


def _in_pieces(cell: Cell, width: int) -> Iterator[Cell | None]:
    if isinstance(cell, float) and float(f"{cell:.16g}") != cell:
        cell = repr(cell)  # a file of numbers keeps 16 digits, a text keeps all
    if not isinstance(cell, str):
        yield cell
        yield from [None] * (width - 1)
        return
    for number in range(width):
        piece = cell[number * LONGEST_CELL : (number + 1) * LONGEST_CELL]
        yield _TO_ESCAPE.sub(_escape, protected(piece)) or None


def _escape(match: re.Match[str]) -> str:
    return f"_x{ord(match[0]):04X}_"
