"""The history: each recording keeps one revision of each record it changed, whatever the way of writing."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, connections, transaction
from django.db.models import F, ProtectedError, Value
from django.db.models.functions import Concat
from django.utils import timezone, translation

from cubaru.core.documents import digest, to_document
from cubaru.core.history import recording
from cubaru.core.models import PastSlug, Record, Revision, Status
from events.models import (
    Claim,
    ClaimCitation,
    Event,
    EventName,
    EventTheme,
    Theme,
)
from people.models import Office, OfficeCitation
from places.models import Place
from tests.databases import database_digest
from tests.factories import (
    ClaimCitationFactory,
    ClaimEventFactory,
    ClaimFactory,
    EventCitationFactory,
    EventFactory,
    EventNameFactory,
    EventThemeFactory,
    OfficeCitationFactory,
    PersonFactory,
    PlaceFactory,
    SourceFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


def revisions(record: Record, key: int | None = None) -> list[Revision]:
    found = Revision.objects.filter(kind=record.record_kind, record_id=key or record.pk)
    return list(found.order_by("number"))


def newest(record: Record) -> Revision:
    return revisions(record)[-1]


# Every way of writing ------------------------------------------------------------------------------


def _save(event: Event) -> None:
    event.importance = 5
    event.save()


def _save_one_field(event: Event) -> None:
    event.importance = 5
    event.save(update_fields=["importance"])


def _save_a_translated_field_in_another_language(event: Event) -> None:
    with translation.override("es"):
        event.title = "Mikoyán en Cuba"
        event.save(update_fields=["title"])


def _save_a_date(event: Event) -> None:
    event.date = "1960-02"
    event.save(update_fields=["date"])


def _bulk_update(event: Event) -> None:
    event.importance = 5
    Event.objects.bulk_update([event], ["importance"])


def _get_or_create_a_name(event: Event) -> None:
    EventName.objects.get_or_create(event=event, text="Визит", language="ru", script="Cyrl")


def _update_or_create_a_claim(event: Event) -> None:
    Claim.objects.update_or_create(slug="claim-present", defaults={"confidence": "high"})


def _add_a_name_in_bulk(event: Event) -> None:
    event.names.add(EventNameFactory.create())


def _change_a_claim(event: Event) -> None:
    claim = event.claims.get()
    claim.confidence = "low"
    claim.save()


def _update_claims(event: Event) -> None:
    Claim.objects.filter(event=event).update(confidence="low")


def _cite_in_a_claim(event: Event) -> None:
    ClaimCitation.objects.create(claim=event.claims.get(), source=SourceFactory.create())


def _cite_in_claims_at_once(event: Event) -> None:
    claim = event.claims.get()
    ClaimCitation.objects.bulk_create([ClaimCitation(claim_id=claim.pk, source=SourceFactory.create())])


def _bear_on_another_event(event: Event) -> None:
    ClaimEventFactory.create(claim=event.claims.get())


def _ignore_conflicts(event: Event) -> None:
    names = [EventName(event=event, text=text, language="ru", script="Cyrl") for text in ("Визит", "Визит")]
    EventName.objects.bulk_create(names, ignore_conflicts=True)


WAYS: list[Callable[[Event], object]] = [
    _save,
    _save_one_field,
    _save_a_translated_field_in_another_language,
    _save_a_date,
    _bulk_update,
    _get_or_create_a_name,
    _update_or_create_a_claim,
    _add_a_name_in_bulk,
    _change_a_claim,
    _update_claims,
    _cite_in_a_claim,
    _cite_in_claims_at_once,
    _bear_on_another_event,
    _ignore_conflicts,
    lambda event: Event.objects.filter(pk=event.pk).update(importance=5),
    lambda event: Event.objects.filter(pk=event.pk).update(importance=F("importance") + 1),
    lambda event: Event.objects.filter(pk=event.pk).update(summary=Concat(F("title"), Value("!"))),
    lambda event: Event.objects.filter(pk=event.pk).update(date="1960-02", date_calendar="gregorian"),
    lambda event: Event.objects.filter(pk=event.pk).update(date="1960-02"),
    lambda event: Event.objects.filter(pk=event.pk).update(date_calendar="julian"),
    lambda event: event.names.create(text="Визит", language="ru", script="Cyrl"),
    lambda event: event.names.bulk_create(
        [EventName(event=event, text="Визит", language="ru", script="Cyrl")]
    ),
    lambda event: event.claims.update(confidence="low"),
    lambda event: event.claims.all().delete(),
    lambda event: event.claims.get().delete(),
    lambda event: event.themes.add(ThemeFactory.create()),
    lambda event: event.themes.set([ThemeFactory.create(), ThemeFactory.create()]),
    lambda event: event.themes.remove(event.themes.get()),
    lambda event: event.themes.clear(),
    lambda event: event.themes.create(slug="sugar-harvest", name="Sugar"),
    lambda event: EventTheme.objects.filter(event=event).delete(),
    lambda event: event.theme_links.all().delete(),
    lambda event: event.theme_links.get().theme.event_links.all().delete(),
]


@pytest.mark.parametrize("change", WAYS, ids=lambda way: way.__name__.strip("_"))
def test_each_way_of_writing_is_seen(change: Callable[[Event], object]) -> None:
    event = EventFactory.create()
    ClaimFactory.create(event=event, slug="claim-present")
    EventThemeFactory.create(event=event)
    before = revisions(event)
    with recording():
        change(event)
    added = revisions(event)[len(before) :]
    event = Event.objects.get(pk=event.pk)
    assert [revision.number for revision in added] == [len(before) + 1]
    assert added[0].document == to_document(event)
    assert added[0].digest == digest(to_document(event)) != before[-1].digest
    assert event.modified_at == added[0].saved_at


@pytest.mark.parametrize("change", WAYS, ids=lambda way: way.__name__.strip("_"))
def test_each_way_of_writing_is_seen_outside_of_a_recording(change: Callable[[Event], object]) -> None:
    event = EventFactory.create()
    ClaimFactory.create(event=event, slug="claim-present")
    EventThemeFactory.create(event=event)
    change(event)
    assert newest(event).document == to_document(Event.objects.get(pk=event.pk))


def test_creation_by_each_way_is_seen() -> None:
    by_create = Place.objects.create(slug="created", name="Created")
    by_bulk = Place.objects.bulk_create([Place(slug="bulk", name="Bulk"), Place(slug="more", name="More")])
    Place.objects.bulk_create(
        [Place(slug="bulk", name="Again"), Place(slug="new", name="New")], ignore_conflicts=True
    )
    by_get, _is_new = Place.objects.get_or_create(slug="got", defaults={"name": "Got"})
    for place in (by_create, *by_bulk, by_get, Place.objects.get(slug="new")):
        assert [revision.number for revision in revisions(place)] == [1]


def test_one_revision_whatever_number_of_rows_is_written() -> None:
    with recording():
        event = EventFactory.create()
        EventThemeFactory.create(event=event)
        for _number in range(3):
            EventCitationFactory.create(event=event)
            ClaimCitationFactory.create(claim=ClaimFactory.create(event=event))
        Event.objects.filter(pk=event.pk).update(importance=1)
    assert len(revisions(event)) == 1
    assert len(newest(event).document["claims"]) == 3


def test_write_that_changes_nothing_keeps_no_revision() -> None:
    event = EventFactory.create()
    before = database_digest()
    event.save()
    Event.objects.filter(pk=event.pk).update(importance=event.importance)
    Event.objects.bulk_update([event], ["title"])
    assert database_digest() == before


def test_office_and_its_citations_belong_to_the_person() -> None:
    citation = OfficeCitationFactory.create()
    person = citation.office.person
    assert len(newest(person).document["offices"][0]["citations"]) == 1
    OfficeCitation.objects.filter(pk=citation.pk).update(locator="p. 1")
    assert newest(person).document["offices"][0]["citations"][0]["locator"] == "p. 1"
    Office.objects.filter(pk=citation.office_id).delete()
    assert "offices" not in newest(person).document


# Parts that change hands ---------------------------------------------------------------------------


def _hand_over_by_save(claim: Claim, event: Event) -> None:
    claim.event = event
    claim.save()


def _hand_over_by_one_field(claim: Claim, event: Event) -> None:
    claim.event = event
    claim.save(update_fields=["event"])


def _hand_over_in_bulk(claim: Claim, event: Event) -> None:
    claim.event = event
    Claim.objects.bulk_update([claim], ["event"])


@pytest.mark.parametrize(
    "hand_over",
    [
        _hand_over_by_save,
        _hand_over_by_one_field,
        _hand_over_in_bulk,
        lambda claim, event: Claim.objects.filter(pk=claim.pk).update(event=event),
        lambda claim, event: event.claims.add(claim),
        lambda claim, event: event.claims.add(claim, bulk=False),
        lambda claim, event: event.claims.set([claim]),
    ],
)
def test_both_records_keep_a_revision_when_a_part_changes_hands(
    hand_over: Callable[[Claim, Event], object],
) -> None:
    claim, other = ClaimFactory.create(), EventFactory.create()
    owner = claim.event
    hand_over(claim, other)
    assert "claims" not in newest(owner).document
    assert newest(other).document["claims"][0]["slug"] == claim.slug
    for event in (owner, other):
        assert newest(event).document == to_document(Event.objects.get(pk=event.pk))


def test_claim_of_an_event_can_become_one_of_a_person() -> None:
    claim, person = ClaimFactory.create(), PersonFactory.create()
    event = claim.event
    claim.event, claim.person = None, person
    claim.save()
    assert "claims" not in newest(event).document
    assert newest(person).document["claims"][0]["slug"] == claim.slug


# Deletion ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "delete",
    [
        lambda event: event.delete(),
        lambda event: Event.objects.filter(pk=event.pk).delete(),
        lambda event: Event._base_manager.filter(pk=event.pk).delete(),
    ],
)
def test_deletion_keeps_the_last_document(delete: Callable[[Event], object]) -> None:
    event = ClaimCitationFactory.create().claim.event
    key, last = event.pk, to_document(Event.objects.get(pk=event.pk))
    delete(event)
    deleted = revisions(event, key)[-1]
    assert (deleted.is_deletion, deleted.document, deleted.digest) == (True, last, digest(last))
    assert not Event.objects.filter(pk=key).exists()


def test_deletion_that_is_refused_leaves_no_trace() -> None:
    theme = EventThemeFactory.create().theme
    before = database_digest()
    with pytest.raises(ProtectedError):
        theme.delete()
    assert database_digest() == before


def test_record_that_came_and_went_in_one_recording_leaves_no_trace() -> None:
    before = Revision.objects.count()
    with recording():
        PlaceFactory.create().delete()
    assert Revision.objects.count() == before


# Who, why, when, and together ----------------------------------------------------------------------


def test_revision_says_who_and_why(curator: Any) -> None:
    with recording(by=curator, why="The source says so."):
        place = PlaceFactory.create()
    revision = newest(place)
    assert (revision.saved_by, revision.why) == (curator, "The source says so.")
    curator.delete()
    assert newest(place).saved_by is None


def test_recording_inside_another_joins_it(curator: Any) -> None:
    other = get_user_model().objects.create_user("other")
    with recording(why="outer"):
        with recording(by=curator, why="inner"):
            place = PlaceFactory.create()
        assert revisions(place) == []
        with recording(by=other):
            place.country = "MX"
            place.save()
    assert [(revision.saved_by, revision.why) for revision in revisions(place)] == [(curator, "outer")]


def test_all_revisions_of_one_recording_bear_one_time() -> None:
    with recording():
        event, place = EventFactory.create(), PlaceFactory.create()
    assert newest(event).saved_at == newest(place).saved_at == Place.objects.get(pk=place.pk).modified_at


def _write_and_fail(place: Place) -> NoReturn:
    Place.objects.filter(pk=place.pk).update(country="MX")
    raise ZeroDivisionError


def _move_in_turn(*moves: tuple[Theme, str]) -> None:
    with recording():
        for theme, slug in moves:
            _move_by_save(theme, slug)


def test_error_undoes_all_and_the_next_recording_starts_afresh() -> None:
    before = database_digest()
    with pytest.raises(ZeroDivisionError), recording(why="never"):
        _write_and_fail(PlaceFactory.create())
    assert database_digest() == before
    assert newest(PlaceFactory.create()).why == ""


def test_what_a_savepoint_took_back_is_not_kept() -> None:
    place = PlaceFactory.create()
    with recording():
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            _write_and_fail(place)
        event = EventFactory.create()
    assert len(revisions(place)) == 1
    assert len(revisions(event)) == 1


def test_row_read_earlier_does_not_bring_back_what_is_derived() -> None:
    event = EventFactory.create(status=Status.DRAFT)
    stale = Event.objects.get(pk=event.pk)
    ClaimFactory.create(event=event, statement_en="Sugar was exchanged for oil.")
    now = Event.objects.get(pk=event.pk)
    stale.save()
    again = Event.objects.get(pk=event.pk)
    assert (again.modified_at, again.folded) == (now.modified_at, now.folded)
    assert "sugar was exchanged" in now.folded


def test_time_of_change_is_that_of_the_newest_revision() -> None:
    event = EventFactory.create()
    long_ago = timezone.now() - timedelta(days=1000)
    event.modified_at = long_ago
    event.importance = 1
    event.save()
    assert Event.objects.get(pk=event.pk).modified_at == newest(event).saved_at > long_ago


# Addresses -----------------------------------------------------------------------------------------


def _move_by_save(theme: Theme, slug: str) -> None:
    theme.slug = slug
    theme.save()


def _move_by_one_field(theme: Theme, slug: str) -> None:
    theme.slug = slug
    theme.save(update_fields=["slug"])


def _move_in_bulk(theme: Theme, slug: str) -> None:
    theme.slug = slug
    Theme.objects.bulk_update([theme], ["slug"])


MOVES: list[Callable[[Theme, str], object]] = [
    _move_by_save,
    _move_by_one_field,
    _move_in_bulk,
    lambda theme, slug: Theme.objects.filter(pk=theme.pk).update(slug=slug),
]


def past(record: Record) -> list[str]:
    found = PastSlug.objects.filter(kind=record.record_kind, record_id=record.pk)
    return sorted(found.values_list("slug", flat=True))


@pytest.mark.parametrize("move", MOVES)
def test_address_that_a_record_leaves_is_kept_and_can_be_taken_back(
    move: Callable[[Theme, str], object],
) -> None:
    theme = ThemeFactory.create(slug="first-address")
    move(theme, "second-address")
    assert past(theme) == ["first-address"]
    move(theme, "third-address")
    assert past(theme) == ["first-address", "second-address"]
    move(theme, "first-address")
    assert past(theme) == ["second-address", "third-address"]


@pytest.mark.parametrize("move", MOVES)
def test_address_that_leads_to_another_record_is_refused(move: Callable[[Theme, str], object]) -> None:
    theme = ThemeFactory.create(slug="first-address")
    _move_by_save(theme, "second-address")
    other = ThemeFactory.create(slug="other-address")
    before = database_digest()
    with pytest.raises(ValidationError, match="“first-address” leads to another record"):
        move(other, "first-address")
    assert database_digest() == before
    with pytest.raises(ValidationError, match="leads to another record"):
        ThemeFactory.create(slug="first-address")
    assert database_digest() == before


def test_form_is_told_that_an_address_leads_to_another_record() -> None:
    theme = ThemeFactory.create(slug="first-address")
    _move_by_save(theme, "second-address")
    with pytest.raises(ValidationError, match="leads to another record"):
        Theme(slug="first-address", name="Another").validate_unique()
    theme.slug = "first-address"
    theme.validate_unique()


@pytest.mark.parametrize("is_newer", [True, False])
def test_address_left_and_taken_in_one_recording_is_refused(is_newer: bool) -> None:
    one, two = ThemeFactory.create(slug="one-address"), ThemeFactory.create(slug="two-address")
    leaving, taking = (one, two) if is_newer else (two, one)
    address = leaving.slug
    with pytest.raises(ValidationError, match=f"“{address}” leads to another record"):
        _move_in_turn((leaving, "three-address"), (taking, address))
    assert past(one) == past(two) == []


def test_addresses_cannot_be_exchanged() -> None:
    one, two = ThemeFactory.create(slug="one-address"), ThemeFactory.create(slug="two-address")
    with pytest.raises(ValidationError, match="leads to another record"):
        _move_in_turn((one, "meanwhile"), (two, "one-address"), (one, "two-address"))


def test_address_of_no_one_for_a_moment_is_not_kept() -> None:
    theme = ThemeFactory.create(slug="first-address")
    with recording():
        _move_by_save(theme, "meanwhile")
        _move_by_save(theme, "second-address")
    assert past(theme) == ["first-address"]


def test_former_address_of_a_deleted_record_is_free() -> None:
    theme = ThemeFactory.create(slug="first-address")
    _move_by_save(theme, "second-address")
    theme.delete()
    again = ThemeFactory.create(slug="first-address")
    assert not PastSlug.objects.filter(kind="theme", slug="first-address").exists()
    assert newest(again).slug == "first-address"


def test_address_leads_to_one_record_of_its_kind_only() -> None:
    theme = ThemeFactory.create(slug="same-address")
    _move_by_save(theme, "second-address")
    assert PlaceFactory.create(slug="same-address").slug == "same-address"


# Several writers at once ---------------------------------------------------------------------------


@pytest.fixture
def shared_database(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """A database that the connections of all threads share: SQLite's in memory is copied to a file."""
    if connection.vendor != "sqlite":
        yield
        return
    database = connections.settings["default"]
    in_memory = database["NAME"]
    connection.ensure_connection()
    with closing(sqlite3.connect(tmp_path / "shared.sqlite3")) as copy:
        connection.connection.backup(copy)
    database["NAME"] = str(tmp_path / "shared.sqlite3")
    yield
    database["NAME"] = in_memory


