"""The records that a change-set touches: each before and after, and as it is now."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError

from cubaru.core.chunks import chunks
from cubaru.core.documents import (
    Document,
    DocumentError,
    RecordKind,
    kind_named,
    normal_document,
    to_document,
)
from cubaru.core.models import ChangeSet, RowState
from cubaru.core.related import Related

#: The states of the rows that are written when the set is applied.
WRITTEN = (RowState.NEW, RowState.CHANGED, RowState.JOINED)


class ChangeSetError(ValidationError):
    """Says in one sentence why a set cannot be applied or undone."""


@dataclass
class Pair:
    """A record before and after; None where it is not there. Several rows may be about the same record."""

    kind: RecordKind
    slug: str
    record_id: int | None
    before: Document | None
    after: Document | None
    leads_to: str = ""
    created_at: datetime | None = None
    numbers: list[int] = field(default_factory=list)

    @property
    def owner(self) -> tuple[str, int]:
        """For a record that is or was there."""
        assert self.record_id is not None
        return self.kind.name, self.record_id

    @property
    def document(self) -> Document:
        """What is to be applied."""
        assert self.after is not None
        return self.after

    def error(self, at: str, message: str) -> ChangeSetError:
        return ChangeSetError(
            ": ".join(part for part in (f"{self.kind.plural}/{self.slug}", at, message) if part)
        )


def pairs_of(change_set: ChangeSet) -> list[Pair]:
    """The records of a set in the order of its rows, each once."""
    found: dict[tuple[str, str], Pair] = {}
    for row in change_set.rows.filter(state__in=WRITTEN).order_by("number").iterator(chunk_size=500):
        pair = found.get((row.kind, row.slug))
        if pair is None:
            kind = kind_named(row.kind)
            pair = Pair(kind, row.slug, row.record_id, row.before, row.after, row.leads_to, row.created_at)
            found[(row.kind, row.slug)] = pair
        pair.after, pair.record_id = row.after, row.record_id or pair.record_id
        pair.numbers.append(row.number)
    return list(found.values())


def by_kind(pairs: Iterable[Pair]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for pair in pairs:
        found.setdefault(pair.kind.name, []).append(pair)
    return found


def present_documents(pairs: Iterable[Pair]) -> dict[tuple[str, str], Document]:
    """The documents of the records as they are now, by the kind and slug of their pairs."""
    found: dict[tuple[str, str], Document] = {}
    for kind_name, of_kind in by_kind(pairs).items():
        kind = kind_named(kind_name)
        keyed = {pair.record_id: pair.slug for pair in of_kind if pair.record_id is not None}
        records = kind.model._base_manager.prefetch_related(*kind.prefetch())
        for keys in chunks(keyed):
            for record in records.filter(pk__in=keys):
                found[(kind_name, keyed[record.pk])] = to_document(record)
        for slugs in chunks(pair.slug for pair in of_kind if pair.record_id is None):
            found |= {
                (kind_name, record.slug): to_document(record) for record in records.filter(slug__in=slugs)
            }
    return found


def moved(pairs: list[Pair], side: str) -> list[Pair]:
    """The records that are not as the set has them `before` or `after`."""
    present = present_documents(pairs)
    related = Related()
    return [
        pair
        for pair in pairs
        if not _same(getattr(pair, side), present.get((pair.kind.name, pair.slug)), related)
    ]


def _same(kept: Document | None, present: Document | None, related: Related) -> bool:
    if kept == present or kept is None or present is None:
        return kept == present
    try:  # what it links to may have another address by now
        return normal_document(kept, related=related) == present
    except DocumentError:
        return False
