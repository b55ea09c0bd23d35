"""Pages of places, as visitors meet them."""

import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cubaru.core.models import PastSlug
from events.models import EventPlace
from places.models import Place
from tests.factories import EventFactory, PersonFactory, PlaceFactory
from tests.pages import text_of

pytestmark = pytest.mark.django_db


def groups_in(html: str) -> dict[str, list[str]]:
    """The names of the places under each heading of the list."""
    sections = re.findall(r'<section class="place-country">(.*?)</section>', html, re.DOTALL)
    found = {}
    for section in sections:
        [title] = re.findall(r"<h2>(.*?)</h2>", section)
        found[title] = [
            name.strip() for name in re.findall(r'<li[^>]*><a href="[^"]*">(.*?)</a>', section, re.DOTALL)
        ]
    return found


@pytest.mark.usefixtures("empty_database")
def test_places_are_grouped_by_country_then_seas_then_unknown(client: Client) -> None:
    PlaceFactory.create(name_en="Moscow", country="RU")
    PlaceFactory.create(name_en="Vedado", country="CU")
    PlaceFactory.create(name_en="Ánimas", country="CU")
    PlaceFactory.create(name_en="Sargasso Sea", country="", latitude=28.0, longitude=-66.0)
    PlaceFactory.create(name_en="Maslennikovo", country="", latitude=None, longitude=None)
    html = text_of(client, "/en/places/")
    assert groups_in(html) == {
        "Cuba": ["Ánimas", "Vedado"],
        "Russia": ["Moscow"],
        "At sea": ["Sargasso Sea"],
        "Country not recorded": ["Maslennikovo"],
    }
    assert html.count("not located") == 1


@pytest.mark.usefixtures("empty_database")
def test_only_events_that_readers_see_are_counted(client: Client) -> None:
    place = PlaceFactory.create()
    for status in ("published", "published", "draft", "withdrawn"):
        EventPlace.objects.create(event=EventFactory.create(status=status), place=place)
    PlaceFactory.create(status="draft", name_en="Secret town")
    html = text_of(client, "/en/places/")
    assert "2 events" in html
    assert "Secret town" not in html


def test_the_list_asks_the_database_once_for_all_places_and_once_for_their_version(client: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        text_of(client, "/en/places/")
    assert len(queries) == 2


@pytest.mark.parametrize(
    ("language", "name", "coordinates"),
    [
        ("en", "Havana", "23.1136° N, 82.3666° W"),
        ("es", "La Habana", "23,1136° N, 82,3666° O"),
        ("ru", "Гавана", "23,1136°"),
    ],
)
def test_a_place_has_a_page_in_each_language(
    client: Client, language: str, name: str, coordinates: str
) -> None:
    place = PlaceFactory.create()
    html = text_of(client, f"/{language}/places/{place.slug}/")
    assert f"<h1>{name}" in html
    assert coordinates in html
    for other in ("Havana", "La Habana", "Гавана"):
        assert other in html
    assert re.search(rf'<link rel="canonical" href="[^"]+/{language}/places/{place.slug}/">', html)


def test_places_in_the_south_and_east_are_said_so(client: Client) -> None:
    place = PlaceFactory.create(latitude=-8.84, longitude=13.23)
    assert "8.84° S, 13.23° E" in text_of(client, f"/en/places/{place.slug}/")


def test_a_place_without_coordinates_says_so(client: Client) -> None:
    place = PlaceFactory.create(latitude=None, longitude=None)
    html = text_of(client, f"/en/places/{place.slug}/")
    assert "not located" in html
    script = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert script is not None
    assert "geo" not in json.loads(script.group(1))["mainEntity"]


def test_a_place_shows_its_events_and_who_was_born_and_died_there(client: Client) -> None:
    place = PlaceFactory.create()
    EventPlace.objects.create(event=EventFactory.create(title_en="Open event"), place=place)
    EventPlace.objects.create(event=EventFactory.create(title_en="Secret event", status="draft"), place=place)
    PersonFactory.create(name_en="Child of the town", birth="1900", birth_place=place)
    PersonFactory.create(name_en="Secret child", birth="1900", birth_place=place, status="draft")
    PersonFactory.create(name_en="Buried here", death="1960", death_place=place)
    html = text_of(client, f"/en/places/{place.slug}/")
    for expected in ("Open event", "Child of the town", "Buried here", "Born here", "Died here", "1 event"):
        assert expected in html, expected
    assert "Secret" not in html


def test_a_whole_that_is_not_published_is_not_named(client: Client) -> None:
    place = PlaceFactory.create(parent=PlaceFactory.create(name_en="Secret island", status="draft"))
    PlaceFactory.create(name_en="Secret quarter", parent=place, status="in_review")
    PlaceFactory.create(name_en="Old quarter", parent=place)
    html = text_of(client, f"/en/places/{place.slug}/")
    assert "Old quarter" in html
    assert "Secret" not in html


def test_a_place_of_many_events_has_pages_and_asks_no_more_often(client: Client) -> None:
    def queries(path: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            text_of(client, path)
        return len(asked)

    few = PlaceFactory.create()
    EventPlace.objects.create(event=EventFactory.create(), place=few)
    first = queries("/en/places/havana/")
    assert first <= queries(f"/en/places/{few.slug}/") + 1  # its parts
    assert 'rel="next" href="/en/places/havana/?page=2"' in text_of(client, "/en/places/havana/")
    assert queries("/en/places/havana/?page=2") == first


@pytest.mark.parametrize(("status", "answer"), [("draft", 404), ("in_review", 404), ("withdrawn", 410)])
def test_places_that_readers_may_not_see_are_not_there(client: Client, status: str, answer: int) -> None:
    assert client.get(f"/en/places/{PlaceFactory.create(status=status).slug}/").status_code == answer


def test_a_former_address_leads_to_the_place_for_ever(client: Client) -> None:
    PastSlug.objects.create(kind="place", slug="la-habana", record_id=Place.objects.get(slug="havana").pk)
    answer = client.get("/ru/places/la-habana/")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/ru/places/havana/")


def test_no_cookie_is_set_on_pages_of_places(client: Client) -> None:
    for path in ("/en/places/", "/en/places/havana/"):
        assert not client.get(path).cookies, path
