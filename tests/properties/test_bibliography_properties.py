"""Whatever a source says comes back from each bibliographic format, and can be formatted."""

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cubaru.core.dates import DateError, parse
from cubaru.core.documents import Document
from cubaru.core.models import Status
from sources.choices import Basis, CreatorRole, SourceKind, SourceType
from sources.csl import CslItem, from_csl, to_csl
from sources.exporting import bibtex, csl_json, ris
from sources.formatting import Style, note, plain, reference
from sources.importers.bibtex import read_bibtex
from sources.importers.csl_json import read_csl_json
from sources.importers.ris import read_ris

#: What can be stored: no half characters and no NUL.
CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
#: What means something to one of the formats comes up more often than by chance.
TROUBLE = st.sampled_from(
    ["{", "}", "\\", "%", "&", "#", "$", "_", "~", "^", "--", "``", "''", "?`", "<<", '"', "“", "”", "«",
     " and ", ", ", "@article{", "\n", "\r\n", "\u2028", "\u00a0", "ER  - ", "TY  - ", "</i>", "<script>",
     "\\textbf{", "Ф. 5446", "оп.", "..", "?", "!", "ё", "\x1c", "\x85"]
)  # fmt: skip
TEXT = st.lists(st.one_of(TROUBLE, st.text(CHARACTERS, min_size=1, max_size=8)), min_size=1, max_size=5).map(
    "".join
)
SHORT = TEXT.map(lambda text: text[:40])
LANGUAGE_MAP = st.dictionaries(st.sampled_from(["en", "es", "ru"]), TEXT, min_size=1)
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(10**6), 10**6), TEXT),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXT, inner, max_size=3)),
    max_leaves=6,
)
CSL_NAMES = st.lists(
    st.dictionaries(
        st.sampled_from(
            ["family", "given", "literal", "suffix", "non-dropping-particle", "dropping-particle"]
        ),
        st.one_of(SHORT, st.sampled_from(["de", "Jr.", "Smith and Sons", "others", "{NATO}"])),
    ),
    max_size=3,
)
CSL_DATE = st.fixed_dictionaries(
    {},
    optional={
        "date-parts": st.lists(
            st.lists(st.one_of(st.integers(-5, 2100), st.sampled_from(["1962", "10", "x"])), max_size=4),
            max_size=3,
        ),
        "circa": st.booleans(),
        "season": st.one_of(st.integers(0, 5), st.sampled_from(["1", "Summer"])),
        "literal": SHORT,
        "raw": st.sampled_from(["1962", "1962-10-22/1962-11-20", "autumn"]),
    },
)
KNOWN_CSL = {
    "author": CSL_NAMES,
    "editor": CSL_NAMES,
    "recipient": CSL_NAMES,
    "issued": CSL_DATE,
    "accessed": CSL_DATE,
    "original-date": CSL_DATE,
    "type": st.sampled_from(["software", "patent", "bill", "book", "x"]),
    "title": TEXT,
    "DOI": TEXT,
    "ISBN": st.sampled_from(["978-3-16-148410-0", "9783161484100, 0306406152", "x"]),
    "URL": st.sampled_from(["https://example.org/a_b%7B", "no address", "https://example.org/{x}"]),
    "edition": st.sampled_from(["2", "second", "2nd"]),
    "version": SHORT,
    "genre": SHORT,
    "keyword": SHORT,
    "page": st.sampled_from(["1-2", "1–2", "1--2", "e5", "-"]),
    "custom": st.one_of(JSON, st.fixed_dictionaries({"bibtex": JSON}), st.fixed_dictionaries({"ris": JSON})),
    "citation-key": SHORT,
    "id": SHORT,
}
CSL = st.one_of(
    st.fixed_dictionaries({}, optional=KNOWN_CSL), st.dictionaries(SHORT, JSON, max_size=3), st.just({})
)


def _is_date(edtf: str) -> bool:
    try:
        parse(edtf)
    except DateError:
        return False
    return True


