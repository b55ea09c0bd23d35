"""The way of a record: draft, in review, published, withdrawn. Each step is kept with who and why.

A step is a change like any other: it is recorded in the history, and the ledger says what readers notice.
Whoever acts without a user (a command, the shell) is the system, which is asked for no right.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cubaru.core.documents import Document, to_document
from cubaru.core.history import current_curator, recording
from cubaru.core.models import Record, Revision, Status, Step
from cubaru.core.models.step import LONGEST_NOTE
from cubaru.core.roles import Right, may

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django_stubs_ext import StrOrPromise

#: As many characters as the history keeps of a reason.
LONGEST_WHY = 300

RecordT = TypeVar("RecordT", bound=Record)


class WorkflowError(ValidationError):
    """A step that cannot be taken now; says in one sentence why, and what to do instead."""


@dataclass(frozen=True)
class Way:
    """A step as such: from which statuses it leads where, and whether it has to be explained."""

    right: Right
    title: "StrOrPromise"
    before: tuple[Status, ...]
    after: Status
    needs_note: bool = False
    #: Whether readers notice it.
    is_public: bool = False


SUBMIT = Way(Right.SUBMIT, gettext_lazy("Submit for review"), (Status.DRAFT,), Status.IN_REVIEW)
SEND_BACK = Way(
    Right.SEND_BACK,
    gettext_lazy("Send back"),
    (Status.IN_REVIEW, Status.WITHDRAWN),
    Status.DRAFT,
    needs_note=True,
)
PUBLISH = Way(
    Right.PUBLISH,
    gettext_lazy("Publish"),
    (Status.IN_REVIEW, Status.WITHDRAWN),
    Status.PUBLISHED,
    is_public=True,
)
WITHDRAW = Way(
    Right.WITHDRAW,
    gettext_lazy("Withdraw"),
    (Status.PUBLISHED,),
    Status.WITHDRAWN,
    needs_note=True,
    is_public=True,
)

#: All steps by their names, in the order of their buttons.
WAYS = {str(way.right): way for way in (SUBMIT, SEND_BACK, PUBLISH, WITHDRAW)}


def submit(record: RecordT, *, by: AbstractBaseUser | None = None, note: str = "") -> RecordT:
    """Hands a draft over to the editors. As `take`."""
    return take(SUBMIT, record, by=by, note=note)


def send_back(record: RecordT, *, by: AbstractBaseUser | None = None, note: str = "") -> RecordT:
    """Makes a draft again of what is in review or withdrawn; the note says what is to be done. As `take`."""
    return take(SEND_BACK, record, by=by, note=note)


def publish(record: RecordT, *, by: AbstractBaseUser | None = None, note: str = "") -> RecordT:
    """Puts a record before readers, as a new edition. As `take`."""
    return take(PUBLISH, record, by=by, note=note)


def withdraw(record: RecordT, *, by: AbstractBaseUser | None = None, note: str = "") -> RecordT:
    """Takes a record from readers; its address says so from then on. As `take`."""
    return take(WITHDRAW, record, by=by, note=note)


def take(way: Way, record: RecordT, *, by: AbstractBaseUser | None = None, note: str = "") -> RecordT:
    """Takes the step, and returns the record, read anew. Within a `recording()` it is part of that change.

    Raises WorkflowError if the record does not stand where the step begins, if the step lacks its note, or
    if it would publish what `by` wrote; PermissionDenied if `by` has no right to it; ValidationError if the
    record breaks a rule. Then nothing has changed.
    """
    note = note.strip()
    with recording(by=by, why=Truncator(note).chars(LONGEST_WHY)):
        fresh: RecordT = type(record)._base_manager.select_for_update(no_key=True).get(pk=record.pk)
        if reason := hindrance(way, fresh, by=by) or _fault_of_note(way, fresh, by, note):
            raise WorkflowError(reason)
        if by is not None and not may(by, way.right, fresh):
            raise PermissionDenied
        before, fresh.status = fresh.status, way.after
        fresh.save(update_fields=["status"])
        Step.objects.create(
            kind=fresh.record_kind,
            record_id=fresh.pk,
            before=before,
            after=way.after,
            note=note,
            by_id=by.pk if by else None,
        )
    record.status = way.after
    return fresh


def ways_from(record: Record, user: AbstractBaseUser) -> list[Way]:
    """The steps that the user has a right to from where the record stands; one may still be hindered."""
    return [way for way in WAYS.values() if record.status in starts(way) and may(user, way.right, record)]


def starts(way: Way) -> tuple[Status, ...]:
    """The statuses from which the step can be taken. Who works alone need not submit to themselves."""
    if way is PUBLISH and not settings.FOUR_EYES:
        return (Status.DRAFT, *way.before)
    return way.before


def hindrance(way: Way, record: Record, *, by: AbstractBaseUser | None) -> str:
    """Why the step cannot be taken now, in one sentence; "" if it can."""
    if record.status not in starts(way):
        return _("“%(record)s” is now: %(status)s. This step is for: %(starts)s.") % {
            "record": record,
            "status": record.get_status_display(),
            "starts": ", ".join(str(status.label) for status in starts(way)),
        }
    if way is PUBLISH and by is not None and wrote_since_published(by, record):
        return _("You wrote in “%(record)s” yourself, so somebody else must publish it.") % {"record": record}
    return ""


def wrote_since_published(user: AbstractBaseUser, record: Record) -> bool:
    """Whether the user wrote anything in the record that readers have not seen; never if one works alone."""
    return bool(settings.FOUR_EYES) and user.pk in writers_since_published(record)


def writers_since_published(record: Record) -> set[int | None]:
    """Who changed what the record says since it was last published, by primary key; None is the system.

    A revision that changed only the status is no writing. What the present recording has changed, and the
    history does not hold yet, counts as well.
    """
    revisions = Revision.objects.filter(kind=record.record_kind, record_id=record.pk).order_by("-number")
    writers: set[int | None] = set()
    newer, wrote_newer = _saying(to_document(record)), current_curator()
    for revision in revisions.iterator(chunk_size=20):
        if _saying(revision.document) != newer:
            writers.add(wrote_newer)
        if revision.document["status"] == Status.PUBLISHED:
            return writers
        newer, wrote_newer = _saying(revision.document), revision.saved_by_id
    return writers | {wrote_newer}


def steps_of(record: Record) -> "QuerySet[Step]":
    """All steps that the record has taken, the first one first."""
    return Step.objects.filter(kind=record.record_kind, record_id=record.pk).select_related("by")


def _saying(document: Document) -> Document:
    return {key: value for key, value in document.items() if key != "status"}


def _fault_of_note(way: Way, record: Record, by: AbstractBaseUser | None, note: str) -> str:
    if len(note) > LONGEST_NOTE:
        return _("The note is longer than %(most)d characters.") % {"most": LONGEST_NOTE}
    if way.needs_note and not note and by is not None and may(by, Right.PUBLISH, record):
        return _("Say in a note why, for those who wrote it.")
    return ""
