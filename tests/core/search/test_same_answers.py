"""SQLite and PostgreSQL give the same answers: each gives those of an oracle that knows no database.

Everything but the finding of rows is Python. So every question that queries put to the full text of the
starter corpus is put to the oracle as well; the tests run on both databases.
"""

from collections.abc import Mapping
from typing import Any

import pytest
from django.db import connection

from cubaru.core.search import fulltext
from cubaru.core.search.entries import Posting, analyse
from cubaru.core.search.expressions import AllOf, AnyOf, Expression, Phrase, Token
from cubaru.core.search.rows import BANDS, band_of_row
from cubaru.core.search.searching import search
from cubaru.core.search.tables import SearchEntry
from tests.core.search.oracle import rows

pytestmark = pytest.mark.django_db

QUERIES = [
    "Khrushchev", "Хрущёв", "Jruschov", "Chruszczow", "crisis de octubre", "карибский кризис",
    "october 1962", "1962-10-16..1962-10-28", "Brezhnev 1974", '"bay of pigs"', "«залив свиней»",
    "missile -turkey", 'castro -"bay of pigs"',
    "rev*", "embasy", "Nikita Ferdinandovich Khrushchev", "castro",
    "cuba", "Куба 1960-е", "Havana 1902..1933", "U-2", "the letter of Castro", "1962", "soviet sugar oil",
    "años 60 azúcar", "Díaz-Canel",
]  # fmt: skip


@pytest.fixture(scope="module")
def postings(django_db_setup: None, django_db_blocker: Any) -> list[Posting]:
    with django_db_blocker.unblock():
        return [analyse(entry).posting for entry in SearchEntry.objects.all()]


@pytest.mark.parametrize("query", QUERIES)
def test_every_question_is_answered_as_by_the_oracle(
    query: str, postings: list[Posting], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[Expression, int, list[int]]] = []
    find = fulltext.find

    def listening(
        expression: Expression, limit: int, *, expected: int = 0, bands: Mapping[int, int] | None = None
    ) -> list[int]:
        answer = find(expression, limit, expected=expected, bands=bands)
        asked.append((expression, limit, answer))
        return answer

    monkeypatch.setattr(fulltext, "find", listening)
    search(query, language="en")
    search(query, language="ru", kinds=["event", "claim"], themes=["missile-crisis", "diplomacy"])
    search(query, language="es", verdicts=["contradicted", "imprecise"], facets=True)
    assert asked
    for expression, limit, answer in asked:
        assert answer == rows(postings, expression, limit)


@pytest.mark.parametrize("limit", [1, 7, 50, 1000])
@pytest.mark.parametrize(
    "expression",
    [
        Token("cuba"),
        AllOf((Token("cuba"), AnyOf((Token("castro"), Token("куб"))))),
        AllOf(
            (AnyOf((Token("cuba"), Token("куб"))),), without=(Token("castro"), Phrase(("missil", "crisi")))
        ),
        AllOf((Phrase(("missil", "crisi")),)),
    ],
)
def test_stretches_of_the_index_give_the_same_first_rows(
    expression: Expression, limit: int, postings: list[Posting]
) -> None:
    sizes = dict.fromkeys(range(BANDS), 0)
    for posting in postings:
        sizes[band_of_row(posting.row)] += 1
    # As if there were so many hits that only the first stretches are asked at first.
    for expected in (5_000, 100_000, 10_000_000):
        found = fulltext.find(expression, limit, expected=expected, bands=sizes)
        assert found == rows(postings, expression, limit)


def test_tokens_of_any_letters_are_kept_apart() -> None:
    odd = ["it's", 'quo"te', "back\\slash", "a&b", "(x)", "ʼ", "1962", "!x", "x*", ":", "ё", "日本"]
    kept = [text for text in odd if connection.vendor == "postgresql" or text.isalnum()]
    posting = Posting(
        1, kept, ["!mark", "+mark", "=whole_title", ":event", ":=disputed", "#a-theme", "@1962-10", "^196"]
    )
    fulltext.write([posting])
    for text in [*kept, *posting.marks]:
        assert 1 in fulltext.find(Token(text), 10), text
    for text in ("!196", "=whole", ":=", "=disputed", "+other", "#a", "@1962", "mark"):
        assert 1 not in fulltext.find(Token(text), 1000), text
    fulltext.remove([1])
    assert 1 not in fulltext.find(Token("=whole_title"), 10)


def test_writing_a_row_again_replaces_it() -> None:
    fulltext.write([Posting(1, ["firstwords"], [])])
    fulltext.write([Posting(1, ["otherwords"], [])])
    assert fulltext.find(Token("firstwords"), 10) == []
    assert fulltext.find(Token("otherwords"), 10) == [1]
