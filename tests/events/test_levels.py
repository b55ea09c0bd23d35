"""The levels of detail follow what is published."""

from importlib import import_module
from io import StringIO
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cubaru.core.verification import verify
from events.choices import Lane
from events.levels.checking import check_entries, check_tiles
from events.levels.models import LevelEntry, TileCount
from events.levels.rebuilding import rebuild
from events.levels.series import ALL, LANE_NUMBERS, rank_of, series_of_theme
from events.levels.tiles import (
    DEEPEST,
    LAST_DAY,
    MONTHS,
    MOST_SHOWN,
    UNDATED,
    YEARS,
    Tiles,
    day_number,
    day_of,
    tile_days,
)
from events.models import Event
from tests.factories import EventFactory, EventThemeFactory, ThemeFactory

pytestmark = pytest.mark.django_db


def entries(event: Any) -> dict[int, LevelEntry]:
    return {entry.series: entry for entry in LevelEntry.objects.filter(event_id=event.pk)}


def faults() -> list[str]:
    return [fault for check in (check_entries, check_tiles) for fault in check() if fault]


def table(model: Any, *columns: str) -> list[tuple[Any, ...]]:
    return sorted(model.objects.values_list(*columns))


def everything() -> tuple[Any, ...]:
    return (
        table(LevelEntry, "event_id", "series", "lane", "day", "level", "rank"),
        table(TileCount, "series", "level", "tile", "count"),
    )


def crowd(day: str, importance: int = 5) -> list[Event]:
    return [EventFactory.create(date=day, importance=importance) for _ in range(MOST_SHOWN)]


def test_grid_begins_on_1_january_1900_and_halves_down_to_days() -> None:
    assert [tile_days(level) for level in (0, 1, DEEPEST)] == [131_072, 65_536, 1]
    assert day_of(0).isoformat() == "1900-01-01"
    assert day_of(LAST_DAY).isoformat() == "2258-11-11"
    assert Tiles.around(3, 5, DEEPEST - 1) == Tiles(DEEPEST - 1, 1, 2)


def test_days_outside_of_the_grid_count_as_its_ends() -> None:
    from datetime import date

    assert day_number(date(1, 1, 1)) == day_number(date(1899, 12, 31)) == 0
    assert day_number(date(9999, 12, 31)) == LAST_DAY


def test_more_important_comes_first_then_earlier_then_by_slug() -> None:
    assert rank_of(5, 9, "b") < rank_of(4, 1, "a")
    assert rank_of(5, 1, "b") < rank_of(5, 2, "a")
    assert rank_of(5, 1, "a") != rank_of(5, 1, "b")
    assert rank_of(1, LAST_DAY, "zzz") < 2**63


def test_starter_corpus_is_on_the_timeline_and_verifies() -> None:
    shown = LevelEntry.objects.filter(series=ALL)
    assert shown.count() == Event.objects.published().count() > 200
    assert faults() == []


def test_rebuild_changes_nothing_that_was_kept_right() -> None:
    crowd("1962-10-22")
    EventFactory.create(date="")
    before = everything()
    rebuild()
    assert everything() == before


def test_event_stands_in_all_in_its_lane_and_in_each_of_its_themes() -> None:
    event = EventFactory.create()
    sugar, space = ThemeFactory.create(lane=Lane.TRADE), ThemeFactory.create(lane=Lane.SCIENCE)
    EventThemeFactory.create(event=event, theme=sugar, position=0)
    EventThemeFactory.create(event=event, theme=space, position=1)
    trade = LANE_NUMBERS[Lane.TRADE]
    found = entries(event)
    assert set(found) == {ALL, trade, series_of_theme(sugar.pk), series_of_theme(space.pk)}
    assert {entry.lane for entry in found.values()} == {trade}
    assert faults() == []


def test_draft_and_withdrawn_events_are_not_on_the_timeline() -> None:
    event = EventFactory.create(status="draft")
    assert entries(event) == {}
    event.status = "published"
    event.save()
    assert set(entries(event)) == {ALL}
    event.status = "withdrawn"
    event.save()
    assert entries(event) == {}
    assert faults() == []


def test_deleted_event_leaves_the_timeline() -> None:
    event = EventFactory.create()
    kept = {"event_id": event.pk}
    event.delete()
    assert not LevelEntry.objects.filter(**kept).exists()
    assert faults() == []


