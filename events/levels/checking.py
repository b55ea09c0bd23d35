"""Compares the levels with what is published, by brute force: every tile of every level is read."""

import heapq
from collections.abc import Iterator

from django.utils.translation import gettext as _

from cubaru.core.chunks import chunks
from events.levels.models import LevelEntry, TileCount
from events.levels.rebuilding import in_order
from events.levels.tiles import DEEPEST, LEVELS, MOST_SHOWN, UNDATED
from events.models.event import Event


def check_entries() -> Iterator[str]:
    """Each published event stands where its date, importance and themes put it; no other event stands."""
    for some in chunks(in_order()):
        found: dict[int, dict[int, tuple[int, int, int | None]]] = {}
        for entry in LevelEntry.objects.filter(event_id__in=[pk for pk, _standing in some]):
            day = None if entry.level == UNDATED else entry.day
            found.setdefault(entry.event_id, {})[entry.series] = (entry.rank, entry.lane, day)
        for pk, wanted in some:
            expected = dict.fromkeys(wanted.series, (wanted.rank, wanted.lane, wanted.day))
            right = found.get(pk) == expected
            yield "" if right else _("Event %(id)d does not stand on the timeline as published.") % {"id": pk}
    published = Event.objects.published().values("pk")
    strays = LevelEntry.objects.exclude(event_id__in=published).values_list("event_id", flat=True)
    for pk in strays.order_by("event_id").distinct():
        yield _("Event %(id)d stands on the timeline and is not published.") % {"id": pk}


def check_tiles() -> Iterator[str]:
    """Each tile shows its K highest events, and its count is right; one answer for each tile with any."""
    for series in sorted(set(LevelEntry.objects.order_by().values_list("series", flat=True).distinct())):
        rows = LevelEntry.objects.filter(series=series).exclude(level=UNDATED).order_by("day", "rank")
        open_tiles = [_Tile(series, level, -1) for level in LEVELS]
        for day, rank, pk, first in rows.values_list("day", "rank", "event_id", "level").iterator():
            for level in LEVELS:
                index = day >> (DEEPEST - level)
                if open_tiles[level].index != index:
                    yield from open_tiles[level].faults()
                    open_tiles[level] = _Tile(series, level, index)
                open_tiles[level].add((-rank, -pk), is_shown=first <= level)
        for tile in open_tiles:
            yield from tile.faults()
    for count in TileCount.objects.filter(count__lte=0):
        yield _("Tile %(tile)s of the timeline counts events that are not there.") % {"tile": count}


class _Tile:
    """A tile while its events go by."""

    def __init__(self, series: int, level: int, index: int) -> None:
        self.series, self.level, self.index = series, level, index
        self.count = 0
        self.highest: list[tuple[int, int]] = []
        self.shown: list[tuple[int, int]] = []

    def add(self, order: tuple[int, int], *, is_shown: bool) -> None:
        self.count += 1
        if len(self.highest) < MOST_SHOWN:
            heapq.heappush(self.highest, order)
        else:
            heapq.heappushpop(self.highest, order)
        if is_shown and len(self.shown) <= MOST_SHOWN:
            self.shown.append(order)

    def faults(self) -> Iterator[str]:
        if self.index < 0:
            return
        name = {"tile": f"{self.series}/{self.level}/{self.index}"}
        kept = TileCount.objects.filter(series=self.series, level=self.level, tile=self.index).first()
        if kept is None or kept.count != self.count:
            yield _("Tile %(tile)s of the timeline has another number of events than it says.") % name
        elif sorted(self.shown) != sorted(self.highest):
            yield _("Tile %(tile)s of the timeline does not show its most important events.") % name
        else:
            yield ""
