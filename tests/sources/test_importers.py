"""Files of other programs, and broken ones."""

import json
from pathlib import Path
from typing import Any

import pytest

from sources.csl import from_csl, to_csl
from sources.exporting import bibtex, ris
from sources.importers.bibtex import read_bibtex
from sources.importers.csl_json import read_csl_json
from sources.importers.found import ImportFileError
from sources.importers.importing import READERS, format_of
from sources.importers.ris import read_ris

BIBTEX = r"""
This line is a comment.
@string{cw = "Cold War History"}
@preamble{"\newcommand{\x}{}"}
@article{Gomez_1962,
  title = "{\'E}l y {F}idel \& co",
  journal = cw,
  year = 1962, month = oct,
  author = "G{\'o}mez, Jos{\'e} and de la Cruz, Jr., Juan and {Central Intelligence Agency} and others",
  pages = {10--19},
  keywords = {cuba, ussr},
  langid = {ngerman},
  mynote = {kept},
  url = {https://example.org/a\_b},
}
@phdthesis{zang,
  title = {Viva}, subtitle = "A Visit", school = {UNC}, date = {2019-05}, urldate = {2026-11-23},
  note = jan # "~22",
}
"""

RIS = """1.
TY  - EJOUR
T1  - A title
  that goes on
A1  - Szulc, Tad
A1  - Central Intelligence Agency
JO  - Time
PY  - 1960/02/15/
SP  - 10
EP  - 19
SN  - 0040-781X
UR  - https://example.org/x;y
UR  - https://example.org/z
KW  - cuba
KW  - ussr
ZZ  - kept
ER  -

TY  - BOOK
ID  - fidel
TI  - Fidel
PY  - autumn 1986
SN  - 978-3-16-148410-0
ER  - \n"""


