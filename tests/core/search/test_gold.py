"""The gold set: names of this history in the spellings that readers of several countries use."""

from collections.abc import Iterator

import pytest

from cubaru.core.search.searching import search
from cubaru.core.search.suggesting import suggest
from cubaru.core.search.tables import SearchEntry
from tests.core.search.gold import Report, gold_names, measure

pytestmark = pytest.mark.django_db


def assert_good(report: Report) -> None:
    assert report.among_first_five >= 0.98, report
    assert report.first >= 0.95, report
    assert report.mean_reciprocal_rank >= 0.96, report


def test_the_gold_set_has_200_names_with_four_spellings_each_of_records_that_exist() -> None:
    names = gold_names()
    assert len(names) >= 200
    for name in names:
        assert len({spelling["text"] for spelling in name["spellings"]}) >= 4, name
    there = set(SearchEntry.objects.values_list("kind", "slug"))
    assert {(name["kind"], name["slug"]) for name in names} <= there


def test_search_finds_names_in_any_spelling() -> None:
    def find(text: str, kind: str) -> Iterator[str]:
        return (f"{hit.kind}/{hit.slug}" for hit in search(text, language="en", limit=6).hits)

    assert_good(measure(find))


def test_suggestions_find_people_in_any_spelling() -> None:
    slugs = dict(SearchEntry.objects.filter(kind="person").values_list("record_id", "slug"))

    def find(text: str, kind: str) -> Iterator[str]:
        return (f"{kind}/{slugs[pk]}" for pk in suggest(text, kind, 6))

    assert_good(measure(find, ("person",), every=3))
