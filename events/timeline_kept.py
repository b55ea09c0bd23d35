"""The numbers of the timeline's page from what is kept ready: they cost the same for any number of events.

The levels count the events of a series by the day on which they begin. A window also shows those that began
before it and go on in it, which are few: they are counted one by one, in the window's first unit.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from django.db.models import Q

from events.levels.models import LevelEntry, TileCount
from events.levels.reading import finest_level
from events.levels.series import ALL, LANE_NUMBERS, LANES
from events.levels.tiles import DEEPEST, MONTHS, ORIGIN, UNDATED, YEARS, day_number, day_of, tile_of
from events.timeline_window import Level, Window

_KEPT: Final = {Level.YEAR: YEARS, Level.MONTH: MONTHS, Level.DAY: DEEPEST}


def is_kept(window: Window) -> bool:
    """Whether the grid of the levels tells the days of the window apart."""
    return window.first > ORIGIN and window.last < day_of(2**DEEPEST - 1)


def starts_by_unit(series: int, bins: Sequence[Window], window: Window, level: Level) -> list[Counter[str]]:
    """For each unit how many events of the series begin in it within the window; by lane, "" is all of them.

    Lanes are counted in the series of all events only. The first and the last unit may reach out of it.
    """
    lanes = list(LANE_NUMBERS.values()) if series == ALL else []
    kept_as = _KEPT[level]
    first, last = (tile_of(day_number(unit.first), kept_as) for unit in (bins[0], bins[-1]))
    rows = TileCount.objects.filter(
        series__in=[series, *lanes], level=kept_as, tile__range=(first + 1, last - 1)
    )
    index = {tile_of(day_number(unit.first), kept_as): number for number, unit in enumerate(bins)}
    found: list[Counter[str]] = [Counter() for _unit in bins]
    for of_series, tile, count in rows.values_list("series", "tile", "count"):
        found[index[tile]]["" if of_series == series else LANES[of_series]] += count
    for number in {0, len(bins) - 1}:
        edge = bins[number].within(window)
        begun = begun_before([series, *lanes], [edge.first, edge.last + timedelta(days=1)])
        for of_series in (series, *lanes):
            count = begun[of_series, edge.last + timedelta(days=1)] - begun[of_series, edge.first]
            found[number]["" if of_series == series else LANES[of_series]] += count
    return found


def begun_before(serieses: Collection[int], days: Iterable[date]) -> Counter[tuple[int, date]]:
    """How many events of each series begin before each of the days.

    What lies before a day is one tile for each binary digit of its number that is set.
    """
    wanted: dict[tuple[int, int], list[date]] = {}
    for day in set(days):
        number = day_number(day)
        for shift in range(DEEPEST + 1):
            if number >> shift & 1:
                wanted.setdefault((DEEPEST - shift, (number >> shift) - 1), []).append(day)
    by_level: dict[int, list[int]] = {}
    for level, tile in wanted:
        by_level.setdefault(level, []).append(tile)
    found: Counter[tuple[int, date]] = Counter()
    if by_level:
        tiles = Q(*(Q(level=level, tile__in=some) for level, some in by_level.items()), _connector=Q.OR)
        rows = TileCount.objects.filter(tiles, series__in=serieses)
        for series, level, tile, count in rows.values_list("series", "level", "tile", "count"):
            for day in wanted[level, tile]:
                found[series, day] += count
    return found


def highest(series: int, window: Window) -> list[int]:
    """The keys of the events that begin in the window and show first when one zooms to it: at most 192."""
    first, last = day_number(window.first), day_number(window.last)
    levels = range(finest_level(first, last) + 1)
    entries = LevelEntry.objects.filter(series=series, level__in=levels, day__range=(first, last))
    return list(entries.values_list("event_id", flat=True))


def dated(series: int) -> int:
    """How many events of the series have a date."""
    return TileCount.objects.filter(series=series, level=0).values_list("count", flat=True).first() or 0


def undated(series: int) -> int:
    """How many have none."""
    return LevelEntry.objects.filter(series=series, level=UNDATED, day=0).count()
