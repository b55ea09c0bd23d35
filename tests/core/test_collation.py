"""The alphabetical order of names."""

import pytest

from cubaru.core.collation import first_letter, in_order_of_name, sort_key
from cubaru.core.languages import LocalText


def in_order(names: list[str], language: str) -> list[str]:
    return sorted(names, key=lambda name: sort_key(name, language))


def test_accents_and_case_do_not_separate_names() -> None:
    assert in_order(["Zamora", "Álvarez", "de la Torre", "Alonso"], "en") == [
        "Alonso",
        "Álvarez",
        "de la Torre",
        "Zamora",
    ]


def test_n_with_tilde_follows_n_in_spanish_and_is_n_in_english() -> None:
    names = ["Nuñez", "Nunez", "Nunzio", "Nuzzo", "Ñico", "Nzinga"]
    assert in_order(names, "es") == [
        "Nunez",
        "Nunzio",
        "Nuñez",
        "Nuzzo",
        "Nzinga",
        "Ñico",
    ]
    assert in_order(names, "en") == [
        "Ñico",
        "Nunez",
        "Nuñez",
        "Nunzio",
        "Nuzzo",
        "Nzinga",
    ]


def test_a_combining_tilde_makes_the_same_letter() -> None:
    assert sort_key("n\u0303", "es")[0] == sort_key("ñ", "es")[0]


def test_yo_stands_among_ye_and_short_i_after_i() -> None:
    assert in_order(["Ёлкин", "Жуков", "Елкина", "Ельцин"], "ru") == ["Ёлкин", "Елкина", "Ельцин", "Жуков"]
    assert in_order(["Йорк", "Кан", "Иванов"], "ru") == ["Иванов", "Йорк", "Кан"]


def test_surnames_decide_before_given_names() -> None:
    assert in_order(["Castro Ruz, Ana", "Castro, Raúl", "Castro, Fidel"], "es") == [
        "Castro, Fidel",
        "Castro, Raúl",
        "Castro Ruz, Ana",
    ]


def test_hyphens_and_apostrophes_do_not_count() -> None:
    assert in_order(["O'Neill", "Ohira", "O’Higgins"], "en") == ["O’Higgins", "Ohira", "O'Neill"]


def test_russian_readers_find_cyrillic_names_first() -> None:
    assert in_order(["Wieland", "Аджубей"], "ru") == ["Аджубей", "Wieland"]
    assert in_order(["Аджубей", "Wieland"], "en") == ["Wieland", "Аджубей"]


@pytest.mark.parametrize(
    ("name", "language", "letter"),
    [
        ("Álvarez, Santiago", "en", "A"),
        ("ñico", "es", "Ñ"),
        ("ñico", "en", "N"),
        ("Ёлкин", "ru", "Е"),
        ("«Аэрофлот»", "ru", "А"),
        ("14ymedio", "en", "Y"),
        ("1968", "en", ""),
    ],
)
def test_a_name_stands_under_the_letter_of_its_language(name: str, language: str, letter: str) -> None:
    assert first_letter(name, language) == letter


def test_rows_come_in_the_order_of_their_names() -> None:
    rows = [(LocalText("Zukov", "en", False), 1), (LocalText("Alonso", "en", False), 2)]
    assert in_order_of_name(rows, "en") == [2, 1]
