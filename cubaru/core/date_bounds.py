"""The first and the last day that a date may touch, in the Gregorian calendar.

The calendars are counted here in whole days, so that nothing depends on a clock or a time zone.
"""

import calendar as gregorian
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product
from typing import NamedTuple

from cubaru.core.dates_structure import Calendar, Point

DIGITS = "0123456789"

# First and last month of the parts of a year; months after 12 lie in the next year.
# Seasons without a hemisphere (21-24) are read as northern ones: so are the chronicle's sources.
# Winter starts in the December of the year that it is named by.
PART_MONTHS = {
    **dict.fromkeys((21, 25, 31), (3, 5)),
    **dict.fromkeys((22, 26, 32), (6, 8)),
    **dict.fromkeys((23, 27, 29), (9, 11)),
    **dict.fromkeys((24, 28, 30), (12, 14)),
    **{33 + quarter: (3 * quarter + 1, 3 * quarter + 3) for quarter in range(4)},
    **{37 + third: (4 * third + 1, 4 * third + 4) for third in range(3)},
    **{40 + half: (6 * half + 1, 6 * half + 6) for half in range(2)},
}


class BeyondYearsError(ValueError):
    """A bound lies outside of the Gregorian years 1 to 9999."""


class JulianDay(NamedTuple):
    """A day of the Julian calendar; Python's `date` cannot hold its 29 February 1900."""

    year: int
    month: int
    day: int


def days_in_month(year: int, month: int, calendar: Calendar) -> int:
    """How many days a month has: the calendars differ in the February of most centuries' first years."""
    if month == 2:
        is_leap = year % 4 == 0 if calendar is Calendar.JULIAN else gregorian.isleap(year)
        return 29 if is_leap else 28
    return 30 if month in {4, 6, 9, 11} else 31


def gregorian_day(year: int, month: int, day: int, calendar: Calendar) -> date:
    """The Gregorian day of a day that exists in `calendar`. Raises BeyondYearsError."""
    if calendar is Calendar.GREGORIAN:
        if not 1 <= year <= 9999:
            raise BeyondYearsError
        return date(year, month, day)
    day_of_year = day + sum(days_in_month(year, earlier, calendar) for earlier in range(1, month))
    # Day 1 of the Julian year 1 is two days before day 1 of the Gregorian year 1.
    ordinal = 365 * (year - 1) + (year - 1) // 4 + day_of_year - 2
    if not 1 <= ordinal <= date.max.toordinal():
        raise BeyondYearsError
    return date.fromordinal(ordinal)


def julian_day(day: date) -> JulianDay:
    """What the Julian calendar calls a Gregorian day."""
    days = day.toordinal() + 1  # since day 1 of the Julian year 1
    cycles, days = divmod(days, 4 * 365 + 1)
    years, days = divmod(days, 365)
    if years == 4:  # the leap day that ends a cycle
        years, days = 3, 365
    year = 4 * cycles + years + 1
    month = 1
    while days >= (length := days_in_month(year, month, Calendar.JULIAN)):
        days -= length
        month += 1
    return JulianDay(year, month, days + 1)


def matches(number: int, digits: str) -> bool:
    """Whether a number of two digits fits a pattern such as "1X"."""
    return all(wanted in ("X", digit) for digit, wanted in zip(f"{number:02}", digits, strict=True))


def months_of(point: Point) -> list[int]:
    """The months that a month or an absent month may be."""
    return [month for month in range(1, 13) if matches(month, point.month or "XX")]


def days_of(point: Point) -> list[int]:
    """The days of a month, as far as any month has them, that a day or an absent day may be."""
    return [day for day in range(1, 32) if matches(day, point.day or "XX")]


def point_bounds(point: Point, calendar: Calendar) -> tuple[date, date] | None:
    """The first and last Gregorian day that a date may touch, or None if it can be no day at all.

    Days outside of the Gregorian years 1 to 9999 are left out. Raises BeyondYearsError where none but those
    exist, or where a part of a year reaches out.
    """
    if point.part:
        return _part_bounds(point, calendar)
    months, days = months_of(point), days_of(point)
    first = _first_day(_years(point.year, DIGITS), months, days, calendar)
    last = _first_day(_years(point.year, DIGITS[::-1]), months[::-1], days[::-1], calendar)
    return (first, last) if first and last else None


def _part_bounds(point: Point, calendar: Calendar) -> tuple[date, date]:
    first_month, last_month = PART_MONTHS[point.part]
    first_year = next(_years(point.year, DIGITS))
    last_year = next(_years(point.year, DIGITS[::-1]))
    carried, last_month = divmod(last_month - 1, 12)
    last_year, last_month = last_year + carried, last_month + 1
    return (
        gregorian_day(first_year, first_month, 1, calendar),
        gregorian_day(last_year, last_month, days_in_month(last_year, last_month, calendar), calendar),
    )


def _years(digits: str, order: str) -> Iterator[int]:
    """The years from 1 on that fit the digits, one after the other in the order of the digits given."""
    for choice in product(*(order if digit == "X" else digit for digit in digits)):
        if year := int("".join(choice)):
            yield year


def _first_day(
    years: Iterator[int], months: Sequence[int], days: Sequence[int], calendar: Calendar
) -> date | None:
    """The first existing day, trying the years, months and days in the order given."""
    without: set[int] = set()  # lengths of February whose years were tried in vain; there are but two
    is_beyond = False
    for year in years:
        february = days_in_month(year, 2, calendar)
        if february in without:
            continue
        has_day = False
        for month, day in product(months, days):
            if day > days_in_month(year, month, calendar):
                continue
            has_day = True
            try:
                return gregorian_day(year, month, day, calendar)
            except BeyondYearsError:
                is_beyond = True  # the first two Julian days of the year 1, and some in the year 9999
        if not has_day:
            without.add(february)
        if len(without) == 2:
            break
    if is_beyond:
        raise BeyondYearsError
    return None
