"""The window of the timeline: from which day to which, what it is called, and where its neighbours are.

A window that is a whole decade, year, month or day is a unit; the timeline zooms from unit to unit. Days are
Gregorian, and both ends count.
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from typing import Self

from django.utils.translation import gettext as _

from cubaru.core.date_words import in_words
from cubaru.core.dates import DateError, parse


class Level(IntEnum):
    """How wide a window is, from the widest. At each level the bars are the units of the next one."""

    ALL = 0
    DECADE = 1
    YEAR = 2
    MONTH = 3
    DAY = 4


class WindowError(ValueError):
    """What was asked is no window; the sentence is for whoever asked, `field` is "from" or "to"."""

    def __init__(self, sentence: str, field: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class Window:
    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def level(self) -> Level:
        """The level whose bars suit the width, whether the window is a unit or not."""
        if self.days == 1:
            return Level.DAY
        if self.days <= 62:
            return Level.MONTH
        if self.days <= 3 * 366:
            return Level.YEAR
        return Level.DECADE if self.last.year - self.first.year < 40 else Level.ALL

    @property
    def from_text(self) -> str:
        """The first day as briefly as can be, for the address and the form: 1962, 1962-10 or 1962-10-22."""
        return _brief(self.first, self)

    @property
    def to_text(self) -> str:
        return _brief(self.last, self)

    def in_words(self, language: str) -> str:
        """What the window is called: "October 1962", "1960–1969", "24 September – 26 November 1962"."""
        start, end = self.from_text, self.to_text
        return in_words(parse(start if start == end else f"{start}/{end}"), language)

    def overlaps(self, other: Self) -> bool:
        return self.first <= other.last and self.last >= other.first

    def within(self, other: Self) -> "Window":
        """The part of the window that lies in the other one, which it overlaps."""
        return Window(max(self.first, other.first), min(self.last, other.last))

    def place_of(self, day: date) -> float:
        """Where the day begins on the axis, 0.0 to 1.0."""
        return (day - self.first).days / self.days


def year_window(first: int, last: int | None = None) -> Window:
    return Window(date(first, 1, 1), date(first if last is None else last, 12, 31))


def month_window(year: int, month: int) -> Window:
    return Window(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


def unit_around(day: date, level: Level) -> Window:
    """The decade, year, month or day in which a day lies."""
    match level:
        case Level.DECADE:
            decade = max(day.year // 10 * 10, 1)
            return year_window(decade, day.year // 10 * 10 + 9)
        case Level.YEAR:
            return year_window(day.year)
        case Level.MONTH:
            return month_window(day.year, day.month)
        case _:
            return Window(day, day)


def units(window: Window, level: Level) -> list[Window]:
    """The units of a level that the window touches, in order."""
    found = []
    day = window.first
    while True:
        unit = unit_around(day, level)
        found.append(unit)
        if unit.last >= window.last:
            return found
        day = unit.last + timedelta(days=1)


def read_window(from_text: str, to_text: str, whole: Window) -> Window:
    """The window that the period form asks for; an empty field is the end of `whole` on its side.

    Raises WindowError for what is no date, for an end before the start, and for a period in which the
    chronicle has nothing. A period that reaches beyond `whole` is cut to it.
    """
    first = _read(from_text, "from").first if from_text else whole.first
    last = _read(to_text, "to").last if to_text else whole.last
    if last < first:
        if from_text and to_text:
            raise WindowError(_("The period ends before it begins: check “from” and “to”."), "from")
        raise _outside(whole, "from" if from_text else "to")
    window = Window(first, last)
    if not window.overlaps(whole):
        raise _outside(whole, "from")
    return window.within(whole)


def zoomed_out(window: Window, whole: Window) -> Window | None:
    """The next wider unit that holds the window; None when it is all there is."""
    if window == whole:
        return None
    for level in (Level.MONTH, Level.YEAR, Level.DECADE):
        unit = unit_around(window.first, level)
        if (
            unit.first <= window.first
            and unit.last >= window.last
            and window not in (unit, unit.within(whole))
        ):
            return unit.within(whole)
    return whole


def neighbours(window: Window, whole: Window) -> tuple[Window | None, Window | None]:
    """The windows of the same width before and after; None where the chronicle has nothing."""
    level = _unit_level(window, whole)
    before = after = None
    if window.first > whole.first:
        last = window.first - timedelta(days=1)
        first = date.fromordinal(max(last.toordinal() - window.days + 1, whole.first.toordinal()))
        before = unit_around(last, level) if level else Window(first, last)
    if window.last < whole.last:
        first = window.last + timedelta(days=1)
        last = date.fromordinal(min(first.toordinal() + window.days - 1, whole.last.toordinal()))
        after = unit_around(first, level) if level else Window(first, last)
    return before and before.within(whole), after and after.within(whole)


def _unit_level(window: Window, whole: Window) -> Level | None:
    for level in (Level.DAY, Level.MONTH, Level.YEAR, Level.DECADE):
        if unit_around(window.first, level).within(whole) == window:
            return level
    return None


def _read(text: str, field: str) -> Window:
    try:
        found = parse(text.strip())
    except DateError:
        raise WindowError(
            _("“%(text)s” is not a date. Write a year (1962), a month (1962-10) or a day (1962-10-22).")
            % {"text": text[:40]},
            field,
        ) from None
    return Window(found.earliest, found.latest)


def _outside(whole: Window, field: str) -> WindowError:
    return WindowError(
        _("The chronicle runs from %(first)s to %(last)s; nothing is recorded in the period asked for.")
        % {"first": whole.first.year, "last": whole.last.year},
        field,
    )


def _brief(day: date, window: Window) -> str:
    if (window.first.month, window.first.day) == (1, 1) and (window.last.month, window.last.day) == (12, 31):
        return f"{day.year:04}"
    ends_month = window.last.day == calendar.monthrange(window.last.year, window.last.month)[1]
    if window.first.day == 1 and ends_month:
        return f"{day.year:04}-{day.month:02}"
    return day.isoformat()
