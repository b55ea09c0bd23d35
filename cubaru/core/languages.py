"""The three languages of the chronicle, and which text a reader gets when theirs is missing."""

from dataclasses import dataclass
from typing import Final

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language

LANGUAGES: Final = ("en", "es", "ru")
#: The stated order in which another language stands in for a missing one.
FALLBACK: Final = ("en", "es", "ru")
#: What each language calls itself, for the language switch.
OWN_NAMES: Final = {"en": "English", "es": "español", "ru": "русский"}
#: How Open Graph names them.
LOCALES: Final = {"en": "en_GB", "es": "es_ES", "ru": "ru_RU"}


@dataclass(frozen=True)
class LocalText:
    """A text as a reader gets it: `language` is that of the text, not the one that was asked for."""

    text: str
    language: str
    is_fallback: bool

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


def current_language() -> str:
    """The active language, one of LANGUAGES; English where none of them is active."""
    language = (get_language() or "en").split("-")[0]
    return language if language in LANGUAGES else "en"


def language_columns(field: str) -> list[str]:
    """The columns of a translated field, in the order of LANGUAGES."""
    return [f"{field}_{language}" for language in LANGUAGES]


def in_some_language(field: str) -> Q:
    """The condition, for a constraint, that a translated field has a text in at least one language."""
    condition = Q()
    for column in language_columns(field):
        # Asked for NULL too: a constraint lets pass what is neither true nor false.
        condition |= Q(**{f"{column}__isnull": False, f"{column}__gt": ""})
    return condition


def texts(row: models.Model, field: str) -> dict[str, str]:
    """The language map of a translated field: only languages that have a text, in the order en, es, ru."""
    found = {language: getattr(row, f"{field}_{language}") or "" for language in LANGUAGES}
    return {language: text for language, text in found.items() if text}


def best_of(by_language: dict[str, str], language: str) -> LocalText:
    """The text in `language`, or in the first of FALLBACK that has one, or an empty text."""
    for candidate in (language, *FALLBACK):
        if by_language.get(candidate):
            return LocalText(by_language[candidate], candidate, candidate != language)
    return LocalText("", language, False)


def best_text(row: models.Model, field: str, language: str | None = None) -> LocalText:
    """The translated field as a reader of `language` (default: the active one) gets it."""
    return best_of(texts(row, field), language or current_language())
