"""Cells: texts kept from being formulas, so that the very same text can be read back.

A cell that begins with an apostrophe before something that a spreadsheet would change means exactly the
text behind the apostrophe; every other cell means its text without spaces at either end.
"""

import re
from typing import Final

#: Spreadsheets take a cell that begins so for a formula, or for an order to their host.
_FORMULA: Final = re.compile(r"[\s\"']*[=+\-@|%\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")


def protected(text: str) -> str:
    """The text as it may stand in a cell: no spreadsheet takes it for a formula."""
    return f"'{text}" if _needs_apostrophe(text) else text


def unprotected(cell: str) -> str:
    """The text that a cell means; `unprotected(protected(text)) == text` for every text."""
    if cell.startswith("'") and _needs_apostrophe(cell[1:]):
        return cell[1:]
    return cell.strip()


def _needs_apostrophe(text: str) -> bool:
    if text != text.strip() or _FORMULA.match(text):
        return True
    # Whatever would be read as protected has to be.
    return text.startswith("'") and _needs_apostrophe(text[1:])
