"""The timeline: where names stand, what a window is, what is counted in it."""

from datetime import date
from itertools import combinations, pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cubaru.core.models import Status
from cubaru.core.templatetags.charts import MOST_NAME_ROWS, NAME_GAP, NARROWEST_WITH_NAMES
from events.choices import Lane
from events.models import Event, EventTheme
from events.timeline import MOST_NAMED, WIDEST_LINE, Candidate, Placement, name_events, text_width, two_lines
from events.timeline_counts import count_by_unit, left_out_between, most_important, whole_range
from events.timeline_days import day_of_year
from events.timeline_ticks import level_of_bars, ticks_of
from events.timeline_window import (
    Level,
    Window,
    WindowError,
    month_window,
    neighbours,
    read_window,
    unit_around,
    units,
    year_window,
    zoomed_out,
)
from tests.factories import EventFactory, ThemeFactory

WHOLE = year_window(1902, 2026)

titles = st.text(alphabet="abc desWМЖкоф ", min_size=1, max_size=60).filter(str.strip)
candidates = st.lists(
    st.builds(
        Candidate,
        at=st.floats(0, 1, exclude_max=True),
        importance=st.integers(1, 5),
        prominence=st.integers(0, 9),
        date=st.sampled_from(["1962", "16–28 Oct 1962", "23 Jun (O.S.) / 6 Jul 1902"]),
        lines=titles.map(two_lines),
    ),
    max_size=30,
)
days = st.dates(date(1902, 1, 1), date(2026, 12, 31))
windows = st.tuples(days, days).map(lambda ends: Window(min(ends), max(ends)))


# Names ---------------------------------------------------------------------------------------------


def boxes(placement: Placement) -> list[tuple[float, float, float, float]]:
    """The name and the leader as left, right, top, bottom; rows are one high, leaders go down to the axis."""
    name = (placement.start, placement.end, placement.row, placement.row + 0.99)
    leader = (placement.leader - 0.75, placement.leader + 0.75, placement.row, MOST_NAME_ROWS)
    return [name, leader]


def overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]


@given(candidates)
@settings(max_examples=150, deadline=None)
def test_no_two_names_or_leaders_touch_at_the_narrowest_width(found: list[Candidate]) -> None:
    placed = name_events(found)

    for one, other in combinations(placed, 2):
        assert not any(overlap(a, b) for a in boxes(one) for b in boxes(other))


@given(candidates)
@settings(max_examples=100, deadline=None)
def test_names_stay_within_the_chart_and_beside_their_leader(found: list[Candidate]) -> None:
    placed = name_events(found)

    assert len(placed) <= MOST_NAMED
    assert len({placement.index for placement in placed}) == len(placed)
    for placement in placed:
        assert 0 <= placement.start < placement.end <= NARROWEST_WITH_NAMES
        assert 0 <= placement.row < MOST_NAME_ROWS
        gap = (
            placement.start - placement.leader
            if placement.side == "after"
            else placement.leader - placement.end
        )
        assert gap == pytest.approx(NAME_GAP)


@given(candidates)
@settings(max_examples=60, deadline=None)
def test_whatever_there_is_one_of_the_most_important_is_named(found: list[Candidate]) -> None:
    fitting = [candidate for candidate in found if candidate.width <= NARROWEST_WITH_NAMES / 2 - NAME_GAP]
    placed = name_events(fitting)

    if fitting:
        most = max(candidate.importance for candidate in fitting)
        assert most in {fitting[placement.index].importance for placement in placed}


def test_among_equals_a_lonely_event_goes_before_a_crowded_one() -> None:
    crowd = [Candidate(0.5 + index / 400, 5, 0, "1962", ("An event",)) for index in range(20)]
    lonely = Candidate(0.05, 5, 0, "1902", ("Far away",))

    placed = name_events([*crowd, lonely], most=2)

    assert 20 in {placement.index for placement in placed}


def test_among_lonely_equals_the_prominent_goes_first() -> None:
    quiet, loud = Candidate(0.2, 5, 1, "1925", ("Quiet",)), Candidate(0.7, 5, 8, "1990", ("Loud",))

    assert [placement.index for placement in name_events([quiet, loud], most=1)] == [1]


@given(titles)
def test_a_name_has_at_most_two_lines_and_none_is_too_wide(title: str) -> None:
    lines = two_lines(title)

    assert 1 <= len(lines) <= 2
    assert all(text_width(line) <= WIDEST_LINE for line in lines)


def test_a_name_that_fits_is_not_cut() -> None:
    assert two_lines("Gorbachev’s visit to Cuba") == ("Gorbachev’s", "visit to Cuba")
    assert two_lines("Карибский кризис") == ("Карибский", "кризис")
    assert two_lines("Tamayo") == ("Tamayo",)


