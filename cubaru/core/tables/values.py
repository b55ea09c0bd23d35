"""Single values of documents as texts, and back: numbers, yes and no, and the words of fixed lists."""

import math
from functools import cache
from typing import Any

from django.db import models
from django.utils import translation
from django.utils.translation import gettext as _

from cubaru.core.document_values import DocumentError
from cubaru.core.folding import fold
from cubaru.core.languages import LANGUAGES

YES = frozenset({"true", "yes", "si", "да", "1", "x"})
NO = frozenset({"false", "no", "нет", "0"})


def text_of(value: Any) -> str:
    """A single value as it stands in a cell or in the notation of a part."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def value_of(model: type[models.Model], attribute: str, text: str, at: str) -> Any:
    """What a text means in the column `attribute`; "" means nothing. Raises DocumentError."""
    column = model._meta.get_field(attribute)
    if text == "":
        return None
    if isinstance(column, models.BooleanField):
        return _boolean(text, at)
    if isinstance(column, models.IntegerField):
        return _number(text, at, _("“%(text)s” is not a whole number."), whole=True)
    if isinstance(column, models.FloatField):
        return _number(text, at, _("“%(text)s” is not a number."), whole=False)
    if getattr(column, "flatchoices", None):
        return words_of_list(model, attribute).get(fold(text), text)
    return text


@cache
def words_of_list(model: type[models.Model], attribute: str) -> dict[str, str]:
    """The values of a fixed list by their folded words in every language, and by themselves."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        with translation.override(language):
            choices: Any = model._meta.get_field(attribute)
            found = {fold(str(label)): str(value) for value, label in choices.flatchoices} | found
    choices = model._meta.get_field(attribute)
    return found | {fold(str(value)): str(value) for value, _label in choices.flatchoices}


def _boolean(text: str, at: str) -> bool:
    word = fold(text)
    if word in YES or word in NO:
        return word in YES
    raise DocumentError(at, _("“%(text)s” is neither true nor false.") % {"text": text})


def _number(text: str, at: str, sentence: str, *, whole: bool) -> int | float:
    try:
        number = float(text.replace(",", ".")) if not whole or "." in text else int(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number) or (whole and number != int(number)):
        raise DocumentError(at, sentence % {"text": text})
    return int(number) if whole else float(number)
