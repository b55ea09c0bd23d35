"""The history: every save of a record, by whatever way, keeps one revision with its document.

Writes of rows mark the record that they belong to. When the outermost `recording()` ends, still
inside its transaction, each marked record whose document has changed gets one revision, whatever
number of rows was written. A write outside of any `recording()` is one of its own.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Max
from django.db.models.signals import post_delete, post_save, pre_delete
from django.utils import timezone

from cubaru.core import ledger
from cubaru.core.chunks import CHUNK, chunks
from cubaru.core.documents import Document, RecordKind, digest, kind_named, kinds, to_document, words_of
from cubaru.core.models.past_slug import PastSlug
from cubaru.core.models.record import Record, address_taken
from cubaru.core.models.revision import Revision
from cubaru.core.models.row import Part

Owner = tuple[str, int]


@dataclass
class Changes:
    """The records written so far in one recording, by kind.

    `minor`: what changes is no reason to look at translations again. `translations_are_right`: the texts
    are written as they belong together in all languages. `joined` are records that were merged into another,
    with the address of that one; `farewells` documents of records that are about to be deleted, where they
    are known.
    """

    by: AbstractBaseUser | None = None
    why: str = ""
    minor: bool = False
    translations_are_right: bool = False
    touched: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    last_words: dict[Owner, Document] = field(default_factory=dict)
    joined: dict[Owner, str] = field(default_factory=dict)
    farewells: dict[Owner, Document] = field(default_factory=dict)

    def add(self, owners: Iterable[Owner]) -> None:
        for kind, record_id in owners:
            self.touched[kind].add(record_id)


class Kept(NamedTuple):
    """A revision that was just kept, and the one before it, whose document is loaded."""

    revision: Revision
    last: Revision | None


Follower = Callable[[RecordKind, Sequence[Kept], Changes], object]

#: What keeps tables of its own in step with all records, whatever their status: each is called for the
#: records of a kind that changed, some hundreds at a time, in the transaction of the change.
FOLLOWERS: list[Follower] = []

_current: ContextVar[Changes | None] = ContextVar("current recording", default=None)


@contextmanager
def recording(*, by: AbstractBaseUser | None = None, why: str = "", minor: bool = False) -> Iterator[Changes]:
    """One change, in one transaction: at most one revision per record, with who and why.

    A minor one, such as a corrected comma, leaves translations as they are.

    Inside another recording it joins that one, whose `by` and `why` count unless it has none, whose `minor`
    counts, and with which it is undone.
    Raises ValidationError, and undoes everything, if a record takes an address that leads to another one
    or breaks a rule over its whole.
    """
    outer = _current.get()
    if outer is not None:
        outer.by = outer.by or by
        outer.why = outer.why or why
        yield outer
        return
    changes = Changes(by, why, minor)
    token = _current.set(changes)
    try:
        with transaction.atomic():
            yield changes
            _keep(changes)
    finally:
        _current.reset(token)


def current_curator() -> int | None:
    """The primary key of whoever makes the change that is being recorded, if anybody does."""
    changes = _current.get()
    return changes.by.pk if changes is not None and changes.by is not None else None


@contextmanager
def undone() -> Iterator[None]:
    """Undoes what is written within it; the recording around it, if any, knows nothing of it."""
    with recording() as changes, transaction.atomic():
        before = replace(
            changes,
            touched=defaultdict(set, {kind: set(ids) for kind, ids in changes.touched.items()}),
            last_words=dict(changes.last_words),
        )
        try:
            yield
        finally:
            transaction.set_rollback(True)
            vars(changes).update(vars(before))


def owners(model: type[models.Model], keys: Sequence[Any]) -> list[Owner]:
    """The records that the rows of `model` with these primary keys belong to now."""
    if issubclass(model, Record):
        return [(model.record_kind, key) for key in keys]
    found: list[Owner] = []
    for kind, path in _owner_paths(model):
        for some in chunks(keys):
            ids = model._base_manager.filter(pk__in=some).values_list(path, flat=True)
            found += [(kind, record_id) for record_id in ids if record_id is not None]
    return found


def owners_of_rows(model: type[models.Model], rows: Iterable[models.Model]) -> list[Owner]:
    """The records that rows belong to, as the rows say; the database is asked where they do not know."""
    found: list[Owner] = []
    rows = list(rows)
    if issubclass(model, Record):
        slugs = [row.slug for row in rows if isinstance(row, Record) and row.pk is None]
        for some in chunks(slugs):
            written = model._base_manager.filter(slug__in=some).values_list("pk", flat=True)
            found += [(model.record_kind, record_id) for record_id in written]
        return found + [(model.record_kind, row.pk) for row in rows if row.pk is not None]
    for name, target in _owning(model):
        link: Any = model._meta.get_field(name)
        ids = {getattr(row, link.attname) for row in rows if not link.is_cached(row)} - {None}
        known = {getattr(row, name) for row in rows if link.is_cached(row)} - {None}
        found += owners(target, sorted(ids)) + owners_of_rows(target, known)
    return found


def _owning(model: type[models.Model]) -> list[tuple[str, type[models.Model]]]:
    """The foreign keys by which a part belongs, and the models that they lead to."""
    names = model.owned_by if issubclass(model, Part) else ()
    return [(name, model._meta.get_field(name).related_model) for name in names]  # type: ignore[misc]


def _owner_paths(model: type[models.Model]) -> list[tuple[str, str]]:
    """The ways from a part to the records that it may belong to: (kind, lookup of the record's id)."""
    paths: list[tuple[str, str]] = []
    for name, target in _owning(model):
        if issubclass(target, Record):
            paths.append((target.record_kind, f"{name}_id"))
        else:
            paths += [(kind, f"{name}__{path}") for kind, path in _owner_paths(target)]
    return paths


def _keep(changes: Changes) -> None:
    now = timezone.now()
    # In the order of the kinds, and in each by primary key: two recordings never wait for each other
    # crosswise.
    for kind in kinds():
        slugs: dict[int, tuple[str, str]] = {}
        for ids in chunks(sorted(changes.touched[kind.name])):
            slugs |= _keep_records(changes, kind, ids, now)
        _keep_addresses(kind, slugs)
    touched = [(name, record_id) for name, ids in changes.touched.items() for record_id in ids]
    by = changes.by.get_username() if changes.by else ""
    ledger.enter(touched, by=by, why=changes.why, joined=changes.joined)


def _keep_records(
    changes: Changes, kind: RecordKind, ids: Sequence[int], now: datetime
) -> dict[int, tuple[str, str]]:
    """Adds the revisions of these records; returns for those that are there and changed their slugs before
    ("") and now.
    """
    # Locked, so that whoever else changes one of them waits, and counts on from our revision.
    records = kind.model._base_manager.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True)
    present = {record.pk: record for record in records.prefetch_related(*kind.prefetch())}
    latest = _latest_revisions(kind.name, ids)
    kept: list[Kept] = []
    slugs, columns = {}, []
    for record_id in ids:
        record, last = present.get(record_id), latest.get(record_id)
        document = to_document(record) if record else changes.last_words.get((kind.name, record_id))
        if document is None:
            continue
        revision = _next_revision(kind, record_id, document, last, is_deletion=record is None)
        if revision is not None:
            for rule in kind.rules if record else []:
                rule(document)
            revision.saved_at, revision.why = now, changes.why
            revision.saved_by_id = changes.by.pk if changes.by else None
            kept.append(Kept(revision, last))
            if record is not None:
                slugs[record_id] = (last.slug if last else "", document["slug"])
            if record is not None:
                for derive in kind.derive:
                    derive(record, document)
        if record is not None:
            # Also where the document is the same: a row read earlier may have brought back older values.
            newest = revision or last
            assert newest is not None, "a record that is there has a revision"
            columns.append((record, words_of(document, kind.searched), newest.saved_at))
    Revision.objects.bulk_create((one.revision for one in kept), batch_size=CHUNK)
    _write_columns(kind, columns)
    tell_followers(kind, kept, changes)
    return slugs


