"""What the readers of all formats give: entries of a file, and sentences about what cannot be read."""

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from sources.csl import CslItem

#: No field of a bibliography is longer; what is, is a broken file, and slow to search.
LONGEST_TEXT: Final = 100_000
_DEEPEST: Final = 20
#: Larger ones are not the same number in every program that reads JSON.
_LARGEST_NUMBER: Final = 2**53 - 1


class ImportFileError(Exception):
    """A file that cannot be imported, in a sentence that names file, entry and field."""


@dataclass(frozen=True, slots=True)
class FoundEntry:
    """An entry of a file: `label` is how to find it there, its key or else its number or line."""

    label: str
    item: CslItem


def read_text(path: Path) -> Iterator[str]:
    """The lines of a text file in UTF-8. Raises ImportFileError."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            for line in file:
                if "\0" in line:
                    raise ImportFileError(f"{path.name}: " + _("The file has NUL characters: it is no text."))
                yield line
    except UnicodeDecodeError as error:
        raise ImportFileError(
            f"{path.name}: "
            + _("The file is not in UTF-8 (%(why)s); convert it first.") % {"why": error.reason}
        ) from error
    except OSError as error:
        raise ImportFileError(
            f"{path.name}: " + _("The file cannot be read (%(why)s).") % {"why": error.strerror}
        ) from error


def checked(path: Path, entry: FoundEntry) -> FoundEntry:
    """The entry, if all its texts can be kept. Raises ImportFileError, naming the field."""
    for key, value in entry.item.items():
        if fault := _fault(value):
            raise ImportFileError(f"{path.name}, {entry.label}, {key}: {fault}")
    return entry


def _fault(value: Any, depth: int = 0) -> str:
    if isinstance(value, str):
        return fault_of_text(value)
    if isinstance(value, float) and not math.isfinite(value):
        return _("The value is no number.")
    if isinstance(value, int) and abs(value) > _LARGEST_NUMBER:
        return _("The number is too large.")
    if isinstance(value, Mapping | list) and depth >= _DEEPEST:
        return _("The value is nested too deep.")
    if isinstance(value, Mapping):
        inner = [*value.keys(), *value.values()]
    else:
        inner = value if isinstance(value, list) else []
    return next((fault for one in inner if (fault := _fault(one, depth + 1))), "")


def fault_of_text(text: str) -> str:
    """What keeps the text from being stored, in a sentence; "" where nothing does."""
    if len(text) > LONGEST_TEXT:
        return _("The text is longer than %(most)d characters.") % {"most": LONGEST_TEXT}
    if "\0" in text:
        return _("The text has a NUL character.")
    if any("\ud800" <= character <= "\udfff" for character in text):
        return _("The text has half a character (a lone surrogate).")
    return ""


# What a format could not say, as computed by difference --------------------------------------------


def rest_of(item: CslItem, restored: CslItem) -> str:
    """What must be put on the restored item, and taken from it, to have the item again: JSON, or ""."""
    missing = {key: value for key, value in item.items() if key not in restored or restored[key] != value}
    surplus = [key for key in restored if key not in item]
    rest = ({"with": missing} if missing else {}) | ({"without": surplus} if surplus else {})
    return json.dumps(rest, ensure_ascii=False, separators=(",", ":")) if rest else ""


def with_rest(item: CslItem, rest: str) -> CslItem:
    """The item with the rest put on; as it is where the rest is not one of ours."""
    try:
        found = json.loads(rest)
    except (ValueError, RecursionError):
        return item
    if not isinstance(found, dict) or not isinstance(found.get("with", {}), dict):
        return item
    without = found.get("without")
    surplus = without if isinstance(without, list) else []
    missing: CslItem = found.get("with", {})
    return {key: value for key, value in item.items() if key not in surplus} | missing
