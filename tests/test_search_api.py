"""The search of the API: ranked, counted, in pages, strict; and `q` on every list."""

from typing import Any

import pytest
from django.test import Client

from cubaru.api import KINDS
from events.choices import Verdict
from tests.factories import ClaimFactory, EventFactory

pytestmark = pytest.mark.django_db

SEARCH = "/api/v1/search/"


def answer_of(client: Client, status: int = 200, **query: Any) -> Any:
    answer = client.get(SEARCH, query)
    assert answer.status_code == status, answer.content
    return answer.json()


def test_the_best_comes_first_with_where_it_was_found_and_why(client: Client) -> None:
    answer = answer_of(client, q="Jruschov", lang="es")

    first = answer["results"][0]
    assert (first["kind"], first["slug"], first["title"]) == ("person", "khrushchev", "Nikita Jruschov")
    assert {"text": "Jruschov", "is_match": True} in first["title_pieces"]
    assert first["url"].endswith("/api/v1/people/khrushchev/")
    assert first["html_url"].endswith("/es/people/khrushchev/")
    assert first["reason"]
    scores = [one["score"] for one in answer["results"]]
    assert scores == sorted(scores, reverse=True)
    assert answer["also_found_as"]


def test_titles_are_maps_of_languages_without_lang(client: Client) -> None:
    title = answer_of(client, q="khrushchev", kind="person")["results"][0]["title"]

    assert title == {"en": "Nikita Khrushchev", "es": "Nikita Jruschov", "ru": "Никита Хрущёв"}


def test_pages_hold_each_hit_once(client: Client) -> None:
    address: str | None = f"{SEARCH}?q=castro&page_size=50"
    seen = []
    while address:
        answer = client.get(address).json()
        seen += [(one["kind"], one["slug"]) for one in answer["results"]]
        address = answer["next"]

    assert len(seen) == len(set(seen)) == answer["count"]


def test_facets_count_what_a_further_choice_would_leave(client: Client) -> None:
    answer = answer_of(client, q="castro", kind="event")

    counts = {name: {one["value"]: one["count"] for one in found} for name, found in answer["facets"].items()}
    assert counts["kind"]["event"] == answer["count"]
    assert counts["kind"]["person"] == answer_of(client, q="castro", kind="person")["count"]
    theme, count = next(iter(counts["theme"].items()))
    assert answer_of(client, q="castro", kind="event", theme=theme)["count"] == count
    assert sum(counts["year"].values()) <= answer["count"]


def test_verdicts_narrow_and_are_counted(client: Client) -> None:
    EventFactory.create(title_en="Zubrowka without a claim")
    event = ClaimFactory.create(statement_en="Zubrowka is sour.", verdict=Verdict.IMPRECISE).event
    ClaimFactory.create(statement_en="Zubrowka is sweet.", verdict=Verdict.DISPUTED)

    wrong = answer_of(client, q="zubrowka", verdict="imprecise")
    either = answer_of(client, q="zubrowka", verdict=["imprecise", "disputed"])

    assert event.slug in [one["slug"] for one in wrong["results"]]
    assert (wrong["count"], either["count"]) == (2, 4)
    assert wrong["facets"]["kind"] == [{"value": "event", "count": 1}, {"value": "claim", "count": 1}]
    assert wrong["facets"]["verdict"] == either["facets"]["verdict"]
    assert wrong["facets"]["verdict"] == [
        {"value": "imprecise", "count": 2},
        {"value": "disputed", "count": 2},
    ]


def test_kinds_and_themes_can_be_given_several_times(client: Client) -> None:
    both = answer_of(client, q="castro", kind=["event", "person"])

    assert {one["kind"] for one in both["results"]} == {"event", "person"}


def test_a_time_says_how_sure_the_hits_are_of_it(client: Client) -> None:
    EventFactory.create(title_en="Zubrowka of the day", date="1962-10-16")
    EventFactory.create(title_en="Zubrowka of the year", date="1962")

    said = answer_of(client, q="zubrowka october 1962", lang="en")["time"]
    asked = answer_of(client, q="zubrowka", **dict[str, Any]({"from": "1962-10", "to": "1962-10"}))["time"]

    assert said == {"edtf": "1962-10", "display": "October 1962", "certainly": 1, "possibly": 1}
    assert asked == {"edtf": None, "display": "", "certainly": 1, "possibly": 1}
    assert answer_of(client, q="zubrowka")["time"] is None


def test_an_end_that_is_open_is_null(client: Client) -> None:
    EventFactory.create(title_en="Zubrowka since then", date="1962/..")

    found = answer_of(client, q="zubrowka")["results"][0]

    assert (found["earliest"], found["latest"]) == ("1962-01-01", None)


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ({}, "q"),
        ({"q": ""}, "q"),
        ({"q": "-castro"}, "q"),
        ({"q": "x" * 501}, "q"),
        ({"q": "\0"}, "q"),
        ({"q": "castro", "kind": "events"}, "kind"),
        ({"q": "castro", "theme": "nothing"}, "theme"),
        ({"q": "castro", "verdict": "nothing"}, "verdict"),
        ({"q": "castro", "verdict": "\0"}, "verdict"),
        ({"q": "castro", "theme": "\0"}, "theme"),
        ({"q": "castro", "from": "nineteen"}, "from"),
        ({"q": "castro", "cursor": "x"}, "cursor"),
        ({"q": "castro", "cursor": "1001"}, "cursor"),
        ({"q": "castro", "page_size": "101"}, "page_size"),
        ({"q": "castro", "lang": "de"}, "lang"),
        ({"q": ["castro", "raul"]}, "q"),
        ({"q": "castro", "limit": "5"}, "limit"),
    ],
)
def test_what_is_wrong_is_refused_by_name(client: Client, query: dict[str, Any], parameter: str) -> None:
    problem = answer_of(client, 400, **query)

    assert [fault["parameter"] for fault in problem["errors"]] == [parameter]


@pytest.mark.parametrize("plural", KINDS)
def test_q_on_every_list_finds_what_the_search_finds_of_the_kind(client: Client, plural: str) -> None:
    query = {"themes": "crisis", "places": "Гаване", "sources": "Khrushchev"}.get(plural, "Jruschov")
    if plural == "organizations":
        query = "партия"
    kind = KINDS[plural].model._meta.model_name
    listed = client.get(f"/api/v1/{plural}/", {"q": query, "page_size": "100", "fields": "slug"}).json()

    found = answer_of(client, q=query, kind=kind, page_size=100)["results"]

    assert {one["slug"] for one in listed["results"]} == {one["slug"] for one in found} != set()


def test_q_takes_phrases_times_and_what_must_not_be_there(client: Client) -> None:
    ClaimFactory.create(
        event=EventFactory.create(slug="wanted", title_en="Zubrowka treaty of sugar", date="1962-10-16"),
        statement_en="Sweet.",
    )
    EventFactory.create(slug="unwanted", title_en="Zubrowka sugar treaty", date="1972")

    for query in ('"treaty of sugar"', 'zubrowka -"sugar treaty"', "zubrowka october 1962"):
        listed = client.get("/api/v1/events/", {"q": query}).json()
        assert [one["slug"] for one in listed["results"]] == ["wanted"], query


@pytest.mark.parametrize("query", ["-castro", "((((", "x" * 501, "\0"])
def test_a_list_refuses_a_query_that_asks_nothing(client: Client, query: str) -> None:
    answer = client.get("/api/v1/events/", {"q": query})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["parameter"] == "q"
