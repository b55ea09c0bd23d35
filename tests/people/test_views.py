"""Pages of people and organizations, as visitors meet them."""

import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cubaru.core.models import PastSlug
from people.models import Organization, Person
from tests.factories import (
    ClaimFactory,
    EventFactory,
    OfficeFactory,
    OrganizationFactory,
    ParticipationFactory,
    PersonFactory,
    PersonNameFactory,
    PlaceFactory,
)

pytestmark = pytest.mark.django_db

PERSON = "/en/people/mikoyan/"


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def names_in(html: str) -> list[str]:
    """The titles of the rows of a list, in order."""
    found = re.findall(r'class="row__title"><a href="[^"]*">(.*?)</a>', html, re.DOTALL)
    return [re.sub(r"<[^>]+>", "", name).strip() for name in found]


# People --------------------------------------------------------------------------------------------


def test_a_person_is_shown_with_names_offices_events_and_company(client: Client) -> None:
    html = text_of(client, PERSON)
    for expected in (
        "<h1>Anastas Mikoyan",
        '<span lang="ru">Анастас Иванович Микоян</span>',
        "dates not seen in a source",
        "First Deputy Premier",
        "Events, and the office held that day",
        '<a href="/en/people/castro-fidel/">',
        "Show as tables",
        "Cite this page",
    ):
        assert expected in html, expected


@pytest.mark.parametrize(("language", "name"), [("es", "Anastás Mikoyán"), ("ru", "Анастас Микоян")])
def test_a_person_has_a_page_in_each_language(client: Client, language: str, name: str) -> None:
    html = text_of(client, f"/{language}/people/mikoyan/")
    assert f"<title>{name} · cubaru</title>" in html
    assert f'<html lang="{language}">' in html
    for other in ("en", "es", "ru"):
        assert re.search(
            rf'<link rel="alternate" hreflang="{other}" href="[^"]+/{other}/people/mikoyan/">', html
        )
    assert re.search(rf'<link rel="canonical" href="[^"]+/{language}/people/mikoyan/">', html)


def test_linked_data_of_a_person_is_whole_json(client: Client) -> None:
    script = re.search(
        r'<script type="application/ld\+json">(.*?)</script>', text_of(client, PERSON), re.DOTALL
    )
    assert script is not None
    page = json.loads(script.group(1))
    assert page["mainEntity"]["@type"] == "Person"
    assert page["mainEntity"]["hasOccupation"][0]["@type"] == "Role"


def test_a_draft_of_a_person_is_not_there(client: Client) -> None:
    person = PersonFactory.create(status="draft")
    assert client.get(f"/en/people/{person.slug}/").status_code == 404


def test_a_withdrawn_person_answers_410(client: Client) -> None:
    person = PersonFactory.create(status="withdrawn")
    assert client.get(f"/en/people/{person.slug}/").status_code == 410


def test_a_former_address_leads_to_the_person_for_ever(client: Client) -> None:
    person = Person.objects.get(slug="mikoyan")
    PastSlug.objects.create(kind="person", slug="anastas-mikoyan", record_id=person.pk)
    answer = client.get("/es/people/anastas-mikoyan/")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/es/people/mikoyan/")


def test_a_person_page_shows_nothing_that_is_not_published(client: Client) -> None:
    person = PersonFactory.create(
        birth="1895", birth_place=PlaceFactory.create(name_en="Secret town", status="draft")
    )
    OfficeFactory.create(
        person=person, organization=OrganizationFactory.create(name_en="Secret body", status="draft")
    )
    hidden = EventFactory.create(title_en="Secret meeting", status="in_review")
    ParticipationFactory.create(event=hidden, person=person)
    shared = EventFactory.create(title_en="Open meeting")
    ParticipationFactory.create(event=shared, person=person)
    ParticipationFactory.create(
        event=shared, person=PersonFactory.create(name_en="Secret guest", status="withdrawn")
    )
    html = text_of(client, f"/en/people/{person.slug}/")
    assert "Open meeting" in html
    assert "Secret" not in html


def test_claims_about_a_person_stand_with_their_evidence(client: Client) -> None:
    person = PersonFactory.create()
    ClaimFactory.create(event=None, person=person, statement_en="He was an engineer.", verdict="disputed")
    html = text_of(client, f"/en/people/{person.slug}/")
    assert "Claims checked" in html
    assert "He was an engineer." in html


def test_a_description_in_another_language_is_marked(client: Client) -> None:
    person = PersonFactory.create(description_ru="Нарком торговли.")
    html = text_of(client, f"/en/people/{person.slug}/")
    assert '<span lang="ru">Нарком торговли.</span> <span class="other-language">' in html


def test_no_cookie_is_set_on_pages_of_people(client: Client) -> None:
    for path in ("/en/people/", PERSON, "/en/organizations/", "/en/organizations/gov-ussr/"):
        assert not client.get(path).cookies, path