def test_a_name_that_is_too_long_is_cut_after_a_word() -> None:
    lines = two_lines("Mikoyan visits Cuba and opens the Soviet exhibition of science and technology")

    assert lines[1].endswith("…")
    assert "exhibition of science" not in " ".join(lines)
    assert not lines[1].removesuffix("…").endswith(" ")


# Windows -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("1962", "1962", year_window(1962)),
        ("1962-10", "1962-10", month_window(1962, 10)),
        ("1962-10-22", "1962-10-22", Window(date(1962, 10, 22), date(1962, 10, 22))),
        ("196X", "196X", year_window(1960, 1969)),
        ("", "1910", year_window(1902, 1910)),
        ("2020", "", year_window(2020, 2026)),
        ("", "", WHOLE),
        ("1800", "1910", year_window(1902, 1910)),
        ("0001", "9999", WHOLE),
    ],
)
def test_the_period_is_read_and_cut_to_what_there_is(first: str, last: str, expected: Window) -> None:
    assert read_window(first, last, WHOLE) == expected


@pytest.mark.parametrize(
    ("first", "last", "sentence", "field"),
    [
        ("1970", "1960", "ends before it begins", "from"),
        ("196O", "", "“196O” is not a date", "from"),
        ("1962", "1962-13", "“1962-13” is not a date", "to"),
        ("1700", "1800", "runs from 1902 to 2026", "from"),
        ("9000", "", "runs from 1902 to 2026", "from"),
        ("", "1066", "runs from 1902 to 2026", "to"),
        ("1" * 5000, "", "is not a date", "from"),
        ("\x00", "", "is not a date", "from"),
    ],
)
def test_a_period_that_makes_no_sense_is_refused_in_a_sentence(
    first: str, last: str, sentence: str, field: str
) -> None:
    with pytest.raises(WindowError, match=sentence) as refusal:
        read_window(first, last, WHOLE)

    assert refusal.value.field == field
    assert len(str(refusal.value)) < 250


@given(windows)
def test_what_a_window_writes_into_the_address_is_read_as_the_same_window(window: Window) -> None:
    assert read_window(window.from_text, window.to_text, WHOLE) == window


@given(windows)
def test_zooming_out_ends_at_all_years(window: Window) -> None:
    steps = 0
    wider: Window | None = window
    while wider is not None and wider != WHOLE:
        narrower, wider = wider, zoomed_out(wider, WHOLE)
        assert wider is not None
        assert wider.days > narrower.days
        steps += 1
    assert steps <= 4


@given(windows)
def test_neighbours_adjoin_and_stay_in_the_chronicle(window: Window) -> None:
    before, after = neighbours(window, WHOLE)

    assert (before is None) == (window.first == WHOLE.first)
    assert (after is None) == (window.last == WHOLE.last)
    if before is not None:
        assert (window.first - before.last).days == 1
        assert before.first >= WHOLE.first
    if after is not None:
        assert (after.first - window.last).days == 1
        assert after.last <= WHOLE.last


def test_the_neighbours_of_a_unit_are_units() -> None:
    assert neighbours(month_window(1962, 10), WHOLE) == (month_window(1962, 9), month_window(1962, 11))
    assert neighbours(year_window(1960, 1969), WHOLE) == (year_window(1950, 1959), year_window(1970, 1979))
    assert neighbours(year_window(1910, 1919), WHOLE)[0] == year_window(1902, 1909)


def test_one_zooms_from_all_years_to_decade_year_month_and_day() -> None:
    day = date(1962, 10, 22)
    levels = [WHOLE, *(unit_around(day, level) for level in list(Level)[1:])]

    assert [window.level for window in levels] == list(Level)
    assert [zoomed_out(window, WHOLE) for window in levels[1:]] == levels[:-1]


@given(windows, st.sampled_from([Level.DECADE, Level.YEAR]))
def test_units_cover_the_window_without_gap_or_overlap(window: Window, level: Level) -> None:
    found = units(window, level)

    assert found[0].first <= window.first
    assert found[-1].last >= window.last
    assert all((right.first - left.last).days == 1 for left, right in pairwise(found))


@given(windows)
def test_ticks_stand_in_order_within_the_axis_and_are_not_too_many(window: Window) -> None:
    places = [at for at, _label, _unit in ticks_of(window)]

    assert places == sorted(places)
    assert all(0 <= at < 1 for at in places)
    assert len(places) <= 18


@pytest.mark.parametrize(
    ("window", "words"),
    [
        (month_window(1962, 10), "October 1962"),
        (year_window(1960, 1969), "1960–1969"),
        (Window(date(1962, 10, 1), date(1962, 11, 30)), "October–November 1962"),
        (Window(date(1962, 10, 22), date(1962, 10, 22)), "22 October 1962"),
    ],
)
def test_a_window_is_called_by_its_dates(window: Window, words: str) -> None:
    assert window.in_words("en") == words


