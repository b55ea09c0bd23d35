"""The typefaces of the site, and which of their files has a letter.

scripts/fonts.py makes the files at set-up out of those of Fontsource, which come in subsets. Of the two that
nearly every page needs, Latin and Cyrillic, it takes the letters that English, Spanish and Russian texts are
made of; what else is in them is a file of its own, with `-more` in its name, that few pages ever ask for.
"""

import re
from typing import Final

#: The weights that the style sheets use, by family.
WEIGHTS: Final = {
    "golos-text": (400, 700),
    "sofia-sans-extra-condensed": (700, 900),
    "source-serif-4": (400, 700),
}
ITALICS: Final = frozenset({"source-serif-4"})

#: The letters of the small files, by subset.
LETTERS: Final = {
    "latin": "".join(map(chr, range(0x20, 0x7F)))
    + "\u00a0\u2009\u202f¡§©ª«°·º»¿×ÁÉÍÑÓÚÜáéíñóúü–—‘’“”„•…−←↑→↓",
    "cyrillic": "".join(map(chr, range(0x410, 0x450))) + "Ёё№\u0301",
}
_OTHERS: Final = {
    "cyrillic-more": re.compile("[\u0400-\u045f\u0490\u0491]"),
    "cyrillic-ext": re.compile("[\u0460-\u052f]"),
    "latin-ext": re.compile("[\u0100-\u02ff\u1e00-\u1eff]"),
}


def subset_of(letter: str) -> str:
    """The name of the subset whose files have this letter, or would have it if the typeface had."""
    for name, letters in LETTERS.items():
        if letter in letters:
            return name
    return next((name for name, found in _OTHERS.items() if found.match(letter)), "latin-more")
