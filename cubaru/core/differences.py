"""What differs between two documents of a kind, told to a curator: drafts too, related records by name."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from cubaru.core.chunks import chunks
from cubaru.core.comparing import Difference
from cubaru.core.comparing import differences as between
from cubaru.core.documents import Document, RecordKind
from cubaru.core.models import PastSlug
from cubaru.core.models.record import Record
from cubaru.core.published import label_map, targets
from cubaru.core.reading import Reader

__all__ = ["DeskReader", "Difference", "differences", "labelled"]


class DeskReader(Reader):
    """Reads a document, of whatever status, to a curator: related records lead to their forms."""

    def address(self, model: type[Record], slug: str) -> str:
        key = self.document.get("keys", {}).get(model.record_kind, {}).get(slug)
        return (
            reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[key])
            if key
            else ""
        )


def differences(
    kind: RecordKind, before: Document | None, after: Document | None, language: str
) -> list[Difference]:
    """What differs, a row for each text, in the order of `after`; None is a record that is not there.

    A `Difference` has `label`, `before`, `after`, the `pieces` with the words marked, and its `path`.
    To be shown by `admin/parts/differences.html`. Related records are called what they are called now.
    """
    old, new = labelled(kind, [before or {}, after or {}])
    return between(DeskReader(kind, old, language), DeskReader(kind, new, language))


def labelled(kind: RecordKind, documents: Sequence[Document]) -> list[Document]:
    """The documents with what the records that they link to are called now; two queries for each kind."""
    wanted: dict[type[Record], set[str]] = defaultdict(set)
    for document in documents:
        for model, slug in targets(kind.model, kind.items, document):
            wanted[model].add(slug)
    labels: dict[str, dict[str, Any]] = {}
    keys: dict[str, dict[str, Any]] = {}
    for model, slugs in wanted.items():
        found = _by_slug(model, slugs)
        labels[model.record_kind] = {slug: label_map(record) for slug, record in found.items()}
        keys[model.record_kind] = {slug: record.pk for slug, record in found.items()}
    return [document | {"labels": labels, "keys": keys} for document in documents]


def _by_slug(model: type[Record], slugs: set[str]) -> dict[str, Record]:
    """The records by their slugs, past ones too."""
    found: dict[str, Record] = {}
    for some in chunks(sorted(slugs)):
        found |= {record.slug: record for record in model._base_manager.filter(slug__in=some)}
        missing = [slug for slug in some if slug not in found]
        past = dict(
            PastSlug.objects.filter(kind=model.record_kind, slug__in=missing).values_list("slug", "record_id")
        )
        records = model._base_manager.in_bulk(set(past.values())) if past else {}
        found |= {slug: records[key] for slug, key in past.items() if key in records}
    return found
