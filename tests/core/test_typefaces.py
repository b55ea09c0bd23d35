"""The files of the typefaces, as set-up makes them, and the style sheets that pages load."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from cubaru.core.typefaces import LETTERS, WEIGHTS, subset_of

FONTS = Path(settings.BASE_DIR) / "static" / "vendor" / "fonts"
FACE = re.compile(r"url\(\"\.\./fonts/(?P<file>[^\"]+)\"\).*?unicode-range: (?P<ranges>[^;]+);", re.DOTALL)
LOCALES = Path(settings.BASE_DIR) / "locale"


def declared() -> list[tuple[str, set[int]]]:
    faces = []
    for face in FACE.finditer((FONTS / "fonts.css").read_text(encoding="utf-8")):
        letters: set[int] = set()
        for part in face["ranges"].split(", "):
            first, _, last = part.removeprefix("U+").partition("-")
            letters.update(range(int(first, 16), int(last or first, 16) + 1))
        faces.append((face["file"], letters))
    return faces


def test_each_file_draws_the_letters_that_it_is_declared_for_and_small_ones_share_none() -> None:
    small = {ord(letter) for letters in LETTERS.values() for letter in letters}
    faces = declared()
    assert len(faces) == 24
    for file, letters in faces:
        family = next(family for family in WEIGHTS if file.startswith(family))
        font = TTFont(FONTS / file)
        assert letters <= set(font.getBestCmap()), file
        axis = font["fvar"].axes[0]
        assert (axis.axisTag, axis.minValue, axis.maxValue) == ("wght", *WEIGHTS[family])
        subset = file.removeprefix(f"{family}-").partition("-wght-")[0]
        if subset not in LETTERS:
            assert not letters & small, file


@given(st.characters(min_codepoint=0x20, max_codepoint=0x52F))
def test_a_letter_is_looked_for_in_the_file_that_is_declared_for_it(letter: str) -> None:
    for file, letters in declared():
        if file.startswith("golos-text") and ord(letter) in letters:
            assert file == f"golos-text-{subset_of(letter)}-wght-normal.woff2"


@pytest.mark.parametrize("language", ["es", "ru"])
def test_the_texts_of_the_interface_need_no_further_files(language: str) -> None:
    small = {"Spanish": "latin", "Russian": "cyrillic"}
    known = {letter for name in small.values() for letter in LETTERS[name]}
    catalog = (LOCALES / language / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
    texts = re.findall(r'^(?:msgstr(?:\[\d\])? )?"(.*)"$', catalog, re.MULTILINE)
    missing = {letter for text in texts for letter in text if not letter.isspace()} - known
    assert missing <= set("→←≥≤")


def test_every_style_sheet_that_a_template_asks_for_is_made() -> None:
    made = {file.name for file in (Path(settings.BASE_DIR) / "static" / "css" / "bundles").iterdir()}
    asked = {
        name
        for template in (Path(settings.BASE_DIR) / "templates").rglob("*.html")
        for name in re.findall(r"vendor/css/([\w-]+\.css)", template.read_text(encoding="utf-8"))
    }
    assert asked == made
