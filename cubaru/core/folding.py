"""Folding: the form of a text in which spellings that readers take for the same are the same."""

import unicodedata


def fold(text: str) -> str:
    """Lower case without accents; ё as е, but й stays: it is a letter of its own.

    >>> fold("Ánima Хрущёв Андрей")
    'anima хрущев андрей'
    """
    return "".join(_fold_character(character) for character in text.casefold())


def _fold_character(character: str) -> str:
    if character == "ё":
        return "е"
    if "\u0400" <= character <= "\u04ff":
        return character
    decomposed = unicodedata.normalize("NFKD", character)
    return "".join(part for part in decomposed if not unicodedata.combining(part))
