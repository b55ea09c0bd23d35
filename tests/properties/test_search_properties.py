"""What holds for searches of any date and any text."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cubaru.core.dates import Calendar
from cubaru.core.names.sounds import sound_keys
from cubaru.core.names.transliteration import variants
from cubaru.core.search import indexing
from cubaru.core.search.days import date_tokens, overlap_tokens, units_of
from cubaru.core.search.queries import QueryError, read_query
from cubaru.core.search.searching import search
from cubaru.core.search.tables import SearchEntry
from cubaru.core.search.words import MOST_LETTERS, clean, form_of, words_in
from tests.properties.test_dates_properties import accepted, expressions

IN_THE_DATABASE = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@st.composite
def spans(draw: st.DrawFn) -> tuple[date, date]:
    """Spans of every length: days, months, centuries, and open ones."""
    first = draw(st.dates(date(1, 1, 1), date(9999, 12, 31)))
    length = draw(st.one_of(st.integers(0, 70), st.integers(0, 40_000), st.integers(0, 4_000_000)))
    try:
        return first, first + timedelta(days=length)
    except OverflowError:
        return first, date.max


CLOSE = st.tuples(st.dates(date(1955, 1, 1), date(1966, 12, 31)), st.integers(0, 800)).map(
    lambda pair: (pair[0], pair[0] + timedelta(days=pair[1]))
)
SPANS = st.one_of(spans(), CLOSE, st.just((date.min, date.max)))


def overlap(one: tuple[date, date], other: tuple[date, date]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


@given(SPANS, SPANS)
def test_two_spans_share_a_token_if_and_only_if_they_share_a_day(
    one: tuple[date, date], other: tuple[date, date]
) -> None:
    shared = set(date_tokens(*one)) & set(overlap_tokens(*other))
    assert bool(shared) == overlap(one, other)


@given(SPANS)
def test_a_span_is_few_units_that_make_up_its_days(span: tuple[date, date]) -> None:
    units = units_of(*span)
    assert len(units) == len(set(units)) <= 130
    days = sum(_days(unit) for unit in units)
    assert days == (span[1] - span[0]).days + 1


def _days(unit: str) -> int:
    from calendar import monthrange

    if len(unit) == 10:
        return 1
    if len(unit) == 7:
        return monthrange(int(unit[:4]), int(unit[5:]))[1]
    first = max(int(unit.ljust(4, "0")), 1)
    return (date(int(unit.ljust(4, "9")), 12, 31) - date(first, 1, 1)).days + 1


CASES = st.sampled_from(Calendar).flatmap(
    lambda calendar: st.tuples(expressions(calendar), st.just(calendar))
)


def _event(number: int, edtf: str, calendar: Calendar) -> dict[str, Any]:
    return {
        "record": "event",
        "slug": f"zqevent-{number}",
        "title": {"en": f"Zqevent number {number}"},
        "date": {"edtf": edtf, "calendar": str(calendar)},
        "importance": 1 + number % 5,
    }


@pytest.mark.django_db
@IN_THE_DATABASE
@given(st.lists(CASES, min_size=1, max_size=8), st.lists(SPANS, min_size=1, max_size=4))
def test_searches_by_date_find_what_may_and_count_what_must_lie_within(
    cases: list[tuple[str, Calendar]], windows: list[tuple[date, date]]
) -> None:
    dates = [accepted(text, calendar) for text, calendar in cases]
    records = [(10**7 + number, _event(number, *case)) for number, case in enumerate(cases)]
    indexing.index_many(("event", pk, document) for pk, document in records)
    try:
        for first, last in windows:
            answer = search("zqevent", language="en", from_=first, to=last, limit=100)
            touching = {
                f"zqevent-{n}"
                for n, found in enumerate(dates)
                if found.earliest <= last and found.latest >= first
            }
            inside = {
                f"zqevent-{n}"
                for n, found in enumerate(dates)
                if first <= found.earliest and found.latest <= last
            }
            assert {hit.slug for hit in answer.hits} == touching
            assert answer.certainly == len(inside)
            assert answer.possibly == len(touching - inside)
    finally:
        indexing.index_many(("event", pk, None) for pk, _document in records)
    assert not SearchEntry.objects.filter(record_id__gte=10**7).exists()


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=80)


@pytest.mark.django_db
@IN_THE_DATABASE
@given(TEXTS, TEXTS)
def test_a_record_is_found_by_every_word_of_any_text_that_it_has(title: str, summary: str) -> None:
    document = {
        "record": "event",
        "slug": "zq-any",
        "title": {"en": title},
        "summary": {"ru": summary},
        "importance": 5,
    }
    indexing.index("event", 10**7, document)
    try:
        for word in _words(title, summary):
            query = read_query(f'"{word}"')
            assert query.phrases, word
            answer = search(f'"{word}" ', language="en", limit=100, kinds=["event"])
            assert answer.is_capped or "zq-any" in {hit.slug for hit in _all(f'"{word}"')}, word
    finally:
        indexing.index("event", 10**7, None)


def _words(*texts: str) -> Iterator[str]:
    for text in texts:
        for word in words_in(clean(text)):
            if not set(word.shown) & set('"“”„«»') and len(word.shown) < 40:
                yield word.shown


def _all(query: str) -> Iterator[Any]:
    cursor: str | None = None
    while True:
        answer = search(query, language="en", limit=100, cursor=cursor, kinds=["event"])
        yield from answer.hits
        cursor = answer.next_cursor
        if cursor is None:
            return


@given(st.text(max_size=600))
def test_any_text_is_read_as_a_query_or_refused_with_a_sentence(text: str) -> None:
    try:
        query = read_query(text)
    except QueryError as error:
        refusal = str(error)
    else:
        refusal = f"read as {len(query.words)} words."
    assert refusal.endswith(".")


@given(st.text(alphabet="абвгдеёжзийклмнопрстуфхцчшщъыьэюя", min_size=1, max_size=20))
def test_spellings_by_rule_are_folded_latin_words_of_the_same_sound(word: str) -> None:
    found = variants(word)
    assert all(form_of(spelled) == spelled[:MOST_LETTERS] for spelled in found)
    assert all(spelled.isascii() for spelled in found)
    assert all(key.isupper() and key.isascii() for key in sound_keys(word))
