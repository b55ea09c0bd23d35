"""Keeps the levels right with each change: at most K rows of each level are read, one of each is written.

An event shows at a level if it is one of the K highest of its tile there. A tile lies within one of the level
before, so an event that shows at a level shows at all deeper ones. One that comes can therefore push out one
event in each of its tiles, and one that goes makes room for one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import connection, models

from cubaru.core.chunks import chunks
from cubaru.core.documents import Document
from events.levels import rebuilding
from events.levels.models import LevelEntry, TileCount
from events.levels.series import LANE_NUMBERS, NO_LANE, Standing, standing_of
from events.levels.tiles import COUNTED, DEEPEST, HIDDEN, LEVELS, MOST_SHOWN, UNDATED, Tiles, tile_of
from events.models.event import EventTheme


@dataclass(slots=True)
class Placed:
    """An event of one series: where it stands, and from which level it shows."""

    event_id: int
    day: int
    rank: int
    level: int

    @property
    def order(self) -> tuple[int, int]:
        return self.rank, self.event_id


def follow(kind: str, record_id: int, document: Document | None) -> None:
    """The ledger's follower: what was published or withdrawn changes the levels."""
    if kind == "event":
        place(record_id, standing_of(document) if document is not None else None)
    elif kind == "theme" and document is not None:
        _move_to_lane(record_id, document["lane"])


def place(event_id: int, standing: Standing | None) -> None:
    """Makes the event stand as given in the series that it belongs to, and in no other."""
    present = {entry.series: entry for entry in LevelEntry.objects.filter(event_id=event_id)}
    wanted = standing.series if standing is not None else ()
    gone = [entry for entry in present.values() if standing is None or not _stands(entry, standing)]
    kept = present.keys() - {entry.series for entry in gone}
    new = [series for series in wanted if series not in kept]
    for entry in gone:
        entry.delete()
        if entry.level != UNDATED:
            placed = Placed(event_id, entry.day, entry.rank, entry.level)
            _write_levels(entry.series, make_room(placed, _next_in_line(entry.series, placed)))
    if standing is not None:
        for series in new:
            _add(event_id, series, standing)
        _write_lane(event_id, [present[series] for series in kept], standing.lane)
    changes: dict[tuple[int, int], int] = {}
    for entry in gone:
        if entry.level != UNDATED:
            changes[(entry.series, entry.day)] = changes.get((entry.series, entry.day), 0) - 1
    if standing is not None and standing.day is not None:
        for series in new:
            changes[(series, standing.day)] = changes.get((series, standing.day), 0) + 1
    _count(changes)


def _stands(entry: LevelEntry, standing: Standing) -> bool:
    """Whether the entry is as it should be, but for its lane and level."""
    return (
        entry.series in standing.series
        and entry.rank == standing.rank
        and (entry.level == UNDATED) == (standing.day is None)
    )


def _write_lane(event_id: int, entries: Iterable[LevelEntry], lane: int) -> None:
    if any(entry.lane != lane for entry in entries):
        LevelEntry.objects.filter(event_id=event_id).update(lane=lane)


def _add(event_id: int, series: int, standing: Standing) -> None:
    level, day = UNDATED, 0
    if standing.day is not None:
        day = standing.day
        placed = Placed(event_id, day, standing.rank, HIDDEN)
        _write_levels(series, settle(placed, _shown_around(series, day)))
        level = placed.level
    LevelEntry.objects.create(
        event_id=event_id, series=series, lane=standing.lane, day=day, level=level, rank=standing.rank
    )


def settle(new: Placed, shown: Sequence[Placed]) -> list[Placed]:
    """Gives the new event its level, and returns those of its tiles that show later for it.

    `shown` are the events that first show in a tile in which the new one stands.
    """
    changed: dict[int, Placed] = {}
    is_placed = False
    for level in LEVELS:
        tile = Tiles.around(new.day, new.day, level)
        visible = [one for one in shown if one.level <= level and tile.first_day <= one.day <= tile.last_day]
        if len(visible) >= MOST_SHOWN:
            last = max(visible, key=lambda one: one.order)
            if not is_placed and last.order < new.order:
                continue
            last.level = level + 1
            changed[last.event_id] = last
        if not is_placed:
            is_placed, new.level = True, level
    return list(changed.values())


