"""The calendar to subscribe to: RFC 5545, every year, moved where a date is corrected."""

from datetime import UTC, date, datetime
from typing import Any

import icalendar
import pytest
from django.conf import settings
from django.test import Client
from hypothesis import given
from hypothesis import settings as trials
from hypothesis import strategies as st

from cubaru.core.calendars import AllDay, new_calendar
from cubaru.core.languages import LocalText
from cubaru.core.models import Status
from events.anniversaries import date_corrections
from events.models import EventTheme
from tests.factories import EventFactory, EventPlaceFactory, ParticipationFactory, PlaceFactory, ThemeFactory

pytestmark = pytest.mark.django_db


def calendar_of(client: Client, path: str = "/en/on-this-day.ics") -> Any:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    lines = answer.content.split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= 75 for line in lines)
    for line in lines:
        line.decode()  # no letter is cut in two
    return icalendar.Calendar.from_ical(answer.content)


def entries(client: Client, path: str = "/en/on-this-day.ics") -> list[Any]:
    return list(calendar_of(client, path).walk("VEVENT"))


def test_an_event_comes_back_each_year_for_a_whole_day(client: Client, empty_database: None) -> None:
    place = PlaceFactory.create()
    event = EventFactory.create(
        slug="quarantine", date="1962-10-22", title_en="The quarantine", summary_en="He said so."
    )
    EventPlaceFactory.create(event=event, place=place)
    event.refresh_from_db()  # a place that is added changes it too, maybe a second later

    (entry,) = entries(client)

    assert (entry.decoded("dtstart"), entry.decoded("dtend")) == (date(1962, 10, 22), date(1962, 10, 23))
    assert entry["dtstart"].params["VALUE"] == "DATE"
    assert entry["rrule"].to_ical() == b"FREQ=YEARLY"
    assert (entry["sequence"], entry["uid"]) == (0, "quarantine.on-this-day@localhost")
    assert entry["summary"] == "The quarantine (22 October 1962)"
    assert entry["summary"].params["LANGUAGE"] == "en"
    assert (entry["description"], entry["location"]) == ("He said so.", "Havana")
    assert entry["url"] == f"{settings.SITE_URL}/en/events/quarantine/"
    assert (
        entry.decoded("last-modified") == entry.decoded("dtstamp") == event.modified_at.replace(microsecond=0)
    )


def test_the_29_february_comes_back_on_the_last_of_the_month(client: Client, empty_database: None) -> None:
    EventFactory.create(date="1960-02-29")
    (entry,) = entries(client)
    assert entry.decoded("dtstart") == date(1960, 2, 29)
    assert entry["rrule"].to_ical() == b"FREQ=YEARLY;BYMONTHDAY=-1;BYMONTH=2"


def test_what_went_on_for_longer_comes_back_on_its_first_day(client: Client, empty_database: None) -> None:
    EventFactory.create(date="1962-10-16/1962-10-28")
    (entry,) = entries(client)
    assert (entry.decoded("dtstart"), entry.decoded("dtend")) == (date(1962, 10, 16), date(1962, 10, 17))
    assert "16–28 October 1962" in entry["summary"]


@pytest.mark.parametrize("edtf", ["1962-10", "1962-10-22~", "1962-10-22?", "1962", ""])
def test_what_is_not_known_to_the_day_is_left_out(client: Client, empty_database: None, edtf: str) -> None:
    EventFactory.create(date=edtf)
    assert entries(client) == []


def test_what_is_not_published_is_left_out(client: Client, empty_database: None) -> None:
    for status in (Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN):
        EventFactory.create(date="1962-10-22", status=status)
    assert entries(client) == []


def test_a_corrected_date_raises_the_sequence_and_nothing_else_does(
    client: Client, empty_database: None
) -> None:
    event = EventFactory.create(date="1962-10-22")
    for change in (
        {"title_en": "Another title"},
        {"date": "1962-10-23"},
        {"summary_en": "More."},
        {"date": "1962-10-24"},
    ):
        for name, value in change.items():
            setattr(event, name, value)
        event.save()

    (entry,) = entries(client)

    assert entry["sequence"] == 2
    assert entry.decoded("dtstart") == date(1962, 10, 24)


def test_a_new_address_leaves_the_uid_as_it_was(client: Client, empty_database: None) -> None:
    event = EventFactory.create(slug="first-name", date="1962-10-22")
    for slug in ("second-name", "third-name"):
        event.slug = slug
        event.save()
    (entry,) = entries(client)
    assert entry["uid"].startswith("first-name.")
    assert entry["url"].endswith("/third-name/")


def test_only_editions_of_changed_events_are_read(
    empty_database: None, django_assert_num_queries: Any
) -> None:
    keys = [EventFactory.create(date="1962-10-22").pk for _ in range(5)]
    with django_assert_num_queries(1):
        assert date_corrections(keys) == {}


def test_it_can_be_narrowed_to_themes_and_persons(client: Client, empty_database: None) -> None:
    event = EventFactory.create(slug="wanted", date="1962-10-22")
    EventFactory.create(date="1962-10-23")
    theme = ThemeFactory.create(slug="missiles", name_en="Missiles")
    EventTheme.objects.create(event=event, theme=theme)
    person = ParticipationFactory.create(event=event).person
    for query in ("theme=missiles", f"person={person.slug}", f"theme=missiles&person={person.slug}"):
        assert [entry["uid"].split(".")[0] for entry in entries(client, f"/en/on-this-day.ics?{query}")] == [
            "wanted"
        ]
    assert (
        calendar_of(client, "/en/on-this-day.ics?theme=missiles")["x-wr-calname"]
        == "cubaru: on this day: Missiles"
    )


def test_a_theme_that_readers_do_not_see_is_404(client: Client) -> None:
    ThemeFactory.create(slug="a-draft", status=Status.DRAFT)
    for slug in ("a-draft", "no-such-theme"):
        assert client.get(f"/en/on-this-day.ics?theme={slug}").status_code == 404


def test_the_corpus_makes_a_calendar_in_each_language(client: Client) -> None:
    for language in ("en", "es", "ru"):
        found = entries(client, f"/{language}/on-this-day.ics")
        assert len({entry["uid"] for entry in found}) == len(found) > 100
        assert {entry["summary"].params["LANGUAGE"] for entry in found} == {language}


def test_whoever_has_it_is_told_so_until_something_is_published(client: Client) -> None:
    first = client.get("/en/on-this-day.ics")
    again = client.get("/en/on-this-day.ics", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    EventFactory.create(date="1962-10-22")
    changed = client.get("/en/on-this-day.ics", headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200
    assert changed.content != first.content


@trials(max_examples=50, deadline=None)
@given(st.text(alphabet=st.sampled_from('аЯё—«»,;\\:"\n\r\t\x0b\u0301 a1😀'), max_size=200))
def test_any_text_is_folded_at_75_octets_and_read_back(text: str) -> None:
    told, day = LocalText(text, "ru", False), date(1962, 10, 22)
    entry = AllDay("x", day, day, told, told, "https://localhost/", datetime(2026, 1, 1, tzinfo=UTC)).entry()
    calendar = new_calendar("x")
    calendar.add_component(entry)
    written = calendar.to_ical()
    assert all(len(line) <= 75 and (line.decode() or True) for line in written.split(b"\r\n"))
    (read,) = icalendar.Calendar.from_ical(written).walk("VEVENT")
    assert read["summary"] == " ".join(text.replace("\x0b", " ").split())
