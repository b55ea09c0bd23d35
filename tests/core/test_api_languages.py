"""Texts in languages, and the choice of fields."""

from typing import Any

import pytest
from django.test import Client

from tests.factories import EventFactory

pytestmark = pytest.mark.django_db


def one(client: Client, query: str = "", slug: str = "half-told") -> Any:
    return client.get(f"/api/v1/events/{slug}/?{query}")


@pytest.fixture
def half_told() -> Any:
    """An event without a Spanish title, and with only a Russian summary."""
    return EventFactory.create(
        slug="half-told",
        title_en="A visit",
        title_es="",
        title_ru="Визит",
        summary_en="",
        summary_ru="Кратко.",
    )


def test_a_text_is_a_map_of_the_languages_that_it_has(client: Client, half_told: Any) -> None:
    response = one(client)
    assert response.json()["title"] == {"en": "A visit", "ru": "Визит"}
    assert response.json()["body"] == {}
    assert response.headers["Content-Language"] == "en, es, ru"


@pytest.mark.parametrize(
    ("language", "title", "languages"),
    [("en", "A visit", "en, ru"), ("es", "A visit", "es, en, ru"), ("ru", "Визит", "ru")],
)
def test_with_a_language_texts_are_strings_in_it_or_in_the_first_that_there_is(
    client: Client, half_told: Any, language: str, title: str, languages: str
) -> None:
    response = one(client, f"lang={language}&fields=title,summary,body")
    assert response.json() == {"title": title, "summary": "Кратко.", "body": ""}
    assert response.headers["Content-Language"] == languages


def test_the_page_is_that_of_the_language_asked_for(client: Client, half_told: Any) -> None:
    assert one(client).json()["html_url"].endswith("/en/events/half-told/")
    assert one(client, "lang=ru").json()["html_url"].endswith("/ru/events/half-told/")


def test_dates_are_shown_in_words_of_each_language(client: Client) -> None:
    EventFactory.create(slug="half-told", date="1962-10-16")
    assert one(client).json()["date"]["display"] == {
        "en": "16 October 1962",
        "es": "16 de octubre de 1962",
        "ru": "16\N{NO-BREAK SPACE}октября 1962\N{NO-BREAK SPACE}г.",
    }
    assert one(client, "lang=es").json()["date"]["display"] == "16 de octubre de 1962"


def test_only_the_chosen_fields_are_answered(client: Client, half_told: Any) -> None:
    fields = "slug,title.ru,date.edtf,date.display.es,themes.name.en,participants.person.slug"
    answer = one(client, f"fields={fields}").json()
    assert answer == {
        "slug": "half-told",
        "title": {"ru": "Визит"},
        "date": {"edtf": "1960-02-04/1960-02-13", "display": {"es": "del 4 al 13 de febrero de 1960"}},
        "themes": [],
        "participants": [],
    }


def test_fields_reach_into_lists_within_records(client: Client) -> None:
    answer = one(
        client, "fields=participants.person.slug,claims.citations.source.slug", "missile-crisis-1962"
    )
    participants = answer.json()["participants"]
    assert {"castro-fidel"} <= {each["person"]["slug"] for each in participants if each["person"]}
    assert all(set(each) == {"person"} for each in participants)
    assert all(set(claim) == {"citations"} for claim in answer.json()["claims"])


def test_a_field_and_a_part_of_it_ask_for_the_whole_field(client: Client, half_told: Any) -> None:
    for fields in ("date,date.edtf", "date.edtf,date"):
        assert "earliest" in one(client, f"fields={fields}").json()["date"]


def test_names_of_fields_are_checked_at_every_depth(client: Client, half_told: Any) -> None:
    response = one(client, "fields=participants.person.shoe_size")
    assert response.status_code == 400
    assert "participants.person.slug" in response.json()["errors"][0]["valid"]