def test_a_person_of_many_events_asks_the_database_no_more_often(client: Client) -> None:
    def queries(slug: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            text_of(client, f"/en/people/{slug}/")
        return len(asked)

    few = PersonFactory.create()
    ParticipationFactory.create(person=few)
    OfficeFactory.create(person=few)
    ClaimFactory.create(event=None, person=few)
    many = PersonFactory.create()
    for _number in range(4):
        ParticipationFactory.create(person=many)
        ParticipationFactory.create(event=many.participations.first().event)
        OfficeFactory.create(person=many)
        ClaimFactory.create(event=None, person=many)
        PersonNameFactory.create(person=many)
    assert queries(many.slug) == queries(few.slug)
    assert queries("castro-fidel") <= queries(few.slug)


# The list of people --------------------------------------------------------------------------------


@pytest.mark.usefixtures("empty_database")
def test_people_come_in_the_order_of_the_alphabet_of_the_page(client: Client) -> None:
    for spanish, russian in (
        ("Núñez, Ana", "Нуньес, Ана"),
        ("Nunzio, Ana", "Ёлкин, Ана"),
        ("Nuzzo", "Жуков"),
    ):
        PersonFactory.create(name_es=spanish, sort_name_es=spanish, name_ru=russian, sort_name_ru=russian)
    assert names_in(text_of(client, "/es/people/")) == ["Nunzio, Ana", "Núñez, Ana", "Nuzzo"]
    assert names_in(text_of(client, "/ru/people/")) == ["Ёлкин, Ана", "Жуков", "Нуньес, Ана"]


@pytest.mark.usefixtures("empty_database")
def test_the_letters_of_the_register_narrow_the_list(client: Client) -> None:
    PersonFactory.create(name_en="Fidel Castro", sort_name_en="Castro, Fidel")
    PersonFactory.create(name_en="Anastas Mikoyan", sort_name_en="Mikoyan, Anastas")
    html = text_of(client, "/en/people/")
    assert re.findall(r'href="/en/people/\?letter=(\w)"', html) == ["C", "M"]
    assert names_in(text_of(client, "/en/people/?letter=C")) == ["Fidel Castro"]


def test_facets_narrow_the_list_and_can_be_taken_away(client: Client) -> None:
    html = text_of(client, "/en/people/?nationality=CU&organization=embassy-cuba-moscow")
    assert names_in(html) == ["Faure Chomón", "Aurelio F. Concheso"]
    assert 'href="/en/people/?organization=embassy-cuba-moscow"' in html
    assert re.search(r'name="nationality" value="CU" checked', html)


def test_a_list_of_many_pages_shows_each_person_once(client: Client) -> None:
    published = Person.objects.published().count()
    seen: list[str] = []
    path = "/en/people/"
    while path:
        html = text_of(client, path)
        seen += re.findall(r'class="row__title"><a href="([^"]+)"', html)
        following = re.search(r'rel="next" href="([^"]+)"', html)
        path = following.group(1).replace("&amp;", "&") if following else ""
    assert len(seen) == len(set(seen)) == published


def test_what_the_list_cannot_read_is_said(client: Client) -> None:
    answer = client.get("/en/people/?nationality=cuba")
    assert answer.status_code == 400
    assert "Please check what was entered" in answer.content.decode()


def test_a_page_that_the_list_has_not_is_not_there(client: Client) -> None:
    assert client.get("/en/people/?page=99").status_code == 404


def test_nobody_found_offers_a_way_out(client: Client) -> None:
    assert "Nobody is like that." in text_of(client, "/en/people/?q=nobody-of-this-name")


def test_drafts_are_counted_nowhere(client: Client) -> None:
    organization = OrganizationFactory.create()
    before = text_of(client, "/en/people/?letter=M")
    person = PersonFactory.create(status="draft", nationality="CU", sort_name_en="Zzz")
    ParticipationFactory.create(
        person=Person.objects.get(slug="mikoyan"), event=EventFactory.create(status="draft")
    )
    OfficeFactory.create(person=person, organization=organization)
    assert text_of(client, "/en/people/?letter=M") == before


@pytest.mark.parametrize("path", ["/en/people/", "/en/organizations/"])
def test_lists_ask_the_database_the_same_for_any_page(client: Client, path: str) -> None:
    counts = []
    for page in (1, 2):
        with CaptureQueriesContext(connection) as asked:
            text_of(client, f"{path}?page={page}")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 7


# Organizations -------------------------------------------------------------------------------------


def test_an_organization_shows_who_held_office_there_and_its_events(client: Client) -> None:
    html = text_of(client, "/en/organizations/gov-ussr/")
    for expected in ("<h1>Government of the USSR", "Who held office here", "Anastas Mikoyan", "1955–1964",
                     "Cuba and the USSR establish diplomatic relations", "Правительство СССР"):  # fmt: skip
        assert expected in html, expected


def test_an_organization_of_which_little_is_known_has_a_page(client: Client) -> None:
    organization = OrganizationFactory.create(founded="1961~", dissolved="1965", name_es="", name_ru="")
    html = text_of(client, f"/ru/organizations/{organization.slug}/")
    assert "около 1961" in html
    assert '<span lang="en">Council of Ministers of the USSR</span>' in html


def test_a_part_that_is_not_published_is_not_named(client: Client) -> None:
    whole = OrganizationFactory.create(
        parent=OrganizationFactory.create(name_en="Secret whole", status="draft")
    )
    OrganizationFactory.create(name_en="Secret part", parent=whole, status="draft")
    OrganizationFactory.create(name_en="Open part", parent=whole)
    html = text_of(client, f"/en/organizations/{whole.slug}/")
    assert "Open part" in html
    assert "Secret" not in html


def test_organizations_are_listed_by_name_and_category(client: Client) -> None:
    html = text_of(client, "/en/organizations/?category=company")
    companies = Organization.objects.published().filter(category="company")
    assert names_in(html) == sorted(names_in(html), key=str.casefold)
    assert len(names_in(html)) == companies.count()
