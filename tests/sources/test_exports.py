"""Bibliographic files, read with the parsers that others use."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from citeproc.source.json import CiteProcJSON
from django.conf import settings

from cubaru.core.languages import LocalText
from sources.csl import page_entry, to_csl
from sources.exporting import bibtex, csl_json, ris

CORPUS: list[dict[str, Any]] = json.loads((Path(settings.CORPUS_DIR) / "sources.json").read_text("utf-8"))
ITEMS = [to_csl(document) for document in CORPUS]
PAGE = page_entry(
    LocalText("Микоян посещает Гавану", "ru", False), "https://c.example/ru/e/m/", date(2026, 11, 24), 3
)


def test_bibtexparser_reads_every_source_of_the_corpus() -> None:
    library = parse_string("".join(bibtex(ITEMS)))
    assert library.failed_blocks == []
    assert [entry.key for entry in library.entries] == [document["slug"] for document in CORPUS]
    for entry, document in zip(library.entries, CORPUS, strict=True):
        assert re.fullmatch(r"[a-z0-9-]+", entry.key)
        assert entry["title"].replace("\\", "") == document["title"].replace("\\", "")
        assert entry.fields_dict["langid"].value


def test_rispy_reads_every_source_of_the_corpus() -> None:
    records = rispy.loads("".join(ris(ITEMS)))
    assert [record["id"] for record in records] == [document["slug"] for document in CORPUS]
    for record, document in zip(records, CORPUS, strict=True):
        assert record["title"] == document["title"]
        assert record["type_of_reference"] in rispy.config.TYPE_OF_REFERENCE_MAPPING
        assert record.get("year", "") == document.get("issued", {}).get("edtf", "")[:4]


def test_citeproc_reads_every_source_of_the_corpus() -> None:
    items = json.loads("".join(csl_json(ITEMS)))
    # It knows CSL 1.0.1, and reads numbers of our own custom field as texts.
    known = [
        {key: value for key, value in item.items() if key not in {"custom", "archive_collection"}}
        for item in items
    ]
    assert list(CiteProcJSON(known)) == [document["slug"] for document in CORPUS]


def test_a_biblatex_entry_in_full() -> None:
    item = {
        "id": "zubok",
        "type": "article-journal",
        "title": "50% “A_B” & {more} -- #1 $x$ ~",
        "author": [
            {"family": "Zubok", "given": "Vladislav M."},
            {"literal": "Smith and Sons, Inc."},
            {"family": "King", "given": "Martin", "suffix": "Jr."},
        ],
        "container-title": "Journal",
        "issue": "4",
        "page": "1-9",
        "issued": {"date-parts": [[1962, 10, 16], [1962, 10, 28]]},
        "language": "ru",
        "URL": "https://example.org/a_b%20{x}",
    }
    text = "".join(bibtex([item]))
    assert text.startswith("@article{zubok,\n")
    for line in (
        r"title = {50\% “A\_B” \& \textbraceleft{}more\textbraceright{} -{}- \#1 \$x\$ \textasciitilde{}},",
        "author = {Zubok, Vladislav M. and {Smith and Sons, Inc.} and King, Jr., Martin},",
        "journaltitle = {Journal},",
        "number = {4},",
        "pages = {1--9},",
        "date = {1962-10-16/1962-10-28},",
        "langid = {russian},",
        "url = {https://example.org/a_b%20%7Bx%7D},",
    ):
        assert f"\t{line}\n" in text


@pytest.mark.parametrize(
    ("edtf", "line"),
    [("1960~", "date = {1960~}"), ("196X", "date = {196X}"), ("1902/..", "date = {1902/..}"),
     ("[1960,1961]", "year = {1960 or 1961}")],
)  # fmt: skip
def test_dates_that_biblatex_understands_are_dates(edtf: str, line: str) -> None:
    document = CORPUS[0] | {"issued": {"edtf": edtf, "calendar": "gregorian"}}
    assert line in "".join(bibtex([to_csl(document)]))


def test_cyrillic_records_are_never_empty_and_their_keys_are_ascii() -> None:
    record = {
        "id": "Хрущёв 1962",
        "type": "book",
        "title": "Мемуары",
        "author": [{"family": "Хрущёв", "given": "Никита"}],
    }
    text = "".join(bibtex([record, record]))
    assert re.findall(r"@book\{(.*),", text) == ["khrushchev-1962", "khrushchev-1962-2"]
    assert "author = {Хрущёв, Никита}" in text
    assert "TI  - Мемуары\n" in "".join(ris([record]))


def test_pages_of_the_chronicle_are_exported_too() -> None:
    entry = parse_string("".join(bibtex([PAGE]))).entries[0]
    assert entry.key == "cubaru-m-3"
    assert (entry.entry_type, entry["title"], entry["version"]) == ("online", "Микоян посещает Гавану", "3")
    assert (entry["date"], entry["url"], entry["langid"]) == (
        "2026-11-24",
        "https://c.example/ru/e/m/",
        "russian",
    )
    record = rispy.loads("".join(ris([PAGE])))[0]
    assert (record["title"], record["date"], record["urls"]) == (
        "Микоян посещает Гавану", "2026/11/24/", ["https://c.example/ru/e/m/"],
    )  # fmt: skip


def test_no_sources_make_an_empty_file() -> None:
    assert "".join(bibtex([])) == ""
    assert "".join(ris([])) == ""
    assert json.loads("".join(csl_json([]))) == []


def test_records_of_ris_are_lines_of_tag_and_value() -> None:
    item = ITEMS[0] | {"title": "Two\nlines", "abstract": "TY  - \r\nER  - "}
    lines = "".join(ris([item])).splitlines()
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines if line)
    assert lines[0] == "TY  - NEWS"
    assert sum(line.startswith("ER  -") for line in lines) == 1
