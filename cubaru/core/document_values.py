"""What every document is: plain JSON that each database can hold; and the error that names a key of it."""

import math
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any, Final

from django.utils.translation import gettext as _

Document = dict[str, Any]

#: The largest whole number that every reader of JSON keeps (RFC 8785 refuses larger ones).
LARGEST: Final = 2**53 - 1
#: How deep lists and maps may lie in each other; the deepest of ours, notes of a claim's citations, lie at 5.
DEEPEST: Final = 20


class State(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


class DocumentError(ValueError):
    """A document that cannot be applied: `at` is the key ("participants[2].role"), the message says why."""

    def __init__(self, at: str, message: str) -> None:
        super().__init__(f"{at}: {message}" if at else message)
        self.at = at
        self.message = message


class TakenError(DocumentError):
    """What may stand only once in the database (an address, a DOI) belongs to another record."""


def is_empty(value: Any) -> bool:
    """Whether a document leaves this value out. Numbers and booleans always stand."""
    return value is None or value in ("", [], {})


def without_empty(values: Iterable[tuple[str, Any]]) -> Document:
    return {key: value for key, value in values if not is_empty(value)}


def a_text(value: Any, at: str) -> str:
    """The text; absent means empty. Raises DocumentError."""
    if is_empty(value):
        return ""
    if not isinstance(value, str):
        raise DocumentError(at, _("A text in quotation marks is expected."))
    return value


def a_list(value: Any, at: str) -> list[Any]:
    """The list; absent means empty. Raises DocumentError."""
    if is_empty(value):
        return []
    if not isinstance(value, list):
        raise DocumentError(at, _("A list in square brackets is expected."))
    return value


def a_map(value: Any, at: str, known: Sequence[str]) -> dict[str, Any]:
    """The map, which has only known keys; absent means empty. Raises DocumentError."""
    if is_empty(value):
        return {}
    if not isinstance(value, dict):
        raise DocumentError(at, _("A map in curly brackets is expected."))
    for key in value:
        if key not in known:
            raise DocumentError(
                inside(at, key), _("There is no such key; known are %(known)s.") % {"known": ", ".join(known)}
            )
    return value


def inside(at: str, key: str) -> str:
    """The place of a key in the map that stands at `at`; "" is the document itself, or no key."""
    return ".".join(part for part in (at, key) if part)


def refuse_what_no_database_keeps(value: Any, at: str = "", depth: int = 0) -> None:
    """Raises DocumentError for anything in it that is not JSON, or that would not come back as it was."""
    if depth > DEEPEST:
        raise DocumentError(at, _("Lists and maps lie too deep in each other here."))
    if isinstance(value, dict):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise DocumentError(at, _("The keys of a map are texts."))
            _refuse_text(key, at)
            refuse_what_no_database_keeps(inner, inside(at, key), depth + 1)
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            refuse_what_no_database_keeps(inner, f"{at}[{position}]", depth + 1)
    else:
        _refuse_single(value, at)


def _refuse_single(value: Any, at: str) -> None:
    if isinstance(value, str):
        _refuse_text(value, at)
    elif isinstance(value, int | float):
        if not math.isfinite(value) or abs(value) > LARGEST:
            raise DocumentError(at, _("This number is too large."))
    elif value is not None:
        raise DocumentError(at, _("This is neither text, number, list nor map."))


def _refuse_text(text: str, at: str) -> None:
    # PostgreSQL keeps no NUL; half of a surrogate pair cannot be written as UTF-8 at all.
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise DocumentError(at, _("There is a character here that is none (NUL, or half of a pair)."))
