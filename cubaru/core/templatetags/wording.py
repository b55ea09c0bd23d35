"""Filters that say in which language a text is, and write numbers as its readers do."""

import re
from typing import Any, Final

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cubaru.core.languages import LocalText

register = template.Library()

LANGUAGE_NAMES: Final = {"en": _("In English"), "es": _("In Spanish"), "ru": _("In Russian")}
NO_BREAK_SPACE: Final = "\u00a0"

# A run may hold the spaces, hyphens and stops between two Cyrillic words, and the accents on its letters.
_CYRILLIC_RUN = re.compile(r"[\u0400-\u052f]+(?:[\s\u0301'’.,:–—-]*[\u0400-\u052f\u0301]+)*")

# Three or more Latin letters that are neither an abbreviation ("doc.", "XIV") nor part of a number ("12bis").
_WORD = re.compile(r"(?<![\w.])(?![A-Z]+\b)[A-Za-z]{3,}\b(?!\.)")


@register.filter
def number(value: int | None) -> str:
    """4218 as "4,218" in English, "4218" in Spanish and Russian, which group from five digits on."""
    if value is None:
        return ""
    if _active() == "en":
        return f"{value:,}"
    if abs(value) < 10_000:
        return str(value)
    return f"{value:,}".replace(",", NO_BREAK_SPACE)


@register.filter
def in_language(text: str, language: str | None) -> SafeString:
    """The text, in a span with `lang` where its language is not the page's."""
    if not text or not language or language == _active():
        return conditional_escape(text)
    return format_html('<span lang="{}">{}</span>', language, text)


@register.filter
def mark_cyrillic(text: str) -> SafeString:
    """A text of mixed scripts with `lang="ru"` on its Cyrillic runs.

    For references and other texts whose language is not recorded. Sofia Sans draws Bulgarian letters
    without it, and screen readers spell Cyrillic out letter by letter.
    """
    if not text or _active() == "ru" or getattr(text, "__html__", None):
        return conditional_escape(text)
    return _with_cyrillic_marked(text)


@register.filter
def locator(text: str) -> SafeString:
    """A place in a source, with `lang="en"` where it has English words and the page is in another language.

    Curators write "second paragraph" in English; "p. 12" and "doc. 84" are the same for every reader.
    """
    if not text or _active() == "en" or not _WORD.search(text):
        return mark_cyrillic(text)
    return format_html('<span lang="en">{}</span>', _with_cyrillic_marked(text))


def _with_cyrillic_marked(text: str) -> SafeString:
    pieces: list[tuple[str, str]] = []
    end = 0
    for run in _CYRILLIC_RUN.finditer(text):
        pieces.append(("{}", text[end : run.start()]))
        pieces.append(('<span lang="ru">{}</span>', run.group()))
        end = run.end()
    pieces.append(("{}", text[end:]))
    return format_html_join("", "{}", ((format_html(wrap, piece),) for wrap, piece in pieces))


@register.inclusion_tag("parts/local_text.html")
def local_text(local: LocalText | str, label: bool = True) -> dict[str, Any]:
    """A `LocalText`; where it stands in for a missing translation, with `lang` and, if wanted, a label.

    A plain string is taken to be in the page's language.
    """
    if not isinstance(local, LocalText):
        return {"text": local, "is_fallback": False}
    return {
        "text": local.text,
        "language": local.language,
        "is_fallback": local.is_fallback,
        "label": LANGUAGE_NAMES.get(local.language, local.language) if label else "",
    }


@register.filter
def shown_in(language: str) -> str:
    """The label of a text that is shown in this language for want of the reader's: "In Russian"."""
    return str(LANGUAGE_NAMES.get(language, language))


def _active() -> str:
    return (get_language() or "en").split("-")[0]
