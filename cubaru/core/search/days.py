"""Dates as terms of the index: days, months, years, decades, centuries and millennia.

A span of days is the fewest whole units that make it up. Two spans overlap if and only if a unit of one is,
or lies in, a unit of the other; so each entry has its units, and beside them all that those lie in.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

#: The units in which a unit lies are written with another letter than the units of the entry itself.
_OWN, _AROUND = "@", "^"


def units_of(earliest: date, latest: date) -> list[str]:
    """The fewest units that make up a span, each named by its digits: 1962, 196, 1962-10, 1962-10-16."""
    return list(_years(earliest, latest, "", 0, 9999))


def _years(earliest: date, latest: date, prefix: str, first: int, last: int) -> Iterator[str]:
    """The units within the years first..last, which all begin with `prefix`."""
    first = max(first, 1)
    if earliest.year > last or latest.year < first:
        return
    whole = earliest <= date(first, 1, 1) and latest >= date(last, 12, 31)
    if prefix and whole:
        yield prefix
    elif len(prefix) == 4:
        yield from _months(earliest, latest, first)
    else:
        size = 10 ** (3 - len(prefix))
        start = int(prefix or "0") * size * 10
        for digit in range(10):
            low = start + digit * size
            yield from _years(earliest, latest, f"{prefix}{digit}", low, low + size - 1)


def _months(earliest: date, latest: date, year: int) -> Iterator[str]:
    for month in range(1, 13):
        days = monthrange(year, month)[1]
        first, last = date(year, month, 1), date(year, month, days)
        if earliest <= first and latest >= last:
            yield f"{year:04}-{month:02}"
        elif earliest <= last and latest >= first:
            low = earliest.day if earliest > first else 1
            high = latest.day if latest < last else days
            yield from (f"{year:04}-{month:02}-{day:02}" for day in range(low, high + 1))


def _around(unit: str) -> list[str]:
    """The units in which a unit lies, itself left out."""
    around = [unit[:length] for length in range(1, min(len(unit), 4))]
    if len(unit) > 4:
        around.append(unit[:4])
    if len(unit) > 7:
        around.append(unit[:7])
    return around


@lru_cache(maxsize=20_000)
def date_tokens(earliest: date, latest: date) -> tuple[str, ...]:
    """What an entry with these bounds is indexed under."""
    units = units_of(earliest, latest)
    around = dict.fromkeys(unit for inner in units for unit in [inner, *_around(inner)])
    return (*(_OWN + unit for unit in units), *(_AROUND + unit for unit in around))


def overlap_tokens(earliest: date, latest: date) -> list[str]:
    """Any of these is a token of an entry if and only if its span and this one have a day in common."""
    units = units_of(earliest, latest)
    around = dict.fromkeys(unit for inner in units for unit in _around(inner))
    return [_AROUND + unit for unit in units] + [_OWN + unit for unit in around]
