"""Proposals: changes to published records that wait for an editor. Readers go on seeing what is published.

A proposal is a document, with the revision that it is based on. When it is accepted, what it changed is
merged into the record as it is by then.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from cubaru.core.documents import (
    Document,
    DocumentError,
    RecordKind,
    apply_document,
    kind_named,
    normal_document,
    to_document,
)
from cubaru.core.history import recording
from cubaru.core.merging import Conflict, merge
from cubaru.core.models import Proposal, ProposalState, Record, Revision, Status
from cubaru.core.models.step import LONGEST_NOTE
from cubaru.core.related import Related
from cubaru.core.roles import Right, may
from cubaru.core.workflow import LONGEST_WHY, WorkflowError


def propose(
    record: Record, document: Document, *, by: AbstractBaseUser | None, note: str = "", minor: bool = False
) -> Proposal:
    """Keeps the document as a change proposed to the record as it is now; `minor` as in `recording`.

    Raises WorkflowError if the record is not published or the document says nothing new; PermissionDenied if
    `by` may not propose changes to it; DocumentError if the document is malformed.
    """
    with transaction.atomic():
        live = _lock(type(record), record.pk)
        if live is None:
            raise _is_gone()
        if live.status != Status.PUBLISHED:
            raise WorkflowError(
                _("“%(record)s” is not published, so it can be changed at once.") % {"record": live}
            )
        if by is not None and not may(by, Right.PROPOSE, live):
            raise PermissionDenied
        wanted = normal_document(document, related=Related())
        if wanted == to_document(live):
            raise WorkflowError(_("Nothing differs from what is published."))
        _check_length(note)
        revisions = Revision.objects.filter(kind=live.record_kind, record_id=live.pk)
        return Proposal.objects.create(
            kind=live.record_kind, record_id=live.pk, document=wanted, note=note.strip(), minor=minor,
            base=revisions.aggregate(newest=Max("number"))["newest"], author_id=by.pk if by else None,
        )  # fmt: skip


@dataclass(frozen=True)
class Prospect:
    """What accepting a proposal would make of the record.

    `base` is the state that the proposal is based on, `live` the present one, `mine` the proposed one.
    `document` is `live` with what was proposed; a conflict has left in it what is there now.
    """

    kind: RecordKind
    record: Record
    base: Document
    live: Document
    mine: Document
    document: Document
    conflicts: list[Conflict]


#: Makes of a prospect the document that is to stand.
Choose = Callable[[Prospect], Document]


def prospect(proposal: Proposal) -> Prospect:
    """Raises WorkflowError if the record, or one that the proposal links to, is no longer there."""
    kind = kind_named(proposal.kind)
    record = kind.model._base_manager.filter(pk=proposal.record_id).first()
    if record is None:
        raise _is_gone()
    revision = Revision.objects.get(kind=proposal.kind, record_id=proposal.record_id, number=proposal.base)
    live, related = to_document(record), Related()
    try:
        base, mine = (normal_document(one, related=related) for one in (revision.document, proposal.document))
    except DocumentError as error:
        raise WorkflowError(
            _("The proposal names what is no longer there: %(reason)s") % {"reason": error}
        ) from error
    merged = merge(kind, base, live, mine)
    return Prospect(kind, record, base, live, mine, merged.document, merged.conflicts)


def accept(
    proposal: Proposal,
    *,
    by: AbstractBaseUser | None,
    answer: str = "",
    choose: Choose | None = None,
    minor: bool | None = None,
) -> Record:
    """Makes the record be as proposed, merged with what has changed since; or as `choose` says.

    Whether the change is `minor` its author has said; whoever accepts it may say otherwise.

    Raises WorkflowError if the proposal was answered already, if `by` made it, or if it disagrees with what
    has changed since; PermissionDenied if `by` may not answer it; ValidationError if the record would break
    a rule. Then nothing has changed.
    """
    is_minor = proposal.minor if minor is None else minor
    with recording(by=by, why=_reason(proposal), minor=is_minor):
        fresh = _waiting(proposal)
        _lock(kind_named(fresh.kind).model, fresh.record_id)
        found = prospect(fresh)
        _check_answer(fresh, found.record, by, answer)
        if by is not None and is_own(fresh, by):
            raise WorkflowError(_("You made this proposal yourself, so somebody else must accept it."))
        if choose is None and found.conflicts:
            raise WorkflowError(in_conflict())
        wanted = found.document if choose is None else normal_document(choose(found), related=Related())
        if wanted == found.live:
            raise WorkflowError(_("Nothing of the proposal is taken: decline it instead."))
        try:
            record, _state = apply_document(wanted, found.record)
        except DocumentError as error:
            raise WorkflowError(str(error)) from error
        state = ProposalState.ACCEPTED if wanted == found.document else ProposalState.CHANGED
        _answer(fresh, state, by, answer)
    return record


def in_conflict() -> str:
    return _("The record was changed since, in the same places: say which of the texts is to stand.")


def decline(proposal: Proposal, *, by: AbstractBaseUser | None, answer: str) -> None:
    """Leaves the record as it is and tells the author why.

    Raises WorkflowError without an answer, or if the proposal was answered already; PermissionDenied if `by`
    may not answer it.
    """
    with transaction.atomic():
        fresh = _waiting(proposal)
        record = kind_named(fresh.kind).model._base_manager.filter(pk=fresh.record_id).first()
        _check_answer(fresh, record, by, answer)
        if not answer.strip():
            raise WorkflowError(_("Tell the author why."))
        _answer(fresh, ProposalState.DECLINED, by, answer)


def take_back(proposal: Proposal, *, by: AbstractBaseUser) -> None:
    """The author thinks better of it.

    Raises WorkflowError if it was answered already, PermissionDenied for anybody else.
    """
    with transaction.atomic():
        fresh = _waiting(proposal)
        if fresh.author_id != by.pk:
            raise PermissionDenied
        _answer(fresh, ProposalState.TAKEN_BACK, by, "")


def is_own(proposal: Proposal, user: AbstractBaseUser) -> bool:
    """Whether the user may not accept it because they made it; never if one works alone."""
    return bool(settings.FOUR_EYES) and proposal.author_id == user.pk


def waiting_for(record: Record) -> "QuerySet[Proposal]":
    """The proposals for the record that nobody has answered yet, the oldest first."""
    return Proposal.objects.filter(
        kind=record.record_kind, record_id=record.pk, state=ProposalState.WAITING
    ).select_related("author")


def _lock(model: type[Record], pk: int) -> Record | None:
    """The record as it is now, which nobody else changes before this transaction ends."""
    return model._base_manager.select_for_update(no_key=True).filter(pk=pk).first()


def _is_gone() -> WorkflowError:
    return WorkflowError(_("The record is no longer there: it was deleted or merged with another."))


def _waiting(proposal: Proposal) -> Proposal:
    fresh = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if fresh.state != ProposalState.WAITING:
        raise WorkflowError(
            _("This proposal was answered already: %(state)s.") % {"state": fresh.get_state_display()}
        )
    return fresh


def _check_answer(
    proposal: Proposal, record: Record | None, by: AbstractBaseUser | None, answer: str
) -> None:
    target = record or kind_named(proposal.kind).model
    if by is not None and not may(by, Right.ANSWER, target):
        raise PermissionDenied
    _check_length(answer)


def _check_length(note: str) -> None:
    if len(note.strip()) > LONGEST_NOTE:
        raise WorkflowError(_("The note is longer than %(most)d characters.") % {"most": LONGEST_NOTE})


def _answer(proposal: Proposal, state: ProposalState, by: AbstractBaseUser | None, answer: str) -> None:
    proposal.state, proposal.answer = state, answer.strip()
    proposal.answered_by_id, proposal.answered_at = by.pk if by else None, timezone.now()
    proposal.save(update_fields=["state", "answer", "answered_by", "answered_at"])


def _reason(proposal: Proposal) -> str:
    """What the history and the ledger say of the change: who wrote it, and why."""
    author = proposal.author.get_username() if proposal.author else ""
    said = ": ".join(filter(None, (author, proposal.note)))
    return Truncator(_("Proposed by %(who)s") % {"who": said} if said else "").chars(LONGEST_WHY)
