"""Records that documents name: found by slug, also by a past one, and each read once."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _

from cubaru.core.chunks import chunks
from cubaru.core.document_values import DocumentError
from cubaru.core.models.past_slug import PastSlug
from cubaru.core.models.record import Record

#: Makes a record that is about to come, or returns None if none is.
Maker = Callable[[type[Record], str], Record | None]


class Related:
    """Serves one change, short enough that what it has read stays true.

    With `make`, a record that a link asks for and that is not there yet is made.
    """

    def __init__(self, make: Maker | None = None) -> None:
        self._make = make
        self._ids: dict[tuple[str, str], int] = {}
        self._records: dict[tuple[str, int], Record] = {}
        self._absent: set[tuple[str, str]] = set()

    def find(self, model: type[Record], slug: str) -> Record | None:
        """The record with this slug, or else the one that had it once."""
        key = (model.record_kind, slug)
        if key in self._absent:
            return None
        if key not in self._ids:
            record = model._base_manager.filter(slug=slug).first() or _by_past_slug(model, slug)
            if record is None:
                self._absent.add(key)
                return None
            # One object for each record, so that a new slug is known by every slug that leads to it.
            self._records.setdefault((model.record_kind, record.pk), record)
            self._ids[key] = record.pk
        return self._records[(model.record_kind, self._ids[key])]

    def get(self, model: type[Record], slug: str, at: str) -> Record:
        """As `find`. Raises DocumentError, naming the key `at`, if there is none."""
        record = self.find(model, slug)
        if record is None and self._make is not None:
            record = self._make(model, slug)
        if record is None:
            raise DocumentError(
                at, _("There is no %(kind)s “%(slug)s”.") % {"kind": model._meta.verbose_name, "slug": slug}
            )
        return record

    def learn(self, record: Record) -> None:
        """Takes in a record as it has just been written or read."""
        key = (record.record_kind, record.slug)
        self._absent.discard(key)
        self._ids[key] = record.pk
        self._records[(record.record_kind, record.pk)] = record

    def preload(self, model: type[Record], slugs: Iterable[str], lookups: Iterable[Any]) -> None:
        """Reads the records with these slugs, and what the lookups name, at once."""
        for some in chunks(slugs):
            missing = set(some)
            for record in model._base_manager.filter(slug__in=some).prefetch_related(*lookups):
                self.learn(record)
                missing.discard(record.slug)
            past = PastSlug.objects.filter(kind=model.record_kind, slug__in=missing)
            missing -= set(past.values_list("slug", flat=True))
            self._absent |= {(model.record_kind, slug) for slug in missing}


def _by_past_slug(model: type[Record], slug: str) -> Record | None:
    past = PastSlug.objects.filter(kind=model.record_kind, slug=slug).first()
    return model._base_manager.filter(pk=past.record_id).first() if past is not None else None
