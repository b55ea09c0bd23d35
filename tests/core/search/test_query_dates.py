"""Dates in queries, as people of three languages write them."""

import pytest

from cubaru.core.search.queries import read_query
from cubaru.core.search.query_dates import find_date


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("october 1962", "1962-10"), ("Oct. 1962", "1962-10"), ("October, 1962", "1962-10"),
        ("октябрь 1962", "1962-10"), ("в октябре 1962 года", "1962-10"), ("ОКТЯБРЬ 1962 г.", "1962-10"),
        ("octubre de 1962", "1962-10"), ("octubre del 1962", "1962-10"), ("Octubre 1962", "1962-10"),
        ("16 october 1962", "1962-10-16"), ("October 16, 1962", "1962-10-16"),
        ("16th of October 1962", "1962-10-16"), ("16 октября 1962", "1962-10-16"),
        ("16 октября 1962 года", "1962-10-16"), ("16.10.1962", "1962-10-16"),
        ("16 de octubre de 1962", "1962-10-16"), ("1962-10-16", "1962-10-16"), ("1962-10", "1962-10"),
        ("1962-10-16..1962-10-28", "1962-10-16/1962-10-28"),
        ("1962-10-16/1962-10-28", "1962-10-16/1962-10-28"), ("1960-1964", "1960/1964"),
        ("1960 – 1964", "1960/1964"), ("1962..", "1962/.."), ("..1962", "../1962"), ("1960s", "196X"),
        ("196X", "196X"), ("años 60", "196X"), ("60-е годы", "196X"), ("1960-х годов", "196X"),
        ("Brezhnev 1974", "1974"), ("1974 год", "1974"),
    ],
)  # fmt: skip
def test_dates_are_read_in_three_languages(text: str, edtf: str) -> None:
    found = find_date(text)
    assert found is not None
    assert found.edtf == edtf


@pytest.mark.parametrize(
    "text",
    ["castro", "U-2", "26 de julio", "1234", "3000", "10/16", "..", "../..", "a/b", "1962a", "x1962", "19622",
     "march on Havana", "1962-10-16-17"],
)  # fmt: skip
def test_what_is_no_date_is_left_to_the_words(text: str) -> None:
    assert find_date(text) is None


def test_a_day_that_does_not_exist_is_read_as_its_month() -> None:
    found = find_date("31 февраля 1962")
    assert found is not None
    assert found.edtf == "1962-02"


def test_the_date_is_taken_out_of_the_words() -> None:
    query = read_query("Khrushchev october 1962 letter")
    assert [word.shown for word in query.words] == ["Khrushchev", "letter"]
    assert query.date is not None
    assert query.date.said == "october 1962"


def test_a_date_in_quotation_marks_is_a_phrase() -> None:
    query = read_query('"october 1962"')
    assert query.date is None
    assert query.phrases == (("october", "1962"),)
