"""Languages: which text a reader gets, and what stands in for a missing one."""

import itertools

import pytest
from django.utils import translation

from cubaru.core.languages import (
    FALLBACK,
    LANGUAGES,
    LocalText,
    best_of,
    best_text,
    current_language,
    language_columns,
    texts,
)
from tests.factories import PlaceFactory

TEXTS = {"en": "Havana", "es": "La Habana", "ru": "Гавана"}
SETS = [
    {language: TEXTS[language] for language in present}
    for size in range(1, 4)
    for present in itertools.combinations(LANGUAGES, size)
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("present", SETS, ids="+".join)
def test_reader_gets_the_own_language_or_the_next_that_has_a_text(
    present: dict[str, str], language: str
) -> None:
    found = best_of(present, language)
    expected = language if language in present else next(one for one in FALLBACK if one in present)
    assert found == LocalText(TEXTS[expected], expected, expected != language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_no_language_has_a_text_there_is_an_empty_one(language: str) -> None:
    found = best_of({}, language)
    assert (str(found), found.language, found.is_fallback, bool(found)) == ("", language, False, False)


@pytest.mark.parametrize(
    ("active", "current"),
    [("en", "en"), ("es", "es"), ("es-cu", "es"), ("ru", "ru"), ("de", "en"), (None, "en")],
)
def test_language_of_the_reader_is_one_of_ours(active: str | None, current: str) -> None:
    if active is None:
        with translation.override("ru"):
            translation.deactivate_all()
            assert current_language() == current
    else:
        with translation.override(active):
            assert current_language() == current


@pytest.mark.django_db
def test_empty_columns_are_no_texts() -> None:
    place = PlaceFactory(name_en="", name_es=None, name_ru="Гавана")
    place.refresh_from_db()
    assert texts(place, "name") == {"ru": "Гавана"}
    assert best_text(place, "name", "es") == LocalText("Гавана", "ru", is_fallback=True)
    with translation.override("ru"):
        assert best_text(place, "name") == LocalText("Гавана", "ru", is_fallback=False)
    assert str(place) == "Гавана"


def test_columns_of_a_translated_field_are_in_the_order_of_languages() -> None:
    assert language_columns("name") == ["name_en", "name_es", "name_ru"]
