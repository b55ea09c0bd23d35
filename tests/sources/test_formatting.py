"""References and notes in three styles and three languages."""

import json
import warnings
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from citeproc import SCHEMA_PATH
from django.conf import settings
from lxml import etree

from cubaru.core.languages import LocalText
from sources.csl import page_entry, to_csl
from sources.formatting import Style, note, plain, reference
from sources.quotes import set_quotes

CORPUS: list[dict[str, Any]] = json.loads((Path(settings.CORPUS_DIR) / "sources.json").read_text("utf-8"))
STYLES = Path(__file__).parents[2] / "sources" / "styles"

BOOK: dict[str, Any] = {
    "id": "szulc",
    "type": "book",
    "title": "Fidel: A Critical Portrait",
    "author": [{"family": "Szulc", "given": "Tad"}],
    "translator": [{"family": "Roe", "given": "Jane"}],
    "publisher": "Morrow",
    "publisher-place": "New York",
    "issued": {"date-parts": [[1986]]},
    "language": "en",
}
ARTICLE: dict[str, Any] = {
    "id": "pedemonte",
    "type": "article-journal",
    "title": "The first generation: a “culture of militancy”",
    "author": [{"family": "Pedemonte", "given": "Rafael"}, {"family": "Zubok", "given": "Vladislav M."}],
    "container-title": "Cold War History",
    "volume": "22",
    "issue": "4",
    "page": "421-439",
    "issued": {"date-parts": [[2022, 10]]},
    "DOI": "10.1080/14682745.2022.2057472",
    "language": "en",
}
NEWS: dict[str, Any] = {
    "id": "ria",
    "type": "article-newspaper",
    "title": "Лавров прилетел в Гавану",
    "container-title": "Вести",
    "issued": {"date-parts": [[2024, 2, 19]]},
    "URL": "https://smotrim.ru/1",
    "accessed": {"date-parts": [[2026, 11, 23]]},
    "language": "ru",
}
UNDATED: dict[str, Any] = {
    "id": "colina",
    "type": "webpage",
    "title": "Colina Lenin",
    "URL": "https://ecured.example/a",
    "accessed": {"date-parts": [[2026, 11, 23]]},
    "language": "es",
}
ARCHIVED: dict[str, Any] = {
    "id": "rebel",
    "type": "manuscript",
    "title": "Report of the Communist Section",
    "issued": {"date-parts": [[1920, 1, 21]]},
    "archive": "Comintern archive",
    "archive_collection": "fond 495",
    "call-number": "file 2",
    "language": "en",
}

ITEMS = {"book": BOOK, "article": ARTICLE, "news": NEWS, "undated": UNDATED, "archived": ARCHIVED}
#: Item, style, language, locator ("-" for a reference) and what is expected.
EXPECTED = [
    line.split("\t") for line in (Path(__file__).parent / "references.tsv").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize(("item", "style", "language", "locator", "expected"), EXPECTED)
def test_references_and_notes_read_as_the_style_wants(
    item: str, style: str, language: str, locator: str, expected: str
) -> None:
    if locator == "-":
        text = reference(ITEMS[item], style, language)
    else:
        text = note(ITEMS[item], locator.replace("(none)", ""), style, language)
    assert plain(text).replace("\u00a0", r"\u00a0") == expected


@pytest.mark.parametrize("language", ["en", "es", "ru"])
@pytest.mark.parametrize("style", list(Style))
def test_every_source_of_the_corpus_is_formatted_without_slips(style: Style, language: str) -> None:
    # Each style meets each source, in one language or another.
    for document in CORPUS[["en", "es", "ru"].index(language) :: 3]:
        text = plain(reference(to_csl(document), style, language))
        title = set_quotes(document["title"], language)
        assert text, document["slug"]
        if not any(mark in title for mark in "“”‘’«»"):
            assert text.count(title) == 1 or len(title) < 10, text
        without_addresses = " ".join(word for word in text.split() if "://" not in word)
        without_title = without_addresses.replace(" ".join(title.split()), "Title")
        for slip in (" ,", " .", ",,", "..", "( ", " )", "()", ": :", " : ", "None", "  ", "”.", "”,"):
            if slip in {"”.", "”,"} and language != "en":
                continue
            assert slip not in without_title, (slip, text)


def test_a_page_of_the_chronicle_names_edition_date_and_address() -> None:
    page = page_entry(
        LocalText("Mikoyan visits Havana", "en", False), "https://c.example/en/e/m/", date(2026, 11, 24), 3
    )
    assert plain(reference(page, Style.CHICAGO, "en")) == (
        "cubaru. “Mikoyan visits Havana.” Edition 3, November 24, 2026. https://c.example/en/e/m/."
    )
    assert plain(reference(page, Style.APA, "es")) == (
        "cubaru. (2026, 24 de noviembre). Mikoyan visits Havana (edición 3). https://c.example/en/e/m/"
    )
    assert plain(reference(page, Style.GOST, "ru")) == (
        "Mikoyan visits Havana // cubaru. Редакция 3. 2026. 24 ноября. URL: https://c.example/en/e/m/."
    )


def test_titles_in_another_language_than_the_page_are_marked() -> None:
    assert '<span lang="ru">Лавров прилетел в Гавану</span>' in reference(NEWS, "chicago", "en")
    assert "<span" not in reference(NEWS, "chicago", "ru")


@pytest.mark.parametrize("style", list(Style))
def test_markup_in_a_source_is_shown_not_obeyed(style: Style) -> None:
    evil = BOOK | {
        "title": "<script>alert(1)</script><b onclick=x>",
        "publisher": '"><img src=x>',
        "language": '"><i>',
    }
    text = reference(evil, style, "ru")
    assert "<script" not in text
    assert "<img" not in text
    assert "onclick=x&gt;" in text
    assert "<script>alert(1)</script>" in plain(text)


@pytest.mark.parametrize("style", list(Style))
@pytest.mark.parametrize(
    "odd",
    [
        {},
        {"id": 5, "type": None},
        {"title": ["x"], "author": "x", "issued": "1962", "accessed": 3},
        {"type": "no such type", "author": [5, {}, {"given": "Only"}], "editor": [{"family": ""}]},
        {"title": "T", "issued": {"date-parts": [["a"]]}, "page": "-", "edition": "0", "volume": 5},
        {"title": "«Quoted", "issued": {"literal": "x"}, "edition": "1", "version": "2"},
    ],
)
def test_odd_items_are_formatted_as_far_as_they_go(odd: dict[str, Any], style: Style) -> None:
    for language in ("en", "es", "ru"):
        assert isinstance(reference(odd, style, language), str)
        assert isinstance(note(odd, "fol. 3 <x>", style, language), str)


def test_threads_do_not_disturb_one_another() -> None:
    items = [BOOK | {"id": str(number), "title": f"Title {number}"} for number in range(40)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda item: plain(reference(item, "chicago", "en")), items))
    assert found == [
        EXPECTED[0][4].replace("Fidel: A Critical Portrait", f"Title {number}") for number in range(40)
    ]


@pytest.mark.parametrize("style", list(Style))
def test_styles_are_valid_csl(style: Style) -> None:
    schema = etree.RelaxNG(etree.parse(SCHEMA_PATH))
    with warnings.catch_warnings():
        schema.assertValid(etree.parse(str(STYLES / f"{style}.csl")))
