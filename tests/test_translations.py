"""The Spanish and Russian catalogues: complete, with all that their originals have, and read by Django."""

import importlib.util
import re
from collections.abc import Iterator
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from babel.messages import Catalog, Message
from django.utils.translation import gettext, ngettext, override

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("es", "ru")


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("translations", ROOT / "scripts" / "translations.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


translations = _script()


@pytest.fixture(scope="module")
def in_code() -> Catalog:
    found: Catalog = translations.texts_in_code()
    return found


@pytest.fixture(params=LANGUAGES)
def catalog(request: pytest.FixtureRequest) -> Catalog:
    read: Catalog = translations.read_catalog(request.param)
    return read


def _messages(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def _keys(catalog: Catalog) -> set[tuple[Any, str | None]]:
    """Texts with their plural and context, so that a text that has gained a plural counts as another."""
    return {
        (tuple(message.id) if message.pluralizable else message.id, message.context)
        for message in _messages(catalog)
    }


def _faults(original: str | tuple[str, str], translation: Any, language: str, plural_forms: int) -> list[str]:
    return list(translations.faults_of(Message(original, translation), language, plural_forms))


def test_every_text_of_code_and_templates_is_in_the_catalogues(in_code: Catalog, catalog: Catalog) -> None:
    assert len(_keys(in_code)) > 900
    assert _keys(in_code) - _keys(catalog) == set()


def test_catalogues_keep_no_text_that_is_gone(in_code: Catalog, catalog: Catalog) -> None:
    assert _keys(catalog) - _keys(in_code) == set()


def test_catalogues_have_no_faults(catalog: Catalog) -> None:
    faults = [
        f"{message.id!r} {fault}"
        for message in _messages(catalog)
        for fault in translations.faults_of(message, str(catalog.locale), catalog.num_plurals)
    ]
    assert faults == []


def test_numbers_of_plural_forms_are_those_of_the_languages() -> None:
    assert {name: translations.read_catalog(name).num_plurals for name in LANGUAGES} == {"es": 2, "ru": 3}


def test_texts_open_and_close_their_quotation_marks(catalog: Catalog) -> None:
    for message in _messages(catalog):
        for form in translations.texts_of(message.string):
            assert form.count("«") == form.count("»"), form


def test_no_text_of_the_interface_shouts(catalog: Catalog) -> None:
    for message in _messages(catalog):
        assert not any(re.search("[!¡]", form) for form in translations.texts_of(message.string))


def test_writing_a_catalogue_again_changes_nothing(in_code: Catalog, catalog: Catalog) -> None:
    path = translations.catalog_path(str(catalog.locale))
    catalog.update(in_code, no_fuzzy_matching=True, update_creation_date=False)
    assert translations.as_po(catalog) == path.read_bytes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_compiled_catalogues_hold_every_translation(language: str, tmp_path: Path) -> None:
    target = tmp_path / "django.mo"
    translations.main("compile", str(translations.catalog_path(language)), str(target))
    compiled = GNUTranslations(BytesIO(target.read_bytes()))
    for message in _messages(translations.read_catalog(language)):
        text = translations.texts_of(message.id)[0]
        first = translations.texts_of(message.string)[0]
        context = message.context
        assert (compiled.pgettext(context, text) if context else compiled.gettext(text)) == first


def test_django_finds_plural_forms_and_the_singular_of_a_plural_text() -> None:
    with override("ru"):
        assert gettext("event") == "событие"
        forms = [ngettext("%(number)s event", "%(number)s events", n) % {"number": n} for n in (1, 3, 11, 21)]
    assert forms == ["1 событие", "3 события", "11 событий", "21 событие"]


@pytest.mark.parametrize(
    ("original", "translation", "language", "fault"),
    [
        ("One", "", "es", "is not translated"),
        ("Edition %(number)d", "Редакция %(nomer)d", "ru", "differs in its placeholders"),
        ("Edition {number}", "Edición", "es", "differs in its placeholders"),
        ("<b>One</b>", "<b>Uno</i>", "es", "differs in its tags"),
        ('A map: {"a": 1}', "Un objeto: {«a»: 1}", "es", "differs in its straight quotation marks"),
        ("removed: ", "eliminado:", "es", "differs in the spaces around it"),
        ("“One”", "“Uno”", "es", "quotes with “"),
        ("Cuba", "Kуба", "ru", "mixes Latin and Cyrillic letters"),
        ("Not yet", "Еще нет", "ru", "needs a ё: Еще"),
    ],
)
def test_check_names_the_fault_of_a_translation(
    original: str, translation: str, language: str, fault: str
) -> None:
    assert any(found.startswith(fault) for found in _faults(original, translation, language, 2))


def test_number_may_be_left_out_only_where_a_form_is_for_one_thing() -> None:
    original = ("one thing", "%(count)d things")
    assert _faults(original, ("una cosa", "%(count)d cosas"), "es", 2) == []
    russian = ("одна вещь", "%(count)d вещи", "%(count)d вещей")
    assert _faults(original, russian, "ru", 3) == ["differs in its placeholders: %(count)d"]
    assert "has 2 of 3 plural forms" in _faults(original, russian[:2], "ru", 3)
