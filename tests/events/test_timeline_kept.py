"""What the timeline's page takes from the kept counts is what a reading of all events gives."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.levels.rebuilding import rebuild
from events.levels.series import ALL, LANE_NUMBERS, series_of_theme
from events.models import Event, Theme
from events.timeline_counts import count_by_unit, in_lane, left_out_between, most_important
from events.timeline_kept import begun_before, dated, is_kept, undated
from events.timeline_ticks import level_of_bars
from events.timeline_window import Level, Window, year_window
from tests.events.test_timeline import windows
from tests.factories import EventFactory


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(window=windows)
def test_events_are_counted_by_unit_and_lane_as_they_stand_in_the_table(window: Window) -> None:
    events, level = Event.objects.published(), level_of_bars(window)
    assert count_by_unit(events, window, level, ALL) == count_by_unit(events, window, level)


@pytest.mark.django_db
def test_the_whole_range_is_counted_by_unit_and_lane_too() -> None:
    events, window = Event.objects.published(), year_window(1902, 2026)
    counted = count_by_unit(events, window, Level.YEAR, ALL)
    assert counted.total > 200
    assert counted == count_by_unit(events, window, Level.YEAR)


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(window=windows, lane=st.sampled_from(sorted(LANE_NUMBERS)))
def test_what_is_left_out_between_the_named_is_counted_alike(window: Window, lane: str) -> None:
    events = in_lane(Event.objects.published(), lane)
    series = LANE_NUMBERS[lane]
    named = most_important(events, window, series)[:7]
    assert set(named) <= set(events.overlapping(window.first, window.last))
    shown = sorted(named, key=lambda event: (event.date_earliest, event.date_latest, event.slug))
    left_out = left_out_between(events, window, shown, series)
    assert left_out == left_out_between(events, window, shown)


@pytest.mark.django_db
@given(day=st.dates(date(1890, 1, 1), date(2300, 1, 1)))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_begins_before_a_day_is_added_up_from_few_tiles(day: date) -> None:
    inside = min(max(day, date(1900, 1, 1)), date(2258, 11, 11))
    begun = Event.objects.published().filter(date_earliest__lt=inside).count()
    assert begun_before([ALL], [day])[ALL, day] == begun


@pytest.mark.django_db
def test_dated_and_undated_events_are_counted_in_each_series() -> None:
    theme = Theme.objects.published().first()
    assert theme is not None
    for series, events in {
        ALL: Event.objects.published(),
        series_of_theme(theme.pk): Event.objects.published().filter(theme_links__theme=theme),
    }.items():
        assert dated(series) == events.exclude(date_earliest=None).count()
        assert undated(series) == events.undated().count()


def test_what_goes_on_from_before_is_among_the_most_important(empty_database: None) -> None:
    union = EventFactory.create(date="1960/1962", importance=5)
    inside = EventFactory.create(date="1961-04-16", importance=2)
    EventFactory.create(date="1963")
    rebuild()
    events, window = Event.objects.published(), year_window(1961)

    assert most_important(events, window, ALL) == [union, inside]
    assert count_by_unit(events, window, Level.MONTH, ALL).by_unit == {0: 1, 3: 1}


def test_a_window_that_begins_before_the_levels_is_not_kept() -> None:
    assert not is_kept(year_window(1890, 1962))
    assert is_kept(year_window(1902, 2026))
    assert not is_kept(year_window(1902, 2300))
