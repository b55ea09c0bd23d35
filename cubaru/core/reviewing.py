"""What waits for an editor, and what a curator has in hand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Max, QuerySet

from cubaru.core.chunks import chunks
from cubaru.core.documents import RecordKind, kinds
from cubaru.core.models import Proposal, ProposalState, Record, Revision, Status, Step


@dataclass(frozen=True)
class Waiting:
    """A record in review, or a proposal for one, with who handed it in, when, and with what note."""

    record: Record
    since: datetime
    by: Any = None
    note: str = ""
    proposal: Proposal | None = None


def queue(kind: str = "") -> list[Waiting]:
    """All that waits for an editor, of one kind or of all; what has waited longest comes first."""
    chosen = [one for one in kinds() if kind in {"", one.name}]
    found = [waiting for one in chosen for waiting in [*_in_review(one), *_proposed(one)]]
    return sorted(found, key=lambda waiting: waiting.since)


def queue_length() -> int:
    """How many wait, cheaply."""
    records = sum(kind.model._base_manager.filter(status=Status.IN_REVIEW).count() for kind in kinds())
    return records + Proposal.objects.filter(state=ProposalState.WAITING).count()


@dataclass(frozen=True)
class Written:
    """A record that a curator has written in, with the last step that it took, if any."""

    record: Record
    step: Step | None


def written_by(user: AbstractBaseUser, status: Status) -> list[Written]:
    """The records of a status that the user has written in, the last changed first."""
    found: list[Written] = []
    for kind in kinds():
        mine = Revision.objects.filter(kind=kind.name, saved_by=user.pk).values("record_id")
        records = list(kind.model._base_manager.filter(status=status, pk__in=mine))
        steps = _last_steps(kind, [record.pk for record in records])
        found += [Written(record, steps.get(record.pk)) for record in records]
    return sorted(found, key=lambda written: written.record.modified_at, reverse=True)


def written_in(records: Sequence[Record], user: AbstractBaseUser) -> set[Record]:
    """Those of the records that the user has ever saved."""
    saved: set[tuple[str, int]] = set()
    for some in chunks(record.pk for record in records):
        mine = Revision.objects.filter(saved_by=user.pk, record_id__in=some).order_by()
        saved |= set(mine.values_list("kind", "record_id").distinct())
    return {record for record in records if (record.record_kind, record.pk) in saved}


def proposals_of(user: AbstractBaseUser) -> "QuerySet[Proposal]":
    """The user's proposals, the newest first."""
    return Proposal.objects.filter(author=user.pk).select_related("answered_by").order_by("-pk")


def records_of(proposals: Iterable[Proposal]) -> dict[int, Record]:
    """The records that the proposals are for, by the proposals' primary keys; without those that are gone."""
    by_kind: dict[str, dict[int, list[int]]] = {}
    for proposal in proposals:
        by_kind.setdefault(proposal.kind, {}).setdefault(proposal.record_id, []).append(proposal.pk)
    found: dict[int, Record] = {}
    for kind in kinds():
        wanted = by_kind.get(kind.name, {})
        for record in _loaded(kind, list(wanted)):
            found |= dict.fromkeys(wanted[record.pk], record)
    return found


def _in_review(kind: RecordKind) -> Iterable[Waiting]:
    records = list(kind.model._base_manager.filter(status=Status.IN_REVIEW))
    steps = _last_steps(kind, [record.pk for record in records], after=Status.IN_REVIEW)
    for record in records:
        step = steps.get(record.pk)
        if step is None:  # the system put it there
            yield Waiting(record, record.modified_at)
        else:
            yield Waiting(record, step.at, step.by, step.note)


def _proposed(kind: RecordKind) -> Iterable[Waiting]:
    waiting = Proposal.objects.filter(kind=kind.name, state=ProposalState.WAITING).select_related("author")
    records = records_of(waiting)
    for proposal in waiting:
        if proposal.pk in records:
            yield Waiting(records[proposal.pk], proposal.made_at, proposal.author, proposal.note, proposal)


def _last_steps(kind: RecordKind, ids: Sequence[int], **which: Any) -> dict[int, Step]:
    found: dict[int, Step] = {}
    for some in chunks(ids):
        steps = Step.objects.filter(kind=kind.name, record_id__in=some, **which)
        newest = steps.order_by().values("record_id").annotate(newest=Max("pk")).values("newest")
        found |= {step.record_id: step for step in Step.objects.filter(pk__in=newest).select_related("by")}
    return found


def _loaded(kind: RecordKind, ids: Sequence[int]) -> Iterable[Record]:
    for some in chunks(ids):
        yield from kind.model._base_manager.filter(pk__in=some)
