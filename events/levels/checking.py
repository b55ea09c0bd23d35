"""Compares the levels with what is published, by brute force: every tile of every level is read."""

import heapq
import sys
from collections.abc import Iterator

from django.utils.translation import gettext as _

from cubaru.core.chunks import chunks
from events.levels.models import LevelEntry, TileCount
from events.levels.rebuilding import in_order
from events.levels.tiles import COUNTED, DEEPEST, MOST_SHOWN, UNDATED, tile_of
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
    """Each tile shows its K highest events, and its count is right; one answer for each tile with any.

    Months and years are counted only.
    """
    for series in _all_series():
        rows = LevelEntry.objects.filter(series=series).exclude(level=UNDATED).order_by("day", "rank")
        levels = [_Level(series, level) for level in COUNTED]
        for day, rank, pk, first in rows.values_list("day", "rank", "event_id", "level").iterator():
            for level in levels:
                yield from level.add(day, (-rank, -pk), is_shown=first <= level.level)
        for level in levels:
            yield from level.end()


def _all_series() -> list[int]:
    found: set[int] = set()
    for model in (LevelEntry, TileCount):
        found |= set(model.objects.order_by().values_list("series", flat=True).distinct())
    return sorted(found)


class _Level:
    """One level of a series while its events go by in the order of days: the tile that they are in.

    Its months and years go by like levels.
    """

    def __init__(self, series: int, level: int) -> None:
        self.series, self.level = series, level
        self.index = -1
        kept = TileCount.objects.filter(series=series, level=level).order_by("tile")
        self.kept = kept.values_list("tile", "count").iterator(chunk_size=500)
        self.next_kept = next(self.kept, None)
        self._begin(-1)

    def _begin(self, index: int) -> None:
        self.index = index
        self.count = 0
        self.highest: list[tuple[int, int]] = []
        self.shown: list[tuple[int, int]] = []

    def add(self, day: int, order: tuple[int, int], *, is_shown: bool) -> Iterator[str]:
        """Takes in the next event; answers for the tile that is through with it."""
        index = tile_of(day, self.level)
        if index != self.index:
            yield from self._faults()
            self._begin(index)
        self.count += 1
        if len(self.highest) < MOST_SHOWN:
            heapq.heappush(self.highest, order)
        else:
            heapq.heappushpop(self.highest, order)
        if is_shown and len(self.shown) <= MOST_SHOWN:
            self.shown.append(order)

    def end(self) -> Iterator[str]:
        yield from self._faults()
        yield from self._strays_before(sys.maxsize)

    def _faults(self) -> Iterator[str]:
        if self.index < 0:
            return
        yield from self._strays_before(self.index)
        counted = self.next_kept == (self.index, self.count)
        if self.next_kept is not None and self.next_kept[0] == self.index:
            self.next_kept = next(self.kept, None)
        if not counted:
            yield _("Tile %(tile)s of the timeline has another number of events than it says.") % {
                "tile": self._name(self.index)
            }
        elif self.level <= DEEPEST and sorted(self.shown) != sorted(self.highest):
            yield _("Tile %(tile)s of the timeline does not show its most important events.") % {
                "tile": self._name(self.index)
            }
        else:
            yield ""

    def _strays_before(self, index: int) -> Iterator[str]:
        while self.next_kept is not None and self.next_kept[0] < index:
            yield _("Tile %(tile)s of the timeline counts events that are not there.") % {
                "tile": self._name(self.next_kept[0])
            }
            self.next_kept = next(self.kept, None)

    def _name(self, index: int) -> str:
        return f"{self.series}/{self.level}/{index}"
