"""What a search finds, in which order, and what it says of it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cubaru.core.search import asking, facets
from cubaru.core.search.asking import Candidates, Limits, Stage
from cubaru.core.search.expansion import understand
from cubaru.core.search.facets import counts_of_kinds
from cubaru.core.search.profiles import VERDICTS
from cubaru.core.search.queries import read_query
from cubaru.core.search.searching import QueryError, Results, search
from cubaru.core.search.suggesting import suggest
from cubaru.core.search.tables import SearchEntry
from events.choices import Verdict
from events.models import Claim
from people.models import Person

pytestmark = pytest.mark.django_db


def found(query: str, *, language: str = "en", **more: Any) -> list[str]:
    return [f"{hit.kind}/{hit.slug}" for hit in search(query, language=language, **more).hits]


def results(query: str, **more: Any) -> Results:
    return search(query, **{"language": "en", **more})


@pytest.mark.parametrize(
    "spelling",
    ["Хрущёв", "Хрущев", "хрущёва", "Хрущёвым", "Khrushchev", "Khruschev", "Jruschov", "Jrushchov",
     "Chruschtschow",
     "Khrouchtchev", "Chruščëv", "Hruščëv", "Chruszczow", "KHRUSHCHEV", "N. S. Khrushchev", "Khrushcehv"],
)  # fmt: skip
def test_every_spelling_of_khrushchev_finds_him_first(spelling: str) -> None:
    assert found(spelling)[0] == "person/khrushchev"


def test_a_spelling_found_nowhere_finds_events_too() -> None:
    assert "event/khrushchev-28-oct" in found("Chruszczow")


def test_a_spelling_made_by_rule_is_never_shown() -> None:
    # ISO 9 without its signs: in no text of the corpus.
    answer = results("Hrusev")
    assert answer.hits[0].slug == "khrushchev"
    shown = [
        *answer.also_found_as,
        *(hit.reason for hit in answer.hits),
        *(str(hit.title) for hit in answer.hits),
    ]
    shown += [str(highlight) for hit in answer.hits for highlight in hit.highlights]
    assert not any("hrusev" in text.lower().split() for text in shown)
    assert "Khrushchev" in answer.also_found_as


@pytest.mark.parametrize("word", ["Гавана", "Гавану", "Гаваной", "гаване", "Havana", "La Habana", "HABANA"])
def test_each_case_and_language_of_havana_finds_it(word: str) -> None:
    assert found(word)[0] == "place/havana"


@pytest.mark.parametrize(
    ("query", "slug"),
    [("crisis de octubre", "missile-crisis-1962"), ("карибский кризис", "missile-crisis-1962"),
     ("missile crises", "missile-crisis-1962"), ("Playa Giron", "bay-of-pigs-1961"),
     ("operaciones Anadir", "anadyr-1962"), ("операции анадырь", "anadyr-1962")],
)  # fmt: skip
def test_words_are_found_in_any_language_inflection_and_accent(query: str, slug: str) -> None:
    assert f"event/{slug}" in found(query)[:5]


def test_the_whole_name_comes_before_names_with_more_words() -> None:
    assert found("Fidel Castro")[0] == "person/castro-fidel"
    assert found("Raul Castro Ruz")[0] == "person/castro-raul"


def test_both_surnames_find_who_is_known_by_one() -> None:
    assert found("Ramiro Valdés Menéndez")[0] == "person/valdes-ramiro"
    assert found("Ramiro Valdes")[0] == "person/valdes-ramiro"


def test_a_word_too_many_is_said_to_be_missing() -> None:
    answer = results("Nikita Ferdinandovich Khrushchev")
    assert answer.hits[0].slug == "khrushchev"
    assert answer.missing == ("Ferdinandovich",)
    assert answer.hits[0].reason == "Without “Ferdinandovich”"


def test_phrases_are_found_as_they_stand() -> None:
    assert "event/bay-of-pigs-1961" in found('"bay of pigs"')
    assert found('"pigs of bay"') == []


def test_words_after_a_minus_are_left_out() -> None:
    every, some = found("missile", limit=100), found("missile -Khrushchev", limit=100)
    assert set(some) < set(every)
    assert "event/khrushchev-28-oct" in set(every) - set(some)


def test_a_star_finds_words_that_go_on() -> None:
    assert "organization/interkosmos" in found("interkos*")
    assert found("interkos", unfinished=True)[0] == "organization/interkosmos"


@pytest.mark.parametrize(
    ("typed", "meant"), [("quarentine", "quarantine"), ("missle", "missile"), ("карантн", "карантин")]
)
def test_a_mistyped_word_is_put_right(typed: str, meant: str) -> None:
    answer = results(typed)
    assert answer.did_you_mean == meant
    assert answer.hits


def test_words_with_a_hyphen_are_found_with_and_without_it() -> None:
    for query in ("U-2", "u2"):
        assert "event/u2-shot-down" in found(query)
    for query in ("Díaz-Canel", "Diaz Canel", "Диас-Канель", "Диас Канель"):
        assert found(query)[0] == "person/diaz-canel"


def test_what_was_looked_for_is_marked_in_titles_and_texts() -> None:
    hit = next(hit for hit in results("Khrushchev missiles").hits if hit.slug == "khrushchev-28-oct")
    assert [piece.text for piece in hit.title_pieces if piece.is_match] == ["Khrushchev", "missiles"]
    assert "".join(piece.text for piece in hit.title_pieces) == str(hit.title)


def test_texts_are_shown_in_the_language_of_the_reader() -> None:
    hit = results("Хрущёв", language="es").hits[0]
    assert str(hit.title) == "Nikita Jruschov"
    event = next(hit for hit in results("ракеты", language="ru").hits if hit.kind == "event")
    assert event.highlights[0].language == "ru"


def test_reasons_say_why_a_hit_is_one() -> None:
    reasons = {hit.slug: hit.reason for hit in results("Jrushchov").hits}
    assert reasons["khrushchev"] == "In the title or a name"
    assert "spelled Khrushchev" in reasons["castro-letter-26-oct"]
    assert results("Fidel Castro").hits[0].reason == "The whole title or name"


def test_scores_never_rise_along_the_hits() -> None:
    scores = [hit.score for hit in results("Castro", limit=100).hits]
    assert scores == sorted(scores, reverse=True)


def test_common_words_do_not_hide_what_has_the_others() -> None:
    assert found("the letter of Castro to Khrushchev")[0] == "event/castro-letter-26-oct"
    assert found("de la el")  # where there is nothing else, they are words too


# Dates ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query", ["october 1962", "октябрь 1962", "octubre de 1962", "1962-10", "в октябре 1962 года"]
)
def test_a_month_finds_what_happened_then(query: str) -> None:
    answer = results(query, limit=100)
    assert answer.date is not None
    assert (answer.date.earliest, answer.date.latest) == (date(1962, 10, 1), date(1962, 10, 31))
    assert "missile-crisis-1962" in [hit.slug for hit in answer.hits]
    assert {hit.kind for hit in answer.hits} <= {"event", "claim", "source", "theme"}


def test_a_date_narrows_what_words_find() -> None:
    answer = results("Brezhnev 1974")
    assert [hit.slug for hit in answer.hits[:2]] == ["brezhnev", "brezhnev-cuba-1974"]
    assert results("Brezhnev 1917").date is not None
    assert "event/brezhnev-cuba-1974" not in found("Brezhnev 1973")


def test_days_of_a_range_find_what_happened_within_them() -> None:
    answer = results("1962-10-16..1962-10-28", kinds=["event"], limit=100)
    assert all(
        hit.earliest
        and hit.latest
        and hit.earliest <= date(1962, 10, 28)
        and hit.latest >= date(1962, 10, 16)
        for hit in answer.hits
    )
    inside = [hit for hit in answer.hits if hit.earliest and hit.earliest >= date(1962, 10, 16)
              and hit.latest and hit.latest <= date(1962, 10, 28)]  # fmt: skip
    assert answer.certainly == len(inside)
    assert (answer.certainly or 0) + (answer.possibly or 0) == answer.total


def test_dates_beside_the_query_leave_out_what_has_none() -> None:
    answer = results("Havana", from_=date(1902, 1, 1), to=date(1902, 12, 31))
    assert answer.hits
    assert all(hit.earliest is not None for hit in answer.hits)


# Kinds, themes, pages ------------------------------------------------------------------------------


def test_kinds_narrow_hits_but_not_the_counts_of_others() -> None:
    every, events = results("Castro", limit=100), results("Castro", kinds=["event"], limit=100)
    assert {hit.kind for hit in events.hits} == {"event"}
    assert events.counts == every.counts
    assert sum(every.counts.values()) == every.total


def test_themes_narrow_hits() -> None:
    hits = results("Havana", themes=["missile-crisis"], limit=100).hits
    assert hits
    assert {hit.kind for hit in hits} <= {"event", "claim"}


def test_the_index_knows_the_verdicts_of_claims_in_their_order() -> None:
    assert list(VERDICTS) == Verdict.values


@pytest.mark.parametrize("verdict", Verdict.values)
def test_verdicts_narrow_hits_to_claims_and_what_has_such_a_claim(verdict: str) -> None:
    claims = Claim.objects.published().filter(verdict=verdict)
    wanted = {f"claim/{claim.slug}" for claim in claims} | {f"event/{claim.subject.slug}" for claim in claims}

    assert set(found("", verdicts=[verdict], limit=100)) == wanted != set()


def test_verdicts_are_counted_as_if_none_were_chosen() -> None:
    facets = results("Cuba", facets=True, verdicts=["contradicted"]).facets
    assert facets
    assert list(facets.verdicts) == [verdict for verdict in VERDICTS if verdict in facets.verdicts]
    assert len(facets.verdicts) > 2
    for verdict, count in facets.verdicts.items():
        assert results("Cuba", verdicts=[verdict]).total == count


def test_verdicts_are_counted_beyond_the_hits_that_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    every = results("Cuba", facets=True).facets
    monkeypatch.setattr(asking, "MOST_CANDIDATES", 5)

    capped = results("Cuba", facets=True)

    assert capped.is_capped
    assert every
    assert capped.facets
    assert capped.facets.verdicts == every.verdicts


def test_a_kind_that_fills_all_that_is_looked_at_is_not_counted_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(facets, "MOST_CANDIDATES", 5)
    events = SearchEntry.objects.filter(kind="event").values_list("id", flat=True)[:5]
    candidates = Candidates(dict.fromkeys(events, Stage.TEXT), is_capped=True)

    with CaptureQueriesContext(connection) as asked:
        counts = counts_of_kinds(understand(read_query("Cuba")), Limits(), candidates, ())

    assert counts["event"] == 5
    assert counts["person"] == results("Cuba", kinds=["person"]).total
    assert not [query for query in asked if ":event" in query["sql"]]


def test_counting_verdicts_asks_no_more_of_many_hits_than_of_few() -> None:
    with CaptureQueriesContext(connection) as few:
        assert results("quarantine", facets=True).total < 20
    with CaptureQueriesContext(connection) as many:
        assert results("Cuba", facets=True).total > 300

    assert len([query for query in many if "verdicts" in query["sql"]]) == len(
        [query for query in few if "verdicts" in query["sql"]]
    )


def test_a_verdict_that_there_is_not_is_refused() -> None:
    with pytest.raises(QueryError, match="“wrong” is no verdict on claims"):
        results("Cuba", verdicts=["wrong"])


def test_pages_follow_each_other_without_gap_or_repetition() -> None:
    whole = found("Castro", limit=100)
    pages: list[str] = []
    cursor: str | None = None
    while True:
        answer = results("Castro", limit=7, cursor=cursor)
        pages += [f"{hit.kind}/{hit.slug}" for hit in answer.hits]
        cursor = answer.next_cursor
        if cursor is None or len(pages) >= 100:
            break
    assert pages[:100] == whole
    assert len(set(pages)) == len(pages)


def test_suggestions_are_records_of_the_kind_from_the_first_letters_on() -> None:
    def names(query: str) -> Sequence[str]:
        people = Person.objects.in_bulk(suggest(query, "person", 5))
        return [people[pk].slug for pk in suggest(query, "person", 5)]

    assert names("Jrusch")[0] == "khrushchev"
    assert names("Хру")[0] == "khrushchev"
    assert names("mikoy")[0] in {"mikoyan", "mikoyan-sergo"}
    assert names("Castro Fi")[0] == "castro-fidel"
    assert suggest("", "person") == suggest("((((", "person") == []
