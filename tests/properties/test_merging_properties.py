"""Two changes of one state put together: the laws that every merge keeps, on documents of every kind."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cubaru.core.documents import Document, RecordKind, kind_named
from cubaru.core.merging import Conflict, merge
from tests.documents import Documents, whole

KINDS = ["source", "place", "organization", "person", "theme", "event"]


class Slugs:
    """Names of records as documents hold them; merging looks none of them up."""

    def link(self, kind: str) -> st.SearchStrategy[str]:
        return st.sampled_from([f"{kind}-{number}" for number in range(4)])


@st.composite
def changed(draw: st.DrawFn, value: Any, other: Any) -> Any:
    """The value after some changes, made of what stands in another document of the kind."""
    if isinstance(value, dict) and isinstance(other, dict):
        if "edtf" in value or "edtf" in other:
            return draw(changed_date(value, other))
        keys = [key for key in {**value, **other} if draw(st.integers(0, 7))]
        fixed = {"record", "slug", "person", "organization", "source", "event"}
        return {
            key: value[key]
            if key in fixed and key in value
            else draw(changed(value.get(key), other.get(key)))
            for key in keys
            if key in value or (key in other and draw(st.booleans()))
        }
    if isinstance(value, list) and isinstance(other, list):
        rows = [draw(changed(row, row if not other else draw(st.sampled_from(other)))) for row in value]
        rows = [row for row in rows if draw(st.integers(0, 4))]
        more = [row for row in other if draw(st.booleans())]
        return draw(st.permutations([*rows, *more])) if draw(st.booleans()) else [*rows, *more]
    return other if other is not None and draw(st.integers(0, 3)) == 0 else value


@st.composite
def changed_date(draw: st.DrawFn, value: Document, other: Document) -> Document:
    """A date after a change: what it says goes with its calendar, the source's words stand by themselves."""
    said, words = (draw(st.sampled_from([value, value, value, other])) for _part in range(2))
    date: Document = {key: said[key] for key in ("edtf", "calendar") if key in said}
    return date | {"words": words["words"]} if "words" in words else date


def tidy(kind: RecordKind, document: Document) -> Document:
    """Without what changing left empty: in the order and the form in which documents stand."""
    keys = ["record", "slug", "status", *(item.key for item in kind.items)]
    cleaned = _without_empty(document)
    return {key: cleaned[key] for key in keys if key in cleaned}


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        inner = {key: _without_empty(one) for key, one in value.items()}
        return {key: one for key, one in inner.items() if one not in (None, "", [], {})}
    if isinstance(value, list):
        return [one for one in map(_without_empty, value) if one not in (None, "", [], {})]
    return value


@st.composite
def three(draw: st.DrawFn) -> tuple[RecordKind, Document, Document, Document]:
    """A kind, a state of a record of it, and two changes of that state."""
    name = draw(st.sampled_from(KINDS))
    kind, documents = kind_named(name), _documents(name)
    base, one, other = draw(documents), draw(documents), draw(documents)
    head = {"record": name, "slug": base["slug"]}
    theirs, mine = (tidy(kind, head | draw(changed(base, another))) for another in (one, other))
    return kind, tidy(kind, base), theirs, mine


def _documents(name: str) -> Documents:
    pool: Any = Slugs()
    return whole(pool, name)


