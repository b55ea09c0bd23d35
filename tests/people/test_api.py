"""People and organizations in the API, and which offices somebody held at a time."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from people.models import Person
from people.offices import offices_held
from tests import factories

pytestmark = pytest.mark.django_db


def found(client: Client, query: str, kind: str = "people") -> list[str]:
    response = client.get(f"/api/v1/{kind}/?page_size=100&{query}")
    assert response.status_code == 200, response.content
    return [record["slug"] for record in response.json()["results"]]


# Shapes --------------------------------------------------------------------------------------------


def test_a_person_in_a_list_has_the_fields_agreed_on(client: Client) -> None:
    record = client.get("/api/v1/people/?page_size=1").json()["results"][0]
    assert list(record) == ["slug", "url", "html_url", "name", "description", "birth", "death", "edition"]


def test_a_person_has_names_offices_and_events(client: Client) -> None:
    person = factories.PersonFactory.create(slug="envoy", birth="1895-11-25", identifiers={"viaf": "1"})
    factories.PersonNameFactory.create(person=person, text="Анастас Иванович Микоян")
    factories.OfficeFactory.create(person=person)
    for slug, edtf in (("later", "1962"), ("undated", ""), ("first", "1960")):
        factories.ParticipationFactory.create(
            person=person, event=factories.EventFactory.create(slug=slug, date=edtf)
        )
    factories.ClaimFactory.create(slug="about", event=None, person=person)
    told = client.get("/api/v1/people/envoy/?lang=en").json()
    assert told["names"] == [
        {
            "text": "Анастас Иванович Микоян",
            "language": "ru",
            "script": "Cyrl",
            "kind": "native",
            "scheme": "",
        }
    ]
    assert told["birth"]["edtf"] == "1895-11-25"
    assert told["offices"][0]["title"] == "First Deputy Chairman"
    assert told["offices"][0]["end"]["edtf"] == "1964"
    assert [one["event"]["slug"] for one in told["events"]] == ["first", "later", "undated"]
    assert {one["role_label"] for one in told["events"]} == {"visitor"}
    assert [claim["slug"] for claim in told["claims"]] == ["about"]
    assert told["same_as"] == ["https://viaf.org/viaf/1"]


def test_an_organization_names_who_held_its_offices(client: Client) -> None:
    office = factories.OfficeFactory.create()
    told = client.get(f"/api/v1/organizations/{office.organization.slug}/?lang=en").json()
    assert [(one["person"]["slug"], one["title"]) for one in told["offices"]] == [
        (office.person.slug, "First Deputy Chairman")
    ]
    assert told["events_url"].endswith(f"/api/v1/events/?organization={office.organization.slug}")


def test_people_are_in_order_of_their_names_in_the_language_asked_for(client: Client) -> None:
    factories.PersonFactory.create(slug="one", nationality="AQ", sort_name_en="Aaa", sort_name_ru="Яяя")
    factories.PersonFactory.create(slug="two", nationality="AQ", sort_name_en="Zzz", sort_name_ru="Ааа")
    assert found(client, "nationality=AQ") == ["one", "two"]
    assert found(client, "nationality=AQ&lang=ru") == ["two", "one"]
    assert found(client, "nationality=AQ&ordering=-name") == ["two", "one"]


# Filters -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("organization=body", True),
        ("organization=other", False),
        ("on=1960-02-04", True),
        ("on=1953", False),
        ("on=195X", True),
        ("organization=body&on=1964", True),
        ("organization=body&on=1965", False),
        ("organization=other&on=1960", False),
    ],
)
def test_people_are_found_by_office(client: Client, query: str, is_found: bool) -> None:
    person = factories.PersonFactory.create(slug="officer")
    factories.OfficeFactory.create(
        person=person, organization=factories.OrganizationFactory.create(slug="body")
    )
    other = factories.OrganizationFactory.create(slug="other")
    factories.OfficeFactory.create(organization=other, start="1900", end="1901")
    assert ("officer" in found(client, query)) == is_found


def test_the_filter_and_the_function_agree_on_who_held_an_office(client: Client) -> None:
    organization = factories.OrganizationFactory.create(slug="body")
    spans = [
        ("1960", "1961"),
        ("1960", ""),
        ("", "1961"),
        ("", ""),
        ("1959", ".."),
        ("1950-06-01", "1950-06-02"),
    ]
    for number, (start, end) in enumerate(spans):
        factories.OfficeFactory.create(
            person=factories.PersonFactory.create(slug=f"p{number}"), organization=organization, start=start,
            end="1959/.." if end == ".." else end,
        )  # fmt: skip
    for day in (date(1950, 6, 1), date(1960, 5, 5), date(1961, 5, 5), date(1962, 1, 1), date(2020, 1, 1)):
        by_filter = set(found(client, f"organization=body&on={day}"))
        by_function = {
            person.slug
            for person in Person.objects.filter(slug__in=[f"p{number}" for number in range(len(spans))])
            if offices_held(person, day, day)
        }
        assert by_filter == by_function, day


def test_people_are_found_by_event_nationality_and_any_spelling(client: Client) -> None:
    person = factories.PersonFactory.create(slug="envoy", nationality="SU")
    factories.PersonNameFactory.create(person=person, text="Հարցում Միկոյան", language="hy", script="Armn")
    factories.ParticipationFactory.create(person=person, event=factories.EventFactory.create(slug="visit"))
    assert found(client, "event=visit") == ["envoy"]
    assert "envoy" in found(client, "nationality=SU&q=микоян")
    assert "envoy" in found(client, "q=միկոյան")
    assert "envoy" not in found(client, "nationality=CU")


def test_organizations_are_found_by_category_parent_and_person(client: Client) -> None:
    parent = factories.OrganizationFactory.create(slug="parent", category="party")
    child = factories.OrganizationFactory.create(slug="child", category="media", parent=parent)
    person = factories.PersonFactory.create(slug="editor")
    factories.OfficeFactory.create(person=person, organization=child)
    factories.ParticipationFactory.create(
        event=factories.EventFactory.create(slug="visit"), person=None, organization=parent
    )
    assert found(client, "parent=parent", "organizations") == ["child"]
    assert found(client, "person=editor", "organizations") == ["child"]
    assert found(client, "event=visit", "organizations") == ["parent"]
    assert "child" in found(client, "category=media&q=council", "organizations")


# Offices at a time ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end", "first", "last", "is_held"),
    [
        ("1955-02-28", "1964-07-15", "1960-01-01", "1960-01-01", True),
        ("1955-02-28", "1964-07-15", "1955-02-27", "1955-02-27", False),
        ("1955-02-28", "1964-07-15", "1955-02-28", "1955-02-28", True),
        ("1955-02-28", "1964-07-15", "1964-07-15", "1964-07-15", True),
        ("1955-02-28", "1964-07-15", "1964-07-16", "1964-07-16", False),
        ("1955-02-28", "1964-07-15", "1950-01-01", "1970-01-01", True),
        ("1955", "1964", "1964-12-31", "1964-12-31", True),
        ("1955", "", "1955-06-01", "1955-06-01", True),
        ("1955", "", "1956-01-01", "1956-01-01", False),
        ("", "1964", "1964-06-01", "1964-06-01", True),
        ("", "1964", "1963-12-31", "1963-12-31", False),
        ("", "", "1960-01-01", "1960-01-01", False),
        ("2019-10-10", "2019-10-10/..", "2026-01-01", "2026-01-01", True),
    ],
)
def test_an_office_is_held_from_its_first_to_its_last_possible_day(
    start: str, end: str, first: str, last: str, is_held: bool
) -> None:
    office = factories.OfficeFactory.create(start=start, end=end)
    held = offices_held(office.person, date.fromisoformat(first), date.fromisoformat(last))
    assert held == ([office] if is_held else [])


def test_offices_in_unpublished_organizations_are_left_out() -> None:
    office = factories.OfficeFactory.create(organization=factories.OrganizationFactory.create(status="draft"))
    assert offices_held(office.person, date(1960, 1, 1), date(1960, 1, 1)) == []


def test_offices_that_are_loaded_are_not_asked_for_again() -> None:
    key = factories.OfficeFactory.create().person.pk
    person = Person.objects.prefetch_related("offices__organization").get(pk=key)
    with CaptureQueriesContext(connection) as queries:
        assert len(offices_held(person, date(1960, 1, 1), date(1960, 1, 1))) == 1
    assert len(queries) == 0
