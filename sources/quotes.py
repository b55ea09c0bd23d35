"""Quotation marks in a formatted reference, and the stops beside them.

CSL leaves to the processor what a style cannot say: that quotation marks within quotation marks have
another form, that English puts full stops and commas inside, and that "?" needs no full stop after it.
citeproc-py does none of these.
"""

import re
from typing import Final

#: The marks that open and close, of the first and of the second level.
_MARKS: Final = {"en": ("“", "”", "‘", "’"), "es": ("«", "»", "“", "”"), "ru": ("«", "»", "„", "“")}
_TAG: Final = r"(?:</?(?:i|b|span)[^>]*>)"


def set_quotes(text: str, language: str) -> str:
    """The text, in HTML, as printed in the language."""
    text = _nested(text, language)
    if language == "en":
        text = re.sub(rf"([”’]?”)({_TAG}*)([.,])", r"\3\1\2", text)
        text = re.sub(r"([.?!…])\.([”’]?”)", r"\1\2", text)
    return re.sub(rf"([?!…]{_TAG}*|\.{_TAG}+)\.(?=\s|$)", r"\1", text)


def _nested(text: str, language: str) -> str:
    """Gives the marks within marks their form; those that do not come in pairs stay as they are."""
    opening, closing, inner_opening, inner_closing = _MARKS[language]
    depth, pieces = 0, []
    for character in text:
        if character == opening:
            depth += 1
            pieces.append(inner_opening if depth == 2 else character)
        elif character == closing and depth:
            pieces.append(inner_closing if depth == 2 else character)
            depth -= 1
        else:
            pieces.append(character)
    return "".join(pieces)
