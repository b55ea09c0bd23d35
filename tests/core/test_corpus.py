"""The corpus: out and in again loses nothing; a fault is told in one sentence and changes nothing."""

import json
import shutil
from collections import Counter
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from cubaru.core import corpus
from cubaru.core.corpus import CorpusError, export_corpus, load_corpus, read_corpus
from cubaru.core.documents import State, kinds, to_document
from cubaru.core.models import PastSlug, Revision
from events.models import Claim, Event, Theme
from sources.models import Source
from tests.databases import database_digest
from tests.factories import EventFactory, SourceFactory, ThemeFactory

pytestmark = pytest.mark.django_db

STARTER = Path(settings.CORPUS_DIR)


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def write(folder: Path, name: str, content: Any) -> None:
    folder.mkdir(exist_ok=True)
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    (folder / name).write_text(text, encoding="utf-8")


# The starter corpus, which is in the test database -------------------------------------------------


def test_starter_corpus_comes_out_byte_for_byte(tmp_path: Path) -> None:
    assert export_corpus(tmp_path) == len(read_corpus(STARTER))
    assert files(tmp_path) == files(STARTER)


def test_starter_corpus_loaded_again_changes_nothing() -> None:
    before = database_digest()
    outcome = load_corpus(STARTER)
    assert outcome.count(State.UNCHANGED) == len(read_corpus(STARTER))
    assert outcome.count(State.NEW) == outcome.count(State.CHANGED) == 0
    assert database_digest() == before


def test_starter_corpus_goes_through_an_empty_database_unchanged(
    empty_database: None, tmp_path: Path
) -> None:
    outcome = load_corpus(STARTER)
    assert outcome.count(State.NEW) == len(read_corpus(STARTER))
    export_corpus(tmp_path / "once")
    load_corpus(tmp_path / "once")
    export_corpus(tmp_path / "twice")
    assert files(tmp_path / "once") == files(tmp_path / "twice") == files(STARTER)


def test_every_record_of_the_starter_corpus_has_one_revision() -> None:
    for kind in kinds():
        numbers = Revision.objects.filter(kind=kind.name).values_list("number", flat=True)
        assert Counter(numbers) == {1: kind.model._base_manager.count()}


def test_starter_corpus_has_enough_published_events() -> None:
    assert Event.objects.published().count() >= 120


def test_claims_of_the_essay_are_there_with_their_verdicts() -> None:
    verdicts = Counter(Claim.objects.filter(slug__startswith="essay-c").values_list("verdict", flat=True))
    assert verdicts == {"corroborated": 8, "imprecise": 9, "contradicted": 5, "disputed": 2, "unverified": 1}


# Loading -------------------------------------------------------------------------------------------

THEME = {"record": "theme", "slug": "sugar-harvest", "status": "published", "name": {"en": "Sugar harvest"},
         "lane": "trade", "position": 40}  # fmt: skip
EVENT = {"record": "event", "slug": "sugar-deal", "status": "draft", "title": {"en": "A deal"}, "importance": 3,
         "verification": "unverified", "themes": ["sugar-harvest"]}  # fmt: skip
