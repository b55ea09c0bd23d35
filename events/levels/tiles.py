"""The grid: days since 1 January 1900, cut into tiles that each level halves.

Level 0 is one tile of 2**17 days, from 1 January 1900 to 11 November 2258; a tile of level 17 is one day.
Tile `index` of a level begins on day `index * tile_days(level)`. Beside these, events are counted by calendar
month and year, which no tiles add up to. A day before the grid counts as its first
day, one after it as its last; a vague date or a long span stands at its earliest day.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

ORIGIN: Final = date(1900, 1, 1)
#: Tiles of the deepest level are single days.
DEEPEST: Final = 17
LAST_DAY: Final = 2**DEEPEST - 1
LEVELS: Final = range(DEEPEST + 1)
#: K: no tile of any level shows more events.
MOST_SHOWN: Final = 12
#: The level of events that show at none, as their day has K that are more important.
HIDDEN: Final = DEEPEST + 1
#: The level of events without a date, which stand in no tile.
UNDATED: Final = DEEPEST + 2
#: Counts only: a tile is a calendar month, twelve to a year from the year 0 on, or a year.
MONTHS: Final = 20
YEARS: Final = 21
#: All that is counted in tiles.
COUNTED: Final = (*LEVELS, MONTHS, YEARS)


def day_number(day: date) -> int:
    """Days since the origin, kept within the grid."""
    return min(max((day - ORIGIN).days, 0), LAST_DAY)


def day_of(number: int) -> date:
    return ORIGIN + timedelta(days=number)


def tile_days(level: int) -> int:
    return 1 << (DEEPEST - level)


def tile_of(day: int, level: int) -> int:
    """The index of the tile, month or year in which a day lies."""
    if level <= DEEPEST:
        return day >> (DEEPEST - level)
    calendar = day_of(day)
    return calendar.year if level == YEARS else calendar.year * 12 + calendar.month - 1


@dataclass(frozen=True, slots=True)
class Tiles:
    """Neighbouring tiles of a level, from the index `first` to the index `last`."""

    level: int
    first: int
    last: int

    @classmethod
    def around(cls, first_day: int, last_day: int, level: int) -> "Tiles":
        """The tiles of the level that the days touch."""
        shift = DEEPEST - level
        return cls(level, first_day >> shift, last_day >> shift)

    @property
    def count(self) -> int:
        return self.last - self.first + 1

    @property
    def first_day(self) -> int:
        return self.first * tile_days(self.level)

    @property
    def last_day(self) -> int:
        return (self.last + 1) * tile_days(self.level) - 1
