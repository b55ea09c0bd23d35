"""A person's events as a series of their own, made when asked for: nothing is kept of it.

Persons take part in few events: at most MOST_OF_PERSON of them are read, the most important ones, so the
cost is bounded whatever else is in the database.
"""

from collections import Counter
from typing import Final

from events.levels.models import LevelEntry
from events.levels.periods import Period, count_periods
from events.levels.reading import BINS_DEEPER, MOST_UNDATED, Bin, Viewport, with_events
from events.levels.series import ALL
from events.levels.tiles import DEEPEST, HIDDEN, LEVELS, MOST_SHOWN, UNDATED, Tiles, tile_of
from events.models.participation import Participation

MOST_OF_PERSON: Final = 2000


class PersonSeries:
    """The events of a person, or those of them that run in one lane."""

    def __init__(self, person_id: int, lane: int | None = None) -> None:
        events = Participation.objects.filter(person_id=person_id).values("event_id")
        entries = LevelEntry.objects.filter(series=ALL, event_id__in=events).order_by("rank", "event_id")
        if lane is not None:
            entries = entries.filter(lane=lane)
        found = list(entries[:MOST_OF_PERSON])
        self._undated = [entry for entry in found if entry.level == UNDATED]
        self._dated = [entry for entry in found if entry.level != UNDATED]
        _set_levels(self._dated)

    @property
    def span(self) -> tuple[int, int] | None:
        """The days of the first and of the last event; None where none has a date."""
        days = [entry.day for entry in self._dated]
        return (min(days), max(days)) if days else None

    def viewport(self, tiles: Tiles) -> Viewport:
        here = [entry for entry in self._dated if tiles.first_day <= entry.day <= tiles.last_day]
        shown = [entry for entry in here if entry.level <= tiles.level]
        bin_level = min(tiles.level + BINS_DEEPER, DEEPEST)
        counts = Counter(tile_of(entry.day, bin_level) for entry in here)
        named = Counter(tile_of(entry.day, bin_level) for entry in shown)
        bins = [Bin(index, count, count - named[index]) for index, count in sorted(counts.items())]
        entries = sorted(shown, key=lambda entry: (entry.level, entry.rank, entry.event_id))
        return Viewport(tiles, with_events(entries), bin_level, bins)

    def periods(self, tiles: Tiles) -> list[Period]:
        return count_periods(((entry.day, entry.lane) for entry in self._dated), tiles)

    def undated(self) -> list[LevelEntry]:
        return with_events(self._undated[:MOST_UNDATED])


def _set_levels(entries: list[LevelEntry]) -> None:
    """Gives entries, in the order of their ranks, the levels at which they show among themselves."""
    shown: Counter[tuple[int, int]] = Counter()
    for entry in entries:
        entry.level = HIDDEN
        for level in reversed(LEVELS):
            tile = level, tile_of(entry.day, level)
            if shown[tile] == MOST_SHOWN:
                break
            shown[tile] += 1
            entry.level = level
