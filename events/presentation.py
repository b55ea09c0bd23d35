"""What lists and short mentions of events show, made from loaded rows; nothing here asks the database."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cubaru.core.date_words import in_short_words, in_words
from cubaru.core.languages import LocalText, best_text, current_language
from cubaru.core.templatetags.wording import in_language, number
from events.models import Event, Theme


@dataclass(frozen=True, slots=True)
class ThemeMark:
    """A theme as a mark beside an event: its name, the lane that gives the glyph, its page."""

    name: LocalText
    lane: str
    url: str


@dataclass(frozen=True, slots=True)
class EventRow:
    """A row of parts/event_row.html."""

    date: str
    title: LocalText
    url: str
    summary: LocalText
    themes: list[ThemeMark]
    aside: str = ""
    facts: list[str] = field(default_factory=list)
    marked: str = ""


@dataclass(frozen=True, slots=True)
class SpineEvent:
    """An event of parts/spine.html, or in its place the number of those left out (`more`)."""

    date: str = ""
    title: LocalText | str = ""
    url: str = ""
    lane: str = ""
    fact: str = ""
    more: int = 0
    period: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """An event in one line: short date, title, page, and what it is to the event of the page."""

    date: str
    title: LocalText
    url: str
    relation: str = ""
    note: LocalText | None = None


def date_of(event: Event) -> str:
    """The date in the reader's words; says so when there is none."""
    return in_words(event.when, current_language()) if event.when else _("Undated")


def short_date_of(event: Event) -> str:
    return in_short_words(event.when, current_language()) if event.when else _("undated")


def theme_marks(event: Event) -> list[ThemeMark]:
    """The themes that readers may see, the leading one first; wants `with_themes()`."""
    return [theme_mark(link.theme) for link in event.theme_links.all() if link.theme.is_published]


def theme_mark(theme: Theme) -> ThemeMark:
    return ThemeMark(theme.label, theme.lane, theme.get_absolute_url())


def event_row(event: Event, *, aside: str = "", marked: str = "") -> EventRow:
    """A row of a list; wants `with_themes()`, and tells claims and sources after `with_counts()`."""
    return EventRow(
        date=date_of(event),
        title=event.label,
        url=event.get_absolute_url(),
        summary=best_text(event, "summary"),
        themes=theme_marks(event),
        aside=aside,
        facts=_facts(event),
        marked=marked,
    )


def spine_event(event: Event) -> SpineEvent:
    marks = theme_marks(event)
    return SpineEvent(
        date=date_of(event),
        title=event.label,
        url=event.get_absolute_url(),
        lane=event.lane,
        fact=format_html_join(
            " · ", "{}", ((in_language(mark.name.text, mark.name.language),) for mark in marks[:2])
        ),
    )


def mention(event: Event, *, relation: str = "", note: LocalText | None = None) -> Mention:
    return Mention(short_date_of(event), event.label, event.get_absolute_url(), relation, note)


def in_order_of_date(mentions: Iterable[tuple[Event, Mention]]) -> list[Mention]:
    """Mentions as time went, undated ones last."""
    ordered = sorted(
        mentions,
        key=lambda pair: (
            pair[0].date_earliest or date.max,
            pair[0].date_latest or date.max,
            pair[0].slug,
        ),
    )
    return [shown for _event, shown in ordered]


def count_of_events(count: int) -> str:
    return ngettext("%(number)s event", "%(number)s events", count) % {"number": number(count)}


def count_of_claims(count: int) -> str:
    return ngettext("%(number)s claim", "%(number)s claims", count) % {"number": number(count)}


def count_of_sources(count: int) -> str:
    return ngettext("%(number)s source", "%(number)s sources", count) % {"number": number(count)}


def _facts(event: Event) -> list[str]:
    claims = getattr(event, "claim_count", 0)
    sources = getattr(event, "source_count", 0)
    facts = [count_of_claims(claims)] if claims else []
    return [*facts, count_of_sources(sources)] if sources else facts
