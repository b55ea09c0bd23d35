"""On this day: which events are of a day, the pages of days, the feed."""

from datetime import UTC, date, datetime
from typing import Any

import feedparser  # type: ignore[import-untyped]
import pytest
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from cubaru.core.models import Status
from cubaru.core.verification import verify
from events.days import DayOfYear, begun_on, counts_in_month, days_kept_on, read_day
from events.models import Event
from tests.factories import EventFactory
from tests.pages import visible


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Sets the day that it is."""

    def set_day(day: date) -> None:
        moment = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return set_day


# Days ----------------------------------------------------------------------------------------------


def test_each_day_of_a_leap_year_has_an_address_and_the_year_goes_round() -> None:
    day, seen = DayOfYear(1, 1), []
    while str(day) not in seen:
        seen.append(str(day))
        assert read_day(str(day)) == day == DayOfYear.numbered(day.number)
        assert day.moved(1).moved(-1) == day
        day = day.moved(1)
    assert len(seen) == 366
    assert seen[59] == "02-29"
    assert day == DayOfYear(1, 1)


@pytest.mark.parametrize("text", ["02-30", "13-01", "00-10", "10-00", "4-11", "1022", "10-2२", "", "10-22\n"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert read_day(text) is None


@given(st.dates())
def test_every_day_is_remembered_once_a_year(day: date) -> None:
    kept = days_kept_on(day)
    assert kept[0] == DayOfYear.of(day)
    assert (DayOfYear(2, 29) in kept) == ((day.month, day.day) == (2, 29) or len(kept) == 2)


@pytest.mark.parametrize(
    ("today", "days"),
    [
        (date(2026, 2, 28), ["02-28", "02-29"]),
        (date(2028, 2, 28), ["02-28"]),
        (date(2028, 2, 29), ["02-29"]),
        (date(9999, 12, 31), ["12-31"]),
    ],
)
def test_a_29_february_is_remembered_on_the_last_day_of_the_month(today: date, days: list[str]) -> None:
    assert [str(day) for day in days_kept_on(today)] == days


@pytest.mark.parametrize(
    ("language", "words"), [("en", "22 October"), ("es", "22 de octubre"), ("ru", "22\xa0октября")]
)
def test_a_day_is_said_in_the_readers_words(client: Client, language: str, words: str) -> None:
    with translation.override(language):
        assert DayOfYear(10, 22).words == words


# Events of a day -----------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("edtf", "calendar", "number"),
    [
        ("1962-10-22", "gregorian", 1022),
        ("1960-02-29", "gregorian", 229),
        ("1962-10-16/1962-10-28", "gregorian", 1016),
        ("1962-10-16/1962-10", "gregorian", 1016),
        ("1962-10-16/..", "gregorian", 1016),
        ("1962-10-16/1962-10-28~", "gregorian", 1016),
        ("1917-10-25", "julian", 1107),
        ("1962-10-22~", "gregorian", None),
        ("1962-10-22?", "gregorian", None),
        ("1962-10-22%/1962-10-28", "gregorian", None),
        ("1962-10", "gregorian", None),
        ("1962-10-2X", "gregorian", None),
        ("196X-10-22", "gregorian", None),
        ("../1962-10-22", "gregorian", None),
        ("[1962-10-22,1962-10-23]", "gregorian", None),
        ("", "gregorian", None),
    ],
)
def test_the_day_of_the_year_is_kept_where_the_first_day_is_certain(
    edtf: str, calendar: str, number: int | None
) -> None:
    event = EventFactory.create(date=edtf, date_calendar=calendar)
    event.refresh_from_db()
    assert event.date_day_of_year == number


@pytest.mark.django_db
def test_the_day_of_the_year_follows_the_date_however_it_is_written() -> None:
    event = EventFactory.create(date="1962-10-22")
    Event.objects.filter(pk=event.pk).update(date="1962-10-23", date_calendar="gregorian")
    assert Event.objects.get(pk=event.pk).date_day_of_year == 1023
    event.refresh_from_db()
    event.date = "1962-10"
    event.save(update_fields=["date"])
    assert Event.objects.get(pk=event.pk).date_day_of_year is None


@pytest.mark.django_db
def test_verify_tells_of_a_wrong_day_of_the_year() -> None:
    event = EventFactory.create(date="1962-10-22")
    rows: QuerySet[Event] = QuerySet(Event)  # a plain one, past the history
    rows.filter(pk=event.pk).update(date_day_of_year=101)
    faults = [fault for finding in verify() for fault in finding.faults]
    assert any(fault.startswith(f"events.Event {event.pk}:") for fault in faults)


@pytest.mark.django_db
def test_events_of_a_day_stand_in_the_order_of_years(empty_database: None) -> None:
    for edtf in ("1962-02-04", "1960-02-04/1960-02-13", "1961-02-04~", "1963-02-05"):
        EventFactory.create(date=edtf, title_en=edtf)
    EventFactory.create(date="1964-02-04", status=Status.DRAFT)
    found = begun_on(Event.objects.published(), DayOfYear(2, 4))
    assert [event.label.text for event in found] == ["1960-02-04/1960-02-13", "1962-02-04"]


@pytest.mark.django_db
def test_a_month_is_counted_by_day(empty_database: None) -> None:
    for edtf in ("1960-02-04", "1962-02-04", "1960-02-29", "1962-03-01"):
        EventFactory.create(date=edtf)
    counts = counts_in_month(Event.objects.published(), 2)
    assert len(counts) == 29
    assert [(str(day), count) for day, count in counts if count] == [("02-04", 2), ("02-29", 1)]


# Pages ---------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_page_of_a_day_lists_years_and_its_neighbours(client: Client, empty_database: None) -> None:
    EventFactory.create(date="1962-10-22", title_en="The quarantine")
    EventFactory.create(date="1902-10-22/1902-10-24", title_en="A journey")
    html = client.get("/en/on-this-day/10-22/").content.decode()
    text = visible(html)
    assert text.index("1902") < text.index("A journey") < text.index("1962") < text.index("The quarantine")
    assert "22–24 Oct 1902" in text
    assert 'rel="prev" href="/en/on-this-day/10-21/"' in html
    assert 'rel="next" href="/en/on-this-day/10-23/"' in html
    assert "<title>22 October · cubaru</title>" in html


@pytest.mark.django_db
@pytest.mark.parametrize("day", ["02-29", "12-31", "01-01"])
def test_a_day_without_events_says_so(client: Client, empty_database: None, day: str) -> None:
    answer = client.get(f"/en/on-this-day/{day}/")
    assert answer.status_code == 200
    assert "no event is recorded" in visible(answer.content.decode())


@pytest.mark.django_db
@pytest.mark.parametrize("day", ["02-30", "tomorrow", "<b>"])
def test_a_bad_day_is_404_with_one_sentence(client: Client, day: str) -> None:
    answer = client.get(f"/en/on-this-day/{day}/")
    assert answer.status_code == 404
    assert "is no day of the year; days are written as month and day" in answer.content.decode()
    assert "<b>" not in answer.content.decode()


@pytest.mark.django_db
def test_today_shows_today_and_the_29_february_when_it_falls_out(
    client: Client, empty_database: None, on: Any
) -> None:
    EventFactory.create(date="1960-02-29", title_en="A leap")
    on(date(2026, 2, 28))
    assert "A leap" in client.get("/en/on-this-day/").content.decode()
    on(date(2028, 2, 28))
    assert "A leap" not in client.get("/en/on-this-day/").content.decode()


@pytest.mark.django_db
def test_the_front_page_leads_to_the_page_of_its_day(client: Client, empty_database: None, on: Any) -> None:
    EventFactory.create(date="1962-10-22")
    on(date(2026, 10, 22))
    assert '<a href="/en/on-this-day/10-22/">' in client.get("/en/").content.decode()


@pytest.mark.django_db
def test_a_day_costs_few_questions(client: Client, django_assert_max_num_queries: Any) -> None:
    for year in range(1950, 1970):
        EventFactory.create(date=f"{year}-10-22")
    with django_assert_max_num_queries(8):
        client.get("/en/on-this-day/10-22/")


# The feed ------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_feed_of_the_day_goes_a_week_back_and_comes_again_each_year(
    client: Client, empty_database: None, on: Any
) -> None:
    EventFactory.create(date="1962-10-22", title_en="The quarantine")
    EventFactory.create(date="1962-10-16", title_en="The first day")
    EventFactory.create(date="1962-10-15", title_en="Too long ago")
    EventFactory.create(date="1962-10-23", title_en="Tomorrow")
    ids = set()
    for year in (2026, 2027):
        on(date(year, 10, 22))
        feed = feedparser.parse(client.get("/en/on-this-day/feed.atom").content)
        assert not feed.bozo
        assert [entry.title for entry in feed.entries] == ["1962: The quarantine", "1962: The first day"]
        ids |= {entry.id for entry in feed.entries}
    assert len(ids) == 4