def tell_followers(kind: RecordKind, kept: Sequence[Kept], changes: Changes) -> None:
    """Tells of revisions just kept. To be called in the transaction of the change."""
    before = {one.last.pk: one.last for one in kept if one.last is not None}
    for some in chunks(before):
        for pk, document in Revision.objects.filter(pk__in=some).values_list("pk", "document"):
            before[pk].document = document
    if kept:
        for follower in FOLLOWERS:
            follower(kind, kept, changes)


def _next_revision(
    kind: RecordKind, record_id: int, document: Document, last: Revision | None, *, is_deletion: bool
) -> Revision | None:
    """The revision after `last`, or None if nothing has changed since."""
    if is_deletion and (last is None or last.is_deletion):  # never there for others, or gone already
        return None
    fingerprint = digest(document)
    if last is not None and (last.digest, last.is_deletion) == (fingerprint, is_deletion):
        return None
    number = last.number + 1 if last else 1
    return Revision(
        kind=kind.name, record_id=record_id, number=number, slug=document["slug"], document=document,
        digest=fingerprint, is_deletion=is_deletion,
    )  # fmt: skip


def _write_columns(kind: RecordKind, wanted: Iterable[tuple[Record, str, datetime]]) -> None:
    """Writes the columns of records that are read from their documents and revisions, where they differ."""
    changed = []
    for record, folded, modified_at in wanted:
        if (record.folded, record.modified_at) != (folded, modified_at):
            record.folded, record.modified_at = folded, modified_at
            changed.append(record)
    plain: models.QuerySet[Any] = models.QuerySet(kind.model)  # these columns are no part of the document
    plain.bulk_update(changed, ["folded", "modified_at"], batch_size=100)


