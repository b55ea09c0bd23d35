"""The history: every save of a record, by whatever way, keeps one revision with its document.

Writes of rows mark the record that they belong to. When the outermost `recording()` ends, still
inside its transaction, each marked record whose document has changed gets one revision, whatever
number of rows was written. A write outside of any `recording()` is one of its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeVar

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models, transaction
from django.db.models import Max
from django.db.models.signals import post_delete, post_save, pre_delete
from django.utils import timezone
from django.utils.translation import gettext as _

from cubaru.core.documents import Document, digest, kind_named, to_document, words_of
from cubaru.core.models.past_slug import PastSlug
from cubaru.core.models.record import Record
from cubaru.core.models.revision import Revision
from cubaru.core.models.row import Part

#: How many records are read at a time: bounds memory and stays below SQLite's limit of variables.
CHUNK = 400

Owner = tuple[str, int]
ItemT = TypeVar("ItemT")


@dataclass
class Changes:
    """The records written so far in one recording, by kind."""

    by: AbstractBaseUser | None = None
    why: str = ""
    touched: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    last_words: dict[Owner, Document] = field(default_factory=dict)

    def add(self, owners: Iterable[Owner]) -> None:
        for kind, record_id in owners:
            self.touched[kind].add(record_id)


_current: ContextVar[Changes | None] = ContextVar("current recording", default=None)


@contextmanager
def recording(*, by: AbstractBaseUser | None = None, why: str = "") -> Iterator[Changes]:
    """One change, in one transaction: at most one revision per record, with who and why.

    Inside another recording it joins that one, whose `by` and `why` count unless it has none.
    Raises ValidationError, and undoes everything, if a record breaks a rule over its whole.
    """
    outer = _current.get()
    if outer is not None:
        outer.by = outer.by or by
        outer.why = outer.why or why
        yield outer
        return
    changes = Changes(by, why)
    token = _current.set(changes)
    try:
        with transaction.atomic():
            yield changes
            _keep(changes)
    finally:
        _current.reset(token)


def owner_paths(model: type[models.Model]) -> list[tuple[str, str]]:
    """The ways from a row of `model` to the records it may belong to: (kind, lookup of its id)."""
    if issubclass(model, Record):
        return [(model.record_kind, "pk")]
    if not issubclass(model, Part):
        return []
    paths = []
    for name in model.owned_by:
        target = model._meta.get_field(name).related_model
        assert isinstance(target, type)
        if issubclass(target, Record):
            paths.append((target.record_kind, f"{name}_id"))
        else:
            paths += [(kind, f"{name}__{path}") for kind, path in owner_paths(target)]
    return paths


def owners(model: type[models.Model], keys: Sequence[Any]) -> list[Owner]:
    """The records that the rows of `model` with these primary keys belong to now."""
    if issubclass(model, Record):
        return [(model.record_kind, key) for key in keys]
    found: list[Owner] = []
    for kind, path in owner_paths(model):
        for some in _chunks(keys):
            ids = model._base_manager.filter(pk__in=some).values_list(path, flat=True)
            found += [(kind, record_id) for record_id in ids if record_id is not None]
    return found


def owners_of_row(row: models.Model) -> list[Owner]:
    """The records that one row belongs to, read from the row itself."""
    found: list[Owner] = []
    for kind, path in owner_paths(type(row)):
        value: Any = row
        try:
            for step in path.split("__"):
                value = getattr(value, step, None)
        except ObjectDoesNotExist:  # the part between went first, and marked the record then
            continue
        if value is not None:
            found.append((kind, value))
    return found


def _keep(changes: Changes) -> None:
    # Order: the kinds as they were registered, so that revisions of one change come in a stable order.
    for name in list(changes.touched):
        kind = kind_named(name)
        for ids in _chunks(sorted(changes.touched[name])):
            records = kind.model._base_manager.filter(pk__in=ids).prefetch_related(*kind.prefetch())
            _keep_records(changes, name, {record.pk: record for record in records}, ids)


def _keep_records(changes: Changes, kind_name: str, records: dict[int, Record], ids: Sequence[int]) -> None:
    kind = kind_named(kind_name)
    latest = _latest_revisions(kind_name, ids)
    revisions, changed, now = [], [], timezone.now()
    for record_id in ids:
        record, last = records.get(record_id), latest.get(record_id)
        if record is None:
            document, is_deletion = changes.last_words.get((kind_name, record_id)), True
        else:
            document, is_deletion = to_document(record), False
        if document is None or (last and last.is_deletion and is_deletion):
            continue
        print_ = digest(document)
        if last and last.digest == print_ and last.is_deletion == is_deletion:
            continue
        if record is not None:
            for rule in kind.rules:
                rule(document)
            _keep_addresses(kind_name, record, last)
            record.folded = words_of(document, kind.searched)
            record.modified_at = now
            changed.append(record)
        revisions.append(
            Revision(
                kind=kind_name, record_id=record_id, number=last.number + 1 if last else 1,
                slug=document["slug"], document=document, digest=print_, is_deletion=is_deletion,
                saved_at=now, saved_by=changes.by, why=changes.why,
            )
        )  # fmt: skip
    Revision.objects.bulk_create(revisions, batch_size=CHUNK)
    models.QuerySet(kind.model).bulk_update(changed, ["folded", "modified_at"], batch_size=100)


def _latest_revisions(kind_name: str, ids: Sequence[int]) -> dict[int, Revision]:
    newest = (
        Revision.objects.filter(kind=kind_name, record_id__in=ids)
        .values("record_id")
        .annotate(newest=Max("number"))
        .values_list("record_id", "newest")
    )
    numbers = dict(newest)
    if not numbers:
        return {}
    candidates = Revision.objects.filter(kind=kind_name, record_id__in=list(numbers)).defer("document")
    return {
        revision.record_id: revision
        for revision in candidates.filter(number__in=set(numbers.values()))
        if numbers[revision.record_id] == revision.number
    }


def _keep_addresses(kind_name: str, record: Record, last: Revision | None) -> None:
    """Keeps the address that the record leaves, and refuses one that leads to another record."""
    taken = PastSlug.objects.filter(kind=kind_name, slug=record.slug).first()
    if taken is not None:
        if taken.record_id != record.pk:
            raise ValidationError(
                {"slug": _("“%(slug)s” still leads to another record; choose another address.")
                 % {"slug": record.slug}}
            )  # fmt: skip
        taken.delete()
    if last is not None and last.slug != record.slug:
        PastSlug.objects.get_or_create(kind=kind_name, slug=last.slug, defaults={"record_id": record.pk})


def _chunks(items: Sequence[ItemT]) -> Iterator[list[ItemT]]:
    rest = iter(items)
    while some := list(islice(rest, CHUNK)):
        yield some


# Rows that are saved or deleted one at a time mark their records through Django's signals. ---------


def _row_was_written(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    if isinstance(instance, Record | Part) and not kwargs.get("raw"):
        with recording() as changes:
            changes.add(owners_of_row(instance))


def _record_goes(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    """Keeps the last document while the parts are still there; `Record.delete` opened the recording."""
    changes = _current.get()
    if isinstance(instance, Record) and changes is not None:
        owner = (instance.record_kind, instance.pk)
        changes.last_words[owner] = to_document(type(instance)._base_manager.get(pk=instance.pk))
        changes.add([owner])


def connect_signals() -> None:
    post_save.connect(_row_was_written, dispatch_uid="history: row saved")
    pre_delete.connect(_record_goes, dispatch_uid="history: record goes")
    post_delete.connect(_row_was_written, dispatch_uid="history: row deleted")
