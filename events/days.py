"""Days of the year, whatever the year, and the events that are known to have begun on one."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from django.db.models import Count
from django.urls import reverse

from cubaru.core.date_words import words_without_year
from cubaru.core.dates import parse
from cubaru.core.fields import day_of_year
from cubaru.core.languages import current_language
from events.models import Event
from events.querysets import EventQuerySet

#: A year that has all of the days.
_LEAP = 2000


@dataclass(frozen=True, slots=True, order=True)
class DayOfYear:
    """One of the 366 days. `str()` is what addresses call it: "10-22"."""

    month: int
    day: int

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.month, day.day)

    @classmethod
    def numbered(cls, number: int) -> Self:
        """The day of a number such as columns hold it: 1022."""
        return cls(*divmod(number, 100))

    def __str__(self) -> str:
        return f"{self.month:02}-{self.day:02}"

    @property
    def number(self) -> int:
        return day_of_year(self._in_leap_year)

    @property
    def url(self) -> str:
        return reverse("events:day-of-year", args=[str(self)])

    @property
    def words(self) -> str:
        """Day and month: "22 October", "22 de octubre", «22 октября»."""
        return words_without_year(parse(self._in_leap_year.isoformat()), current_language())

    def moved(self, days: int) -> Self:
        """The day that is so many days later, earlier if negative; the year goes round."""
        return self.of(self._in_leap_year + timedelta(days=days))

    @property
    def _in_leap_year(self) -> date:
        return date(_LEAP, self.month, self.day)


def read_day(text: str) -> DayOfYear | None:
    """The day that an address such as "10-22" or "02-29" means; None where the year has no such day."""
    if not re.fullmatch(r"[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        return DayOfYear.of(date.fromisoformat(f"{_LEAP}-{text}"))
    except ValueError:
        return None


def days_kept_on(today: date) -> list[DayOfYear]:
    """The days of the year that are remembered on a day.

    What happened on a 29 February is remembered on the last day of February, so on the 28th of most years.
    """
    days = [DayOfYear.of(today)]
    if days == [DayOfYear(2, 28)] and (today + timedelta(days=1)).month == 3:
        days.append(DayOfYear(2, 29))
    return days


def known_to_the_day(events: EventQuerySet[Event]) -> EventQuerySet[Event]:
    """Those whose first day is known for certain."""
    return events.filter(date_day_of_year__isnull=False)


def begun_on(events: EventQuerySet[Event], *days: DayOfYear) -> EventQuerySet[Event]:
    """What began on these days of any year, as the years went."""
    numbers = [day.number for day in days]
    return events.filter(date_day_of_year__in=numbers).order_by("date_earliest", "slug")


def next_with_events(events: EventQuerySet[Event], today: date) -> list[DayOfYear]:
    """The days that are remembered today or, where nothing is, the next one with an event; [] without any."""
    known = known_to_the_day(events).order_by("date_day_of_year").values_list("date_day_of_year", flat=True)
    days = days_kept_on(today)
    if begun_on(events, *days).exists():
        return days
    coming = known.filter(date_day_of_year__gt=days[-1].number).first() or known.first()
    return [DayOfYear.numbered(coming)] if coming else []


def counts_in_month(events: EventQuerySet[Event], month: int) -> list[tuple[DayOfYear, int]]:
    """Each day of the month with the number of its events."""
    first, beyond = month * 100, (month + 1) * 100
    within = events.filter(date_day_of_year__gt=first, date_day_of_year__lt=beyond)
    counted = within.order_by().values_list("date_day_of_year").annotate(count=Count("pk"))
    counts: dict[int | None, int] = dict(counted)
    start = DayOfYear(month, 1)
    days = [start.moved(later) for later in range(31)]
    return [(day, counts.get(day.number, 0)) for day in days if day.month == month]


def days_with_events(events: EventQuerySet[Event]) -> list[DayOfYear]:
    """The days of the year on which any event began."""
    numbers = known_to_the_day(events).order_by("date_day_of_year").values_list("date_day_of_year", flat=True)
    return [DayOfYear.numbered(number) for number in numbers.distinct() if number is not None]