def _file(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_bibtex_of_other_programs_is_read_with_all_it_says(tmp_path: Path) -> None:
    article, thesis = (entry.item for entry in read_bibtex(_file(tmp_path, "a.bib", BIBTEX)))
    assert article == {
        "id": "Gomez_1962",
        "type": "article-journal",
        "title": "Él y Fidel & co",
        "container-title": "Cold War History",
        "author": [
            {"family": "Gómez", "given": "José"},
            {"family": "de la Cruz", "given": "Juan", "suffix": "Jr."},
            {"literal": "Central Intelligence Agency"},
            {"literal": "others"},
        ],
        "issued": {"date-parts": [[1962, 10]]},
        "page": "10-19",
        "keyword": "cuba, ussr",
        "language": "de",
        "URL": "https://example.org/a_b",
        "custom": {"bibtex": {"fields": {"mynote": "kept"}}},
    }
    assert thesis == {
        "id": "zang",
        "type": "thesis",
        "title": "Viva: A Visit",
        "publisher": "UNC",
        "issued": {"date-parts": [[2019, 5]]},
        "accessed": {"date-parts": [[2026, 11, 23]]},
        "note": "jan\u00a022",
        "custom": {"bibtex": {"type": "phdthesis"}},
    }


def test_ris_of_other_programs_is_read_with_all_it_says(tmp_path: Path) -> None:
    article, book = read_ris(_file(tmp_path, "a.ris", RIS))
    assert article.label == "record 1 (line 2)"
    assert article.item == {
        "type": "article-journal",
        "title": "A title that goes on",
        "author": [{"family": "Szulc", "given": "Tad"}, {"literal": "Central Intelligence Agency"}],
        "container-title": "Time",
        "issued": {"date-parts": [[1960, 2, 15]]},
        "page": "10-19",
        "ISSN": "0040-781X",
        "URL": "https://example.org/x;y",
        "keyword": "cuba, ussr",
        "custom": {"ris": {"UR": ["https://example.org/z"], "ZZ": ["kept"], "TY": ["EJOUR"]}},
    }
    assert book.item == {
        "id": "fidel",
        "type": "book",
        "title": "Fidel",
        "issued": {"literal": "autumn 1986"},
        "ISBN": "978-3-16-148410-0",
    }


@pytest.mark.parametrize(("name", "content"), [("a.bib", BIBTEX), ("a.ris", RIS)])
@pytest.mark.parametrize(("write", "suffix"), [(bibtex, "bib"), (ris, "ris")])
def test_what_a_foreign_file_says_survives_the_chronicle(
    tmp_path: Path, name: str, content: str, write: Any, suffix: str
) -> None:
    documents = [
        from_csl(entry.item) for entry in READERS[format_of(Path(name))](_file(tmp_path, name, content))
    ]
    again = _file(tmp_path, f"again.{suffix}", "".join(write([to_csl(document) for document in documents])))
    found = [entry.item for entry in READERS[format_of(again)](again)]
    assert [from_csl(item) for item in found] == documents
    assert "kept" in again.read_text("utf-8")


def test_one_item_of_csl_is_read_as_a_list_of_one(tmp_path: Path) -> None:
    (entry,) = read_csl_json(_file(tmp_path, "a.json", '\ufeff{"id": "a", "title": "T"}'))
    assert (entry.label, entry.item) == ("a", {"id": "a", "title": "T"})


BROKEN_BIBTEX: dict[str, str | bytes] = {
    ": Line 1: the entry that begins “@book{a, title={Fidel” is broken (": "@book{a,\n title={Fidel\n",
    ": Line 1: the entry that begins “@book{a, t={X},” is broken (": "@book{a, t={X},\n@book{b, t={Y}}",
    ": Line 1: the entry that begins “@book{a, title={{$”": "@book{a, title={{$",
    ": Line 3: the entry that begins “@book{a, t={X}, t={Y}}” has the field “t” twice.": (
        "\n\n@book{a, t={X}, t={Y}}"
    ),
    ", a: A name or text of the entry cannot be read": "@book{a, t={" + "{" * 3000 + "}" * 3000 + "}}",
    ", a, t: The text is longer than 100000 characters.": "@book{a, t={" + "{\\'e}" * 200_000 + "}}",
    ", a, title: The text is longer than 100000 characters.": "@book{a, title={" + "x" * 1_000_000 + "}}",
    ": The file has NUL characters: it is no text.": "@book{a, title={a\0b}}",
    ": The file is not in UTF-8 (invalid continuation byte); convert it first.": b"@book{a, title={caf\xe9}}",
}
BROKEN_RIS: dict[str, str | bytes] = {
    ": The record that begins on line 1 has no end (“ER  - ”).": "TY  - BOOK\nTI  - x\n",
    ": The record that begins on line 2 has no end": "\nTY  - BOOK\nTY  - BOOK\nER  - \n",
    ": Line 1 stands in no record": "TI  - x\nER  - \n",
    ", record 1 (line 1), title: The text is longer": "TY  - BOOK\nTI  - " + "x" * 1_000_000 + "\nER  - \n",
    ": The file has NUL characters": "TY  - BOOK\nTI  - \0\nER  - \n",
}
BROKEN_JSON: dict[str, str | bytes] = {
    ": Line 1 is not JSON": "{",
    ": The JSON is nested too deep, or broken.": "[" * 100_000,
    ": The JSON is nested too deep": '[{"id": ' + "9" * 10_000 + "}]",
    ", item 1: An item in curly brackets is expected.": "[1]",
    ", a, title: The text has half a character": '[{"id": "a", "title": "\\ud800"}]',
    ", a, title: The text has a NUL character.": '[{"id": "a", "title": "\\u0000"}]',
    ", a, x: The value is no number.": '[{"id": "a", "x": NaN}]',
    ", a, x: The number is too large.": '[{"id": "a", "x": 99999999999999999999}]',
    ", a, x: The value is nested too deep.": '[{"id": "a", "x": ' + "[" * 50 + "]" * 50 + "}]",
    ", a, title: The text is longer": json.dumps([{"id": "a", "title": "x" * 1_000_000}]),
}
HOSTILE = [
    (name, content, name + sentence)
    for name, broken in (("a.bib", BROKEN_BIBTEX), ("a.ris", BROKEN_RIS), ("a.json", BROKEN_JSON))
    for sentence, content in broken.items()
]


@pytest.mark.parametrize(("name", "content", "sentence"), HOSTILE, ids=[case[2][:60] for case in HOSTILE])
def test_broken_files_are_told_in_a_sentence(
    tmp_path: Path, name: str, content: str | bytes, sentence: str
) -> None:
    with pytest.raises(ImportFileError) as raised:
        list(READERS[format_of(Path(name))](_file(tmp_path, name, content)))
    assert str(raised.value).startswith(sentence)
    assert len(str(raised.value)) < 500


def test_a_missing_file_and_an_unknown_suffix_are_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ImportFileError, match=r"^none.bib: The file cannot be read \(No such file"):
        list(read_bibtex(tmp_path / "none.bib"))
    with pytest.raises(ImportFileError, match=r"^a.txt: The name does not tell the format"):
        format_of(Path("a.txt"))
    assert format_of(Path("a.txt"), "ris") == "ris"


def test_a_tampered_rest_is_left_alone(tmp_path: Path) -> None:
    text = '@book{a, title={T}, cubaru={{"with": 5}}}\n@book{b, title={T}, cubaru={nonsense}}'
    first, second = read_bibtex(_file(tmp_path, "a.bib", text))
    assert first.item == {"id": "a", "type": "book", "title": "T"}
    assert second.item == {"id": "b", "type": "book", "title": "T"}
