"""The gold set through what programs and curators use; `tests/core/search` asks the search itself."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from cubaru.core.search.tables import SearchEntry
from tests.core.search.gold import measure
from tests.core.search.test_gold import assert_good

pytestmark = pytest.mark.django_db

#: Where in the desk a record of a kind is chosen.
CHOSEN = {
    "person": ("events", "participation", "person"),
    "organization": ("events", "participation", "organization"),
    "place": ("events", "eventplace", "place"),
}


@override_settings(API_READS_A_MINUTE=0)
def test_the_api_finds_names_in_any_spelling(client: Client) -> None:
    def find(text: str, kind: str) -> Iterator[str]:
        answer = client.get("/api/v1/search/", {"q": text, "page_size": "6"})
        assert answer.status_code == 200, answer.content
        return (f"{one['kind']}/{one['slug']}" for one in answer.json()["results"])

    assert_good(measure(find, every=8))


def test_curators_find_names_in_any_spelling_where_a_record_is_chosen(desk: Client) -> None:
    rows = SearchEntry.objects.values_list("kind", "record_id", "slug")
    slugs = {(kind, str(pk)): slug for kind, pk, slug in rows}

    def find(text: str, kind: str) -> Iterator[str]:
        app, model, field = CHOSEN[kind]
        query: dict[str, Any] = {"app_label": app, "model_name": model, "field_name": field, "term": text}
        answer = desk.get(reverse("admin:autocomplete"), query)
        assert answer.status_code == 200, answer.content
        return (f"{kind}/{slugs[kind, choice['id']]}" for choice in answer.json()["results"])

    assert_good(measure(find, tuple(CHOSEN), every=10))


def test_lists_of_the_desk_find_names_in_any_spelling(desk: Client) -> None:
    address = reverse("admin:people_person_changelist")

    def find(text: str, kind: str) -> Iterator[str]:
        rows = desk.get(address, {"q": text}).context["cl"].result_list
        # A list is in an order of its own: that a name finds few others is what counts.
        return (f"{kind}/{row.slug}" for row in rows if len(rows) <= 100)

    report = measure(find, ("person",), every=40)
    found = [place for place in report.places if place]
    assert len(found) / len(report.places) >= 0.98, report


HOSTILE = [
    '"; DROP TABLE core_searchentry; --', "' OR 1=1 --", "NEAR(castro, 5)", "body : castro", "\0",
    "castro\0raul", "***", "((((", "-castro",
    "\u202ecastro\u202c", "%castro%_", "castro\\", "<script>alert(1)</script>",
    "x" * 10_000, "a " * 5_000, "word " * 30, "'castro':*", "🚀", "{{ 7*7 }}", "-" * 300, "castro* " * 20,
]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE)
def test_hostile_queries_are_answered_or_refused_everywhere(client: Client, desk: Client, query: str) -> None:
    for path in ("/en/search/", "/ru/search/", "/en/events/", "/en/people/", "/api/v1/search/",
                 "/api/v1/events/", "/api/v1/claims/"):  # fmt: skip
        answer = client.get(path, {"q": query})
        assert answer.status_code in {200, 400}, path
        assert b"<script>alert" not in answer.content
    assert client.get("/en/search/feed.atom", {"q": query}).status_code in {200, 404}
    chosen = {"app_label": "events", "model_name": "participation", "field_name": "person", "term": query}
    assert desk.get(reverse("admin:autocomplete"), chosen).status_code in {200, 400}
    assert desk.get(reverse("admin:events_claim_changelist"), {"q": query}).status_code in {200, 302, 400}
