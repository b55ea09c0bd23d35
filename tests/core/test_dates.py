"""Which texts are dates, what they touch, and what a curator is told about the others."""

import re
from datetime import date, timedelta

import pytest
from convertdate import julian
from django.conf import settings
from django.utils import translation

from cubaru.core.date_bounds import days_in_month, gregorian_day, julian_day
from cubaru.core.dates import Calendar, DateError, Precision, parse
from cubaru.core.dates_grammar import LIMIT


def days(first: str, last: str) -> tuple[date, date]:
    return date.fromisoformat(first), date.fromisoformat(last)


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("1962-10-16", "1962-10-16", "1962-10-16", Precision.DAY),
        ("1962-10", "1962-10-01", "1962-10-31", Precision.MONTH),
        ("1900-02", "1900-02-01", "1900-02-28", Precision.MONTH),
        ("1960-02", "1960-02-01", "1960-02-29", Precision.MONTH),
        ("1962", "1962-01-01", "1962-12-31", Precision.YEAR),
        ("0001", "0001-01-01", "0001-12-31", Precision.YEAR),
        ("9999-12-31", "9999-12-31", "9999-12-31", Precision.DAY),
        ("1961~", "1961-01-01", "1961-12-31", Precision.YEAR),
        ("1985-04-12%", "1985-04-12", "1985-04-12", Precision.DAY),
        ("196X", "1960-01-01", "1969-12-31", Precision.DECADE),
        ("000X", "0001-01-01", "0009-12-31", Precision.DECADE),
        ("19XX", "1900-01-01", "1999-12-31", Precision.CENTURY),
        ("1XXX", "1000-01-01", "1999-12-31", Precision.UNKNOWN),
        ("XXXX", "0001-01-01", "9999-12-31", Precision.UNKNOWN),
        ("2004-XX", "2004-01-01", "2004-12-31", Precision.YEAR),
        ("1985-04-XX", "1985-04-01", "1985-04-30", Precision.MONTH),
        ("1985-XX-XX", "1985-01-01", "1985-12-31", Precision.YEAR),
        ("1985-XX-31", "1985-01-31", "1985-12-31", Precision.YEAR),
        ("1985-XX-30", "1985-01-30", "1985-12-30", Precision.YEAR),
        ("1985-1X", "1985-10-01", "1985-12-31", Precision.YEAR),
        ("1985-X2-3X", "1985-12-30", "1985-12-31", Precision.YEAR),
        ("1962-10-1X", "1962-10-10", "1962-10-19", Precision.MONTH),
        ("1962-02-2X", "1962-02-20", "1962-02-28", Precision.MONTH),
        ("156X-12-25", "1560-12-25", "1569-12-25", Precision.DECADE),
        ("1XXX-12", "1000-12-01", "1999-12-31", Precision.UNKNOWN),
        ("19XX-02-29", "1904-02-29", "1996-02-29", Precision.CENTURY),
        ("19X5", "1905-01-01", "1995-12-31", Precision.CENTURY),
        ("1902-21", "1902-03-01", "1902-05-31", Precision.SEASON),
        ("1902-22", "1902-06-01", "1902-08-31", Precision.SEASON),
        ("1902-23", "1902-09-01", "1902-11-30", Precision.SEASON),
        ("1903-24", "1903-12-01", "1904-02-29", Precision.SEASON),
        ("1902-25", "1902-03-01", "1902-05-31", Precision.SEASON),
        ("1902-28", "1902-12-01", "1903-02-28", Precision.SEASON),
        ("1902-29", "1902-09-01", "1902-11-30", Precision.SEASON),
        ("1902-30", "1902-12-01", "1903-02-28", Precision.SEASON),
        ("1902-31", "1902-03-01", "1902-05-31", Precision.SEASON),
        ("1902-32", "1902-06-01", "1902-08-31", Precision.SEASON),
        ("1902-33", "1902-01-01", "1902-03-31", Precision.SEASON),
        ("1902-34", "1902-04-01", "1902-06-30", Precision.SEASON),
        ("1902-35", "1902-07-01", "1902-09-30", Precision.SEASON),
        ("1902-36", "1902-10-01", "1902-12-31", Precision.SEASON),
        ("1902-37", "1902-01-01", "1902-04-30", Precision.SEASON),
        ("1902-38", "1902-05-01", "1902-08-31", Precision.SEASON),
        ("1902-39", "1902-09-01", "1902-12-31", Precision.SEASON),
        ("1902-40", "1902-01-01", "1902-06-30", Precision.SEASON),
        ("1902-41", "1902-07-01", "1902-12-31", Precision.SEASON),
        ("196X-22", "1960-06-01", "1969-08-31", Precision.DECADE),
        ("1962-10-16/1962-10-28", "1962-10-16", "1962-10-28", Precision.INTERVAL),
        ("1915-03-13/1915-03", "1915-03-13", "1915-03-31", Precision.INTERVAL),
        ("1964/1964-05", "1964-01-01", "1964-05-31", Precision.INTERVAL),
        ("1902/..", "1902-01-01", "9999-12-31", Precision.INTERVAL),
        ("1902/", "1902-01-01", "9999-12-31", Precision.INTERVAL),
        ("../1902", "0001-01-01", "1902-12-31", Precision.INTERVAL),
        ("/1902", "0001-01-01", "1902-12-31", Precision.INTERVAL),
        ("[1933,1934]", "1933-01-01", "1934-12-31", Precision.SET),
        ("[1968-08-21..1968-08-31]", "1968-08-21", "1968-08-31", Precision.SET),
        ("[..1960]", "0001-01-01", "1960-12-31", Precision.SET),
        ("[1959..]", "1959-01-01", "9999-12-31", Precision.SET),
        ("{1961-12,1960}", "1960-01-01", "1961-12-31", Precision.SET),
        ("[1667,1668-12,1670..1672]", "1667-01-01", "1672-12-31", Precision.SET),
    ],
)
def test_date_touches_these_days_and_no_others(
    text: str, first: str, last: str, precision: Precision
) -> None:
    found = parse(text)
    assert (found.earliest, found.latest) == days(first, last)
    assert found.precision is precision
    assert found.edtf == text


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1917-10-25", "1917-11-07", "1917-11-07"),
        ("1900-02-29", "1900-03-13", "1900-03-13"),
        ("1917-10", "1917-10-14", "1917-11-13"),
        ("1917", "1917-01-14", "1918-01-13"),
        ("1900-02-28/1900-03-01", "1900-03-12", "1900-03-14"),
        ("1917-24", "1917-12-14", "1918-03-13"),
        ("19XX-02-29", "1900-03-13", "1996-03-13"),
        ("0001-01-03", "0001-01-01", "0001-01-01"),
    ],
)
def test_julian_date_touches_gregorian_days(text: str, first: str, last: str) -> None:
    found = parse(text, Calendar.JULIAN)
    assert (found.earliest, found.latest) == days(first, last)
    assert found.calendar is Calendar.JULIAN


