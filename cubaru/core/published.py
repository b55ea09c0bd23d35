"""The published document: what readers may see of a record, and what related records were called then."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models

from cubaru.core.document_items import Document, Item, Link, Links, Parts, Texts
from cubaru.core.documents import RecordKind, to_document
from cubaru.core.languages import texts
from cubaru.core.models.record import Record

Target = tuple[type[Record], str]


class Readers:
    """What readers see of the records that documents link to; asks the database once for many documents."""

    def __init__(self, documents: Iterable[tuple[RecordKind, Document]]) -> None:
        wanted: dict[type[Record], set[str]] = defaultdict(set)
        for kind, document in documents:
            for model, slug in targets(kind.model, kind.items, document):
                wanted[model].add(slug)
        self._labels: dict[Target, dict[str, str]] = {}
        for model, slugs in wanted.items():
            for record in _published(model, sorted(slugs)):
                self._labels[(model, record.slug)] = label_map(record)

    def sees(self, model: type[Record], slug: str) -> bool:
        return (model, slug) in self._labels

    def label(self, model: type[Record], slug: str) -> dict[str, str]:
        return self._labels[(model, slug)]

    def document(self, kind: RecordKind, document: Document) -> Document:
        """The published document: without status, and without links to what readers do not see."""
        public = self._map(kind.model, kind.items, document)
        public = {"record": kind.name, "slug": document["slug"], **(public or {})}
        labels: dict[str, dict[str, Any]] = defaultdict(dict)
        for model, slug in targets(kind.model, kind.items, public):
            if self.sees(model, slug):  # a narrative may name a source that went since; a rule tells
                labels[model.record_kind][slug] = self.label(model, slug)
        return public | ({"labels": dict(labels)} if labels else {})

    def _map(self, model: type[models.Model], items: Iterable[Item], value: Document) -> Document:
        """The map with only what readers see; a link in it that they do not see is left out."""
        public: Document = {}
        for item in items:
            if item.key not in value:
                continue
            inner = value[item.key]
            if isinstance(item, Link):
                kept = inner if self.sees(_target(model, item), inner) else None
            elif isinstance(item, Parts):
                kept = self._list(model, item, inner)
            else:
                kept = inner
            if kept not in (None, [], {}):
                public[item.key] = kept
        return public

    def _list(self, model: type[models.Model], item: Parts, values: list[Any]) -> list[Any]:
        part = _target(model, item)
        if isinstance(item, Links):
            return [slug for slug in values if self.sees(_target(part, item.link), slug)]
        links = [inner for inner in item.items if isinstance(inner, Link)]
        return [
            self._map(part, item.items, value)
            for value in values
            if all(self.sees(_target(part, link), value[link.key]) for link in links if link.key in value)
        ]


def published_document(kind: RecordKind, record: Record) -> Document:
    """What readers would see of the record as it is now."""
    document = to_document(record)
    return Readers([(kind, document)]).document(kind, document)


def label_map(record: Record) -> dict[str, str]:
    """What a record is called, by language; a source by its title in its own language."""
    found = texts(record, record.label_field)
    label = record.label
    return found if label.language in found or not label else {label.language: label.text}


def _published(model: type[Record], slugs: list[str]) -> Iterator[Record]:
    for start in range(0, len(slugs), 400):
        yield from model._default_manager.filter(status="published", slug__in=slugs[start : start + 400])


def _target(model: type[models.Model], item: Item) -> Any:
    return model._meta.get_field(item.attribute).related_model


def targets(model: type[models.Model], items: Iterable[Item], value: Document) -> Iterator[Target]:
    """All records that a document links to."""
    for item in items:
        if item.key not in value:
            continue
        inner = value[item.key]
        if isinstance(item, Link):
            yield _target(model, item), inner
        elif isinstance(item, Texts) and item.mentions is not None:
            yield from ((item.mentions, key) for key in item.mentioned(inner))
        elif isinstance(item, Links):
            part = _target(model, item)
            yield from ((_target(part, item.link), slug) for slug in inner)
        elif isinstance(item, Parts):
            part = _target(model, item)
            for one in inner:
                yield from targets(part, item.items, one)
