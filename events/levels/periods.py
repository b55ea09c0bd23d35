"""How many events begin in each calendar year, month or day: the bars of the timeline."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from events.levels.models import TileCount
from events.levels.series import ALL, LANE_NUMBERS, LANES
from events.levels.tiles import DEEPEST, MONTHS, YEARS, Tiles, day_of, tile_of

#: The last levels whose tiles are counted by year and by month; those of deeper ones are by day.
LAST_BY_YEAR: Final = 5
LAST_BY_MONTH: Final = 9
UNITS: Final = {YEARS: "year", MONTHS: "month", DEEPEST: "day"}


@dataclass(slots=True)
class Period:
    """A year, month or day (`number` as in `tiles.tile_of`) and how many events begin in it, also by lane.

    Of a theme it is not known how many events run in which lane: `by_lane` is then empty.
    """

    unit: int
    number: int
    count: int = 0
    by_lane: dict[str, int] = field(default_factory=dict)

    @property
    def edtf(self) -> str:
        if self.unit == YEARS:
            return f"{self.number:04}"
        if self.unit == MONTHS:
            return f"{self.number // 12:04}-{self.number % 12 + 1:02}"
        return day_of(self.number).isoformat()


def unit_of(level: int) -> int:
    """By what the events of a tile of the level are counted: YEARS, MONTHS or DEEPEST for days."""
    if level <= LAST_BY_YEAR:
        return YEARS
    return MONTHS if level <= LAST_BY_MONTH else DEEPEST


def periods_of(tiles: Tiles, unit: int) -> range:
    """The numbers of the periods whose first day lies in the tiles: each lies in one tile of a level."""
    before = tile_of(tiles.first_day - 1, unit) if tiles.first_day else -1
    return range(before + 1, tile_of(tiles.last_day, unit) + 1)


def read_periods(series: int, tiles: Tiles) -> list[Period]:
    """The periods that begin in the tiles and have an event, in order."""
    unit = unit_of(tiles.level)
    numbers = periods_of(tiles, unit)
    lanes = list(LANE_NUMBERS.values()) if series == ALL else []
    counts = TileCount.objects.filter(
        series__in=[series, *lanes], level=unit, tile__range=(numbers.start, numbers.stop - 1)
    )
    found: dict[int, Period] = {}
    for of_series, number, count in counts.order_by("tile", "series").values_list("series", "tile", "count"):
        period = found.setdefault(number, Period(unit, number))
        if of_series == series:
            period.count = count
        if of_series in LANE_NUMBERS.values():
            period.by_lane[LANES[of_series]] = count
    return [period for period in found.values() if period.count]


def count_periods(days: Iterable[tuple[int, int]], tiles: Tiles) -> list[Period]:
    """As `read_periods`, of events whose days and lanes are given."""
    unit = unit_of(tiles.level)
    numbers = periods_of(tiles, unit)
    counts: dict[int, Counter[str]] = {}
    for day, lane in days:
        number = tile_of(day, unit)
        if number in numbers:
            counts.setdefault(number, Counter())[LANES[lane]] += 1
    return [
        Period(unit, number, of_lanes.total(), {lane: count for lane, count in of_lanes.items() if lane})
        for number, of_lanes in sorted(counts.items())
    ]