def at_once(*actions: Callable[[], Any]) -> list[Any]:
    """What the actions return, in threads with connections of their own, all begun before any has ended."""
    barrier = threading.Barrier(len(actions))

    def run(action: Callable[[], Any]) -> Any:
        try:
            barrier.wait(timeout=30)
            return action()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(actions)) as threads:
        running = [threads.submit(run, action) for action in actions]
        return [one.result(timeout=60) for one in running]


def test_writers_of_one_record_at_once_number_their_revisions_one_after_the_other(
    shared_database: None,
) -> None:
    [(event, theme)] = at_once(
        lambda: (EventFactory.create(slug="written-at-once"), ThemeFactory.create(slug="at-once"))
    )

    def name(number: int) -> None:
        EventName.objects.create(event_id=event.pk, text=f"Визит {number}", language="ru", script="Cyrl")

    at_once(
        *(partial(name, number) for number in range(4)),
        lambda: Event.objects.filter(pk=event.pk).update(importance=1),
        lambda: EventTheme.objects.create(event_id=event.pk, theme_id=theme.pk),
    )
    [(kept, document)] = at_once(lambda: (revisions(event), to_document(Event.objects.get(pk=event.pk))))
    assert [revision.number for revision in kept] == [1, 2, 3, 4, 5, 6, 7]
    assert kept[-1].document == document
    assert len(document["names"]) == 4


def test_two_records_at_once_do_not_get_each_others_address(shared_database: None) -> None:
    [theme] = at_once(lambda: ThemeFactory.create(slug="first-address"))

    def take() -> str:
        try:
            ThemeFactory.create(slug="first-address")
        except (ValidationError, IntegrityError):
            return "refused"
        return "taken"

    moved, taken = at_once(lambda: _move_by_save(theme, "second-address"), take)
    assert (moved, taken) == (None, "refused")


def test_revision_reads_as_its_record_and_number() -> None:
    place = PlaceFactory.create(slug="cienfuegos-bay")
    assert str(newest(place)) == "place/cienfuegos-bay #1"
