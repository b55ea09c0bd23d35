"""CSV files: read in whatever encoding and with whatever delimiter, written as UTF-8 with commas."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Final

from charset_normalizer import from_bytes
from django.utils.translation import gettext as _

from cubaru.core.tables.cells import protected
from cubaru.core.tables.columns import Cell
from cubaru.core.tables.files import MOST_BYTES, FileTable, TableError, table_from

DELIMITERS: Final = (",", ";", "\t", "|")
#: Encodings by what curators call them; UTF-8 and UTF-16 tell themselves.
ENCODINGS: Final = {
    "utf-8": "UTF-8",
    "cp1251": "Windows-1251",
    "cp1252": "Windows-1252",
    "koi8_r": "KOI8-R",
    "mac_cyrillic": "Mac Cyrillic",
    "mac_roman": "Mac Roman",
}
_BOMS: Final = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}

csv.field_size_limit(MOST_BYTES)


def read_csv(content: bytes, encoding: str = "", delimiter: str = "") -> FileTable:
    """The table; encoding and delimiter are guessed unless they are given. Raises TableError."""
    text = _decoded(content, encoding)
    first, _end, rest = text.partition("\n")
    offset = 0
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        # Excel's own line that says which delimiter the others have.
        delimiter, text = delimiter or first.strip()[-1], rest
        offset = 1
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter or _delimiter_of(text))
    return table_from(_rows(reader, first=1 + offset))


def _rows(reader: Iterator[list[str]], *, first: int) -> Iterator[tuple[int, list[str]]]:
    try:
        yield from enumerate(reader, start=first)
    except csv.Error as error:
        raise TableError(_("The file cannot be read as CSV (%(why)s).") % {"why": error}) from error


def _decoded(content: bytes, encoding: str) -> str:
    told = next((name for mark, name in _BOMS.items() if content.startswith(mark)), "")
    for name in (told, encoding, "" if encoding else "utf-8"):
        if name:
            try:
                return _without_nul(content.decode(name))
            except UnicodeDecodeError:
                if name == encoding:
                    raise TableError(
                        _("The file is not in %(encoding)s.") % {"encoding": ENCODINGS[encoding]}
                    ) from None
    guess = from_bytes(content, cp_isolation=[name for name in ENCODINGS if name != "utf-8"]).best()
    if guess is None:
        raise TableError(_("The file's encoding cannot be told; choose it, or save the file as UTF-8."))
    return _without_nul(str(guess))


def _without_nul(text: str) -> str:
    if "\0" in text:
        raise TableError(_("This is no CSV file: there are characters in it that no text has."))
    return text


def _delimiter_of(text: str) -> str:
    """The delimiter that cuts the first lines into most cells, all lines alike where one does."""

    def cells(delimiter: str) -> tuple[bool, int]:
        lines = csv.reader(io.StringIO(text[:100_000], newline=""), delimiter=delimiter)
        widths = [len(row) for row, _number in zip(lines, range(20), strict=False) if row]
        return len(set(widths)) == 1 and widths[0] > 1, widths[0] if widths else 0

    try:
        return max(DELIMITERS, key=cells)
    except csv.Error:
        return DELIMITERS[0]


def written_csv(headings: list[str], rows: Iterable[list[Cell]]) -> Iterator[bytes]:
    """The file piece by piece: with a byte order mark, without which Excel misreads Cyrillic letters."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    writer.writerow(headings)
    for row in rows:
        writer.writerow([protected(cell) if isinstance(cell, str) else cell for cell in row])
        if buffer.tell() > 65_536:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()
