"""The parts of a record made of its published document instead of read from their tables.

What answers a question about one record asks the database once for the record with its document, and
once for each kind of record that it links to, however many kinds of parts it has.
"""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.db import models

from cubaru.core.document_items import Document, Item, Link, Links, Parts
from cubaru.core.documents import RecordKind
from cubaru.core.fields import historical_date_fields
from cubaru.core.models.record import Record
from cubaru.core.published import targets
from cubaru.core.related import Related


class PublishedRecords(Related):
    """The published records that a document links to, read at once; there are no others."""

    def __init__(self, kind: RecordKind, document: Document) -> None:
        super().__init__()
        wanted: dict[type[Record], set[str]] = defaultdict(set)
        for model, slug in targets(kind.model, kind.items, document):
            wanted[model].add(slug)
        for model, slugs in wanted.items():
            for record in model._default_manager.filter(status="published", slug__in=slugs):
                self.learn(record)

    def find(self, model: type[Record], slug: str) -> Record | None:
        key = self._ids.get((model.record_kind, slug))
        return self._records[(model.record_kind, key)] if key is not None else None

    def of_model(self, model: type[Record]) -> list[Any]:
        """All of them that are of this kind."""
        return [record for (kind, _key), record in self._records.items() if kind == model.record_kind]


def fill(record: Record, kind: RecordKind, document: Document, leaving: Collection[str]) -> PublishedRecords:
    """Gives the record the rows of its parts as if they had been prefetched, and its links.

    `leaving` are keys, at any depth, of parts that the reader does not want. Returns what it links to.
    """
    wanted = _without(kind.items, leaving)
    linked = PublishedRecords(RecordKind(kind.name, kind.plural, kind.model, wanted, ()), document)
    for item in wanted:
        if isinstance(item, Parts):
            _fill_parts(record, item, document.get(item.key) or [], linked)
        elif isinstance(item, Link):
            slug = document.get(item.key)
            target: Any = record._meta.get_field(item.attribute).related_model
            setattr(record, item.attribute, linked.find(target, slug) if slug else None)
    return linked


def _without(items: "list[Item] | tuple[Item, ...]", leaving: Collection[str]) -> list[Item]:
    kept: list[Item] = []
    for item in items:
        if item.key in leaving:
            continue
        if isinstance(item, Parts) and not isinstance(item, Links):
            inner = _without(tuple(item.items), leaving)
            kept.append(Parts(item.key, inner, attribute=item.attribute))
        else:
            kept.append(item)
    return kept


def _fill_parts(owner: models.Model, item: Parts, values: list[Any], linked: PublishedRecords) -> None:
    relation: Any = owner._meta.get_field(item.attribute)
    rows = []
    for position, value in enumerate(values):
        row = relation.related_model(**{relation.field.name: owner, "position": position})
        # Never saved: Django gives what belongs to a row only if it has a primary key, and some sort by it.
        row.pk = position + 1
        if _fill_row(row, item, value, linked):
            rows.append(row)
    keep_as_prefetched(owner, item.attribute, rows)


def keep_as_prefetched(owner: models.Model, accessor: str, rows: list[Any]) -> None:
    """Puts rows where Django puts those that it prefetches."""
    known = getattr(owner, accessor).get_queryset()
    known._result_cache, known._prefetch_done = rows, True  # noqa: SLF001 as Django's own prefetching does
    relation: Any = owner._meta.get_field(accessor)
    owner.__dict__.setdefault("_prefetched_objects_cache", {})[relation.field.remote_field.cache_name] = known


def _fill_row(row: Any, item: Parts, value: Any, linked: PublishedRecords) -> bool:
    """False if what the part links to was withdrawn at this very moment."""
    for inner in item.items:
        inner_value = value if isinstance(item, Links) else value.get(inner.key)
        if isinstance(inner, Parts):
            _fill_parts(row, inner, inner_value or [], linked)
        elif isinstance(inner, Link):
            target = row._meta.get_field(inner.attribute).related_model
            found = linked.find(target, inner_value) if inner_value else None
            if inner_value and found is None:
                return False
            setattr(row, inner.attribute, found)
        else:
            inner.write(row, inner_value, inner.key, linked)
    for field in historical_date_fields(type(row)):
        calendar = getattr(row, f"{field.name}_calendar")
        for column, derived in field.derived_columns(getattr(row, field.name), calendar).items():
            setattr(row, column, derived)
    return True
