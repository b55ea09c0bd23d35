"""Change-sets: many records changed in one recording, and put back as one action.

A set holds for each record its document before and after. Applying makes the records be as after, all or
none; undoing makes them be as before. What is new is deleted then, and what was merged away comes back
under its own primary key. The ledger is never cut: an address that readers saw answers 410 after the undo
of the record that was there, and its editions stay.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from cubaru.core.change_pairs import ChangeSetError, Pair, by_kind, moved, pairs_of
from cubaru.core.chunks import chunks
from cubaru.core.document_sets import Coming
from cubaru.core.documents import RecordKind, State, kind_named, kinds
from cubaru.core.history import Changes, recording
from cubaru.core.ledger import linking_to
from cubaru.core.models import ChangeSet, Revision, RowState, Stage, Status
from cubaru.core.models.record import address_taken
from cubaru.core.removing import Addresses, delete, delete_joined, lead_on, rederive


class Hindrance(StrEnum):
    CHANGED = "changed"
    LINKED = "linked"


@dataclass(frozen=True)
class Obstacle:
    """A record that cannot be put back: it was changed since, or others link to it now."""

    pair: Pair
    why: Hindrance


def apply(change_set: ChangeSet, *, by: AbstractBaseUser | None) -> None:
    """Changes all records of the set in one recording. Raises ChangeSetError, and changes nothing."""
    with recording(by=by, why=change_set.why or change_set.title) as changes:
        waiting = _locked(change_set, Stage.WAITING)
        pairs = pairs_of(waiting)
        _refuse_to_apply(waiting, pairs, by)
        waiting.addresses = Addresses(pairs).kept()
        cited_by: set[tuple[str, int]] = set()
        for some in _around_joined(pairs):
            if isinstance(some, Pair):
                kept = next(pair for pair in pairs if pair.slug == some.leads_to and pair.kind is some.kind)
                cited_by |= delete_joined(some, kept, changes)
            else:
                _write(some)
        lead_on(pairs)
        rederive(cited_by)
        _keep_keys(waiting)
        waiting.stage, waiting.applied_by_id = Stage.APPLIED, by.pk if by else None
        waiting.applied_at = timezone.now()
        waiting.save()
    change_set.refresh_from_db()


def obstacles(change_set: ChangeSet) -> list[Obstacle]:
    """The records of an applied set that cannot be put back."""
    pairs = pairs_of(change_set)
    found = [Obstacle(pair, Hindrance.CHANGED) for pair in moved(pairs, "after")]
    while True:
        hindered = {id(obstacle.pair) for obstacle in found}
        rest = [pair for pair in pairs if id(pair) not in hindered]
        going = [pair for pair in rest if pair.before is None]
        ours = {pair.owner for pair in rest}
        linked = []
        if linking_to(pair.owner for pair in going) - ours:
            linked = [Obstacle(pair, Hindrance.LINKED) for pair in going if linking_to([pair.owner]) - ours]
        if not linked:
            return found
        found += linked


def undo(change_set: ChangeSet, *, by: AbstractBaseUser | None, leave: bool = False) -> list[Obstacle]:
    """Puts all records of the set back in one recording; with `leave` all but those that cannot be.

    Returns those that were left. Raises ChangeSetError, and changes nothing.
    """
    with recording(by=by, why=_("Undone: %(title)s") % {"title": change_set.title}) as changes:
        applied = _locked(change_set, Stage.APPLIED)
        found = obstacles(applied)
        if found and not leave:
            raise ChangeSetError(_("Some records cannot be put back, so nothing was undone."))
        numbers = {number for obstacle in found for number in obstacle.pair.numbers}
        pairs = [pair for pair in pairs_of(applied) if not numbers & set(pair.numbers)]
        _put_back(applied, pairs, changes)
        applied.rows.filter(number__in=numbers).update(is_left=True)
        applied.stage, applied.undone_by_id, applied.undone_at = (
            Stage.UNDONE,
            by.pk if by else None,
            timezone.now(),
        )
        applied.save()
    change_set.refresh_from_db()
    return found


def _put_back(change_set: ChangeSet, pairs: list[Pair], changes: Changes) -> None:
    Addresses(pairs).restore(change_set.addresses)
    cited_by = linking_to(pair.owner for pair in pairs if _is_kept(pairs, pair))
    back = [_Reversed(pair) for pair in reversed(pairs) if pair.before is not None]
    returning = {(pair.kind.name, pair.slug): pair.record_id for pair in pairs if pair.after is None}
    coming = Coming(back, {address: key for address, key in returning.items() if key is not None})
    for _entry in coming.apply_all(back):
        pass
    for pair in pairs:
        if pair.created_at is not None:
            plain: QuerySet[Any] = QuerySet(pair.kind.model)  # it is no part of the document
            plain.filter(pk=pair.record_id).update(created_at=pair.created_at)
    delete([pair for pair in pairs if pair.before is None], changes)
    rederive(cited_by)


def _is_kept(pairs: list[Pair], pair: Pair) -> bool:
    """Whether another record was merged into this one."""
    return any(other.leads_to == pair.slug and other.kind is pair.kind for other in pairs if other.leads_to)


class _Reversed:
    """A pair on its way back."""

    def __init__(self, pair: Pair) -> None:
        assert pair.before is not None
        self.kind, self.document, self.error = pair.kind, pair.before, pair.error


def _write(pairs: list[Pair]) -> None:
    for kind_name, some in by_kind(pairs).items():
        kind = kind_named(kind_name)
        returning = former_keys(kind, [pair.slug for pair in some if pair.before is None])
        coming = Coming(some, {(kind.name, slug): key for slug, key in returning.items()})
        coming.related.preload(kind.model, [pair.slug for pair in some], kind.prefetch())
        for pair, record, state in coming.apply_all(some):
            if pair.before is None and state != State.NEW:
                raise pair.error("slug", address_taken(pair.slug))
            pair.record_id = record.pk


def _around_joined(pairs: list[Pair]) -> Iterator[list[Pair] | Pair]:
    """The pairs in order: those that are merged away one by one, all others in lists between them."""
    some: list[Pair] = []
    for pair in pairs:
        if pair.after is None:
            yield some
            yield pair
            some = []
        else:
            some.append(pair)
    yield some


def former_keys(kind: RecordKind, slugs: list[str]) -> dict[str, int]:
    """Primary keys of deleted records that had these addresses: whoever takes one again goes on there.

    So the numbers of editions go on too, and every one stays at its address.
    """
    found: dict[str, int] = {}
    for some in chunks(slugs):
        rows = Revision.objects.filter(kind=kind.name, slug__in=some, is_deletion=True).order_by("pk")
        found |= dict(rows.values_list("slug", "record_id"))
    present = set()
    for some_keys in chunks(found.values()):
        present |= set(kind.model._base_manager.filter(pk__in=some_keys).values_list("pk", flat=True))
    return {slug: key for slug, key in found.items() if key not in present}


def _refuse_to_apply(change_set: ChangeSet, pairs: list[Pair], by: AbstractBaseUser | None) -> None:
    if change_set.rows.filter(state=RowState.BROKEN).exists():
        raise ChangeSetError(_("Some rows are broken, so nothing was applied: mend them first."))
    if not pairs:
        raise ChangeSetError(_("Nothing would change, so there is nothing to apply."))
    if needs_another(change_set, pairs, by):
        raise ChangeSetError(
            _("This publishes what you prepared yourself, so another editor has to apply it.")
        )
    others = moved(pairs, "before")
    if others:
        raise ChangeSetError(
            _("Changed since the preview, so nothing was applied: %(records)s. Look at the preview anew.")
            % {"records": ", ".join(pair.slug for pair in others[:5]) + ("…" if len(others) > 5 else "")}
        )


def needs_another(change_set: ChangeSet, pairs: Iterable[Pair], by: AbstractBaseUser | None) -> bool:
    """Whether the set would publish records, and `by` has prepared it: four eyes see what is published."""
    if not settings.FOUR_EYES or by is None or by.pk != change_set.made_by_id:
        return False
    return any(
        pair.after is not None
        and pair.after["status"] == Status.PUBLISHED
        and (pair.before is None or pair.before["status"] != Status.PUBLISHED)
        for pair in pairs
    )


def _locked(change_set: ChangeSet, stage: Stage) -> ChangeSet:
    locked = ChangeSet.objects.select_for_update().get(pk=change_set.pk)
    if locked.stage != stage:
        raise ChangeSetError(
            _("“%(title)s” is now: %(stage)s.") % {"title": locked.title, "stage": locked.get_stage_display()}
        )
    return locked


def _keep_keys(change_set: ChangeSet) -> None:
    """Tells the rows of new records their primary keys."""
    new = change_set.rows.filter(state=RowState.NEW, record_id__isnull=True)
    for kind in kinds():
        records = kind.model._base_manager.filter(slug=OuterRef("slug"))
        new.filter(kind=kind.name).update(record_id=Subquery(records.values("pk")[:1]))