def test_julian_calendar_agrees_with_an_independent_converter_day_by_day() -> None:
    day = date(1900, 1, 1)
    while day <= date(1918, 12, 31):
        named = julian.from_gregorian(day.year, day.month, day.day)
        assert julian_day(day) == named
        assert gregorian_day(*named, Calendar.JULIAN) == day
        found = parse("{:04}-{:02}-{:02}".format(*named), Calendar.JULIAN)
        assert found.earliest == found.latest == day
        day += timedelta(days=1)


def test_julian_calendar_goes_both_ways_over_all_years() -> None:
    for ordinal in range(date.min.toordinal(), date.max.toordinal() + 1, 97):
        day = date.fromordinal(ordinal)
        named = julian_day(day)
        assert named.day <= days_in_month(named.year, named.month, Calendar.JULIAN)
        assert gregorian_day(*named, Calendar.JULIAN) == day


def test_open_and_unknown_ends_are_told_apart() -> None:
    opened, unknown = parse("1902/.."), parse("1902/")
    assert opened != unknown
    assert (opened.open_end, opened.unknown_end) == (True, False)
    assert (unknown.open_end, unknown.unknown_end) == (False, True)
    opened, unknown = parse("../1902"), parse("/1902")
    assert (opened.open_start, opened.unknown_start) == (True, False)
    assert (unknown.open_start, unknown.unknown_start) == (False, True)
    assert not any((opened.open_end, opened.unknown_end, unknown.open_end, unknown.unknown_end))


def test_sets_may_be_open_on_either_side() -> None:
    assert parse("[..1960]").open_start
    assert parse("[1959..]").open_end
    assert not parse("[1959..1960]").open_end
    assert parse("{1950,1959..}").open_end


