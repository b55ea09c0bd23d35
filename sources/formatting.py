"""References in the styles that historians use, formatted by a CSL processor (citeproc-py).

The styles are in `styles/`, written for the kinds of source of the chronicle and for the constructs of CSL
that the processor handles rightly. `docs/bibliography.md` says what they leave out.
"""

import html
import json
import re
import threading
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

import nh3
from citeproc import (
    DATES,
    NAMES,
    VARIABLES,
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    Locator,
    formatter,
)
from citeproc.source.json import CiteProcJSON
from citeproc.string import String
from django.db.models import TextChoices
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from cubaru.core.date_words import in_words
from cubaru.core.dates import HistoricalDate
from cubaru.core.dates_structure import Calendar, Point
from sources.csl import CslItem, issued_of
from sources.csl_dates import document_date, historical
from sources.quotes import set_quotes


class Style(TextChoices):
    CHICAGO = "chicago", _("Chicago (notes)")
    APA = "apa", _("APA")
    GOST = "gost", _("GOST R 7.0.5")


_FOLDER: Final = Path(__file__).parent / "styles"
_LOCALES: Final = {"en": "en-US", "es": "es-ES", "ru": "ru-RU"}
_TAGS: Final = {"b", "i", "span"}
_PAGES: Final = re.compile(r"(?:pp?\.\s*)?(\d+(?:\s*[-–,]\s*\d+)*)")
_TEXTS: Final = {name.replace("_", "-") for name in {*VARIABLES} - {*NAMES} - {*DATES}} - {"language"}
#: The processor's name for what CSL calls archive_collection and archive_location.
_HOLDING: Final = "archive_location"

# A parsed style keeps notes of the item at work: each thread has its own.
_of_thread = threading.local()


def reference(item: CslItem, style: str, language: str) -> SafeString:
    """The item as a bibliography has it, in HTML of <i>, <b> and <span lang>; `language` is the reader's."""
    return _rendered(item, style, language, None)


def note(item: CslItem, locator: str, style: str, language: str) -> SafeString:
    """The item as a footnote has it, with the place in it; in APA, which has no such notes, as cited in text.

    A locator of pages ("pp. 12–14", "12") is worded as the style wants; another stands as it is ("doc. 84").
    """
    return _rendered(item, style, language, locator)


def plain(reference: str) -> str:
    """A reference without its markup, for where there is none."""
    return html.unescape(nh3.clean(reference, tags=set()))


def _rendered(item: CslItem, style: str, language: str, locator: str | None) -> SafeString:
    # Keys in the order they came: equal items of one program are equal texts.
    return _remembered(json.dumps(item, default=str), style, language, locator)


@lru_cache(maxsize=4096)
def _remembered(text_of_item: str, style: str, language: str, locator: str | None) -> SafeString:
    """Formatting takes some milliseconds; a page of sources asks for the same references again and again."""
    item: CslItem = json.loads(text_of_item)
    processor = _processor(Style(style), language)
    shown = _shown(item, Style(style), language)
    library = CitationStylesBibliography(processor, CiteProcJSON([shown]), formatter.html)
    place = {"locator": _locator(locator)} if locator else {}
    citation = Citation([CitationItem(shown["id"], **place)])
    library.register(citation)
    if locator is None:
        text = str(next(iter(library.bibliography()), ""))
    else:
        text = str(library.cite(citation, _no_such_item))
    marked = set_quotes(_with_language(text, shown.get("title", ""), item, language), language)
    return mark_safe(nh3.clean(marked, tags=_TAGS, attributes={"span": {"lang"}}))  # noqa: S308 — cleaned


def _processor(style: Style, language: str) -> Any:
    if not hasattr(_of_thread, "processor"):
        _of_thread.processor = cache(_read_style)
    return _of_thread.processor(style, _LOCALES[language])


def _read_style(style: Style, locale: str) -> Any:
    return CitationStylesStyle(str(_FOLDER / f"{style}.csl"), locale=locale, validate=False)


def _no_such_item(item: Any) -> None:
    """Called by the processor for a citation of what was not registered: there is none."""


def _locator(text: str) -> Any:
    pages = _PAGES.fullmatch(text.strip())
    return Locator("page", pages[1]) if pages else Locator("custom", html.escape(text.strip(), quote=False))


def _shown(item: CslItem, style: Style, language: str) -> CslItem:
    """The item as the processor is given it: what it knows, escaped, dates in words."""
    shown: CslItem = {"id": "item", "type": str(item.get("type", "document"))}
    for key in _TEXTS & item.keys():
        if text := _text(item[key]):
            shown[key] = text
    for key in ("author", "editor", "translator"):
        if names := _names(item.get(key)):
            shown[key] = names
    if date := historical(issued_of(item)):
        shown["issued"] = _date(date, language)
    elif words := issued_of(item).get("words"):
        shown["issued"] = {"literal": String(_text(words)), "circa": True}
    if accessed := historical(document_date(item.get("accessed"))):
        shown["accessed"] = _date(accessed, language)
    holding = filter(None, [_text(item.get("archive_collection")), _text(item.get(_HOLDING))])
    shown |= {_HOLDING: text} if (text := ", ".join(holding)) else {}
    return _without_repetition(shown, style)


def _without_repetition(shown: CslItem, style: Style) -> CslItem:
    """Leaves out the site or publisher that bears the author's name; in GOST the author, as in catalogues."""
    authors = [name.get("literal") for name in shown.get("author", [])]
    for key in ("container-title", "publisher", "archive"):
        if key in shown and authors == [shown[key]]:
            if style is Style.GOST and key == "container-title":
                del shown["author"]
            else:
                del shown[key]
            break
    if shown.get("publisher") == shown.get("container-title"):
        shown.pop("publisher", None)
    return shown


def _text(value: object) -> str:
    is_text = isinstance(value, str | int | float) and not isinstance(value, bool)
    return html.escape(" ".join(str(value).split()), quote=False) if is_text else ""


def _names(value: object) -> list[dict[str, str]]:
    """The names with the parts that the processor knows."""
    known = ("family", "given", "dropping-particle", "non-dropping-particle", "suffix")
    names = []
    for name in value if isinstance(value, list) else []:
        if not isinstance(name, dict):
            continue
        parts = {key: text for key in (*known, "literal") if (text := _text(name.get(key)))}
        if "family" not in parts and (only := parts.get("literal") or parts.get("given")):
            names.append({"literal": only})
        elif parts.pop("literal", "") or parts:
            names.append(parts)
    return names


def _date(date: HistoricalDate, language: str) -> CslItem:
    """In parts where CSL can word it, else in our words, marked as uncertain for the style to see."""
    point = date.expression
    is_simple = isinstance(point, Point) and not point.is_qualified and not point.part
    if isinstance(point, Point) and is_simple and date.calendar is Calendar.GREGORIAN:
        digits = [part for part in (point.year, point.month, point.day) if part]
        # A month alone is worded otherwise (in Russian it is in the nominative), and CSL cannot ask for it.
        month_alone = {"circa": True} if language != "en" and len(digits) == 2 else {}
        if all(map(str.isdigit, digits)):
            return {"date-parts": [list(map(int, digits))], **month_alone}
    return {"literal": String(in_words(date, language)), "circa": True}


def _with_language(text: str, title: str, item: CslItem, language: str) -> str:
    """Marks the title where it is in another language than the page, so that it is read out rightly."""
    own = item.get("language")
    if not title or not isinstance(own, str) or not own or own.partition("-")[0] == language:
        return text
    return text.replace(title, f'<span lang="{html.escape(own)}">{title}</span>', 1)
