"""Makes the levels anew, in one pass over the published events.

They come in the order of their ranks: then an event shows at just those levels at which its tile is not full
yet. What is kept in memory is a counter for each tile, the same for any number of events.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Model

from cubaru.core import ledger
from cubaru.core.bulk_rows import write_rows
from cubaru.core.chunks import chunks
from events.levels.models import LevelEntry, TileCount
from events.levels.series import Standing, rank_of, standing
from events.levels.tiles import (
    DEEPEST,
    HIDDEN,
    LEVELS,
    MONTHS,
    MOST_SHOWN,
    UNDATED,
    YEARS,
    day_number,
    tile_of,
)
from events.models.event import Event, EventTheme

#: Called once for each event.
Progress = Callable[[], object]

_ROWS = 20_000
_ENTRY_COLUMNS = ("event_id", "series", "lane", "day", "level", "rank")


class SeriesCounter:
    """How many events each tile of a series shows, and how many it has."""

    def __init__(self) -> None:
        self._shown = [bytearray(1 << level) for level in LEVELS]
        self._days = array("l", bytes(array("l").itemsize << DEEPEST))

    def add(self, day: int) -> int:
        """Counts the next event in the order of ranks; returns the level from which it shows."""
        self._days[day] += 1
        first = HIDDEN
        for level in reversed(LEVELS):
            tile = day >> (DEEPEST - level)
            shown = self._shown[level]
            # A full tile fills those around it: there is nothing to gain at the levels before.
            if shown[tile] == MOST_SHOWN:
                break
            shown[tile] += 1
            first = level
        return first

    def counts(self) -> Iterator[tuple[int, int, int]]:
        """For all tiles, months and years with any event: level, index, how many."""
        for period in (MONTHS, YEARS):
            of_period: Counter[int] = Counter()
            for day, count in enumerate(self._days):
                if count:
                    of_period[tile_of(day, period)] += count
            yield from ((period, tile, count) for tile, count in of_period.items())
        counts: Any = self._days
        for level in reversed(LEVELS):
            yield from ((level, tile, count) for tile, count in enumerate(counts) if count)
            if level:
                counts = array("l", map(sum, zip(counts[::2], counts[1::2], strict=True)))


def rebuild(progress: Progress = lambda: None, *, only: Collection[int] = ()) -> None:
    """Makes all levels anew, or those of some series, whole or not at all.

    Readers go on reading the old ones until the transaction ends, and nothing is published meanwhile.
    """
    _give_memory()
    with transaction.atomic():
        ledger.lock()
        for model in (LevelEntry, TileCount):
            _empty(model, only)
        counters: dict[int, SeriesCounter] = defaultdict(SeriesCounter)
        for some in chunks(_entries(counters, set(only), progress), _ROWS):
            write_rows(LevelEntry, _ENTRY_COLUMNS, some)
        for series, counter in sorted(counters.items()):
            rows = ((series, *row) for row in counter.counts())
            write_rows(TileCount, ("series", "level", "tile", "count"), rows)
    _tell_planner()


def _entries(
    counters: dict[int, SeriesCounter], only: set[int], progress: Progress
) -> Iterator[tuple[int, ...]]:
    for event_id, place in in_order():
        for series in place.series:
            if only and series not in only:
                continue
            if place.day is None:
                yield event_id, series, place.lane, 0, UNDATED, place.rank
            else:
                level = counters[series].add(place.day)
                yield event_id, series, place.lane, place.day, level, place.rank
        progress()


def in_order() -> Iterator[tuple[int, Standing]]:
    """All published events in the order of their ranks, importance first."""
    rows = (
        Event.objects.published()
        .order_by("-importance", F("date_earliest").asc(nulls_last=True))
        .values_list("pk", "slug", "importance", "date_earliest")
        .iterator(chunk_size=2000)
    )
    for some in chunks(_ties_in_order(rows)):
        themes = _themes_of([pk for pk, _slug, _importance, _earliest in some])
        for pk, slug, importance, earliest in some:
            yield pk, standing(slug, importance, earliest, themes.get(pk, []))


Row = tuple[int, str, int, date | None]


def _ties_in_order(rows: Iterable[Any]) -> Iterator[Row]:
    """The database does not know how events of one day are ordered: that is read from their slugs."""

    def decided(row: Row) -> tuple[int, int | None]:
        return row[2], None if row[3] is None else day_number(row[3])

    for (importance, day), equals in groupby(rows, key=decided):
        yield from sorted(equals, key=lambda row: (rank_of(importance, day, row[1]), row[0]))


def _themes_of(event_ids: list[int]) -> dict[int, list[tuple[int, str]]]:
    """The published themes of events, the leading one first: primary keys and lanes."""
    links = EventTheme._base_manager.filter(event_id__in=event_ids, theme__status="published")
    found: dict[int, list[tuple[int, str]]] = {}
    rows = links.order_by("position", "pk").values_list("event_id", "theme_id", "theme__lane")
    for event_id, theme_id, lane in rows:
        found.setdefault(event_id, []).append((theme_id, lane))
    return found


def _empty(model: type[Model], only: Collection[int]) -> None:
    """As quickly as can be: Django would read each row first."""
    rows = f"DELETE FROM {model._meta.db_table}"  # noqa: S608
    with connection.cursor() as cursor:
        if only:
            cursor.executemany(f"{rows} WHERE series = %s", [[series] for series in sorted(only)])
        else:
            cursor.execute(rows)


def _give_memory() -> None:
    """Rows come in the order of ranks, but the indexes are by day: SQLite's 2 MB would be read to and fro."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size = -131072")  # in KiB


def _tell_planner() -> None:
    """After so many new rows a database would plan by what it knew of the old ones, and SQLite by nothing."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE events_levelentry, events_tilecount")
        else:
            # Without a limit: of a part of an index SQLite concludes that few events are published.
            for model in (Event, LevelEntry, TileCount):
                cursor.execute(f"ANALYZE {model._meta.db_table}")