@pytest.mark.parametrize(
    ("text", "is_approximate", "is_uncertain"),
    [
        ("1961", False, False),
        ("1961~", True, False),
        ("1961?", False, True),
        ("1961%", True, True),
        ("2004-06~-11", True, False),
        ("?2004-06-11", False, True),
        ("2004-%06-11", True, True),
        ("1902~/..", True, False),
        ("1902/1903?", False, True),
        ("[1933,1934~]", True, False),
        ("{1933..1935?}", False, True),
    ],
)
def test_signs_are_kept_wherever_they_stand(text: str, is_approximate: bool, is_uncertain: bool) -> None:
    found = parse(text)
    assert (found.approximate, found.uncertain) == (is_approximate, is_uncertain)


def test_approximation_does_not_widen_the_bounds() -> None:
    exact, about = parse("1961"), parse("1961~")
    assert (exact.earliest, exact.latest) == (about.earliest, about.latest)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "There is no date: write one such as 1962-10-16, 1962-10 or 1962."),
        ("1962-02-30", "30 February 1962 does not exist: February 1962 has 28 days."),
        ("1962-04-31", "31 April 1962 does not exist: April 1962 has 30 days."),
        (
            "1900-02-29",
            (
                "29 February 1900 exists only in the Julian calendar: "
                "choose that calendar if the source counts by it."
            ),
        ),
        ("1985-02-3X", "No day fits “1985-02-3X”: check the month and the day."),
        ("19X1-02-29", "No day fits “19X1-02-29”: check the month and the day."),
        (
            "1962-13",
            "Month 13 does not exist: months run from 01 to 12, seasons and parts of a year from 21 to 41.",
        ),
        (
            "1962-00",
            "Month 00 does not exist: months run from 01 to 12, seasons and parts of a year from 21 to 41.",
        ),
        (
            "1962-42",
            "Month 42 does not exist: months run from 01 to 12, seasons and parts of a year from 21 to 41.",
        ),
        ("1962-10-00", "Day 00 does not exist: days run from 01 to 31."),
        ("1962-10-32", "Day 32 does not exist: days run from 01 to 31."),
        (
            "1962-21-05",
            "“1962-21-05” is a day in a season: write either the month and day or the season alone.",
        ),
        ("0000", "A chronicle of days needs a year from 0001 to 9999, written with four digits."),
        ("-0044", "A chronicle of days needs a year from 0001 to 9999, written with four digits."),
        ("19620", "A chronicle of days needs a year from 0001 to 9999, written with four digits."),
        ("Y20000", "A chronicle of days needs a year from 0001 to 9999, written with four digits."),
        ("Y1E9999999", "A chronicle of days needs a year from 0001 to 9999, written with four digits."),
        ("1950S2", "A chronicle of days needs a year from 0001 to 9999, written with four digits."),
        (
            "1962-10-16T10:00",
            "A chronicle of days keeps no time of day: leave out the T and what follows it.",
        ),
        (" 1962", "A date has no blanks before, after or inside it: take them out."),
        ("1962\n", "A date has no blanks before, after or inside it: take them out."),
        ("[1933, 1934]", "A date has no blanks before, after or inside it: take them out."),
        ("1962–1963", "A date is written with the plain hyphen-minus (-): replace the dash “–”."),
        (
            "1962-1963",
            "A range is written with a slash between its first and its last date, as in 1962/1963.",
        ),
        ("196x", "A digit that is not known is written as a capital X, as in 196X or 1962-XX."),
        ("16.10.1962", "“16.10.1962” is not a date in EDTF: write the year, month and day as in 1962-10-16."),
        ("١٩٦٢", "“١٩٦٢” is not a date in EDTF: write the year, month and day as in 1962-10-16."),
        ("1963/1962", "The end (1962) is before the start (1963): put the earlier date first."),
        ("[1963..1962]", "The end (1962) is before the start (1963): put the earlier date first."),
        (
            "../..",
            "An interval or a run of dates needs a date on at least one side, as in 1902/.. or ../1902.",
        ),
        (
            "[..]",
            "An interval or a run of dates needs a date on at least one side, as in 1902/.. or ../1902.",
        ),
        (
            "1962/1963/1964",
            "An interval has one slash, between its first and its last date, as in 1962-10-16/1962-10-28.",
        ),
        (
            "[1962]/1963",
            "A set in brackets cannot be the end of an interval: write either the set or the interval.",
        ),
        (
            "1960/{1962}",
            "A set in brackets cannot be the end of an interval: write either the set or the interval.",
        ),
        (
            "[1962}",
            "A set of dates starts and ends with the same kind of bracket, as in [1933,1934] or {1960,1961}.",
        ),
        ("[1933,,1934]", "A set has a date before and after each comma, as in [1933,1934]: fill the gap."),
        (
            "[1960,..1961]",
            "Only the first date of a set may start and only the last may end with “..”: change their order.",
        ),
        (
            "[1960..1961..1962]",
            "A run of dates in a set has one “..”, between its first and its last date: take out the others.",
        ),
        (
            "1960..1961",
            "Two dots join dates only inside brackets: write an interval with a slash, as in 1962/1963.",
        ),
        (
            "9999-24",
            (
                "“9999-24” reaches beyond the years 0001 to 9999 of the Gregorian calendar: "
                "choose a narrower date."
            ),
        ),
    ],
)
def test_refusal_says_what_is_wrong_and_how_to_mend_it(text: str, sentence: str) -> None:
    with translation.override("en"), pytest.raises(DateError) as refusal:
        parse(text)
    with translation.override("en"):
        assert str(refusal.value) == sentence


