"""The files of the typefaces, as set-up makes them, and the style sheets that pages load."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from fontTools.ttLib import TTFont

from cubaru.core.typefaces import LETTERS, SIGNS, WEIGHTS, subset_of

FONTS = Path(settings.BASE_DIR) / "static" / "vendor" / "fonts"
FACE = re.compile(
    r"family: \"(?P<family>[^\"]+)\".*?"
    r"url\(\"\.\./fonts/(?P<file>[^\"]+)\"\).*?unicode-range: (?P<ranges>[^;]+);",
    re.DOTALL,
)
LOCALES = Path(settings.BASE_DIR) / "locale"


def declared(*, in_russian: bool) -> list[tuple[str, set[int]]]:
    """Each file that fonts.css names for pages in a language, with the characters that it is asked for."""
    faces = []
    for face in FACE.finditer((FONTS / "fonts.css").read_text(encoding="utf-8")):
        if face["family"].endswith(" Russian") != in_russian:
            continue
        letters: set[int] = set()
        for part in face["ranges"].split(", "):
            first, _, last = part.removeprefix("U+").partition("-")
            letters.update(range(int(first, 16), int(last or first, 16) + 1))
        faces.append((face["file"], letters))
    return faces


def test_each_file_draws_the_letters_that_it_is_declared_for_and_small_ones_share_none() -> None:
    small = {ord(letter) for letters in LETTERS.values() for letter in letters}
    faces = declared(in_russian=False)
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


def test_every_letter_is_looked_for_in_a_file_that_is_declared_for_it() -> None:
    files: dict[int, set[str]] = {}
    for file, letters in declared(in_russian=False):
        if file.startswith("golos-text"):
            for letter in letters:
                files.setdefault(letter, set()).add(file)
    lost = [chr(one) for one, found in files.items() if 0x20 <= one < 0x530
            and f"golos-text-{subset_of(chr(one))}-wght-normal.woff2" not in found]  # fmt: skip
    assert lost == []


@pytest.mark.parametrize("language", ["es", "ru"])
def test_the_texts_of_the_interface_need_no_further_files(language: str) -> None:
    small = {"Spanish": "latin", "Russian": "cyrillic"}
    known = {letter for name in small.values() for letter in LETTERS[name]}
    catalog = (LOCALES / language / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
    texts = re.findall(r'^(?:msgstr(?:\[\d\])? )?"(.*)"$', catalog, re.MULTILINE)
    missing = {letter for text in texts for letter in text if not letter.isspace()} - known
    assert missing <= set("→←≥≤")


def test_pages_in_russian_have_each_letter_as_often_as_others() -> None:
    for family in WEIGHTS:
        for style in ("normal", "italic"):
            ours, others = (
                [
                    letters
                    for file, letters in declared(in_russian=is_russian)
                    if file.startswith(family) and style in file
                ]
                for is_russian in (True, False)
            )
            assert set().union(*ours) == set().union(*others)
            assert sum(map(len, ours)) == sum(map(len, others))


def test_the_interface_in_russian_needs_none_of_the_latin_files() -> None:
    catalog = (LOCALES / "ru" / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
    texts = re.findall(r'^msgstr(?:\[\d\])? "(.*)"$', catalog, re.MULTILINE)
    shown = {letter for text in texts for letter in re.sub(r"%\(\w+\)s|<[^>]*>|\\.", "", text)}
    assert shown - set(SIGNS["golos-text"]) - set(LETTERS["cyrillic"]) <= set("≥≤")


def test_every_style_sheet_that_a_template_asks_for_is_made() -> None:
    made = {file.name for file in (Path(settings.BASE_DIR) / "static" / "css" / "bundles").iterdir()}
    asked = {
        name
        for template in (Path(settings.BASE_DIR) / "templates").rglob("*.html")
        for name in re.findall(r"vendor/css/([\w-]+\.css)", template.read_text(encoding="utf-8"))
    }
    assert asked == made
