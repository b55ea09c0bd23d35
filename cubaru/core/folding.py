"""Folding: the form of a text in which spellings that readers take for the same are the same."""

import unicodedata


def fold(text: str) -> str:
    """Lower case without accents; ё as е, but й stays: it is a letter of its own.

    >>> fold("Ánima Хрущёв Андрей")
    'anima хрущев андрей'
    """
    plain = "".join(_without_accents(character) for character in unicodedata.normalize("NFC", text))
    return plain.casefold().replace("ё", "е")


def _without_accents(character: str) -> str:
    if "\u0400" <= character <= "\u04ff":
        return character
    decomposed = unicodedata.normalize("NFKD", character)
    return "".join(part for part in decomposed if not unicodedata.combining(part))
