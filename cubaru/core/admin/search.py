"""Searching texts that have no folded column: a pattern that takes accents, case and ё as readers do."""

import re
from collections import defaultdict

from cubaru.core.folding import fold


def _spellings() -> dict[str, str]:
    """Every letter of Latin and Cyrillic, by the letter that it is folded to."""
    letters: dict[str, set[str]] = defaultdict(set)
    for code in [*range(0x41, 0x250), *range(0x400, 0x460)]:
        letter = chr(code)
        folded = fold(letter)
        if letter.isalpha() and len(folded) == 1:
            letters[folded] |= {letter, folded}
    return {folded: "".join(sorted(found)) for folded, found in letters.items()}


_SPELLINGS = _spellings()


def forgiving(word: str) -> str:
    """A regular expression, for SQLite and PostgreSQL alike, that finds the word in any spelling.

    >>> bool(re.search(forgiving("хрущев"), "Хрущёв"))
    True
    """
    return "".join(
        f"[{_SPELLINGS[letter]}]" if letter in _SPELLINGS else re.escape(letter) for letter in fold(word)
    )