EDTF = st.sampled_from(
    ["1962", "1962-10", "1962-10-22", "1962-10-16/1962-10-28", "1960~", "1960?", "1960-10%", "196X", "19XX",
     "1902/..", "../1902", "1960-21", "1960-33", "[1960,1961]", "{1960..1963}", "0988", "1960/", "1962-1X-XX",
     "?1962-?10-22"]
).filter(_is_date)  # fmt: skip
ISSUED = st.one_of(
    st.fixed_dictionaries({"edtf": EDTF, "calendar": st.just("gregorian")}, optional={"words": SHORT}),
    st.just({"edtf": "1917-10-25", "calendar": "julian"}),
    st.fixed_dictionaries({"words": SHORT}),
)
CREATOR = st.one_of(
    st.fixed_dictionaries({"role": st.sampled_from(CreatorRole.values), "literal": SHORT}),
    st.fixed_dictionaries(
        {"role": st.sampled_from(CreatorRole.values), "family": SHORT}, optional={"given": SHORT}
    ),
)
ACCESS = st.fixed_dictionaries(
    {"url": st.sampled_from(["https://example.org/a", "http://cuba.example/я_%20{", "ftp://x.example/~a"])},
    optional={
        "archived_url": st.just("https://web.archive.org/x"),
        "accessed_on": st.dates().map(lambda day: day.isoformat()),
        "label": SHORT,
    },
)
DOCUMENTS: st.SearchStrategy[Document] = st.fixed_dictionaries(
    {
        "record": st.just("source"),
        "slug": st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,6}){0,3}", fullmatch=True),
        "status": st.sampled_from(Status.values),
        "kind": st.sampled_from(SourceKind.values),
        "type": st.sampled_from(SourceType.values),
        "title": TEXT,
    },
    optional={
        "title_transliterated": TEXT,
        "title_translated": LANGUAGE_MAP,
        "container_title": TEXT,
        "creators": st.lists(CREATOR, min_size=1, max_size=4),
        "issued": ISSUED,
        "publisher": TEXT,
        "publisher_place": SHORT,
        "volume": SHORT,
        "issue": SHORT,
        "pages": st.one_of(SHORT, st.sampled_from(["1-2", "1–2", "1--2", "12", "3-4, 8"])),
        "language": st.sampled_from(["en", "es", "ru", "de", "pt-BR", "es-MX", "qu", "zh-Hant-TW"]),
        "doi": st.sampled_from(["10.1162/jcws.2002.4.1.32", "10.1000/a_b{c}%", "10.1000/A"]),
        "isbn": st.sampled_from(["9783161484100", "316148410X"]),
        "archive": SHORT,
        "collection": SHORT,
        "call_number": SHORT,
        "access": st.lists(ACCESS, min_size=1, max_size=2),
        "basis": st.sampled_from(Basis.values),
        "note": LANGUAGE_MAP,
        "csl": CSL.filter(bool),
        "identifiers": st.just({"wikidata": "Q42"}),
    },
)


@settings(deadline=None)
@given(DOCUMENTS)
def test_a_document_comes_back_from_its_csl_item(document: Document) -> None:
    assert from_csl(json.loads(json.dumps(to_csl(document)))) == document


@pytest.mark.parametrize(
    ("write", "read"), [(bibtex, read_bibtex), (ris, read_ris), (csl_json, read_csl_json)]
)
@settings(deadline=None)
@given(documents=st.lists(DOCUMENTS, min_size=1, max_size=3, unique_by=lambda document: document["slug"]))
def test_documents_come_back_from_a_file_of_each_format(
    write: Any, read: Any, documents: list[Document]
) -> None:
    assert _through_a_file(write, read, [to_csl(document) for document in documents]) == documents


@settings(deadline=None)
@given(CSL)
def test_what_a_foreign_item_says_comes_out_again(foreign: CslItem) -> None:
    item = {"id": "szulc-1986", "type": "book", "title": "Fidel"} | foreign
    if not isinstance(item.get("custom"), dict):  # no CSL: it is kept, but gives way to our own custom field
        item.pop("custom", None)
    again = to_csl(from_csl(item))
    assert from_csl(again) == from_csl(item)
    said = {key: value for key, value in item.items() if value not in ("", None, [], {})}
    assert said.keys() - again.keys() <= {"id"}


@settings(deadline=None)
@given(
    DOCUMENTS,
    st.sampled_from(list(Style)),
    st.sampled_from(["en", "es", "ru"]),
    st.sampled_from(["", "p. 3", "<b>"]),
)
def test_every_source_is_formatted_with_no_tags_but_ours(
    document: Document, style: Style, language: str, locator: str
) -> None:
    for text in (
        reference(to_csl(document), style, language),
        note(to_csl(document), locator, style, language),
    ):
        without_ours = str(text)
        for tag in ("<i>", "</i>", "<b>", "</b>", "</span>"):
            without_ours = without_ours.replace(tag, "")
        assert "<" not in without_ours.replace("<span", "")
        assert plain(text).strip() or not document["title"].strip()


def _through_a_file(write: Any, read: Any, items: list[CslItem]) -> list[Document]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sources"
        path.write_text("".join(write(items)), encoding="utf-8", newline="")
        return [from_csl(entry.item) for entry in read(path)]
