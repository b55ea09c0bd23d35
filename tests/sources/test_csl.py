"""Documents of sources as CSL-JSON, and back."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from cubaru.core.languages import LocalText
from sources.csl import from_csl, is_own, issued_of, latin_slug, page_entry, to_csl

CORPUS: list[dict[str, Any]] = json.loads((Path(settings.CORPUS_DIR) / "sources.json").read_text("utf-8"))

SZULC = {
    "record": "source",
    "slug": "szulc-1986",
    "status": "published",
    "kind": "secondary",
    "type": "book",
    "title": "Fidel: A Critical Portrait",
    "creators": [
        {"role": "author", "family": "Szulc", "given": "Tad"},
        {"role": "editor", "literal": "William Morrow"},
    ],
    "issued": {"edtf": "1986", "calendar": "gregorian"},
    "publisher_place": "New York",
    "isbn": "0688046452",
    "language": "en",
    "access": [{"url": "https://example.org/szulc", "accessed_on": "2026-11-23"}],
}


@pytest.mark.parametrize("document", CORPUS, ids=lambda document: document["slug"])
def test_every_source_of_the_corpus_comes_back(document: dict[str, Any]) -> None:
    assert from_csl(json.loads(json.dumps(to_csl(document)))) == document


def test_standard_fields_bear_the_names_of_csl() -> None:
    assert to_csl(SZULC) == {
        "id": "szulc-1986",
        "type": "book",
        "title": "Fidel: A Critical Portrait",
        "author": [{"family": "Szulc", "given": "Tad"}],
        "editor": [{"literal": "William Morrow"}],
        "issued": {"date-parts": [[1986]]},
        "publisher-place": "New York",
        "ISBN": "0688046452",
        "language": "en",
        "URL": "https://example.org/szulc",
        "accessed": {"date-parts": [[2026, 11, 23]]},
        "custom": {"cubaru": {"status": "published"}},
    }


@pytest.mark.parametrize(
    ("archive", "key"), [({"archive": "RGASPI"}, "archive_collection"), ({}, "collection-title")]
)
def test_a_collection_is_a_series_where_there_is_no_archive(archive: dict[str, str], key: str) -> None:
    document = SZULC | archive | {"collection": "Fond 495"}
    assert to_csl(document)[key] == "Fond 495"
    assert from_csl(to_csl(document)) == document


@pytest.mark.parametrize(
    ("edtf", "csl"),
    [
        ("1962-10", {"date-parts": [[1962, 10]]}),
        ("1962-10-16/1962-10-28", {"date-parts": [[1962, 10, 16], [1962, 10, 28]]}),
        ("1960~", {"date-parts": [[1960]], "circa": True}),
        ("1960-21", {"date-parts": [[1960]], "season": 1}),
        ("1902/..", {"date-parts": [[1902], [0]]}),
        ("196X", {"literal": "1960s"}),
        ("[1960,1961]", {"literal": "1960 or 1961"}),
    ],
)
def test_dates_are_in_parts_or_in_words(edtf: str, csl: dict[str, Any]) -> None:
    document = SZULC | {"issued": {"edtf": edtf, "calendar": "gregorian"}}
    item = to_csl(document)
    assert item["issued"] == csl
    assert from_csl(item) == document
    assert issued_of(item)["edtf"] == edtf


@pytest.mark.parametrize(
    ("csl", "issued"),
    [
        ({"date-parts": [["1962", "10"]]}, {"edtf": "1962-10", "calendar": "gregorian"}),
        ({"date-parts": [[1962, 0]]}, None),
        ({"date-parts": [[1962, 13]]}, None),
        ({"raw": "1962-10-22"}, {"edtf": "1962-10-22", "calendar": "gregorian"}),
        ({"literal": "Summer 1902"}, {"words": "Summer 1902"}),
    ],
)
def test_foreign_dates_are_read_or_kept(csl: dict[str, Any], issued: dict[str, str] | None) -> None:
    item = {"id": "a", "type": "book", "title": "T", "issued": csl}
    document = from_csl(item)
    assert document.get("issued") == issued
    assert issued is not None or document["csl"]["issued"] == csl


def test_what_has_no_field_of_its_own_is_kept_and_comes_out_again() -> None:
    foreign = {
        "id": "b",
        "type": "software",
        "title": "T",
        "author": [{"family": "Gaulle", "given": "Charles", "non-dropping-particle": "de"}],
        "recipient": [{"family": "Castro"}],
        "DOI": "https://doi.org/10.1162/jcws.2002.4.1.32",
        "ISBN": "978-3-16-148410-0, 0306406152",
        "URL": "not an address",
        "abstract": "About.",
        "custom": {"zotero": 1},
    }
    document = from_csl(foreign)
    assert document["type"] == "document"
    assert document["creators"] == [{"role": "author", "family": "de Gaulle", "given": "Charles"}]
    assert document["doi"] == "10.1162/jcws.2002.4.1.32"
    assert document["isbn"] == "9783161484100"
    assert "access" not in document
    assert document["status"] == "draft"
    assert to_csl(document) == foreign | {"DOI": "10.1162/jcws.2002.4.1.32"}


def test_what_a_curator_changes_counts_more_than_what_a_file_said() -> None:
    document = from_csl(
        {"id": "b", "type": "software", "title": "T", "author": [{"family": "Gaulle", "suffix": "I"}]}
    )
    changed = document | {"type": "book", "creators": [{"role": "author", "literal": "OAS"}]}
    item = to_csl(changed)
    assert item["type"] == "book"
    assert item["author"] == [{"literal": "OAS"}]
    assert from_csl(item) == changed


@pytest.mark.parametrize(
    ("item", "slug", "citation_key"),
    [
        ({"id": "szulc-1986"}, "szulc-1986", None),
        ({"id": "Szulc_1986:fidel"}, "szulc-1986fidel", "Szulc_1986:fidel"),
        (
            {"id": 17, "author": [{"family": "Хрущёв"}], "issued": {"date-parts": [[1962]]}},
            "khrushchev-1962-t",
            None,
        ),
        ({"id": "http://zotero.org/users/1/items/A"}, "t", None),
        ({}, "t", None),
    ],
)
def test_addresses_are_made_from_the_key_or_else_from_names(
    item: dict[str, Any], slug: str, citation_key: str | None
) -> None:
    document = from_csl({"type": "book", "title": "T"} | item)
    assert document["slug"] == slug
    assert document.get("csl", {}).get("citation-key") == citation_key


def test_slugs_are_ascii_and_cut_between_words() -> None:
    assert latin_slug("Съезд КПСС — 1961") == "sezd-kpss-1961"
    assert latin_slug("слово " * 40) == "-".join(["slovo"] * 16)
    assert latin_slug("日本") == ""


@pytest.mark.parametrize(
    "rest", [5, {"owner": "x"}, {"csl": 7}, {"access": [5]}, {"creators": "x"}, {"title": {"en": "x"}}]
)
def test_a_custom_field_that_is_none_of_ours_changes_nothing(rest: object) -> None:
    item = {"id": "a", "type": "book", "title": "T", "custom": {"cubaru": rest}}
    assert not is_own(item)
    assert from_csl(item)["title"] == "T"


def test_a_page_of_the_chronicle_is_an_item_with_edition_date_and_address() -> None:
    title = LocalText("Микоян посещает Гавану", "ru", False)
    url = "https://cubaru.example/ru/events/mikoyan-visits-havana/"
    assert page_entry(title, url, date(2026, 11, 24), 3) == {
        "id": "cubaru-mikoyan-visits-havana-3",
        "type": "webpage",
        "title": "Микоян посещает Гавану",
        "author": [{"literal": "cubaru"}],
        "container-title": "cubaru",
        "issued": {"date-parts": [[2026, 11, 24]]},
        "language": "ru",
        "URL": url,
        "version": "3",
    }
    assert "version" not in page_entry(title, url, date(2026, 11, 24))
