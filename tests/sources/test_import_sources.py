"""The command that brings bibliographic files in."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from cubaru.core.documents import apply_document, to_document
from cubaru.core.models import Revision
from sources.csl import source_item, to_csl
from sources.exporting import bibtex, csl_json, ris
from sources.models import Source

CORPUS: list[dict[str, Any]] = json.loads((Path(settings.CORPUS_DIR) / "sources.json").read_text("utf-8"))
pytestmark = pytest.mark.django_db

FIDEL: dict[str, Any] = {
    "record": "source",
    "slug": "fidel-portrait",
    "status": "published",
    "kind": "primary",
    "type": "book",
    "title": "Fidel: A Critical Portrait of a Leader",
    "issued": {"edtf": "1986", "calendar": "gregorian"},
    "language": "en",
}


@pytest.fixture
def fidel() -> Source:
    source, _state = apply_document(FIDEL)
    assert isinstance(source, Source)
    return source


def run(path: Path, **options: Any) -> list[str]:
    out = StringIO()
    call_command("import_sources", str(path), stdout=out, **options)
    return out.getvalue().splitlines()


def items_file(folder: Path, *items: dict[str, Any]) -> Path:
    path = folder / "items.json"
    path.write_text(json.dumps([{"type": "book"} | item for item in items]), encoding="utf-8")
    return path


def document_of(slug: str) -> dict[str, Any]:
    return to_document(Source.objects.get(slug=slug))


@pytest.mark.parametrize(("name", "write"), [("a.bib", bibtex), ("a.ris", ris), ("a.json", csl_json)])
def test_exports_of_every_source_come_back_unchanged(tmp_path: Path, name: str, write: Any) -> None:
    path = tmp_path / name
    sources = Source.objects.order_by("slug").prefetch_related("access")
    path.write_text("".join(write(source_item(source) for source in sources)), encoding="utf-8")
    before = Revision.objects.count()
    assert (
        run(path)[-1] == f"Sources: 0 new, 0 completed, 0 overwritten, {len(CORPUS)} unchanged, 0 duplicates."
    )
    assert Revision.objects.count() == before


@pytest.mark.parametrize(("name", "write"), [("a.bib", bibtex), ("a.ris", ris), ("a.json", csl_json)])
def test_exports_of_every_source_make_the_same_sources_elsewhere(
    empty_database: None, tmp_path: Path, name: str, write: Any
) -> None:
    path = tmp_path / name
    path.write_text("".join(write(map(to_csl, CORPUS))), encoding="utf-8")
    assert (
        run(path)[-1] == f"Sources: {len(CORPUS)} new, 0 completed, 0 overwritten, 0 unchanged, 0 duplicates."
    )
    assert [
        to_document(source) for source in Source.objects.order_by("slug").prefetch_related("access")
    ] == CORPUS
    assert run(path)[-1].endswith(f"{len(CORPUS)} unchanged, 0 duplicates.")


def test_foreign_entries_become_drafts_and_again_change_nothing(tmp_path: Path) -> None:
    path = items_file(tmp_path, {"id": "smith_2020", "title": "On sugar and oil", "abstract": "About trade."})
    assert run(path) == [
        "new: smith-2020",
        "Sources: 1 new, 0 completed, 0 overwritten, 0 unchanged, 0 duplicates.",
    ]
    document = document_of("smith-2020")
    assert document["status"] == "draft"
    assert document["csl"] == {"abstract": "About trade.", "citation-key": "smith_2020"}
    assert run(path)[0] == "unchanged: smith-2020"


def test_a_dry_run_says_what_would_be_and_changes_nothing(tmp_path: Path, fidel: Source) -> None:
    path = items_file(tmp_path, {"title": FIDEL["title"], "publisher": "Morrow"}, {"title": "A new one"})
    assert run(path, dry_run=True) == [
        "completed: fidel-portrait (publisher)",
        "new: a-new-one",
        "Would be: 1 new, 1 completed, 0 overwritten, 0 unchanged, 0 duplicates.",
    ]
    assert document_of("fidel-portrait") == FIDEL
    assert not Source.objects.filter(slug="a-new-one").exists()


def test_what_is_missing_is_completed_and_nothing_overwritten(tmp_path: Path, fidel: Source) -> None:
    path = items_file(
        tmp_path,
        {"id": "S86", "type": "article", "title": FIDEL["title"].upper(),
         "issued": {"date-parts": [[1986, 11]]}, "language": "es", "publisher": "Morrow",
         "ISBN": "0688046452", "URL": "https://example.org/fidel", "abstract": "About."},
    )  # fmt: skip
    assert run(path)[0] == "completed: fidel-portrait (publisher, isbn, access, csl)"
    assert document_of("fidel-portrait") == FIDEL | {
        "publisher": "Morrow",
        "isbn": "0688046452",
        "access": [{"url": "https://example.org/fidel"}],
        "csl": {"abstract": "About."},
    }
    assert run(path)[0] == "unchanged: fidel-portrait"


def test_overwriting_must_be_asked_for(tmp_path: Path, fidel: Source) -> None:
    path = items_file(tmp_path, {"title": FIDEL["title"], "language": "es", "URL": "https://example.org/a"})
    assert run(path, overwrite=True)[0] == "overwritten: fidel-portrait (language, access)"
    found = document_of("fidel-portrait")
    assert (found["language"], found["status"], found["kind"]) == ("es", "published", "primary")


def test_an_export_of_ours_overwrites_the_whole_source(tmp_path: Path, fidel: Source) -> None:
    path = tmp_path / "a.bib"
    path.write_text("".join(bibtex([to_csl(FIDEL)])), encoding="utf-8")
    apply_document(FIDEL | {"title": "Changed", "publisher": "Morrow", "status": "draft"})
    assert run(path)[0] == "unchanged: fidel-portrait"
    assert run(path, overwrite=True)[0] == "overwritten: fidel-portrait (status, title, publisher)"
    assert document_of("fidel-portrait") == FIDEL


@pytest.mark.parametrize(
    ("present", "found"),
    [
        ({"doi": "10.1000/AbC"}, {"title": "Another", "DOI": "https://doi.org/10.1000/aBc"}),
        ({"isbn": "0306406152"}, {"title": "Another", "ISBN": "978-0-306-40615-7"}),
        ({"access": [{"url": "https://www.example.org/a/"}]}, {"title": FIDEL["title"] + ": 1", "URL": "http://example.org/a#x"}),
        ({}, {"title": "FIDEL  a critical portrait, of a leader"}),
        ({}, {"title": FIDEL["title"], "issued": {"date-parts": [[1986, 5]]}}),
    ],
)  # fmt: skip
def test_duplicates_are_found_by_doi_isbn_address_and_title(
    tmp_path: Path, fidel: Source, present: dict[str, Any], found: dict[str, Any]
) -> None:
    apply_document(FIDEL | present)
    assert "fidel-portrait" in run(items_file(tmp_path, found))[0]
    assert Source.objects.count() == len(CORPUS) + 1


@pytest.mark.parametrize(
    ("present", "found"),
    [
        ({}, {"title": FIDEL["title"], "issued": {"date-parts": [[1987]]}}),
        ({"doi": "10.1000/1"}, {"title": FIDEL["title"], "DOI": "10.1000/2"}),
        ({"creators": [{"role": "author", "family": "Szulc"}]},
         {"title": FIDEL["title"], "author": [{"family": "Coltman"}]}),
        ({"container_title": "Time"}, {"title": FIDEL["title"], "container-title": "Life"}),
        ({"isbn": "0306406152"}, {"title": "A chapter", "type": "chapter", "ISBN": "0306406152"}),
        ({"access": [{"url": "https://example.org/a"}]}, {"title": "Another document", "URL": "https://example.org/a"}),
    ],
)  # fmt: skip
def test_what_only_looks_alike_stays_apart(
    tmp_path: Path, fidel: Source, present: dict[str, Any], found: dict[str, Any]
) -> None:
    apply_document(FIDEL | present)
    assert run(items_file(tmp_path, found))[0].startswith("new: ")


def test_entries_of_one_file_that_are_the_same_are_told(tmp_path: Path) -> None:
    path = items_file(
        tmp_path,
        {"id": "a1", "title": "Sugar for oil"},
        {"id": "a2", "title": "Sugar for Oil", "publisher": "P"},
    )
    assert run(path) == [
        "new: a1",
        "duplicate of a1: a2 (publisher)",
        "Sources: 1 new, 0 completed, 0 overwritten, 0 unchanged, 1 duplicates.",
    ]
    assert document_of("a1")["publisher"] == "P"
    before = document_of("a1")
    run(path)
    assert document_of("a1") == before


def test_an_address_that_is_taken_gets_a_number(tmp_path: Path, fidel: Source) -> None:
    path = items_file(tmp_path, {"id": "fidel-portrait", "title": "Quite another book"})
    assert run(path)[0] == "new: fidel-portrait-2"


def test_a_past_address_leads_to_the_source(tmp_path: Path, fidel: Source) -> None:
    fidel.slug = "szulc-portrait"
    fidel.save()
    path = tmp_path / "a.json"
    path.write_text("".join(csl_json([to_csl(FIDEL)])), encoding="utf-8")
    assert run(path)[0] == "unchanged: szulc-portrait"


@pytest.mark.parametrize(
    ("item", "sentence"),
    [
        ({"id": "a"}, "items.json, a, title: A source needs a title."),
        (
            {"id": "a", "title": "x" * 501},
            "items.json, a, title: Ensure this value has at most 500 characters",
        ),
        ({"id": "a", "title": "T", "custom": {"cubaru": {"status": "nonsense"}}}, "items.json, a, status: "),
        ({"id": "a", "title": "T", "custom": {"cubaru": {"slug": "../x"}}}, "items.json, a, slug: "),
        ({"id": "a", "title": "T", "custom": {"cubaru": {"creators": [1]}}}, "items.json, a, creators: "),
    ],
)
def test_a_fault_names_file_entry_and_field_and_nothing_is_kept(
    tmp_path: Path, item: dict[str, Any], sentence: str
) -> None:
    path = items_file(tmp_path, {"id": "good", "title": "Good"}, item)
    with pytest.raises(CommandError) as raised:
        run(path)
    assert str(raised.value).startswith(sentence)
    assert not Source.objects.filter(slug="good").exists()


def test_an_empty_file_is_a_fault_and_a_format_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "library.txt"
    path.write_text("no entries here", encoding="utf-8")
    with pytest.raises(CommandError, match=r"library.txt: The file has no entries."):
        run(path, format="bibtex")
    with pytest.raises(CommandError, match=r"library.txt: The name does not tell the format"):
        run(path)
