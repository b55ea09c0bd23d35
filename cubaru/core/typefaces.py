"""The typefaces of the site, and which of their files has a letter.

scripts/fonts.py makes the files at set-up out of those of Fontsource, which come in subsets. Of the two that
nearly every page needs, Latin and Cyrillic, it takes the letters that English, Spanish and Russian texts are
made of; what else is in them is a file of its own, with `-more` in its name, that few pages ever ask for.
A page in Russian needs little of the Latin file: that has a file of its own too, `-signs`. It is declared in
families of their own, called "... Russian", which the style sheets ask for on pages in Russian.
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
_SIGNS = "".join(map(chr, range(0x20, 0x41))) + "[]_\u00a0\u2009\u202f«»×·°§–—‘’“”„…−←↑→↓"
_ROMAN = "IVXLCDM"
#: What a page in Russian needs of the Latin file, by family: signs, digits and Roman numerals; of the
#: condensed one the name of the site; of the serif the aeroplane's (U-2); of the sans all plain letters, as
#: it says what keys, formats and languages are called.
SIGNS: Final = {
    "golos-text": _SIGNS + "".join(map(chr, range(0x41, 0x7F))),
    "sofia-sans-extra-condensed": _SIGNS + _ROMAN + "CUBARUcubaru",
    "source-serif-4": _SIGNS + _ROMAN + "U",
}
_OTHERS: Final = {
    "cyrillic-more": re.compile("[\u0400-\u045f\u0490\u0491\u04b0\u04b1]"),
    "latin-more": re.compile("[ıŒœʼˆ˚˜]"),
    "cyrillic-ext": re.compile("[\u0460-\u052f]"),
    "latin-ext": re.compile("[\u0100-\u02ff\u1e00-\u1eff]"),
}


def subset_of(letter: str) -> str:
    """The name of the subset whose files have this letter, or would have it if the typeface had."""
    for name, letters in LETTERS.items():
        if letter in letters:
            return name
    return next((name for name, found in _OTHERS.items() if found.match(letter)), "latin-more")
