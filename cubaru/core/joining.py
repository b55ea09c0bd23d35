"""Merging two records of a kind into one: what moves, what conflicts, and who links to the one that goes.

The one that stays keeps its address; that of the other leads to it for ever. What only one of them says
is kept; where both say something else, a person decides. All of it is one change-set, and can be undone.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from cubaru.core.change_pairs import ChangeSetError
from cubaru.core.change_sets import apply
from cubaru.core.documents import Document, RecordKind, kind_named, normal_document, to_document
from cubaru.core.history import undone
from cubaru.core.joined_documents import Conflict, Joiner, Way, relinked, with_names
from cubaru.core.ledger import linking_to, newest_entries
from cubaru.core.models import ChangeSet, ChangeSetRow, Purpose, Record, RowState, Status
from cubaru.core.reading import Path
from cubaru.core.restoring import title_of


@dataclass
class Plan:
    """What a merge would do: the document of the record that stays, and of those that link to the other."""

    kind: RecordKind
    away: Record
    kept: Record
    document: Document
    conflicts: list[Conflict]
    others: list[tuple[RecordKind, int, Document, Document]]
    #: The two documents before: of the one that goes, and of the one that stays.
    before: tuple[Document, Document]


def plan(away: Record, kept: Record, *, taken: Collection[Path] = ()) -> Plan:
    """The merge of `away` into `kept`; in the conflicts whose paths are `taken` what `away` says counts.

    Raises ChangeSetError if the two cannot be merged.
    """
    _refuse(away, kept)
    kind = kind_named(kept.record_kind)
    documents = to_document(away), to_document(kept)
    way = Way(kind, away.slug, kept.slug, but=kept.slug)
    moved, stays = (relinked(kind, document, way) for document in documents)
    joiner = Joiner(taken)
    merged = joiner.map(kind.model, kind.items, stays, moved, ())
    head = {key: documents[1][key] for key in ("record", "slug", "status")}
    document = normal_document(with_names(kind, {**head, **merged}, documents[0]))
    others = _others(kind, away, kept)
    return Plan(kind, away, kept, document, joiner.conflicts, others, documents)


def join(
    away: Record, kept: Record, *, by: AbstractBaseUser | None, why: str = "", taken: Collection[Path] = ()
) -> ChangeSet:
    """Merges `away` into `kept` in one recording, and returns the change-set, by which it can be undone.

    Raises ChangeSetError, and changes nothing.
    """
    with transaction.atomic():
        change_set = _kept_as_set(plan(away, kept, taken=taken), by=by, why=why)
        apply(change_set, by=by)
    return change_set


def hindrance(away: Record, kept: Record, *, taken: Collection[Path] = ()) -> ChangeSetError | None:
    """Why the merge would be refused; None if it would not be. Nothing stays of the trial."""
    try:
        with undone():
            apply(_kept_as_set(plan(away, kept, taken=taken), by=None, why=""), by=None)
    except ChangeSetError as error:
        return error
    return None


def _refuse(away: Record, kept: Record) -> None:
    if away.record_kind != kept.record_kind or away.pk == kept.pk:
        raise ChangeSetError(_("Choose two different records of one kind."))
    entry = newest_entries(away.record_kind, [away.pk]).get(away.pk)
    if entry is not None and kept.status != Status.PUBLISHED:
        raise ChangeSetError(
            _("Readers know “%(away)s”, and would be led to “%(kept)s”: publish that one first.")
            % {"away": away, "kept": kept}
        )


def _kept_as_set(found: Plan, *, by: AbstractBaseUser | None, why: str) -> ChangeSet:
    away, kept = found.before
    change_set = ChangeSet.objects.create(
        purpose=Purpose.JOIN, table=found.kind.name, why=why, made_by_id=by.pk if by else None,
        title=f"{title_of(away)} → {title_of(kept)}"[:200],
    )  # fmt: skip
    rows = [
        ChangeSetRow(kind=kind.name, slug=before["slug"], record_id=key, before=before, after=after)
        for kind, key, before, after in found.others
    ]
    names = {"kind": found.kind.name}
    rows.append(
        ChangeSetRow(slug=away["slug"], record_id=found.away.pk, before=away, state=RowState.JOINED,
                     leads_to=kept["slug"], created_at=found.away.created_at, **names)
    )  # fmt: skip
    rows.append(
        ChangeSetRow(slug=kept["slug"], record_id=found.kept.pk, before=kept, after=found.document, **names)
    )
    for number, row in enumerate(rows, start=1):
        row.change_set, row.number, row.state = change_set, number, row.state or RowState.CHANGED
    ChangeSetRow.objects.bulk_create(rows, batch_size=100)
    return change_set


def _others(kind: RecordKind, away: Record, kept: Record) -> list[tuple[RecordKind, int, Document, Document]]:
    """The records that link to the one that goes, before and after."""
    found = []
    owners = linking_to([(kind.name, away.pk)]) - {(kind.name, kept.pk)}
    for name, key in sorted(owners):
        other = kind_named(name)
        record = other.model._base_manager.prefetch_related(*other.prefetch()).get(pk=key)
        before = to_document(record)
        after = relinked(other, before, Way(kind, away.slug, kept.slug))
        if after != before:  # a narrative that cites a source by its old address goes on doing so
            found.append((other, key, before, after))
    return found