def single(value: Any) -> Iterator[Any]:
    """All texts, numbers and booleans of a value, wherever they stand in it."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from single(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from single(inner)
    elif value is not None:
        yield value


def sides(conflicts: list[Conflict]) -> set[Any]:
    return set(single([[one.base, one.theirs, one.mine] for one in conflicts]))


@settings(max_examples=60)
@given(three())
def test_a_change_of_one_side_only_is_taken_over_whole(states: Any) -> None:
    kind, base, theirs, mine = states
    assert merge(kind, base, base, mine).document == mine
    assert merge(kind, base, theirs, base).document == theirs
    assert merge(kind, base, base, mine).conflicts == merge(kind, base, theirs, base).conflicts == []


@settings(max_examples=60)
@given(three())
def test_the_same_change_of_both_sides_is_made_once(states: Any) -> None:
    kind, base, theirs, _mine = states
    assert merge(kind, base, theirs, theirs).document == theirs
    assert merge(kind, base, theirs, theirs).conflicts == []


@settings(max_examples=60)
@given(three())
def test_who_saved_first_makes_no_difference_where_nothing_conflicts(states: Any) -> None:
    kind, base, theirs, mine = states
    merged, mirrored = merge(kind, base, theirs, mine), merge(kind, base, mine, theirs)
    assert [one.path for one in merged.conflicts] == [one.path for one in mirrored.conflicts]
    if not merged.conflicts:
        assert merged.document == mirrored.document


@settings(max_examples=60)
@given(three())
def test_nothing_typed_is_lost(states: Any) -> None:
    kind, base, theirs, mine = states
    merged = merge(kind, base, theirs, mine)
    kept = set(single(merged.document)) | sides(merged.conflicts)
    assert set(single(theirs)) - set(single(base)) <= kept
    assert set(single(mine)) - set(single(base)) <= kept


@settings(max_examples=60)
@given(three(), st.sampled_from(["theirs", "mine"]))
def test_answers_to_all_conflicts_leave_none(states: Any, side: str) -> None:
    kind, base, theirs, mine = states
    conflicts = merge(kind, base, theirs, mine).conflicts
    answers = {one.path: getattr(one, side) for one in conflicts}
    merged = merge(kind, base, theirs, mine, answers=answers)
    assert merged.conflicts == []
    typed = theirs if side == "theirs" else mine
    assert set(single(typed)) - set(single(base)) <= set(single(merged.document))


EVENT = {"record": "event", "slug": "visit", "status": "draft", "title": {"en": "A visit"}, "importance": 3,
         "verification": "seen"}  # fmt: skip
ANASTAS = {"person": "anastas", "role": "visitor"}
FIDEL = {"person": "fidel", "role": "host"}
RAUL = {"person": "raul", "role": "host"}


def merged_event(base: Document, theirs: Document, mine: Document) -> Any:
    return merge(kind_named("event"), EVENT | base, EVENT | theirs, EVENT | mine)


def test_texts_are_merged_by_language() -> None:
    merged = merged_event(
        {},
        {"title": {"en": "A visit", "es": "Una visita"}},
        {"title": {"en": "The visit", "ru": "Визит"}},
    )
    assert merged.conflicts == []
    assert merged.document["title"] == {"en": "The visit", "es": "Una visita", "ru": "Визит"}


def test_rows_that_both_added_are_both_kept() -> None:
    base, theirs, mine = ({"participants": rows} for rows in ([ANASTAS], [ANASTAS, FIDEL], [ANASTAS, RAUL]))
    merged = merged_event(base, theirs, mine)
    assert merged.conflicts == []
    assert merged.document["participants"] == [ANASTAS, FIDEL, RAUL]


def test_two_citations_of_one_page_are_both_kept() -> None:
    cited = {"source": "book", "stance": "supports", "locator": "p. 4"}
    one, other = cited | {"quotation": "one"}, cited | {"quotation": "other"}
    merged = merged_event({}, {"citations": [one]}, {"citations": [other]})
    assert merged.conflicts == []
    assert merged.document["citations"] == [one, other]


def test_a_row_changed_here_and_deleted_there_is_a_conflict_and_stays_for_now() -> None:
    noted = ANASTAS | {"note": {"en": "for ten days"}}
    merged = merged_event({"participants": [ANASTAS, FIDEL]}, {"participants": [FIDEL]},
                          {"participants": [noted, FIDEL]})  # fmt: skip
    [conflict] = merged.conflicts
    assert (conflict.what, conflict.base, conflict.theirs, conflict.mine) == ("part", ANASTAS, None, noted)
    assert merged.document["participants"] == [noted, FIDEL]


def test_a_row_is_known_again_when_its_role_changes() -> None:
    noted = ANASTAS | {"note": {"en": "for ten days"}}
    negotiator = ANASTAS | {"role": "negotiator"}
    merged = merged_event({"participants": [ANASTAS]}, {"participants": [noted]},
                          {"participants": [negotiator]})  # fmt: skip
    assert merged.conflicts == []
    assert merged.document["participants"] == [noted | {"role": "negotiator"}]


def test_lists_sorted_differently_by_both_are_a_conflict() -> None:
    base, theirs, mine = (
        {"themes": list(order)} for order in (("a", "b", "c"), ("b", "a", "c"), ("c", "a", "b"))
    )
    merged = merged_event(base, theirs, mine)
    [conflict] = merged.conflicts
    assert (conflict.what, conflict.theirs, conflict.mine) == ("order", ["b", "a", "c"], ["c", "a", "b"])
    answered = merge(
        kind_named("event"), EVENT | base, EVENT | theirs, EVENT | mine,
        answers={conflict.path: conflict.mine},
    )  # fmt: skip
    assert answered.document["themes"] == ["c", "a", "b"]


def test_a_citation_of_a_claim_that_was_changed_here_and_there_is_found_by_its_path() -> None:
    def claim(quotation: str) -> Document:
        cited = {"source": "book", "stance": "supports", "quotation": quotation}
        return {"claims": [{"slug": "c1", "statement": {"en": "So."}, "citations": [cited]}]}

    merged = merged_event(claim("was"), claim("theirs"), claim("mine"))
    [conflict] = merged.conflicts
    assert conflict.path == ("claims", "c1", "citations", "book|supports|", "quotation")
    assert [spot.item.key for spot, _row in conflict.spot.rows] == ["claims", "citations"]
    assert merged.document["claims"][0]["citations"][0]["quotation"] == "theirs"


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_merges_its_address_and_status(name: str) -> None:
    base = {"record": name, "slug": "one", "status": "draft"}
    merged = merge(kind_named(name), base, base | {"status": "in_review"}, base | {"slug": "two"})
    assert (merged.document["slug"], merged.document["status"]) == ("two", "in_review")
