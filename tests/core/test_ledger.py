"""The ledger: what readers could notice, in order, chained, and nothing else."""

import json
import random
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from django.test import Client

from cubaru.core.history import recording
from cubaru.core.ledger import content_version, entry_hash
from cubaru.core.models import Action, LedgerEntry
from cubaru.core.verification import check_ledger, verify
from events.models import Event
from people.models import Person
from sources.models import Source
from tests.factories import (
    ClaimCitationFactory,
    ClaimFactory,
    EventCitationFactory,
    EventFactory,
    ParticipationFactory,
    PersonFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


def entries_of(record: Any) -> list[LedgerEntry]:
    return list(LedgerEntry.objects.filter(kind=record.record_kind, record_id=record.pk).order_by("number"))


def actions_of(record: Any) -> list[str]:
    return [entry.action for entry in entries_of(record)]


def newest_document(record: Any) -> dict[str, Any]:
    newest = [entry for entry in entries_of(record) if entry.document][-1]
    document: dict[str, Any] = json.loads(newest.document)
    return document


def faults() -> list[str]:
    return [fault for finding in verify() for fault in finding.faults]


def test_starter_corpus_is_published_with_one_edition_a_record_and_verifies() -> None:
    assert set(LedgerEntry.objects.values_list("action", "edition")) == {("edition", 1)}
    assert content_version() == LedgerEntry.objects.count() > 800
    assert faults() == []


def test_draft_never_moves_the_content_version() -> None:
    before = content_version()
    event = EventFactory.create(status="draft")
    event.title_en = "Another title"
    event.save()
    ParticipationFactory.create(event=event)  # its person is published, and counts
    assert content_version() == before + 1
    event.status = "in_review"
    event.save()
    event.delete()
    assert content_version() == before + 1


def test_published_change_makes_one_edition_whatever_number_of_rows() -> None:
    event = EventFactory.create()
    with recording(why="Two sources more"):
        event.summary_en = "He opens the exhibition, and signs."
        event.save()
        EventCitationFactory.create(event=event)
        EventCitationFactory.create(event=event)
    newest = entries_of(event)[-1]
    assert actions_of(event) == ["edition", "edition"]
    assert (newest.edition, newest.why) == (2, "Two sources more")


def test_save_without_a_change_makes_no_edition() -> None:
    event = EventFactory.create()
    event.save()
    assert actions_of(event) == ["edition"]


def test_withdrawal_and_publication_again_are_both_entries() -> None:
    event = EventFactory.create()
    for status in ("withdrawn", "published"):
        event.status = status
        event.save()
    assert actions_of(event) == ["edition", "withdrawal", "edition"]
    assert [entry.edition for entry in entries_of(event)] == [1, None, 2]


def test_published_record_that_becomes_a_draft_is_withdrawn_for_readers() -> None:
    event = EventFactory.create()
    event.status = "draft"
    event.save()
    assert actions_of(event) == ["edition", "withdrawal"]


def test_new_address_is_an_entry_before_the_edition_that_has_it() -> None:
    event = EventFactory.create(slug="visit-of-1960")
    event.slug = "mikoyan-visit-of-1960"
    event.save()
    moved = entries_of(event)[1]
    assert actions_of(event) == ["edition", "new_slug", "edition"]
    assert (moved.slug, moved.target) == ("visit-of-1960", "mikoyan-visit-of-1960")


def test_edition_holds_nothing_that_readers_do_not_see() -> None:
    event = EventFactory.create()
    draft = PersonFactory.create(status="draft", name_en="Secret Person")
    ParticipationFactory.create(event=event, person=draft)
    EventCitationFactory.create(
        event=event, source=SourceFactory.create(status="draft", title="Secret source")
    )
    document = newest_document(event)
    assert "participants" not in document
    assert "citations" not in document
    assert "Secret" not in json.dumps(document)


def test_records_that_link_to_one_that_appears_or_goes_get_editions_too() -> None:
    event = EventFactory.create()
    person = PersonFactory.create(status="draft")
    ParticipationFactory.create(event=event, person=person)
    person.status = "published"
    person.save()
    assert newest_document(event)["participants"][0]["person"] == person.slug
    person.status = "withdrawn"
    person.save()
    assert "participants" not in newest_document(event)
    assert faults() == []


def test_records_that_link_to_one_that_moves_get_editions_with_the_new_address() -> None:
    event = EventFactory.create()
    person = PersonFactory.create()
    ParticipationFactory.create(event=event, person=person)
    person.slug = "mikoyan-anastas-ivanovich"
    person.save()
    assert newest_document(event)["participants"][0]["person"] == "mikoyan-anastas-ivanovich"
    assert faults() == []


def test_what_others_are_called_is_kept_as_it_was_that_day_and_makes_no_edition() -> None:
    event = EventFactory.create()
    person = PersonFactory.create()
    ParticipationFactory.create(event=event, person=person)
    editions = len(entries_of(event))
    person.name_en = "A. I. Mikoyan"
    person.save()
    assert len(entries_of(event)) == editions
    assert newest_document(event)["labels"]["person"][person.slug]["en"] == "Anastas Mikoyan"


def test_evidence_that_readers_do_not_see_does_not_carry_a_verdict() -> None:
    source = SourceFactory.create()
    with recording():
        claim = ClaimFactory.create(verdict="corroborated")
        ClaimCitationFactory.create(claim=claim, source=source)
    source.status = "withdrawn"
    with pytest.raises(ValidationError, match="corroborated"):
        source.save()
    assert Source.objects.get(pk=source.pk).is_published


def test_source_cited_in_a_published_narrative_cannot_be_withdrawn_or_deleted() -> None:
    source = SourceFactory.create(slug="castro-1992")
    EventFactory.create(body_en="So he said [@castro-1992, p. 12].")
    source.status = "withdrawn"
    with pytest.raises(ValidationError, match="castro-1992"):
        source.save()
    with pytest.raises(models.ProtectedError):
        Source.objects.get(pk=source.pk).delete()


def test_ledger_entries_can_neither_be_saved_nor_deleted() -> None:
    entry = LedgerEntry.objects.order_by("number")[0]
    with pytest.raises(TypeError, match="never changed"):
        entry.save()
    with pytest.raises(TypeError, match="taken out"):
        entry.delete()


def test_failed_change_leaves_no_entry() -> None:
    before = content_version()
    with pytest.raises(RuntimeError):
        _fail_after_a_change()
    assert content_version() == before


def _fail_after_a_change() -> None:
    with recording():
        EventFactory.create()
        raise RuntimeError


def test_one_flipped_byte_in_any_of_100_editions_is_found() -> None:
    generator = random.Random(1902)
    numbers = generator.sample(list(LedgerEntry.objects.values_list("number", flat=True)), 100)
    for entry in LedgerEntry.objects.filter(number__in=numbers):
        whole = bytearray(entry.document.encode())
        place = generator.choice([at for at, byte in enumerate(whole) if byte < 128])
        whole[place] ^= 1
        LedgerEntry.objects.filter(number=entry.number).update(document=whole.decode())
    found = [fault for fault in check_ledger() if fault]
    assert found == [
        f"The document of entry {number} of the ledger was changed." for number in sorted(numbers)
    ]


@pytest.mark.parametrize("column", ["slug", "why", "by", "digest", "previous_hash", "hash"])
def test_changed_column_of_an_entry_is_found(column: str) -> None:
    LedgerEntry.objects.filter(number=400).update(**{column: "0" * 64})
    assert any(check_ledger())


def test_entry_taken_out_of_the_ledger_is_found() -> None:
    rows = LedgerEntry.objects.filter(number=400)
    rows._raw_delete(rows.db)
    assert any(check_ledger())


def test_record_changed_behind_the_back_of_the_history_is_found() -> None:
    event = EventFactory.create()
    plain: Any = models.QuerySet(Event)
    plain.filter(pk=event.pk).update(summary_en="Forged.")
    assert faults() == [f"event/{event.slug}: the record is not as its newest edition has it."]


def test_hash_covers_all_that_an_entry_says() -> None:
    entry = LedgerEntry.objects.get(number=1)
    whole = entry_hash(entry)
    for name, value in {"slug": "x", "action": Action.MERGE, "by": "x", "why": "x", "number": 2}.items():
        changed = LedgerEntry.objects.get(number=1)
        setattr(changed, name, value)
        assert entry_hash(changed) != whole, name


def test_after_500_random_edits_every_old_edition_answers_byte_for_byte_as_before(client: Client) -> None:
    generator = random.Random(1962)
    events = [EventFactory.create(slug=f"edited-{number}") for number in range(4)]
    people = [PersonFactory.create(slug=f"person-{number}") for number in range(3)]
    answers: dict[str, bytes] = {}
    for number in range(500):
        edit_at_random(generator, events, people, number)
        if number % 25 == 0:
            remember_editions(client, events + people, answers)
    remember_editions(client, events + people, answers)
    assert len(answers) > 150
    for address, answer in answers.items():
        assert client.get(address).content == answer, address
    assert faults() == []


def edit_at_random(generator: random.Random, events: list[Any], people: list[Any], number: int) -> None:
    event: Any = Event.objects.get(pk=generator.choice(events).pk)
    person: Any = Person.objects.get(pk=generator.choice(people).pk)
    match generator.randrange(6):
        case 0:
            event.title_en = f"Title {number}"
            event.save()
        case 1:
            person.name_ru = f"Имя {number}"
            person.save()
        case 2:
            event.status = generator.choice(["published", "withdrawn", "draft", "published"])
            event.save()
        case 3:
            person.status = generator.choice(["published", "withdrawn", "published"])
            person.save()
        case 4:
            event.participations.get_or_create(person=person, role="visitor")
        case 5:
            event.participations.filter(person=person).delete()


def remember_editions(client: Client, records: list[Any], answers: dict[str, bytes]) -> None:
    ids = {(record.record_kind, record.pk) for record in records}
    for entry in LedgerEntry.objects.filter(action="edition", number__gt=800).order_by("number"):
        if (entry.kind, entry.record_id) in ids:
            plural = {"event": "events", "person": "people"}[entry.kind]
            address = f"/en/{plural}/{entry.slug}/editions/{entry.edition}/"
            if address not in answers:
                answer = client.get(address)
                assert answer.status_code == 200
                answers[address] = answer.content


def test_followers_are_told_of_every_edition_and_withdrawal_in_the_transaction(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[tuple[str, int, str, int]] = []

    def follow(kind: str, record_id: int, document: dict[str, Any] | None) -> None:
        newest = LedgerEntry.objects.filter(kind=kind, record_id=record_id).latest("number")
        title = document["title"]["en"] if document else ""
        told.append((kind, record_id, title, newest.number))

    monkeypatch.setattr("cubaru.core.ledger.FOLLOWERS", [follow])
    before = content_version()
    event = EventFactory.create(status="draft", title_en="Kept back")
    event.status = "published"
    event.save()
    event.title_en = "Shown"
    event.save()
    event.save()
    event.status = "withdrawn"
    event.save()
    assert told == [
        ("event", event.pk, "Kept back", before + 1),
        ("event", event.pk, "Shown", before + 2),
        ("event", event.pk, "", before + 3),
    ]


def test_change_that_a_follower_refuses_is_undone(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(kind: str, record_id: int, document: dict[str, Any] | None) -> None:
        raise ValidationError("The index is full.")

    monkeypatch.setattr("cubaru.core.ledger.FOLLOWERS", [refuse])
    before = content_version()
    with pytest.raises(ValidationError, match="full"):
        EventFactory.create(slug="never-there")
    assert content_version() == before
    assert not Event.objects.filter(slug="never-there").exists()
