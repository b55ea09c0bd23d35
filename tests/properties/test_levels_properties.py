"""Whatever happens to the events, the levels are those of a brute-force reading, and of a rebuild."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.levels import rebuilding, upkeep
from events.levels.models import LevelEntry, TileCount
from events.levels.rebuilding import SeriesCounter
from events.levels.series import ALL, standing
from events.levels.tiles import (
    COUNTED,
    DEEPEST,
    HIDDEN,
    LAST_DAY,
    LEVELS,
    MOST_SHOWN,
    UNDATED,
    day_of,
    tile_of,
)
from events.levels.upkeep import Placed, make_room, settle

pytestmark = pytest.mark.django_db

#: Few enough for crowds, with the ends of the grid and of its halves.
DAYS = st.one_of(
    st.sampled_from([0, 1, LAST_DAY // 2, LAST_DAY // 2 + 1, LAST_DAY]),
    st.integers(22_000, 22_007),
    st.integers(0, LAST_DAY),
)
THEMES = st.lists(
    st.sampled_from([(1, "trade"), (2, "trade"), (3, "space")]), max_size=2, unique_by=lambda theme: theme[0]
).map(lambda themes: [(key, {"trade": "trade", "space": "science"}[name]) for key, name in themes])
STATES = st.one_of(st.none(), st.tuples(st.integers(1, 5), st.none() | DAYS, THEMES))
CHANGES = st.lists(st.tuples(st.integers(1, 30), STATES), min_size=30, max_size=90)


def brute_force(events: list[tuple[int, int, int]]) -> dict[int, int]:
    """From which level each event (rank, id, day) of a series shows, by the definition."""
    levels = {}
    for rank, key, day in events:
        levels[key] = next(
            (
                level
                for level in LEVELS
                if sum(
                    1
                    for other, other_key, other_day in events
                    if other_day >> (DEEPEST - level) == day >> (DEEPEST - level)
                    and (other, other_key) < (rank, key)
                )
                < MOST_SHOWN
            ),
            HIDDEN,
        )
    return levels


def rows() -> list[tuple[Any, ...]]:
    return sorted(LevelEntry.objects.values_list("event_id", "series", "lane", "day", "level", "rank"))


def counts() -> list[tuple[Any, ...]]:
    return sorted(TileCount.objects.values_list("series", "level", "tile", "count"))


@pytest.fixture
def empty_tables(db: None) -> None:
    LevelEntry.objects.all().delete()
    TileCount.objects.all().delete()


@pytest.mark.usefixtures("empty_tables")
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(CHANGES)
def test_events_that_come_change_and_go_leave_the_levels_of_a_rebuild(changes: list[tuple[int, Any]]) -> None:
    with transaction.atomic():
        now: dict[int, Any] = {}
        for key, state in changes:
            now[key] = None
            if state is not None:
                importance, day, themes = state
                earliest = None if day is None else day_of(day)
                now[key] = standing(f"event-{key}", importance, earliest, themes)
            upkeep.place(key, now[key])
        kept, kept_counts = rows(), counts()

        expected = []
        by_series: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        for key, place in now.items():
            for series in place.series if place else ():
                if place.day is not None:
                    by_series[series].append((place.rank, key, place.day))
                else:
                    expected.append((key, series, place.lane, 0, UNDATED, place.rank))
        for series, events in by_series.items():
            levels = brute_force(events)
            expected += [(key, series, now[key].lane, day, levels[key], rank) for rank, key, day in events]
            assert_no_tile_shows_more([(day, levels[key]) for _rank, key, day in events])
        assert kept == sorted(expected)

        placed = [(key, place) for key, place in now.items() if place is not None]
        placed.sort(key=lambda one: (one[1].rank, one[0]))
        rebuilt, rebuilt_counts = in_bulk(placed)
        assert kept == rebuilt
        assert kept_counts == rebuilt_counts
        transaction.set_rollback(True)


def in_bulk(placed: list[tuple[int, Any]]) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    """The rows that a rebuild writes for these events."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(rebuilding, "in_order", lambda: iter(placed))
        rebuilding.rebuild()
    return rows(), counts()


def assert_no_tile_shows_more(events: list[tuple[int, int]]) -> None:
    for level in LEVELS:
        shown: dict[int, int] = defaultdict(int)
        for day, first in events:
            if first <= level:
                shown[day >> (DEEPEST - level)] += 1
        assert max(shown.values(), default=0) <= MOST_SHOWN


# The two steps on their own, without a database: many more events ---------------------------------------


def shown_around(events: dict[int, Placed], day: int) -> list[Placed]:
    return [
        one
        for one in events.values()
        if one.level <= DEEPEST and one.day >> (DEEPEST - one.level) == day >> (DEEPEST - one.level)
    ]


def next_in_line(events: dict[int, Placed], gone: Placed) -> dict[int, Placed]:
    found: dict[int, Placed] = {}
    for level in range(gone.level, DEEPEST + 1):
        waiting = [
            one
            for one in events.values()
            if one.level == level + 1 and one.day >> (DEEPEST - level) == gone.day >> (DEEPEST - level)
        ]
        if waiting:
            found[level + 1] = min(waiting, key=lambda one: one.order)
    return found


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.booleans(), st.integers(0, 120), st.integers(1, 5), DAYS), min_size=1, max_size=250)
)
def test_each_step_leaves_the_levels_of_the_definition(steps: list[tuple[bool, int, int, int]]) -> None:
    events: dict[int, Placed] = {}
    for comes, key, importance, day in steps:
        gone = events.pop(key, None)
        if gone is not None:
            make_room(gone, next_in_line(events, gone))
        if comes:
            new = Placed(key, day, standing(f"event-{key}", importance, day_of(day), []).rank, HIDDEN)
            settle(new, shown_around(events, day))
            events[key] = new
    in_order = sorted(events.values(), key=lambda one: one.order)
    levels = brute_force([(one.rank, one.event_id, one.day) for one in in_order])
    assert {one.event_id: one.level for one in in_order} == levels
    counter = SeriesCounter()
    assert [counter.add(one.day) for one in in_order] == [one.level for one in in_order]


def tiles_of(events: list[Placed]) -> Iterator[tuple[int, int, int]]:
    for level in COUNTED:
        found: dict[int, int] = defaultdict(int)
        for one in events:
            found[tile_of(one.day, level)] += 1
        yield from ((level, tile, count) for tile, count in found.items())


@settings(max_examples=30, deadline=None)
@given(st.lists(DAYS, max_size=60))
def test_counts_of_all_tiles_add_up(days: list[int]) -> None:
    counter = SeriesCounter()
    for day in days:
        counter.add(day)
    assert sorted(counter.counts()) == sorted(tiles_of([Placed(ALL, day, 0, 0) for day in days]))
