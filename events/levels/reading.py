"""What a viewport of the timeline needs: a bounded number of rows, found by index, of however many."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet

from cubaru.core.languages import language_columns
from events.levels.models import LevelEntry, TileCount
from events.levels.tiles import DEEPEST, UNDATED, Tiles
from events.models.event import Event

#: A viewport is so many tiles at most, so that it shows at most 16 x 12 events.
MOST_TILES: Final = 16
#: How many levels deeper the bins are than the tiles: eight bins in each tile.
BINS_DEEPER: Final = 3
MOST_UNDATED: Final = 200


@dataclass(frozen=True)
class Bin:
    """How many events begin in a tile of the bins' level, and how many of them the viewport does not show."""

    index: int
    count: int
    rest: int


@dataclass(frozen=True)
class Viewport:
    tiles: Tiles
    #: In the order in which they appear when one zooms in.
    entries: list[LevelEntry]
    bin_level: int
    bins: list[Bin]


def finest_level(first_day: int, last_day: int) -> int:
    """The deepest level at which the days are not too many tiles for a viewport."""
    return max(
        level for level in range(DEEPEST + 1) if Tiles.around(first_day, last_day, level).count <= MOST_TILES
    )


def read_viewport(series: int, tiles: Tiles) -> Viewport:
    """The events that show in the tiles, and how many more there are, bin by bin."""
    shown_here = LevelEntry.objects.filter(
        series=series,
        level__in=range(tiles.level + 1),
        day__range=(tiles.first_day, tiles.last_day),
    )
    entries = with_events(shown_here.order_by("level", "rank", "event_id"))
    bin_level = min(tiles.level + BINS_DEEPER, DEEPEST)
    shift = DEEPEST - bin_level
    shown: dict[int, int] = {}
    for entry in entries:
        shown[entry.day >> shift] = shown.get(entry.day >> shift, 0) + 1
    bins = Tiles.around(tiles.first_day, tiles.last_day, bin_level)
    counts = TileCount.objects.filter(series=series, level=bin_level, tile__range=(bins.first, bins.last))
    return Viewport(
        tiles,
        entries,
        bin_level,
        [
            Bin(tile, count, count - shown.get(tile, 0))
            for tile, count in counts.order_by("tile").values_list("tile", "count")
        ],
    )


def whole_span(series: int) -> tuple[int, int] | None:
    """The days of the first and of the last event; None where no event has a date."""
    days = TileCount.objects.filter(series=series, level=DEEPEST).values_list("tile", flat=True)
    first, last = days.order_by("tile").first(), days.order_by("-tile").first()
    return None if first is None or last is None else (first, last)


def read_undated(series: int) -> list[LevelEntry]:
    """The events without a date, the most important first, and no more than a list can hold."""
    undated = LevelEntry.objects.filter(series=series, level=UNDATED, day=0)
    return with_events(undated.order_by("rank", "event_id")[:MOST_UNDATED])


def with_events(entries: Iterable[LevelEntry]) -> list[LevelEntry]:
    """The entries, each with what the timeline shows of its event; narratives can be long.

    The events are asked for by primary key: of a join, PostgreSQL thinks that it has many rows, and reads
    all events there are.
    """
    found = list(entries)
    shown = ("slug", *language_columns("title"), "date", "date_calendar", "date_words", "importance")
    events: QuerySet[Event] = QuerySet(Event)
    published = events.filter(status="published").only(*shown).in_bulk([entry.event_id for entry in found])
    for entry in found:
        if entry.event_id in published:
            entry.event = published[entry.event_id]
    return [entry for entry in found if entry.event_id in published]