def test_refusal_names_days_in_the_language_of_the_reader() -> None:
    with pytest.raises(DateError) as refusal:
        parse("1962-02-30")
    with translation.override("ru"):
        assert "30\u00a0февраля 1962\u00a0г." in str(refusal.value)
        assert "февраль 1962\u00a0г." in str(refusal.value)
    with translation.override("es"):
        assert "30 de febrero de 1962" in str(refusal.value)


def test_days_beyond_the_years_of_the_chronicle_are_left_out() -> None:
    assert parse("0001", Calendar.JULIAN).earliest == date.min
    assert parse("9999", Calendar.JULIAN).latest == date.max
    for text in ("0001-01-01", "9999-12-31"):
        assert str(parse(text)) == text
        with pytest.raises(DateError):
            parse(text, Calendar.JULIAN)


def test_text_that_is_too_long_is_refused_without_being_looked_at() -> None:
    class Unread(str):
        __slots__ = ()

        def __getattribute__(self, name: str) -> object:
            raise AssertionError(f"the text was read: {name}")

        __iter__ = __getitem__ = __contains__ = __eq__ = __hash__ = None  # type: ignore[assignment]

    with pytest.raises(DateError) as refusal, translation.override("en"):
        parse(Unread("1" * (LIMIT + 1)))
    assert refusal.value.params == {"limit": 64}


def test_text_of_the_greatest_length_is_read() -> None:
    text = "[" + ",".join(["1962~"] * 3 + ["1962"] * 9) + "]"
    assert len(text) == LIMIT
    assert parse(text).approximate


@pytest.mark.parametrize(
    "text",
    [
        "1" * LIMIT,
        "X" * LIMIT,
        "?" * LIMIT,
        "-" * LIMIT,
        "[" * LIMIT,
        "/" * LIMIT,
        "." * LIMIT,
        "1962-" * 12,
        "[" + "XXXX-02-30," * 5 + "1960]",
        "[" + ",".join(["XXX1-02-29"] * 5) + "]",
        "x" * (LIMIT - 1) + "!",
        "1?~%" * 16,
    ],
)
def test_hostile_text_is_refused(text: str) -> None:
    with pytest.raises(DateError):
        parse(text)


@pytest.mark.parametrize(
    "text", ["[" + ",".join(["XXX0-02-29"] * 5) + "]", "[" + ",".join(["XXXX"] * 12) + "]"]
)
def test_wide_pattern_is_bounded_without_counting_its_days(text: str) -> None:
    assert parse(text).latest.year >= 9980


def test_what_the_documentation_refuses_is_refused() -> None:
    text = (settings.BASE_DIR / "docs" / "dates.md").read_text(encoding="utf-8")
    refused = re.findall(r"`([^`]+)`", text.partition("## What is refused")[2].partition("\n## ")[0])
    assert len(refused) > 15
    for example in refused:
        with pytest.raises(DateError):
            parse(example)
