"""The lists of events and claims narrowed: decades, kinds of source, how sure a period is."""

import re
from typing import Any

import pytest
from django.test import Client

from cubaru.core.models import Status
from sources.choices import SourceKind
from tests.factories import (
    ClaimFactory,
    EventCitationFactory,
    EventFactory,
    EventPlaceFactory,
    PersonFactory,
    PlaceFactory,
    SourceFactory,
)
from tests.pages import visible

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_database")]


def html_of(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return re.sub(r"\s+", " ", answer.content.decode())


def titles(html: str) -> list[str]:
    return [text.strip() for text in re.findall(r'class="row__title"><a href="[^"]+">([^<]+)', html)]


def test_a_period_says_how_many_are_certain_and_leads_to_them(client: Client) -> None:
    for title, edtf in (
        ("Within", "1962-10-22"),
        ("The month", "1962-10"),
        ("Some day of the year", "1962"),
        ("Reaches beyond", "1962-10-28/1962-11-20"),
        ("Another time", "1963"),
    ):
        EventFactory.create(title_en=title, date=edtf)

    html = html_of(client, "/en/events/?from=1962-10&to=1962-10")

    assert "Oct 1962: certainly 2, possibly 2 more, whose dates are known less exactly" in visible(html)
    assert len(titles(html)) == 4
    link = re.search(r'<a href="([^"]+)">Only the certain ones', html)
    assert link
    certain = html_of(client, link[1].replace("&amp;", "&"))
    assert sorted(titles(certain)) == ["The month", "Within"]
    back = re.search(r'<a href="([^"]+)">The possible ones too', certain)
    assert back
    assert back[1].replace("&amp;", "&") == "/en/events/?from=1962-10&to=1962-10"


def test_without_a_period_nothing_is_said_of_certainty(client: Client) -> None:
    EventFactory.create(date="1962")
    assert "certainly" not in visible(html_of(client, "/en/events/"))
    assert "certainly" not in visible(html_of(client, "/en/events/?from=1962-99", 400))


def test_taking_the_period_away_takes_its_certainty_away(client: Client) -> None:
    EventFactory.create(date="1962")
    html = html_of(client, "/en/events/?from=1962&to=1962&overlap=certain&importance_min=3")
    assert 'class="button" href="/en/events/?importance_min=3"' in html


def test_each_decade_is_counted_as_the_list_would_be(client: Client) -> None:
    for edtf in ("1962-10-22", "1965/1974", "1979", "197X"):
        EventFactory.create(date=edtf)

    html = html_of(client, "/en/events/?from=1962&to=1962")

    decades = re.findall(r'<a href="(/en/events/\?[^"]+)">(\d{4}s) <span class="choice__count">(\d+)', html)
    assert [(label, int(count)) for _url, label, count in decades] == [("1960s", 2), ("1970s", 3)]
    for url, _label, count in decades:
        chosen = html_of(client, url.replace("&amp;", "&"))
        assert len(titles(chosen)) == int(count)
        assert 'class="is-chosen" aria-current="true"' in chosen


def test_events_can_be_narrowed_to_the_kind_of_source_that_they_cite(client: Client) -> None:
    for title, kind, status in (
        ("By a document", SourceKind.PRIMARY, Status.PUBLISHED),
        ("By a book", SourceKind.SECONDARY, Status.PUBLISHED),
        ("By a draft", SourceKind.PRIMARY, Status.DRAFT),
    ):
        source = SourceFactory.create(kind=kind, status=status)
        EventCitationFactory.create(event=EventFactory.create(title_en=title), source=source)

    html = html_of(client, "/en/events/?source_kind=primary")

    assert titles(html) == ["By a document"]
    assert 'name="source_kind" value="secondary"' in html
    found = client.get("/api/v1/events/?source_kind=primary&source_kind=secondary").json()
    assert found["count"] == 2
    assert html_of(client, "/en/events/?source_kind=hearsay", 400)


def test_claims_can_be_narrowed_to_a_person_and_a_place(client: Client) -> None:
    person, place = PersonFactory.create(slug="somebody"), PlaceFactory.create(slug="somewhere")
    event = EventFactory.create()
    EventPlaceFactory.create(event=event, place=place)
    ClaimFactory.create(event=None, person=person)
    ClaimFactory.create(event=event)
    html = html_of(client, "/en/claims/")
    for facet in ('name="person" value="somebody"', 'name="place" value="somewhere"'):
        assert facet in html
    assert "1 claim" in visible(html_of(client, "/en/claims/?person=somebody"))


@pytest.mark.parametrize("page", ["events/", "events/?from=1962&to=1962", "claims/"])
def test_a_list_costs_the_same_however_long_it_is(
    client: Client, django_assert_max_num_queries: Any, page: str
) -> None:
    for number in range(12):
        event = EventFactory.create(date=f"{1950 + number}")
        EventCitationFactory.create(event=event)
        ClaimFactory.create(event=event)
    with django_assert_max_num_queries(45):
        html_of(client, f"/en/{page}")
