"""Cyrillic in Latin letters, for addresses and keys, which are ASCII."""

from typing import Final

_TABLE: Final = str.maketrans({
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i",
    "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
    "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "",
    "э": "e", "ю": "yu", "я": "ya", "і": "i", "ї": "yi", "є": "ye", "ґ": "g", "ў": "u",
})  # fmt: skip


def in_latin_letters(text: str) -> str:
    """The text in small letters, Cyrillic ones spelled as English readers expect (BGN/PCGN, simplified).

    >>> in_latin_letters("Хрущёв в Гаване")
    'khrushchev v gavane'
    """
    return text.lower().translate(_TABLE)
