"""What clients do to records, by the same means and rules as curators at the desk.

Each function is one change, in one transaction, with its revision, step or proposal; `token` says in whose
name. What refuses it is a ProblemError: 403, 404, 409, 412, 422 or 428; then nothing has changed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.db.models import ProtectedError, RestrictedError
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from clients.bodies import merged
from clients.conditions import check_state
from clients.faults import InvalidError, check_document, fault, refuse, told
from clients.models import Token
from clients.models.token import Scope
from cubaru.core.admin.rules import told_by_database
from cubaru.core.api.problems import ProblemError
from cubaru.core.api.views import is_slug
from cubaru.core.documents import (
    Document,
    DocumentError,
    RecordKind,
    apply_document,
    normal_document,
    to_document,
)
from cubaru.core.history import recording, undone
from cubaru.core.models import Proposal, Record, Status
from cubaru.core.models.record import address_taken
from cubaru.core.models.step import LONGEST_NOTE
from cubaru.core.proposals import propose
from cubaru.core.related import Related
from cubaru.core.roles import Right, may
from cubaru.core.workflow import LONGEST_WHY, Way, WorkflowError, take


@dataclass(frozen=True)
class Target:
    """The record that is meant, in the state that is meant: `state` is what If-Match says."""

    kind: RecordKind
    slug: str
    state: str


@dataclass(frozen=True)
class Written:
    """What became of a write: the record as it is now (None: deleted), or the proposal that waits."""

    record: Record | None
    is_new: bool = False
    proposal: Proposal | None = None


def create(kind: RecordKind, body: Any, *, token: Token, note: str = "") -> Written:
    """A new draft."""
    with _change(token, note):
        if not may(token.user, Right.ADD, kind.model):
            raise PermissionDenied
        document = _checked(body, kind, Status.DRAFT)
        if Related().find(kind.model, document["slug"]) is not None:
            raise refuse("slug", address_taken(document["slug"]))
        record, _state = apply_document(document)
    return Written(record, is_new=True)


def change(target: Target, patch: Any, *, token: Token, note: str = "") -> Written:
    """The record with the merge patch applied; a proposal where the user, or the token, may only propose."""
    with _change(token, note):
        record = _found(target, token.user)
        before = to_document(record)
        document = _checked(merged(before, patch), target.kind, Status(record.status))
        if normal_document(document, related=Related()) == before:
            return Written(record)
        if _may_change_at_once(token, record):
            record, _state = apply_document(document, record)
            return Written(record)
        if not may(token.user, Right.PROPOSE, record):
            raise PermissionDenied
        with undone():  # what the database would refuse is told now, not to whoever accepts it
            apply_document(document, record)
        return Written(record, proposal=propose(record, document, by=token.user, note=note))


def delete(target: Target, *, token: Token, note: str = "") -> Written:
    """Takes a draft away; the history keeps it."""
    with _change(token, note):
        record = _found(target, token.user)
        if record.status != Status.DRAFT:
            raise WorkflowError(
                _("“%(record)s” is now: %(status)s. Only drafts can be deleted.")
                % {"record": record, "status": record.get_status_display()}
            )
        if not may(token.user, Right.DELETE, record):
            raise PermissionDenied
        record.delete()
    return Written(None)


def step(way: Way, target: Target, *, token: Token, note: str = "") -> Written:
    """Submits, publishes or withdraws the record."""
    with _change(token, note):
        record = take(way, _found(target, token.user), by=token.user, note=note)
    return Written(record)


def _found(target: Target, user: Any) -> Record:
    """The record, locked. Raises ProblemError if it is not there for the user, or in another state."""
    rows = target.kind.model._base_manager.filter(slug=target.slug)
    if not may(user, Right.VIEW, target.kind.model):
        rows = rows.filter(status=Status.PUBLISHED)
    record = rows.select_for_update(no_key=True).first() if is_slug(target.slug) else None
    if record is None:
        raise ProblemError(404)
    check_state(record, target.state)
    return record


@contextmanager
def _change(token: Token, note: str) -> Iterator[None]:
    """One recording; whatever refuses it becomes a ProblemError."""
    if len(note.strip()) > LONGEST_NOTE:
        raise ProblemError(422, _("The note is longer than %(most)d characters.") % {"most": LONGEST_NOTE})
    try:
        with recording(by=token.user, why=Truncator(note.strip()).chars(LONGEST_WHY)):
            yield
    except PermissionDenied as error:
        raise ProblemError(403, _("Your role does not let you do this to this record.")) from error
    except WorkflowError as error:
        raise ProblemError(409, " ".join(error.messages)) from error
    except DocumentError as error:
        raise refuse(error.at, error.message) from error
    except ValidationError as error:
        raise told(error) from error
    except (ProtectedError, RestrictedError) as error:
        raise ProblemError(409, _("Other records name this one, so it cannot be deleted.")) from error
    except IntegrityError as error:
        raise told(told_by_database(error)) from error


def _may_change_at_once(token: Token, record: Record) -> bool:
    """What readers would notice at once takes the scope for it; without it, it is proposed."""
    is_noticed = record.is_published and Scope.PUBLISH not in token.scopes
    return not is_noticed and may(token.user, Right.CHANGE, record)


def _checked(document: Any, kind: RecordKind, status: Status) -> Document:
    """The document, of this kind and in this status; it need not say so. Raises InvalidError."""
    faults = []
    if isinstance(document, dict):
        if document.get("record", kind.name) != kind.name:
            faults.append(fault("record", _("This address is for: %(kind)s.") % {"kind": kind.name}))
        if document.get("status", status.value) != status.value:
            faults.append(fault("status", _("A status is changed by submit, publish and withdraw only.")))
        document = {**document, "record": kind.name, "status": status.value}
    try:
        check_document(document, kind)
    except InvalidError as error:
        raise InvalidError([*faults, *error.faults]) from error
    if faults:
        raise InvalidError(faults)
    return document  # type: ignore[no-any-return]