CLAIM = {"slug": "claim-sugar", "statement": {"en": "It was signed."}, "verdict": "unverified"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small corpus: a theme, and two events that are related to each other."""
    write(tmp_path / "small", "themes.json", [THEME])
    related = [{"event": "sugar-deal", "relation": "responds_to"}]
    other = EVENT | {"slug": "sugar-protest", "relations": related, "claims": [CLAIM]}
    first = EVENT | {"relations": [{"event": "sugar-protest", "relation": "led_to"}]}
    write(tmp_path / "small", "events.json", [first, other])
    return tmp_path / "small"


def test_records_may_link_to_others_that_come_later(folder: Path) -> None:
    outcome = load_corpus(folder)
    assert outcome.records[State.NEW] == [
        ("themes", "sugar-harvest"), ("events", "sugar-deal"), ("events", "sugar-protest"),
    ]  # fmt: skip
    documents = json.loads((folder / "events.json").read_text(encoding="utf-8"))
    assert [to_document(Event.objects.get(slug=document["slug"])) for document in documents] == documents
    assert Revision.objects.filter(kind="event", slug__in=["sugar-deal", "sugar-protest"]).count() == 2


def test_changed_records_are_changed_and_those_not_named_stay(folder: Path) -> None:
    load_corpus(folder)
    other = EventFactory()
    before = to_document(other)
    write(folder, "events.json", [EVENT])
    outcome = load_corpus(folder, why="The source was read again.")
    assert outcome.records[State.CHANGED] == [("events", "sugar-deal")]
    assert outcome.records[State.UNCHANGED] == [("themes", "sugar-harvest")]
    assert to_document(Event.objects.get(pk=other.pk)) == before
    assert Event.objects.filter(slug="sugar-protest").exists()
    assert Revision.objects.filter(slug="sugar-deal").latest("number").why == "The source was read again."


def test_dry_run_tells_what_would_change_and_changes_nothing(folder: Path) -> None:
    load_corpus(folder)
    write(folder, "themes.json", [THEME | {"position": 41}, THEME | {"slug": "sugar-mills"}])
    write(folder, "past_slugs.json", [{"record": "theme", "slug": "zafra", "now": "sugar-harvest"}])
    before, out = database_digest(), StringIO()
    call_command("load_corpus", folder, "--dry-run", stdout=out)
    assert out.getvalue().splitlines() == [
        "new: themes/sugar-mills",
        "changed: themes/sugar-harvest",
        "new: former address themes/zafra",
        "Would be: 1 new, 1 changed, 2 unchanged.",
    ]
    assert database_digest() == before


def test_command_says_what_it_did(folder: Path) -> None:
    out = StringIO()
    call_command("load_corpus", folder, stdout=out)
    assert out.getvalue() == "Records: 3 new, 0 changed, 0 unchanged.\n"
    assert Revision.objects.filter(slug="sugar-deal").latest("number").why == "load_corpus small"


def test_interrupted_load_leaves_nothing(folder: Path) -> None:
    before = database_digest()
    calls = []

    def interrupt() -> None:
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load_corpus(folder, progress=interrupt)
    assert database_digest() == before


def test_claim_and_doi_may_move_to_another_record_of_the_corpus(folder: Path) -> None:
    load_corpus(folder)
    documents = json.loads((folder / "events.json").read_text(encoding="utf-8"))
    documents[0]["claims"] = documents[1].pop("claims")
    write(folder, "events.json", documents)
    outcome = load_corpus(folder)
    assert outcome.count(State.CHANGED) == 2
    assert Claim.objects.get(slug="claim-sugar").event.slug == "sugar-deal"  # type: ignore[union-attr]


def test_record_with_a_former_address_takes_it_back(folder: Path) -> None:
    load_corpus(folder)
    theme = Theme.objects.get(slug="sugar-harvest")
    theme.slug = "zafra"
    theme.save()
    outcome = load_corpus(folder)
    assert outcome.records[State.CHANGED] == [("themes", "sugar-harvest")]
    assert Theme.objects.get(slug="sugar-harvest") == theme


# Former addresses ----------------------------------------------------------------------------------


def test_former_addresses_go_out_and_come_in(empty_database: None, tmp_path: Path) -> None:
    for record, addresses in [(ThemeFactory(slug="z"), ["zafra", "sugar"]), (SourceFactory(slug="s"), ["a"])]:
        for address in addresses:
            record.slug = address
            record.save()
    export_corpus(tmp_path / "once")
    assert json.loads((tmp_path / "once" / "past_slugs.json").read_text(encoding="utf-8")) == [
        {"record": "source", "slug": "s", "now": "a"},
        {"record": "theme", "slug": "z", "now": "sugar"},
        {"record": "theme", "slug": "zafra", "now": "sugar"},
    ]
    Theme.objects.all().delete()
    Source.objects.all().delete()
    PastSlug.objects.all().delete()
    assert load_corpus(tmp_path / "once").addresses == [
        ("sources", "s"),
        ("themes", "z"),
        ("themes", "zafra"),
    ]
    assert load_corpus(tmp_path / "once").addresses == []
    export_corpus(tmp_path / "twice")
    assert files(tmp_path / "once") == files(tmp_path / "twice")


def test_former_addresses_that_are_none_any_more_do_not_stay_in_the_folder(tmp_path: Path) -> None:
    write(tmp_path, "past_slugs.json", [])
    export_corpus(tmp_path)
    assert not (tmp_path / "past_slugs.json").exists()


# Faults --------------------------------------------------------------------------------------------


Spoil = Callable[[Path], object]


def put(name: str, content: Any) -> Spoil:
    return lambda folder: write(folder, name, content)


def empty(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()


def without(document: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name != key}


# ruff: noqa: E501 (one fault a line)
PAST = {"record": "theme", "slug": "zafra", "now": "sugar-harvest"}
FAULTS: list[tuple[str, Spoil, str]] = [
    ("no folder", shutil.rmtree, "small is not a folder."),
    ("empty folder", empty, "has no corpus; expected are"),
    ("misspelt file", put("evnets.json", []), "evnets.json: no kind of record has this file; expected are"),
    ("not JSON", put("events.json", '[\n{"record": "event",}]'), "events.json: Line 2 is not JSON"),
    ("cut off", put("events.json", '[{"record": "event"'), "events.json: Line 1 is not JSON"),
    ("not UTF-8", lambda folder: (folder / "events.json").write_bytes(b'["\xe1"]'),
     "events.json: The file cannot be read"),
    ("a folder for a file", lambda folder: (folder / "people.json").mkdir(), "people.json: The file cannot be read"),
    ("not a list", put("events.json", EVENT), "events.json: The file must hold a list in square brackets."),
    ("too deep", put("events.json", "[" * 100_000), "events.json: "),
    ("a number that is none", put("themes.json", '[{"slug": "a", "position": NaN}]'), "themes.json: NaN is not JSON."),
    ("a number of 5,000 digits", put("themes.json", f'[{{"slug": "a", "position": {"9" * 5000}}}]'), "themes.json: "),
    ("a key that stands twice", put("events.json", '[{"slug": "a", "title": {"en": "x"}, "title": {"en": "y"}}]'),
     "events.json: The key “title” stands twice in one map, of which the slug is “a”."),
    ("an entry that is no map", put("events.json", ["sugar-deal"]), "events.json: Entry 1 has no slug."),
    ("no slug", put("events.json", [EVENT, without(EVENT, "slug")]), "events.json: Entry 2 has no slug."),
    ("another kind", put("events.json", [THEME]), "events.json, sugar-harvest, record: “event” is expected in this file."),
    ("a slug that stands twice", put("events.json", [EVENT, EVENT]),
     "events.json, sugar-deal, slug: The slug stands twice in this file."),
    ("no status", put("events.json", [without(EVENT, "status")]), "events.json, sugar-deal, status: “None” is not a status"),
    ("unknown key", put("events.json", [EVENT | {"titel": "x"}]), "events.json, sugar-deal, titel: There is no such key"),
    ("bad date", put("events.json", [EVENT | {"date": {"edtf": "1962-13"}}]), "events.json, sugar-deal, date.edtf: "),
    ("unknown theme", put("events.json", [EVENT | {"themes": ["steel"]}]),
     "events.json, sugar-deal, themes[0]: There is no theme “steel”."),
    ("unknown verdict", put("events.json", [EVENT | {"claims": [CLAIM, CLAIM | {"slug": "b", "verdict": "true"}]}]),
     "events.json, sugar-deal, claims[1].verdict: "),
    ("a claim in two records", put("events.json", [EVENT | {"claims": [CLAIM]},
     EVENT | {"slug": "sugar-protest", "claims": [CLAIM]}]), "events.json, sugar-protest, claims[0].slug: This is in use"),
    ("a rule of the database", put("events.json", [EVENT | {"relations": [{"event": "sugar-deal", "relation": "led_to"}]}]),
     "events.json, sugar-deal, relations[0]: An event cannot be related to itself."),
    ("a fault in a record that others link to", lambda folder: (
        write(folder, "places.json", [
            {"record": "place", "slug": "a", "status": "draft", "name": {"en": "A"}, "parent": "b"},
            {"record": "place", "slug": "b", "status": "draft", "name": {"en": "B"}, "latitude": 91, "longitude": 0},
        ])), "places.json, b, latitude: "),
    ("former address of nothing", put("past_slugs.json", [PAST, PAST | {"now": "steel"}]),
     "past_slugs.json, entry 2, now: There is no theme “steel”."),
    ("former address of no kind", put("past_slugs.json", [PAST | {"record": "battle"}]),
     "past_slugs.json, entry 1, record: “battle” is not a kind of record"),
    ("former address with a key too many", put("past_slugs.json", [PAST | {"why": "x"}]),
     "past_slugs.json, entry 1, why: There is no such key"),
    ("former address that is none", put("past_slugs.json", [PAST | {"slug": "Zafra"}]), "past_slugs.json, entry 1, slug: "),
    ("former address that is no map", put("past_slugs.json", ["zafra"]), "past_slugs.json, entry 1: A map in curly"),
    ("former address that is a present one", put("past_slugs.json", [PAST | {"slug": "sugar-harvest"}]),
     "past_slugs.json, entry 1, slug: A record has this address now."),
    ("former address of another", put("past_slugs.json", [PAST | {"slug": "former-address"}]),
     "past_slugs.json, entry 1, slug: This address leads to another record here."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("spoil", "sentence"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS]
)
def test_fault_is_told_by_file_record_and_key_and_changes_nothing(
    folder: Path, spoil: Spoil, sentence: str, empty_database: None
) -> None:
    moved = ThemeFactory(slug="former-address")
    moved.slug = "present-address"
    moved.save()
    spoil(folder)
    before = database_digest()
    with pytest.raises(CommandError) as caught:
        call_command("load_corpus", folder, stdout=StringIO())
    message = str(caught.value)
    assert sentence in message
    assert "\n" not in message
    assert caught.value.returncode == 1
    assert database_digest() == before


def test_two_documents_of_one_record_are_refused(folder: Path) -> None:
    load_corpus(folder)
    theme = Theme.objects.get(slug="sugar-harvest")
    theme.slug = "zafra"
    theme.save()
    write(folder, "themes.json", [THEME, THEME | {"slug": "zafra"}])
    before = database_digest()
    with pytest.raises(
        CorpusError, match=r"themes.json, zafra, slug: .*“sugar-harvest” lead to the same record"
    ):
        load_corpus(folder)
    assert database_digest() == before


def test_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    write(tmp_path, "taken", "")
    with pytest.raises(CommandError, match="taken cannot be written"):
        call_command("export_corpus", tmp_path / "taken", stdout=StringIO())


def test_export_that_is_interrupted_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "sources.json", "[]")

    def interrupt(record: Any) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr(corpus, "to_document", interrupt)
    with pytest.raises(KeyboardInterrupt):
        export_corpus(tmp_path)
    assert files(tmp_path) == {"sources.json": b"[]"}


def test_export_says_how_much_it_wrote(tmp_path: Path) -> None:
    out = StringIO()
    call_command("export_corpus", tmp_path / "new" / "folder", stdout=out)
    assert (
        out.getvalue() == f"{len(read_corpus(STARTER))} records written to {tmp_path / 'new' / 'folder'}.\n"
    )


def test_empty_database_goes_out_and_in(empty_database: None, tmp_path: Path) -> None:
    assert export_corpus(tmp_path) == 0
    assert sum(len(found) for found in load_corpus(tmp_path).records.values()) == 0
