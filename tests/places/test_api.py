"""Places in the API."""

import pytest
from django.test import Client

from tests.factories import PlaceFactory

pytestmark = pytest.mark.django_db


def found(client: Client, query: str) -> list[str]:
    response = client.get(f"/api/v1/places/?page_size=100&{query}")
    assert response.status_code == 200, response.content
    return [record["slug"] for record in response.json()["results"]]


def test_a_place_has_names_coordinates_and_what_it_is_part_of(client: Client) -> None:
    place = PlaceFactory.create(
        slug="port", parent=PlaceFactory.create(slug="city"), identifiers={"geonames": "3553478"}
    )
    place.names.create(text="Гавана", language="ru", script="Cyrl", kind="native")
    told = client.get("/api/v1/places/port/?lang=es").json()
    assert (told["name"], told["country"]) == ("La Habana", "CU")
    assert (told["latitude"], told["longitude"]) == (23.1136, -82.3666)
    assert told["parent"]["slug"] == "city"
    assert told["names"][0]["text"] == "Гавана"
    assert told["events_url"].endswith("/api/v1/events/?place=port")
    assert told["same_as"] == ["https://sws.geonames.org/3553478/"]


def test_places_are_found_by_country_box_and_words(client: Client) -> None:
    PlaceFactory.create(slug="base", country="AQ", latitude=-62.2, longitude=-58.9, name_ru="Беллинсгаузен")
    PlaceFactory.create(slug="nowhere", country="AQ", latitude=None, longitude=None)
    assert sorted(found(client, "country=AQ")) == ["base", "nowhere"]
    assert found(client, "bbox=-60,-63,-58,-62") == ["base"]
    assert found(client, "q=беллинсгаузен") == ["base"]
    assert "base" not in found(client, "country=CU")


def test_two_countries_mean_either(client: Client) -> None:
    PlaceFactory.create(slug="a", country="AQ")
    PlaceFactory.create(slug="b", country="BV")
    assert sorted(found(client, "country=AQ&country=BV")) == ["a", "b"]
