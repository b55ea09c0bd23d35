"""Folding: spellings that readers take for the same are the same, and letters of their own stay."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cubaru.core.folding import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ánima", "anima"),
        ("NIÑO", "nino"),
        ("Хрущёв", "хрущев"),
        ("ХРУЩЁВ", "хрущев"),
        ("Андрей", "андрей"),
        ("Йордания", "йордания"),
        ("Киї́в", "київ"),
        ("за́мок", "замок"),
        ("Straße", "strasse"),
        ("ﬁn № 5", "fin no 5"),
        ("İstanbul", "istanbul"),
        ("ℋ", "h"),
        ("", ""),
    ],
)
def test_accents_and_case_are_folded_and_letters_of_their_own_stay(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize("text", ["Хрущёв", "Андрей", "Fidel Castro á"])
def test_composed_and_decomposed_spellings_are_the_same(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(st.text())
def test_what_is_folded_stays_as_it_is(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_case_makes_no_difference(text: str) -> None:
    assert fold(text.casefold()) == fold(text)
