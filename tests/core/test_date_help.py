"""The desk says how a historical date reads, while it is typed and after it is saved."""

import json
from typing import Any

import pytest
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from cubaru.core.admin.date_help import typed_date
from tests.desk_forms import page_of
from tests.factories import EventFactory, OfficeFactory

ADDRESS = "/admin/typed-date/"


def told(desk: Client, edtf: str, **more: str) -> Any:
    return desk.get(ADDRESS, {"edtf": edtf, **more}).json()


@pytest.mark.django_db
def test_a_typed_date_reads_in_three_languages_and_has_its_days(desk: Client) -> None:
    assert told(desk, "1962-10-16/1962-10-28") == {
        "words": {
            "en": "16–28 October 1962",
            "es": "del 16 al 28 de octubre de 1962",
            "ru": "16–28\N{NO-BREAK SPACE}октября 1962\N{NO-BREAK SPACE}г.",
        },
        "days": "earliest 1962-10-16, latest 1962-10-28",
    }


@pytest.mark.django_db
def test_days_are_counted_in_the_calendar_that_is_chosen(desk: Client) -> None:
    assert told(desk, "1917-10-25", calendar="julian")["days"] == "earliest 1917-11-07, latest 1917-11-07"


@pytest.mark.django_db
def test_an_open_end_has_no_latest_day(desk: Client) -> None:
    assert told(desk, "1960/..")["days"] == "earliest 1960-01-01, no latest day"


@pytest.mark.django_db
def test_nothing_typed_says_nothing(desk: Client) -> None:
    assert told(desk, "  ") == {}


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "es", "ru"])
def test_what_is_wrong_is_the_sentence_of_the_form(desk: Client, language: str) -> None:
    desk.post("/admin/language/", {"language": language, "next": "/admin/"})
    answer = desk.post("/admin/events/event/add/", {"date": "1962-02-30", "date_calendar": "gregorian"})
    said = page_of(answer.content).xpath("//*[contains(@class, 'field-date ')]//ul[@class='errorlist']/li")
    assert told(desk, "1962-02-30") == {"fault": said[0].text_content()}


@pytest.mark.django_db
@pytest.mark.parametrize("typed", [{"edtf": "1962", "calendar": "mayan"}, {"edtf": "1962-" * 40}])
def test_what_the_form_would_refuse_is_a_fault(desk: Client, typed: dict[str, str]) -> None:
    assert list(told(desk, **typed)) == ["fault"]


@given(edtf=st.text(max_size=80) | st.from_regex(r"[0-9XYSE.~?%/\[\]{},-]{0,70}", fullmatch=True))
def test_whatever_is_typed_has_an_answer(edtf: str) -> None:
    told = json.loads(typed_date(RequestFactory().get(ADDRESS, {"edtf": edtf})).content)
    assert set(told) in ({"words", "days"}, {"fault"}, set())
    assert all(told.get("words", {"en": "-"}).values())


@pytest.mark.django_db
def test_only_curators_are_told(client: Client) -> None:
    answer = client.get(ADDRESS, {"edtf": "1962"})
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/admin/login/")


@pytest.mark.django_db
def test_a_saved_date_reads_beside_its_field_without_scripts(desk: Client) -> None:
    event = EventFactory.create(date="1961~")
    page = page_of(desk.get(f"/admin/events/event/{event.pk}/change/").content)
    (place,) = page.xpath("//*[@data-reading-of='date']")
    assert "hacia 1961" in place.text_content()
    office = OfficeFactory.create(start="1959-02", end="")
    page = page_of(desk.get(f"/admin/people/person/{office.person_id}/change/").content)
    start, end, *_of_new_rows = page.xpath("//*[@id='offices-0']//*[@data-reading-of]")
    assert "febrero de 1959" in start.text_content()
    assert end.text_content() == ""