# Counts --------------------------------------------------------------------------------------------


def count(window: Window, level: Level) -> dict[str, int]:
    counts = count_by_unit(Event.objects.published(), window, level)
    return {counts.units[index].from_text: number for index, number in counts.by_unit.items() if number}


def test_each_event_is_counted_once_on_its_first_day_in_the_window(empty_database: None) -> None:
    EventFactory.create(date="1961-12-30/1962-02-02")
    EventFactory.create(date="1962-02-28")
    EventFactory.create(date="1962")
    EventFactory.create(date="1963")
    EventFactory.create(date="")

    assert count(year_window(1962), Level.MONTH) == {"1962-01": 2, "1962-02": 1}
    assert count(year_window(1960, 1969), Level.YEAR) == {"1961": 1, "1962": 2, "1963": 1}


def test_counts_leave_out_what_is_not_published(empty_database: None) -> None:
    for status in Status.values:
        EventFactory.create(date="1962", status=status)

    assert count(year_window(1960, 1969), Level.YEAR) == {"1962": 1}


def test_an_event_counts_in_the_lane_of_its_first_published_theme(empty_database: None) -> None:
    event = EventFactory.create(date="1962")
    hidden = ThemeFactory.create(lane=Lane.SCIENCE, status=Status.DRAFT)
    shown = ThemeFactory.create(lane=Lane.TRADE)
    further = ThemeFactory.create(lane=Lane.CULTURE)
    for position, theme in enumerate((hidden, shown, further)):
        EventTheme.objects.create(event=event, theme=theme, position=position)
    EventFactory.create(date="1962")

    counts = count_by_unit(Event.objects.published(), year_window(1962), Level.MONTH)

    assert {lane: units_.total() for lane, units_ in counts.by_lane.items()} == {"trade": 1, "": 1}


def test_the_whole_range_ignores_open_and_unknown_ends(empty_database: None) -> None:
    EventFactory.create(date="1902/..")
    EventFactory.create(date="/1962")
    EventFactory.create(date="1958-05-03")
    EventFactory.create(date="2030", status=Status.DRAFT)

    assert whole_range(Event.objects.published()) == year_window(1902, 1962)


def test_there_is_no_range_without_dated_events(empty_database: None) -> None:
    EventFactory.create(date="")

    assert whole_range(Event.objects.published()) is None


def test_what_is_left_out_between_the_named_adds_up(empty_database: None) -> None:
    shown = [EventFactory.create(date="1960-05-08"), EventFactory.create(date="1962-10-16/1962-10-28")]
    for day in ("1960-01-01", "1960-05-08", "1961", "1962-10-20", "1968"):
        EventFactory.create(date=day)

    left_out = left_out_between(Event.objects.published(), year_window(1960, 1969), shown)

    assert left_out == [1, 2, 2]


def test_the_number_of_queries_does_not_grow_with_events(
    empty_database: None, django_assert_num_queries: Any
) -> None:
    def ask() -> None:
        events = Event.objects.published()
        count_by_unit(events, year_window(1962), level_of_bars(year_window(1962)))
        left_out_between(events, year_window(1962), most_important(events, year_window(1962)))

    EventFactory.create(date="1962")
    with django_assert_num_queries(4):
        ask()
    for _number in range(4):
        event = EventFactory.create(date="1962-10-22")
        EventTheme.objects.create(event=event, theme=ThemeFactory.create())
    with django_assert_num_queries(4):
        ask()


# The day of the year -------------------------------------------------------------------------------


def test_the_day_shows_what_happened_on_it_in_any_year(empty_database: None) -> None:
    EventFactory.create(date="1960-02-04", title_en="He lands")
    EventFactory.create(date="1962-02-04", title_en="A declaration")
    EventFactory.create(date="1961-02-04~", title_en="About then")
    EventFactory.create(date="1963-02", title_en="Some day of the month")

    found = day_of_year(Event.objects.published(), date(2026, 2, 4))

    assert found is not None
    assert (found.day, found.month) == (4, "February")
    assert [(event.year, event.title.text) for event in found.events] == [
        ("1960", "He lands"),
        ("1962", "A declaration"),
    ]


@pytest.mark.parametrize(("today", "day"), [(date(2026, 3, 2), 5), (date(2026, 12, 30), 4)])
def test_a_day_without_events_gives_way_to_the_next_that_has_some(
    empty_database: None, today: date, day: int
) -> None:
    EventFactory.create(date="1960-02-04")
    EventFactory.create(date="1962-03-05")

    found = day_of_year(Event.objects.published(), today)

    assert found is not None
    assert found.day == day


def test_there_is_no_day_when_nothing_is_known_to_the_day(empty_database: None) -> None:
    EventFactory.create(date="1960")

    assert day_of_year(Event.objects.published(), date(2026, 2, 4)) is None
