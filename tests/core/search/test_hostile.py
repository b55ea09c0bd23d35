"""Queries that mean no good answer as others do, or are refused with a sentence."""

import pytest

from cubaru.core.search.searching import QueryError, search
from cubaru.core.search.suggesting import suggest

pytestmark = pytest.mark.django_db

ANSWERED = [
    '"; DROP TABLE core_searchentry; --', "' OR 1=1 --", "NEAR(castro, 5)", "castro AND OR NOT",
    "body : castro",
    "castro* OR *", '"castro', 'castro"""', "^castro", "castro + raul", "{castro} : x", "castro\0raul",
    "(castro", "a & b | !c", "'castro':*", "<-> castro", "castro\\", "\u202ecastro\u202c", "%castro%_",
    "\u200fкуба\u200e", "castro\ud800", "🚀 castro", "İstanbul ﷺ ½ ⑴ castro", "rev* cub* sov* mis*",
    "-castro cuba", "castro" * 60, "é" * 200, "х" * 400, "1" * 200, "0000-00-00 castro", "9" * 20,
    "1962-13..1962-99 castro", " ".join("abcdefghijklmnopqrstuvw"), "castro -", "castro --", "ʹʺ castro",
    "\u0301castro\u0301",
]  # fmt: skip
REFUSED = ["", " ", "***", "((((", '"', '""', "\0", "\u202e\u202c", "-castro", '-"bay of pigs"', "x" * 10_000,
           "a " * 5_000, "word " * 30, "%" * 400, "🚀"]  # fmt: skip


@pytest.mark.parametrize("query", ANSWERED)
def test_hostile_queries_are_answered(query: str) -> None:
    answer = search(query, language="en")
    assert answer.total >= 0
    suggest(query, "person")


@pytest.mark.parametrize("query", REFUSED)
def test_queries_that_ask_nothing_or_too_much_are_refused_with_a_sentence(query: str) -> None:
    with pytest.raises(QueryError) as refused:
        search(query, language="en")
    assert str(refused.value).endswith(".")
    assert suggest(query, "person") == []


@pytest.mark.parametrize("cursor", ["-1", "x", "1e3", "99999", "²", "1001"])
def test_cursors_that_no_search_gave_are_refused(cursor: str) -> None:
    with pytest.raises(QueryError):
        search("castro", language="en", cursor=cursor)


def test_unknown_kinds_and_reversed_dates_are_refused() -> None:
    from datetime import date

    with pytest.raises(QueryError):
        search("castro", language="en", kinds=["revision"])
    with pytest.raises(QueryError):
        search("castro", language="en", from_=date(1963, 1, 1), to=date(1962, 1, 1))


def test_words_of_the_query_language_are_found_as_words() -> None:
    assert search("Castro NEAR Khrushchev", language="en").missing == ("NEAR",)