def _latest_revisions(kind_name: str, ids: Sequence[int]) -> dict[int, Revision]:
    newest = (
        Revision.objects.filter(kind=kind_name, record_id__in=ids)
        .order_by()
        .values("record_id")
        .annotate(newest=Max("number"))
    )
    numbers = dict(newest.values_list("record_id", "newest"))
    candidates = Revision.objects.filter(
        kind=kind_name, record_id__in=list(numbers), number__in=set(numbers.values())
    )
    return {
        revision.record_id: revision
        for revision in candidates.defer("document")
        if numbers[revision.record_id] == revision.number
    }


def _keep_addresses(kind: RecordKind, slugs: dict[int, tuple[str, str]]) -> None:
    """Keeps the addresses that records leave, and refuses those that lead to another record."""
    left = {old: record_id for record_id, (old, new) in slugs.items() if old and old != new}
    now = {new: record_id for record_id, (_old, new) in slugs.items()}
    existing = {
        past.slug: past
        for some in chunks([*left, *now])
        for past in PastSlug.objects.filter(kind=kind.name, slug__in=some)
    }
    PastSlug.objects.bulk_create(
        PastSlug(kind=kind.name, slug=slug, record_id=record_id)
        for slug, record_id in left.items()
        if slug not in existing
    )
    leads_to = {slug: past.record_id for slug, past in existing.items()} | left
    for slug, record_id in now.items():
        if leads_to.get(slug, record_id) != record_id and _is_there(kind, leads_to[slug]):
            raise ValidationError({"slug": address_taken(slug)})
    taken_back = [slug for slug in now if slug in leads_to]
    for some in chunks(taken_back):
        PastSlug.objects.filter(kind=kind.name, slug__in=some).delete()


def _is_there(kind: RecordKind, record_id: int) -> bool:
    return kind.model._base_manager.filter(pk=record_id).exists()


# Rows that are saved or deleted one at a time mark their records through Django's signals. ---------


def _row_was_written(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    # Fixtures bring the rows of the history themselves.
    if isinstance(instance, Record | Part) and not kwargs.get("raw"):
        with recording() as changes:
            changes.add(owners_of_rows(type(instance), [instance]))


def _record_goes(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    """Keeps the last document while the parts are still there; `Record.delete` opened the recording."""
    changes = _current.get()
    if isinstance(instance, Record) and changes is not None:
        owner = (instance.record_kind, instance.pk)
        farewell = changes.farewells.pop(owner, None)
        changes.last_words[owner] = _whole(instance) if farewell is None else farewell
        changes.add([owner])


def _whole(record: Record) -> Document:
    kind = kind_named(record.record_kind)
    return to_document(kind.model._base_manager.prefetch_related(*kind.prefetch()).get(pk=record.pk))


def connect_signals() -> None:
    post_save.connect(_row_was_written, dispatch_uid="history: row saved")
    pre_delete.connect(_record_goes, dispatch_uid="history: record goes")
    post_delete.connect(_row_was_written, dispatch_uid="history: row deleted")
