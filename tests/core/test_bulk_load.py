"""bulk_load writes what load_corpus writes, only faster."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from cubaru.core import bulk_load
from cubaru.core.documents import kinds, to_document
from cubaru.core.ledger import content_version
from cubaru.core.models import Revision
from cubaru.core.verification import verify
from events.levels.models import LevelEntry
from events.models import Event
from tests.databases import database_digest
from tests.factories import EventFactory, ThemeFactory


def event(slug: str, **more: Any) -> dict[str, Any]:
    return {
        "record": "event", "slug": slug, "status": "published", "title": {"en": f"About {slug}"},
        "date": {"edtf": "1977-03-03"}, "importance": 3, "verification": "unverified", **more,
    }  # fmt: skip


def write(folder: Path, plural: str, documents: list[Any]) -> None:
    lines = [json.dumps(document, ensure_ascii=False) for document in documents]
    (folder / f"{plural}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def load(folder: Path, **options: Any) -> str:
    out = StringIO()
    call_command("bulk_load", str(folder), stdout=out, **options)
    return out.getvalue()


def faults() -> list[str]:
    return [fault for finding in verify() for fault in finding.faults]


@pytest.mark.usefixtures("empty_database")
def test_starter_corpus_loaded_in_bulk_is_whole_and_verifies(tmp_path: Path) -> None:
    expected: dict[tuple[str, str], Any] = {}
    for kind in kinds():
        documents = json.loads((settings.CORPUS_DIR / f"{kind.plural}.json").read_text(encoding="utf-8"))
        expected |= {(kind.name, document["slug"]): document for document in documents}
        write(tmp_path, kind.plural, documents)
    said = load(tmp_path)
    assert said == f"Records: {len(expected)} new, 0 changed, 0 unchanged.\n"
    for kind in kinds():
        for record in kind.model._base_manager.prefetch_related(*kind.prefetch()):
            assert to_document(record) == expected.pop((kind.name, record.slug))
    assert expected == {}
    assert faults() == []


@pytest.mark.usefixtures("empty_database")
def test_loading_again_changes_nothing(tmp_path: Path) -> None:
    write(tmp_path, "events", [event("first-visit"), event("second-visit")])
    load(tmp_path)
    before = database_digest()
    assert load(tmp_path) == "Records: 0 new, 0 changed, 2 unchanged.\n"
    assert database_digest() == before


@pytest.mark.django_db
def test_records_that_are_there_are_changed_the_ordinary_way(tmp_path: Path) -> None:
    there = EventFactory.create(slug="first-visit", importance=1)
    write(tmp_path, "events", [event("first-visit", importance=5), event("second-visit")])
    assert load(tmp_path, why="From a spreadsheet") == "Records: 1 new, 1 changed, 0 unchanged.\n"
    there.refresh_from_db()
    assert there.importance == 5
    revisions = Revision.objects.filter(kind="event", slug__in=["first-visit", "second-visit"])
    assert sorted(revisions.values_list("slug", "number", "why")) == [
        ("first-visit", 1, ""),
        ("first-visit", 2, "From a spreadsheet"),
        ("second-visit", 1, "From a spreadsheet"),
    ]
    assert faults() == []


@pytest.mark.django_db
def test_events_of_a_batch_may_link_to_each_other_and_drafts_stay_hidden(tmp_path: Path) -> None:
    ThemeFactory.create(slug="sugar-deals", lane="trade")
    led_to = [{"event": "second-visit", "relation": "led_to"}]
    first = event("first-visit", relations=led_to, themes=["sugar-deals"])
    write(tmp_path, "events", [first, event("second-visit"), event("third-visit", status="draft")])
    load(tmp_path)
    loaded = Event.objects.filter(slug__endswith="-visit", date="1977-03-03")
    shown = LevelEntry.objects.filter(event_id__in=loaded.values("pk"))
    assert min(shown.values_list("event__slug", "series")) == ("first-visit", 0)
    assert not shown.filter(event__slug="third-visit").exists()
    assert faults() == []


@pytest.mark.django_db
def test_dry_run_keeps_nothing(tmp_path: Path) -> None:
    write(tmp_path, "events", [event("first-visit")])
    before, version = database_digest(), content_version()
    assert load(tmp_path, dry_run=True) == "Would be: 1 new, 0 changed, 0 unchanged.\n"
    assert (database_digest(), content_version()) == (before, version)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("line", "said"),
    [
        (event("bad", importance=9), "events.jsonl:2, bad, importance: "),
        (event("bad", themes=["nowhere"]), "events.jsonl:2, bad, themes[0]: There is no theme “nowhere”."),
        (event("bad", date={"edtf": "1962-13"}), "events.jsonl:2, bad, date.edtf: "),
        (event("bad", colour="red"), "events.jsonl:2, bad, colour: There is no such key"),
        (event("Bad Slug"), "events.jsonl:2, Bad Slug, slug: "),
        (event("good"), "events.jsonl:2, good, slug: The same record stands twice in one batch."),
        (event("bad", participants=[{"role": "visitor"}]), "events.jsonl"),
        (
            {"record": "person", "slug": "who"},
            "events.jsonl:2: expected is the document of a record of kind “event”.",
        ),
        (7, "events.jsonl:2: expected is the document of a record"),
    ],
)
def test_bad_line_is_named_and_nothing_of_its_batch_is_kept(tmp_path: Path, line: Any, said: str) -> None:
    write(tmp_path, "events", [event("good"), line])
    before = database_digest()
    with pytest.raises(CommandError) as caught:
        load(tmp_path)
    assert str(caught.value).startswith(said)
    assert database_digest() == before


@pytest.mark.django_db
def test_line_that_is_not_json_is_named(tmp_path: Path) -> None:
    (tmp_path / "events.jsonl").write_text('{"record": "event"\n')
    with pytest.raises(CommandError, match=r"events\.jsonl:1: this line is not JSON"):
        load(tmp_path)


@pytest.mark.django_db
def test_batches_before_the_fault_stay_and_are_on_the_timeline(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk_load, "BATCH", 2)
    write(tmp_path, "events", [event("one"), event("two"), event("three"), event("bad", importance=0)])
    with pytest.raises(CommandError, match=r"events\.jsonl:4, bad, importance"):
        load(tmp_path)
    assert sorted(Event.objects.filter(date="1977-03-03").values_list("slug", flat=True)) == ["one", "two"]
    assert faults() == []


@pytest.mark.django_db
def test_unknown_file_and_missing_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="is not a folder"):
        load(tmp_path / "nowhere")
    with pytest.raises(CommandError, match="expected are files named"):
        load(tmp_path)
    write(tmp_path, "ships", [])
    with pytest.raises(CommandError, match=r"found was ships\.jsonl"):
        load(tmp_path)
