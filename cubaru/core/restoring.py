"""Going back: a record as it was at a revision, and records that were deleted.

What a state names may be gone since: another record, or the file of an image. Such links are left out,
and it is said which.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from cubaru.core.document_items import Document, File, Item, Link, Links, Parts
from cubaru.core.documents import (
    DocumentError,
    RecordKind,
    apply_document,
    kind_named,
    normal_document,
    to_document,
)
from cubaru.core.history import recording
from cubaru.core.languages import best_of, current_language
from cubaru.core.models import Record, Revision, Status
from cubaru.core.reading import related_model
from cubaru.core.related import Related
from cubaru.core.roles import Right, may


class RestoringError(ValidationError):
    """Says in one sentence why a record cannot go back."""


@dataclass(frozen=True)
class AsItCanBe:
    """A document that can be applied, and a sentence for each thing that it had to leave out."""

    document: Document
    losses: list[str]


@dataclass(frozen=True)
class Restored:
    """The record as it is now, and a sentence for each thing that could not come back."""

    record: Record
    losses: list[str]


def restore(
    revision: Revision, *, by: AbstractBaseUser | None, why: str = "", newest: int | None = None
) -> Restored:
    """Makes the record be as it was at the revision, as a new revision; a deleted record comes back.

    Its status stays what it is: no step of the workflow is taken back. A record that was published when it
    was deleted comes back withdrawn. `newest` is the number of the newest revision that `by` has seen.
    Raises PermissionDenied if `by` may not change (or bring back) the record; RestoringError if it has
    changed since `newest`, if it is so already, or if what it would be breaks a rule.
    """
    kind = kind_named(revision.kind)
    with recording(by=by, why=why):
        record = kind.model._base_manager.select_for_update(no_key=True).filter(pk=revision.record_id).first()
        last = _revisions_of(kind.name, revision.record_id).order_by("-number").defer("document").first()
        if newest is not None and last is not None and last.number != newest:
            raise RestoringError(
                _("Somebody has saved the record meanwhile: look at what has changed before you go back.")
            )
        if by is not None and not may_restore(by, kind, record, last):
            raise PermissionDenied
        wanted = as_it_can_be(kind, revision.document, with_files=True)
        document = wanted.document | {"status": _status(record, revision)}
        if record is not None and document == to_document(record):
            raise RestoringError(_("The record says the same now, so there is nothing to go back to."))
        try:
            written, _state = apply_document(document, record or absent(kind, revision.record_id))
        except DocumentError as error:
            raise RestoringError(
                _("The record cannot go back to this state: %(reason)s") % {"reason": error}
            ) from error
    return Restored(written, wanted.losses)


def may_restore(
    user: AbstractBaseUser, kind: RecordKind, record: Record | None, last: Revision | None
) -> bool:
    """Whether the user may put the record back to an earlier state, or bring it back if it is deleted.

    Editors bring back everything, others what they deleted themselves.
    """
    if record is not None:
        return may(user, Right.CHANGE, record)
    if may(user, Right.PUBLISH, kind.model):
        return True
    return may(user, Right.ADD, kind.model) and last is not None and last.saved_by_id == user.pk


def deleted_records(*of: RecordKind) -> "QuerySet[Revision]":
    """The last revisions of the records of these kinds that are deleted; the latest come first."""
    later = Revision.objects.filter(
        kind=OuterRef("kind"), record_id=OuterRef("record_id"), number__gt=OuterRef("number")
    )
    found = Revision.objects.filter(~Exists(later), is_deletion=True, kind__in=[kind.name for kind in of])
    return found.select_related("saved_by").order_by("-saved_at", "-pk")


def title_of(document: Document, language: str | None = None) -> str:
    """What a record is called in its document."""
    title = document.get("title") or document.get("name") or document.get("slug", "")
    return best_of(title, language or current_language()).text if isinstance(title, dict) else str(title)


def absent(kind: RecordKind, record_id: int) -> Record:
    """A record that is not there, for `apply_document` to write it under its primary key."""
    record = kind.model()
    record.pk = record_id
    return record


def as_it_can_be(kind: RecordKind, document: Document, *, with_files: bool = False) -> AsItCanBe:
    """The document with related records by their present addresses, without what is there no more.

    With `with_files` images whose file is gone are left out too.
    """
    losses = _Losses(Related(), with_files)
    kept = losses.map(kind.model, kind.items, document) or {}
    head = {key: document[key] for key in ("record", "slug", "status")}
    return AsItCanBe(normal_document(head | kept, related=losses.related), losses.told)


@dataclass
class _Losses:
    related: Related
    with_files: bool
    told: list[str] = field(default_factory=list)

    def map(
        self, model: type[models.Model], items: Iterable[Item], value: Document, identity: Iterable[str] = ()
    ) -> Document | None:
        """The map without what is gone; None if it cannot stand without it."""
        kept: Document = {}
        for item in items:
            inner = value.get(item.key)
            if inner is None:
                continue
            found = self._item(model, item, inner)
            if found is not None:
                kept[item.key] = found
            elif isinstance(item, File) or item.key in identity or not _may_be_empty(model, item):
                return None
        return kept

    def _item(self, model: type[models.Model], item: Item, value: Any) -> Any:
        if isinstance(item, Link):
            return self._link(related_model(model, item), value)
        if isinstance(item, Links):
            target = related_model(related_model(model, item), item.link)
            return [slug for slug in value if self._link(target, slug)]
        if isinstance(item, Parts):
            part = related_model(model, item)
            rows = (self.map(part, item.items, one, item.identity) for one in value)
            return [row for row in rows if row is not None]
        if isinstance(item, File) and self.with_files:
            column: Any = model._meta.get_field(item.attribute)
            if not column.storage.exists(value):
                self._tell(
                    _("The file of the image “%(file)s” is no longer there, so the image was left out.")
                    % {"file": value}
                )
                return None
        return value

    def _link(self, model: type[Record], slug: str) -> str | None:
        found = self.related.find(model, slug)
        if found is not None:
            return found.slug
        last = Revision.objects.filter(kind=model.record_kind, slug=slug).order_by("-pk").first()
        self._tell(
            _("“%(name)s” (%(kind)s) is no longer there, so what named it was left out.")
            % {"name": title_of(last.document) if last else slug, "kind": model._meta.verbose_name}
        )
        return None

    def _tell(self, sentence: str) -> None:
        if sentence not in self.told:
            self.told.append(sentence)


def _may_be_empty(model: type[models.Model], item: Item) -> bool:
    column: Any = model._meta.get_field(item.attribute)
    return bool(getattr(column, "null", True))


def _status(record: Record | None, revision: Revision) -> str:
    if record is not None:
        return str(record.status)
    status = str(revision.document["status"])
    return str(Status.WITHDRAWN) if status == Status.PUBLISHED else status


def _revisions_of(kind: str, record_id: int) -> "QuerySet[Revision]":
    return Revision.objects.filter(kind=kind, record_id=record_id)
