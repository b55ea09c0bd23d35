"""Taking records away: several that link to each other, or one that was merged into another."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models
from django.db.models import Q

from cubaru.core.change_pairs import Pair, by_kind
from cubaru.core.chunks import chunks
from cubaru.core.document_items import Item, Link, Parts, Texts
from cubaru.core.documents import Document, RecordKind, apply_document, kind_named, kinds, to_document
from cubaru.core.history import Changes, Owner, owners
from cubaru.core.models import Part, PastSlug
from cubaru.core.published import targets


class Addresses:
    """The former addresses that the records of a change-set may take, or leave to another record."""

    def __init__(self, pairs: Iterable[Pair]) -> None:
        ending = [pair for pair in pairs if pair.before is None or pair.after is None]
        self.slugs = {(pair.kind.name, pair.slug) for pair in ending}
        self.owners = {pair.owner for pair in ending if pair.after is None}

    def kept(self) -> list[list[Any]]:
        """The former addresses as they are, to be restored later."""
        found = []
        for kind in {name for name, _slug in self.slugs}:
            slugs = [slug for name, slug in self.slugs if name == kind]
            ids = [record_id for name, record_id in self.owners if name == kind]
            rows = PastSlug.objects.filter(Q(slug__in=slugs) | Q(record_id__in=ids), kind=kind)
            found += [[kind, row.slug, row.record_id] for row in rows.order_by("slug")]
        return found

    def restore(self, kept: list[list[Any]]) -> None:
        """Makes the former addresses of these records be as they were."""
        wanted = [
            (kind, slug, record_id)
            for kind, slug, record_id in kept
            if (kind, slug) in self.slugs or (kind, record_id) in self.owners
        ]
        for kind, slug in self.slugs | {(kind, slug) for kind, slug, _id in wanted}:
            PastSlug.objects.filter(kind=kind, slug=slug).delete()
        PastSlug.objects.bulk_create(
            PastSlug(kind=kind, slug=slug, record_id=record_id) for kind, slug, record_id in wanted
        )


def lead_on(pairs: list[Pair]) -> None:
    """Lets the addresses of records that were merged away lead to those that they were merged into."""
    keys = {(pair.kind.name, pair.slug): pair.record_id for pair in pairs}
    for pair in pairs:
        if not pair.leads_to:
            continue
        away, kept = pair.record_id, keys[(pair.kind.name, pair.leads_to)]
        assert away is not None, "what was merged away was there"
        assert kept is not None, "what it was merged into is there"
        PastSlug.objects.filter(kind=pair.kind.name, record_id=away).update(record_id=kept)
        PastSlug.objects.create(kind=pair.kind.name, slug=pair.slug, record_id=kept)


def delete(pairs: list[Pair], changes: Changes) -> None:
    """Deletes the records, which may link to each other. The history keeps them whole."""
    for kind_name, some in reversed(by_kind(pairs).items()):
        kind = kind_named(kind_name)
        whole = kind.model._base_manager.prefetch_related(*kind.prefetch())
        documents = {
            record.pk: to_document(record)
            for keys in chunks(pair.record_id for pair in some)
            for record in whole.filter(pk__in=keys)
        }
        changes.farewells |= {(kind_name, key): document for key, document in documents.items()}
        for layer in _layers(kind, documents):
            for keys in chunks(layer):
                kind.model._base_manager.filter(pk__in=keys).delete()


def _layers(kind: RecordKind, documents: dict[int, Document]) -> Iterator[list[int]]:
    """The primary keys in groups, none linked to by a later one; where all are, the links are cut first."""
    keys = {document["slug"]: key for key, document in documents.items()}
    links = {
        key: {
            keys[slug]
            for model, slug in targets(kind.model, kind.items, document)
            if model is kind.model and slug in keys
        }
        for key, document in documents.items()
    }
    while links:
        linked = {to for key, found in links.items() for to in found if to != key}
        free = [key for key in links if key not in linked]
        if not free:
            for key in links:
                apply_document(_without_links(kind.items, documents[key]))
            free = list(links)
        yield free
        for key in free:
            del links[key]


def _without_links(items: Iterable[Item], document: Document) -> Document:
    linking = {
        item.key
        for item in items
        if isinstance(item, Parts | Link) or (isinstance(item, Texts) and item.mentions is not None)
    }
    return {key: value for key, value in document.items() if key not in linking}


def delete_joined(pair: Pair, kept: Pair, changes: Changes) -> set[Owner]:
    """Deletes a record that is merged into `kept`; only that one may still link to it.

    Returns the records whose narratives name it, to be read anew (`rederive`) once its address leads on.
    """
    record = pair.kind.model._base_manager.get(pk=pair.record_id)
    if kept.before and (pair.kind.model, pair.slug) in targets(kept.kind.model, kept.kind.items, kept.before):
        apply_document(_without_links(kept.kind.items, kept.before))
    named_by: set[Owner] = set()
    for model, name in _derived_links(pair.kind.model):
        rows: models.QuerySet[Any] = models.QuerySet(model).filter(**{name: record.pk})
        named_by.update(owners(model, list(rows.values_list("pk", flat=True))))
        rows.delete()
    changes.joined[(pair.kind.name, record.pk)] = pair.leads_to
    record.delete()
    return named_by - {(pair.kind.name, record.pk)}


def _derived_links(target: type[models.Model]) -> Iterator[tuple[type[Part], str]]:
    """The parts that stand in no document but are read from one, with their link to such a record."""
    written = {part for kind in kinds() for part in _parts_of(kind.model, kind.items)}
    for relation in target._meta.related_objects:
        model: Any = relation.related_model
        if issubclass(model, Part) and model not in written:
            yield model, relation.field.name


def _parts_of(model: type[models.Model], items: Iterable[Item]) -> Iterator[type[Part]]:
    for item in items:
        if isinstance(item, Parts):
            part = item.part_of(model)
            yield part
            yield from _parts_of(part, item.items)


def rederive(found: Iterable[Owner]) -> None:
    """Reads anew what is kept beside the records as it is read from their documents."""
    for kind_name, record_id in sorted(found):
        kind = kind_named(kind_name)
        record = kind.model._base_manager.filter(pk=record_id).prefetch_related(*kind.prefetch()).first()
        if record is not None and kind.derive:
            document = to_document(record)
            for derive in kind.derive:
                derive(record, document)
