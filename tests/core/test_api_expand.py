"""`expand`: records that an answer names, shown whole in their place; strict, nested, bounded."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cubaru.api import KINDS
from tests.factories import ClaimFactory, EventFactory, EventPlaceFactory, PlaceFactory

pytestmark = pytest.mark.django_db


def answer(client: Client, path: str) -> Any:
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == 200, response.content
    return response.json()


def test_an_expanded_record_is_as_in_lists(client: Client) -> None:
    event = answer(client, "events/missile-crisis-1962/?expand=participants.person,places,relations.event")
    for plural, shown in [
        ("people", [part["person"] for part in event["participants"] if part["person"]]),
        ("places", event["places"]),
        ("events", [part["event"] for part in event["relations"]]),
    ]:
        listed = {record["slug"]: record for record in pages(client, plural)}
        assert shown
        assert all(record == listed[record["slug"]] for record in shown)


def pages(client: Client, plural: str) -> list[Any]:
    found: list[Any] = []
    path = f"{plural}/?page_size=100"
    while path:
        page = answer(client, path)
        found += page["results"]
        path = page["next"] and page["next"].partition("/api/v1/")[2]
    return found


@pytest.mark.parametrize("plural", KINDS)
def test_whatever_can_be_expanded_is(client: Client, plural: str) -> None:
    """Each name that the description offers gives an answer, in lists and for one record."""
    slug = answer(client, f"{plural}/?page_size=1")["results"][0]["slug"]
    for action, path in (("list", f"{plural}/?page_size=5&"), ("retrieve", f"{plural}/{slug}/?")):
        for name in KINDS[plural](action=action).expandable():
            plain = answer(client, path.rstrip("&?"))
            expanded = answer(client, f"{path}expand={name}")
            assert names_in(plain) <= names_in(expanded), name


def names_in(value: Any) -> set[str]:
    if isinstance(value, dict):
        own = {value["url"]} if "url" in value else set()
        return own.union(*(names_in(inner) for inner in value.values()))
    return set().union(*(names_in(inner) for inner in value)) if isinstance(value, list) else set()


def test_names_lead_on_and_fields_choose_within(client: Client) -> None:
    event, other = EventFactory.create(slug="one"), EventFactory.create(slug="two")
    EventPlaceFactory.create(
        event=other, place=PlaceFactory.create(slug="somewhere", description_en="A bay.")
    )
    event.relations.create(to_event=other, relation="led_to")
    query = "expand=relations.event.places&fields=relations.event.places.description&lang=en"
    assert answer(client, f"events/one/?{query}") == {
        "relations": [{"event": {"places": [{"description": "A bay."}]}}]
    }


def test_an_unpublished_record_is_not_expanded(client: Client) -> None:
    event = EventFactory.create(slug="one")
    EventPlaceFactory.create(event=event, place=PlaceFactory.create(slug="hidden", status="draft"))
    assert answer(client, "events/one/?expand=places")["places"] == []
    ClaimFactory.create(slug="claim", event=event)
    claim = answer(client, "claims/claim/?expand=event,person")
    assert (claim["event"]["importance"], claim["person"]) == (3, None)


@pytest.mark.parametrize(
    ("path", "valid"),
    [
        ("events/?expand=nope", ["themes", "places"]),
        ("events/?expand=places.nope", None),
        ("events/?expand=title", ["themes", "places"]),
        ("events/?expand=place", ["themes", "places"]),
        ("events/missile-crisis-1962/?expand=citations", None),
        ("events/missile-crisis-1962/?expand=relations.event.nope",
         ["relations.event.themes", "relations.event.places"]),
        ("events/nothing-here/?expand=nope", None),
        ("themes/?expand=events", None),
        ("editions/?expand=record", None),
        ("events/?expand=places&format=csv", None),
        ("events/?expand=places&format=geojson", None),
        ("events/?expand=", None),
        (f"events/?expand={','.join(['places'] * 9 + [f'themes.x{n}' for n in range(9)])}", None),
    ],
)  # fmt: skip
def test_what_cannot_be_expanded_is_refused(client: Client, path: str, valid: list[str] | None) -> None:
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == 400
    fault = response.json()["errors"][0]
    assert fault["parameter"] == "expand"
    if valid is not None:
        assert set(valid) <= set(fault["valid"])


def test_what_is_expanded_is_loaded_at_once(client: Client) -> None:
    counts = []
    for number in (1, 6):
        event = EventFactory.create(slug=f"event-{number}")
        for _place in range(number):
            EventPlaceFactory.create(event=event)
        with CaptureQueriesContext(connection) as queries:
            answer(client, f"events/event-{number}/?expand=places")
        counts.append(len(queries))
    assert counts[0] == counts[1]
