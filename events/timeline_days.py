"""What happened on a day of the year, of what is known to the day, as the front page shows it."""

from dataclasses import dataclass
from datetime import date

from babel.dates import get_month_names

from cubaru.core.languages import LocalText, current_language
from events.days import begun_on, next_with_events
from events.models import Event
from events.querysets import EventQuerySet

#: As many as the block of a day has room for, the most important of them.
MOST_SHOWN = 6


@dataclass(frozen=True, slots=True)
class EventOfDay:
    year: str
    title: LocalText
    url: str


@dataclass(frozen=True, slots=True)
class BlockOfDay:
    """parts/on_this_day.html; `url` is the page of the day."""

    day: int
    month: str
    events: list[EventOfDay]
    url: str


def day_of_year(events: EventQuerySet[Event], today: date) -> BlockOfDay | None:
    """Today, or the next day of the year with an event; None when no event is known to the day."""
    days = next_with_events(events, today)
    if not days:
        return None
    important = begun_on(events, *days).order_by("-importance", "date_earliest", "slug")[:MOST_SHOWN]
    shown = sorted(important, key=lambda event: event.date_earliest or date.min)
    first = days[0]
    return BlockOfDay(
        first.day, month_name(first.month), [_event_of_day(event) for event in shown], first.url
    )


def month_name(month: int) -> str:
    """The name of the month by itself, in the nominative."""
    names = get_month_names("wide", context="stand-alone", locale=current_language())
    return str(names[month])


def year_of(event: Event) -> str:
    """The year in which the event began; wants one known to the day."""
    assert event.date_earliest is not None, "known to the day"
    return f"{event.date_earliest.year:04}"


def _event_of_day(event: Event) -> EventOfDay:
    return EventOfDay(year_of(event), event.label, event.get_absolute_url())
