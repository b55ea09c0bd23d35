"""What happened on a day of the year, of what is known to the day."""

from dataclasses import dataclass
from datetime import date

from babel.dates import get_month_names
from django.db.models.functions import ExtractDay, ExtractMonth

from cubaru.core.dates import Precision
from cubaru.core.languages import LocalText, current_language
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
class DayOfYear:
    """parts/on_this_day.html."""

    day: int
    month: str
    events: list[EventOfDay]


def day_of_year(events: EventQuerySet[Event], today: date) -> DayOfYear | None:
    """Today, or the next day of the year with an event; None when no event is known to the day."""
    exact = events.filter(
        date_precision=Precision.DAY.value, date_approximate=False, date_uncertain=False
    ).annotate(month=ExtractMonth("date_earliest"), day=ExtractDay("date_earliest"))
    days = exact.order_by().values_list("month", "day").distinct()
    now = (today.month, today.day)
    coming = min(days, key=lambda found: (found < now, found), default=None)
    if coming is None:
        return None
    month, day = coming
    important = exact.filter(month=month, day=day).order_by("-importance", "date_earliest", "slug")[
        :MOST_SHOWN
    ]
    names = get_month_names("wide", context="stand-alone", locale=current_language())
    shown = sorted(important, key=lambda event: event.date_earliest or date.min)
    return DayOfYear(day, names[month], [_event_of_day(event) for event in shown])


def _event_of_day(event: Event) -> EventOfDay:
    assert event.date_earliest is not None, "known to the day"
    return EventOfDay(f"{event.date_earliest.year:04}", event.label, event.get_absolute_url())