def make_room(gone: Placed, in_line: Mapping[int, Placed]) -> list[Placed]:
    """The events that show earlier once one is gone.

    `in_line` has for a level the highest event that first shows there, in the tile of the level before in
    which the one that is gone stood.
    """
    changed: dict[int, Placed] = {}
    moved: Placed | None = None
    for level in range(DEEPEST, gone.level - 1, -1):
        waiting = [one for one in (in_line.get(level + 1), moved) if one is not None]
        moved = min(waiting, key=lambda one: one.order, default=None)
        if moved is not None:
            moved.level = level
            changed[moved.event_id] = moved
    return list(changed.values())


# Reading and writing rows --------------------------------------------------------------------------

_COLUMNS: Final = "event_id, day, rank, level"
_OF_LEVEL: Final = f"SELECT {_COLUMNS} FROM events_levelentry WHERE series = %s AND level = %s"  # noqa: S608
_IN_TILE: Final = f"{_OF_LEVEL} AND day BETWEEN %s AND %s"
#: Thousands may be hidden on one day: read in the order of the index, which needs the day to be given.
_FIRST_HIDDEN: Final = f"SELECT * FROM ({_OF_LEVEL} AND day = %s ORDER BY rank, event_id LIMIT 1) AS best"  # noqa: S608
_FIRST_IN_TILE: Final = f"SELECT * FROM ({_IN_TILE} ORDER BY rank, event_id LIMIT 1) AS best"  # noqa: S608


def _shown_around(series: int, day: int) -> list[Placed]:
    """The events that first show in a tile of the day: of each level at most K."""
    parameters: list[int] = []
    for level in LEVELS:
        tile = Tiles.around(day, day, level)
        parameters += [series, level, tile.first_day, tile.last_day]
    return _read(" UNION ALL ".join([_IN_TILE] * len(LEVELS)), parameters)


def _next_in_line(series: int, gone: Placed) -> dict[int, Placed]:
    """For `make_room`."""
    if gone.level == HIDDEN:
        return {}
    parameters = [series, HIDDEN, gone.day]
    parts = [_FIRST_HIDDEN]
    for level in range(gone.level, DEEPEST):
        tile = Tiles.around(gone.day, gone.day, level)
        parameters += [series, level + 1, tile.first_day, tile.last_day]
        parts.append(_FIRST_IN_TILE)
    found = _read(" UNION ALL ".join(parts), parameters)
    return {placed.level: placed for placed in found}


def _read(sql: str, parameters: Sequence[int]) -> list[Placed]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [Placed(*row) for row in cursor.fetchall()]


def _write_levels(series: int, changed: Iterable[Placed]) -> None:
    rows = [(placed.level, placed.event_id, series) for placed in changed]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE events_levelentry SET level = %s WHERE event_id = %s AND series = %s", rows
            )


def _count(changes: Mapping[tuple[int, int], int]) -> None:
    """Counts events in, or out, of all tiles of a day in a series, and of its month and year."""
    counts: dict[tuple[int, int, int], int] = {}
    for (series, day), change in changes.items():
        for level in COUNTED:
            key = (series, level, tile_of(day, level))
            counts[key] = counts.get(key, 0) + change
    rows = [(*key, change) for key, change in counts.items() if change]
    if not rows:
        return
    values = ", ".join(["(%s, %s, %s, %s)"] * len(rows))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO events_tilecount (series, level, tile, count) VALUES {values}"  # noqa: S608
            " ON CONFLICT (series, level, tile)"
            " DO UPDATE SET count = events_tilecount.count + excluded.count",
            [value for row in rows for value in row],
        )
    if any(change < 0 for change in counts.values()):
        emptied = models.Q()
        for series, level, tile in (key for key, change in counts.items() if change < 0):
            emptied |= models.Q(series=series, level=level, tile=tile)
        TileCount.objects.filter(emptied, count=0).delete()


def _move_to_lane(theme_id: int, lane: str) -> None:
    """Events led by a theme run in its lane; a theme that changes it takes all of them along."""
    number = LANE_NUMBERS[lane]
    links = EventTheme._base_manager.filter(event_id=models.OuterRef("event_id"), theme__status="published")
    leading = models.Subquery(links.order_by("position", "pk").values("theme_id")[:1])
    linked = EventTheme._base_manager.filter(theme_id=theme_id).values("event_id")
    entries = LevelEntry.objects.filter(event_id__in=linked).exclude(lane=number).annotate(leading=leading)
    moved = dict(entries.filter(leading=theme_id).values_list("event_id", "lane"))
    for some in chunks(sorted(moved)):
        LevelEntry.objects.filter(event_id__in=some).update(lane=number)
    if moved:
        rebuilding.rebuild(only={number, *moved.values()} - {NO_LANE})
