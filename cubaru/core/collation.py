"""The alphabetical order of names, as readers of each language look them up."""

from collections.abc import Iterable
from typing import TypeVar

from cubaru.core.folding import fold
from cubaru.core.languages import LocalText

RowT = TypeVar("RowT")

#: Sorts after every other letter that may follow an n.
_AFTER_N = "n\uffff"


def sort_key(text: str, language: str) -> tuple[tuple[tuple[bool, str], ...], str]:
    """The key that puts names in the order of `language`.

    Accents and case do not count, nor do hyphens and apostrophes; ё is е; in Spanish ñ follows n. A name
    such as "Castro, Fidel" is compared part by part, so that all named Castro stand before Castro Ruz.
    Readers of Russian find Cyrillic names before Latin ones, all others after them.
    """
    parts = (_letters_of(part, language) for part in text.split(","))
    return tuple((_is_foreign(part, language), part) for part in parts), text


def first_letter(text: str, language: str) -> str:
    """The letter under which a name stands in the register of `language`: "Ñ" is one in Spanish only."""
    letters = _letters_of(text, language)
    first = next((letter for letter in letters if letter.isalpha()), "")
    if first == "n" and letters.startswith(_AFTER_N):
        return "Ñ"
    return first.upper()


def in_order_of_name(rows: Iterable[tuple[LocalText, RowT]], language: str) -> list[RowT]:
    """The rows of the pairs, in the order of their names."""
    return [row for _name, row in sorted(rows, key=lambda pair: sort_key(pair[0].text, language))]


def _letters_of(text: str, language: str) -> str:
    if language == "es":
        text = text.casefold().replace("n\u0303", "ñ")
        text = _AFTER_N.join(fold(piece) for piece in text.split("ñ"))
    else:
        text = fold(text)
    return "".join(letter for letter in text if letter.isalnum() or letter in " \uffff").strip()


def _is_foreign(part: str, language: str) -> bool:
    is_cyrillic = part[:1] >= "\u0400"
    return not is_cyrillic if language == "ru" else is_cyrillic
