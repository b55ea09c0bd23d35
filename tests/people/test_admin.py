"""Editing people and organizations at the desk."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cubaru.core.documents import to_document
from cubaru.core.models import Revision
from people.models import Organization, Person
from tests.desk_forms import Form, added, filled, refusals
from tests.factories import (
    OfficeFactory,
    OrganizationFactory,
    PersonFactory,
    PersonNameFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db

WITHIN_OFFICE = ("citations",)


def form_of(record: Any) -> str:
    return reverse(f"admin:people_{record.record_kind}_change", args=[record.pk])


def opened(desk: Client, record: Any, **changes: Any) -> Form:
    return filled(desk.get(form_of(record)).content, **changes)


@pytest.fixture
def person(db: None) -> Person:
    person: Person = PersonFactory.create(birth="1895", death="1978-10-21")
    PersonNameFactory.create(person=person, text="Анастас Иванович Микоян")
    OfficeFactory.create(person=person)
    return person


def test_names_and_offices_are_edited_with_the_person_in_one_revision(
    desk: Client, curator: Any, person: Person
) -> None:
    before = Revision.objects.filter(kind="person", record_id=person.pk).count()
    form = opened(desk, person, why="Found in FRUS.")
    form = added(form, "names", text="A. I. Mikoyan", language="en", script="Latn", kind="alias")
    form = added(
        form, "offices", WITHIN_OFFICE, title_ru="Председатель", organization=OrganizationFactory.create().pk,
        start="1964-07-15", start_calendar="gregorian", end="1965-12-09", end_calendar="gregorian",
    )  # fmt: skip
    form = added(form, "offices-1-citations", source=SourceFactory.create(slug="frus").pk, stance="supports")
    response = desk.post(form_of(person), form)
    assert response.status_code == 302, refusals(response.content)
    *_older, newest = Revision.objects.filter(kind="person", record_id=person.pk).order_by("number")
    assert (newest.number - before, newest.saved_by, newest.why) == (1, curator, "Found in FRUS.")
    assert [name["text"] for name in newest.document["names"]] == ["Анастас Иванович Микоян", "A. I. Mikoyan"]
    office = newest.document["offices"][1]
    assert office["end"] == {"edtf": "1965-12-09", "calendar": "gregorian"}
    assert office["citations"] == [{"source": "frus", "stance": "supports"}]


def test_a_new_name_finds_the_person_at_once(desk: Client, person: Person) -> None:
    form = added(
        opened(desk, person), "names", text="Mikojanek", language="cs", script="Latn", kind="transliteration"
    )
    assert desk.post(form_of(person), form).status_code == 302
    response = desk.get(reverse("admin:people_person_changelist"), {"q": "mikojanek"})
    assert list(response.context["cl"].result_list) == [person]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"birth": "1980"}, "Death: Nobody dies before being born."),
        ({"birth": "", "birth_verified": "on"},
         "Birth seen in a source: A date that is not known cannot have been seen in a source."),
        ({"offices-0-start": "1970"}, "To: An office does not end before it starts."),
        ({"offices-0-title_en": ""}, "Title (English): Give the office a title in at least one language."),
        ({"names-0-scheme": "ISO 9"}, "Transliteration scheme: Only a transliteration has a scheme."),
        ({"nationality": "Cuba"}, "Country: Ensure this value has at most 2 characters (it has 4)."),
        ({"death": "October 1978"}, "Death: A date has no blanks before, after or inside it: take them out."),
        ({"identifiers": "viaf 12"},
         "Identifiers: “viaf 12” is not an identifier: write one a line, such as “viaf: 102325430”."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field(
    desk: Client, person: Person, changes: dict[str, str], refusal: str
) -> None:
    document = to_document(person)
    form = opened(desk, person) | changes
    if changes.get("birth") == "":
        form.pop("birth_words", None)
    response = desk.post(form_of(person), form)
    assert refusals(response.content) == [refusal]
    assert to_document(Person.objects.get(pk=person.pk)) == document


def test_a_claim_about_a_person_is_edited_within_the_person(desk: Client, person: Person) -> None:
    form = added(
        opened(desk, person), "claims", ("citations", "event_links"),
        statement_en="Mikoyan visited Havana three times.", verdict="unverified",
    )  # fmt: skip
    assert desk.post(form_of(person), form).status_code == 302
    (claim,) = to_document(Person.objects.get(pk=person.pk))["claims"]
    assert claim["slug"] == "mikoyan-visited-havana-three-times"


def test_an_office_that_somebody_held_keeps_its_organization(desk: Client, person: Person) -> None:
    organization = person.offices.get().organization
    Organization.objects.filter(pk=organization.pk).update(status="withdrawn")
    response = desk.get(reverse("admin:people_organization_delete", args=[organization.pk]))
    assert "protected related objects" in response.content.decode()


def test_an_organization_is_saved_with_its_years_and_parent(desk: Client) -> None:
    organization = OrganizationFactory.create()
    form = opened(
        desk,
        organization,
        founded="1946",
        dissolved="1991",
        parent=OrganizationFactory.create(slug="ussr").pk,
    )
    assert desk.post(form_of(organization), form).status_code == 302
    document = to_document(Organization.objects.get(pk=organization.pk))
    assert (document["founded"]["edtf"], document["dissolved"]["edtf"], document["parent"]) == (
        "1946",
        "1991",
        "ussr",
    )
    refused = desk.post(form_of(organization), form | {"dissolved": "1945"})
    assert refusals(refused.content) == ["Dissolved: An organization is not dissolved before it is founded."]
    refused = desk.post(form_of(organization), form | {"parent": organization.pk})
    assert refusals(refused.content) == ["Part of: Nothing is a part of itself: choose another."]
