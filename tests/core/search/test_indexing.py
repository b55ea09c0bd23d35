"""The index is what is published: no more, no less, and found by no word that is gone."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from cubaru.core.search import checking, indexing, vocabulary
from cubaru.core.search.searching import search
from cubaru.core.search.tables import SearchEntry, SearchForm, SearchSpelling

pytestmark = pytest.mark.django_db

EVENT: dict[str, Any] = {
    "record": "event",
    "slug": "zzyzx-conference",
    "title": {"en": "Zzyzx conference", "es": "Conferencia de Zzyzx", "ru": "Конференция в Ззыксе"},
    "summary": {"en": "Delegates quarrelled about xylophones."},
    "date": {"edtf": "1961-05", "calendar": "gregorian"},
    "importance": 4,
    "themes": ["diplomacy"],
    "claims": [
        {"slug": "zzyzx-claim", "statement": {"en": "The Zzyzx conference never ended."}}
    ],
}  # fmt: skip
ID = 987_654


def whole_index() -> dict[str, Any]:
    """All that the index holds, to be compared."""
    column = "id" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM core_searchtext ORDER BY {column}")
        texts = cursor.fetchall()
    return {
        "entries": list(SearchEntry.objects.order_by("id").values()),
        "forms": sorted(SearchForm.objects.values_list("form", "term", "entries")),
        "spellings": sorted(SearchSpelling.objects.values_list("form", "key", "entries")),
        "texts": texts,
    }


def slugs(query: str) -> list[str]:
    return [hit.slug for hit in search(query, language="en").hits]


def test_a_published_record_and_its_claims_are_found() -> None:
    indexing.index("event", ID, EVENT)
    assert slugs("zzyzx") == ["zzyzx-conference", "zzyzx-claim"]
    hit = search("xylophone", language="en").hits[0]
    assert (hit.kind, hit.record_id, hit.owner_kind) == ("event", ID, "event")
    claim = search("zzyzx", language="en", kinds=["claim"]).hits[0]
    assert (claim.kind, claim.record_id, claim.owner_kind) == ("claim", ID, "event")


def test_taking_a_record_out_leaves_nothing_of_it() -> None:
    before = whole_index()
    indexing.index("event", ID, EVENT)
    assert whole_index() != before
    indexing.index("event", ID, None)
    assert whole_index() == before


def test_a_change_forgets_the_old_words() -> None:
    indexing.index("event", ID, EVENT)
    changed = EVENT | {"slug": "zzyzx-congress", "summary": {"en": "Nobody came."}, "claims": []}
    indexing.index("event", ID, changed)
    assert slugs("zzyzx") == ["zzyzx-congress"]
    assert not vocabulary.by_form(["xylophones"])
    indexing.index("event", ID, None)


def test_a_verdict_is_on_the_claim_and_what_it_stands_in_as_long_as_it_holds() -> None:
    def narrowed(verdict: str) -> list[str]:
        return [hit.slug for hit in search("zzyzx", language="en", verdicts=[verdict]).hits]

    claim = EVENT["claims"][0]
    indexing.index("event", ID, EVENT | {"claims": [claim | {"verdict": "disputed"}]})
    assert narrowed("disputed") == ["zzyzx-conference", "zzyzx-claim"]
    indexing.index("event", ID, EVENT | {"claims": [claim | {"verdict": "corroborated"}]})
    assert narrowed("disputed") == []
    assert narrowed("corroborated") == ["zzyzx-conference", "zzyzx-claim"]
    indexing.index("event", ID, EVENT | {"claims": []})
    assert narrowed("corroborated") == []


def test_indexing_again_changes_nothing() -> None:
    indexing.index("event", ID, EVENT)
    before = whole_index()
    indexing.index("event", ID, EVENT)
    assert whole_index() == before


def test_the_last_of_several_states_counts() -> None:
    indexing.index_many([("event", ID, EVENT), ("event", ID, None)])
    assert slugs("zzyzx") == []


def test_rebuilding_makes_the_same_index(capsys: pytest.CaptureFixture[str]) -> None:

    call_command("rebuild_search")
    first = whole_index()
    call_command("rebuild_search")
    assert whole_index() == first
    assert f"{len(first['entries'])} entries" in capsys.readouterr().out


def test_verify_agrees_with_a_sound_index() -> None:
    faults = list(checking.verify())
    assert len(faults) > 800
    assert not any(faults)


def test_verify_finds_what_is_missing_stale_or_left_over() -> None:
    stale = SearchEntry.objects.get(kind="event", slug="bay-of-pigs-1961")
    SearchEntry.objects.filter(pk=stale.pk).update(titles={"en": "Something else"})
    missing = SearchEntry.objects.get(kind="person", slug="khrushchev")
    SearchEntry.objects.filter(pk=missing.pk).delete()
    indexing.index("event", ID, EVENT)
    textless = SearchEntry.objects.get(kind="place", slug="havana")
    column = "id" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM core_searchtext WHERE {column} = %s", [textless.pk])
    faults = [fault for fault in checking.verify() if fault]
    assert [fault for fault in faults if "event/bay-of-pigs-1961" in fault]
    assert [fault for fault in faults if "person/khrushchev" in fault]
    assert [fault for fault in faults if "event/zzyzx-conference" in fault]
    assert [fault for fault in faults if "place/havana" in fault]
    assert [fault for fault in faults if f"Row {missing.pk}" in fault]


def test_kinds_that_nobody_described_are_refused() -> None:
    with pytest.raises(LookupError):
        indexing.index("revision", 1, {"record": "revision", "slug": "x"})
