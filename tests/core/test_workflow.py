"""The way of a record: who takes which step, what is kept of it, whose writing may be published by whom."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError

from cubaru.core.documents import kind_named
from cubaru.core.history import recording
from cubaru.core.models import LedgerEntry, Revision, Status, Step
from cubaru.core.roles import Role
from cubaru.core.workflow import (
    WAYS,
    WorkflowError,
    publish,
    send_back,
    starts,
    steps_of,
    submit,
    take,
    ways_from,
    withdraw,
    writers_since_published,
)
from events.models import Event
from tests.factories import EventFactory

pytestmark = pytest.mark.django_db


def member(role: str, name: str) -> Any:
    """Somebody who works at the desk in this role."""
    user = get_user_model().objects.create_user(name, password="a long pass phrase", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return user


@pytest.fixture
def ana(db: None) -> Any:
    return member(Role.CONTRIBUTOR, "ana")


@pytest.fixture
def boris(db: None) -> Any:
    return member(Role.EDITOR, "boris")


def draft(by: Any = None, **fields: Any) -> Event:
    with recording(by=by):
        made: Event = EventFactory.create(status=Status.DRAFT, **fields)
    return made


def in_review(by: Any, **fields: Any) -> Event:
    return submit(draft(by, **fields), by=by)


def write(record: Event, by: Any, **fields: Any) -> None:
    with recording(by=by):
        for name, value in fields.items():
            setattr(record, name, value)
        record.save()


def status_of(record: Any) -> str:
    return str(Event.objects.get(pk=record.pk).status)


# The way ------------------------------------------------------------------------------------------


def test_a_record_goes_all_the_way_and_every_step_is_kept_with_who_and_why(ana: Any, boris: Any) -> None:
    event = draft(ana)
    submit(event, by=ana, note="Ready.")
    send_back(event, by=boris, note="The date needs a source.")
    submit(event, by=ana)
    publish(event, by=boris, note="Well sourced.")
    withdraw(event, by=boris, note="The source was forged.")
    assert [(step.before, step.after, step.by, step.note) for step in steps_of(event)] == [
        ("draft", "in_review", ana, "Ready."),
        ("in_review", "draft", boris, "The date needs a source."),
        ("draft", "in_review", ana, ""),
        ("in_review", "published", boris, "Well sourced."),
        ("published", "withdrawn", boris, "The source was forged."),
    ]
    assert [entry.why for entry in LedgerEntry.objects.filter(kind="event", record_id=event.pk)] == [
        "Well sourced.",
        "The source was forged.",
    ]
    last = Revision.objects.filter(kind="event", record_id=event.pk).latest("number")
    assert (last.saved_by, last.why, last.document["status"]) == (
        boris,
        "The source was forged.",
        "withdrawn",
    )


@pytest.mark.parametrize("four_eyes", [True, False])
@pytest.mark.parametrize("status", Status.values)
@pytest.mark.parametrize("name", list(WAYS))
def test_a_step_is_taken_only_from_where_it_begins(
    settings: Any, boris: Any, name: str, status: str, four_eyes: bool
) -> None:
    settings.FOUR_EYES = four_eyes
    way = WAYS[name]
    event = EventFactory.create(status=status)
    begins = {
        "submit": {"draft"},
        "send_back": {"in_review", "withdrawn"},
        "publish": {"in_review", "withdrawn"} | (set() if four_eyes else {"draft"}),
        "withdraw": {"published"},
    }[name]
    assert {str(one) for one in starts(way)} == begins
    assert (way in ways_from(event, boris)) == (status in begins)
    if status in begins:
        assert take(way, event, by=boris, note="Why not").status == status_of(event) == way.after
        return
    with pytest.raises(WorkflowError, match="is now"):
        take(way, event, by=boris, note="Why not")
    assert status_of(event) == status
    assert not steps_of(event).exists()


def test_a_step_reads_the_status_anew(boris: Any) -> None:
    event = EventFactory.create(status=Status.IN_REVIEW)
    stale = Event.objects.get(pk=event.pk)
    publish(event, by=boris)
    with pytest.raises(WorkflowError):
        send_back(stale, by=boris, note="Not yet")
    assert status_of(event) == Status.PUBLISHED


@pytest.mark.parametrize(("name", "status"), [("send_back", "in_review"), ("withdraw", "published")])
def test_what_undoes_others_work_has_to_be_explained(boris: Any, name: str, status: str) -> None:
    event = EventFactory.create(status=status)
    with pytest.raises(WorkflowError, match="Say in a note why"):
        take(WAYS[name], event, by=boris, note="  ")
    assert status_of(event) == status


def test_a_note_has_a_limit(boris: Any) -> None:
    event = EventFactory.create(status=Status.IN_REVIEW)
    with pytest.raises(WorkflowError, match="longer than 1000"):
        publish(event, by=boris, note="x" * 1001)
    publish(event, by=boris, note="x" * 1000)
    step = steps_of(event).get()
    revision = Revision.objects.filter(kind="event", record_id=event.pk).latest("number")
    assert (len(step.note), len(revision.why)) == (1000, 300)


def test_a_contributor_submits_and_takes_back_what_they_submitted_and_no_more(ana: Any, boris: Any) -> None:
    event = in_review(ana)
    with pytest.raises(PermissionDenied):
        publish(event, by=member(Role.CONTRIBUTOR, "clara"))
    with pytest.raises(PermissionDenied):
        send_back(event, by=member(Role.CONTRIBUTOR, "dmitri"), note="Mine is better.")
    assert send_back(event, by=ana).status == Status.DRAFT
    submit(event, by=ana)
    publish(event, by=boris)
    with pytest.raises(PermissionDenied):
        withdraw(event, by=ana, note="I changed my mind.")
    assert status_of(event) == Status.PUBLISHED


def test_the_system_is_asked_for_no_right_and_no_note() -> None:
    event = EventFactory.create(status=Status.DRAFT)
    for step in (submit, publish, withdraw, send_back):
        step(event)
    assert [step.by for step in steps_of(event)] == [None] * 4


def test_what_breaks_a_rule_is_not_published_and_no_step_is_kept(
    boris: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_short(document: Any) -> None:
        if document["status"] == Status.PUBLISHED:
            raise ValidationError("It is half written.")

    monkeypatch.setattr(kind_named("event"), "rules", [too_short])
    event = EventFactory.create(status=Status.IN_REVIEW)
    with pytest.raises(ValidationError, match="half written"):
        publish(event, by=boris)
    assert status_of(event) == Status.IN_REVIEW
    assert not Step.objects.exists()


# Four eyes ----------------------------------------------------------------------------------------


def test_nobody_publishes_their_own_writing_not_even_a_superuser(boris: Any, curator: Any) -> None:
    for writer in (boris, curator):
        event = in_review(writer)
        with pytest.raises(WorkflowError, match="somebody else must publish it"):
            publish(event, by=writer)
    assert publish(event, by=boris).status == Status.PUBLISHED


def test_who_changed_anything_since_it_was_last_seen_by_readers_cannot_publish_it(
    ana: Any, boris: Any
) -> None:
    event = in_review(ana)
    write(event, boris, title_es="Una visita")
    assert writers_since_published(event) == {ana.pk, boris.pk}
    with pytest.raises(WorkflowError):
        publish(event, by=boris)
    other = member(Role.EDITOR, "olga")
    publish(event, by=other)
    withdraw(event, by=boris, note="A doubt.")
    assert writers_since_published(event) == set()
    publish(event, by=boris)  # nothing was written since


def test_taking_a_step_is_no_writing(ana: Any, boris: Any) -> None:
    event = in_review(ana)
    send_back(event, by=boris, note="More, please.")
    submit(event, by=ana)
    assert writers_since_published(event) == {ana.pk}
    publish(event, by=boris)


def test_what_is_written_in_the_same_change_counts(ana: Any, boris: Any) -> None:
    event: Any = in_review(ana)

    def write_and_publish() -> None:
        with recording(by=boris):
            write(event, boris, title_es="Una visita")
            publish(event, by=boris)

    with pytest.raises(WorkflowError, match="somebody else"):
        write_and_publish()
    assert status_of(event) == Status.IN_REVIEW
    event.refresh_from_db()
    assert event.title_es != "Una visita"


def test_what_was_written_before_it_was_published_does_not_count(ana: Any, boris: Any) -> None:
    event = in_review(boris)
    other = member(Role.EDITOR, "olga")
    publish(event, by=other)
    withdraw(event, by=other, note="A doubt.")
    write(event, ana, title_es="Una visita")
    publish(event, by=boris)


def test_who_works_alone_publishes_their_own_writing_at_once(settings: Any, boris: Any) -> None:
    settings.FOUR_EYES = False
    assert publish(draft(boris), by=boris).status == Status.PUBLISHED