def test_crowded_day_shows_its_twelve_most_important_and_hides_the_rest() -> None:
    crowd("1977-03-03")
    minor = EventFactory.create(date="1977-03-03", importance=1)
    assert entries(minor)[ALL].level == DEEPEST + 1
    minor.importance = 5
    minor.save()
    day = day_number(minor.when.earliest)
    shown = LevelEntry.objects.filter(series=ALL, day=day, level__lte=DEEPEST)
    assert shown.count() == MOST_SHOWN
    assert faults() == []


def test_event_that_goes_makes_room_for_the_next() -> None:
    first = crowd("1977-03-03")
    next_one = EventFactory.create(date="1977-03-03", importance=4)
    assert entries(next_one)[ALL].level == DEEPEST + 1
    first[0].delete()
    assert entries(next_one)[ALL].level <= DEEPEST
    assert faults() == []


def test_undated_event_stands_in_no_tile_until_it_has_a_date() -> None:
    event = EventFactory.create(date="")
    assert entries(event)[ALL].level == UNDATED
    event.date = "1977-03-03"
    event.save()
    assert entries(event)[ALL].level <= DEEPEST
    event.date = ""
    event.save()
    assert entries(event)[ALL].level == UNDATED
    assert faults() == []


def test_vague_date_stands_at_its_earliest_day() -> None:
    event = EventFactory.create(date="196X")
    assert day_of(entries(event)[ALL].day).isoformat() == "1960-01-01"


def test_theme_that_changes_its_lane_takes_its_events_along() -> None:
    theme = ThemeFactory.create(lane=Lane.TRADE)
    led = EventThemeFactory.create(theme=theme, position=0).event
    other = EventThemeFactory.create(position=0, theme__lane=Lane.PARTY).event
    EventThemeFactory.create(event=other, theme=theme, position=1)
    theme.lane = Lane.SCIENCE
    theme.save()
    science, party = LANE_NUMBERS[Lane.SCIENCE], LANE_NUMBERS[Lane.PARTY]
    assert science in entries(led)
    assert party in entries(other)
    assert {entry.lane for entry in entries(led).values()} == {science}
    assert faults() == []


def test_withdrawn_theme_gives_up_its_events() -> None:
    theme = ThemeFactory.create(lane=Lane.TRADE)
    event = EventThemeFactory.create(theme=theme).event
    theme.status = "withdrawn"
    theme.save()
    assert set(entries(event)) == {ALL}
    assert faults() == []


def test_text_that_changes_moves_nothing() -> None:
    event = EventFactory.create()
    with CaptureQueriesContext(connection) as queries:
        event.title_en = "Another title"
        event.save()
    written = [query["sql"] for query in queries if not query["sql"].startswith("SELECT")]
    assert not any("levelentry" in sql or "tilecount" in sql for sql in written)


def test_upgrade_counts_months_and_years_as_a_rebuild_does() -> None:
    before = everything()
    upgrade = import_module("events.migrations.0004_counts_by_month_and_year")
    upgrade.forget(apps, SimpleNamespace(connection=connection))
    assert faults() != []
    upgrade.count(apps, SimpleNamespace(connection=connection))
    assert everything() == before


@pytest.mark.parametrize(
    "damage",
    [
        lambda: LevelEntry.objects.filter(series=ALL, level=0).update(level=3),
        lambda: LevelEntry.objects.filter(series=ALL).first().delete(),  # type: ignore[union-attr]
        lambda: TileCount.objects.filter(series=ALL, level=0).update(count=7),
        lambda: TileCount.objects.create(series=ALL, level=DEEPEST, tile=0, count=0),
        lambda: TileCount.objects.filter(series=ALL, level=YEARS, tile=1962).update(count=7),
        lambda: TileCount.objects.create(series=ALL, level=MONTHS, tile=3000 * 12, count=1),
        lambda: LevelEntry.objects.create(event_id=987_654, series=ALL, lane=0, day=5, level=9, rank=1),
    ],
)
def test_verify_finds_what_is_wrong_and_a_rebuild_mends_it(damage: Any) -> None:
    damage()
    assert [fault for finding in verify() for fault in finding.faults] != []
    out = StringIO()
    call_command("rebuild_timeline", stdout=out)
    assert str(Event.objects.published().count()) in out.getvalue()
    assert faults() == []
