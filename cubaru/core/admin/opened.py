"""Opened: the state of a record in which a form of it was opened, as the form carries it."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.core import signing
from django.db import models
from django.db.models import Max

from cubaru.core.document_items import Item, Parts
from cubaru.core.documents import RecordKind, kind_named
from cubaru.core.models import Record, Revision
from cubaru.core.reading import related_model

SALT: Final = "cubaru.core.admin.opened"
#: The hidden field of a form.
OPENED: Final = "opened"

Rows = dict[str, list[int]]


@dataclass(frozen=True)
class Opened:
    """A record and the number of its newest revision then.

    `rows` are the primary keys of its parts, for each model in the order of the document: the form names
    rows by them, and they are needed to read the form after somebody has deleted one.
    """

    kind: str
    record_id: int
    number: int
    rows: Rows

    def signed(self) -> str:
        return signing.dumps(asdict(self), salt=SALT, compress=True)

    def revision(self) -> Revision:
        return Revision.objects.get(kind=self.kind, record_id=self.record_id, number=self.number)


def opened_now(record: Record) -> Opened:
    """The record as it is now. To be asked before what the form shows is read, never after."""
    number = newest_number(record.record_kind, record.pk)
    return Opened(record.record_kind, record.pk, number, row_keys(record))


def read_opened(signed: str) -> Opened | None:
    """What a form says of itself; None if it says nothing, or not what it was given."""
    try:
        return Opened(**signing.loads(signed, salt=SALT))
    except (signing.BadSignature, TypeError):
        return None


def newest_number(kind: str, record_id: int) -> int:
    """The number of the newest revision of a record, 0 if it has none."""
    revisions = Revision.objects.filter(kind=kind, record_id=record_id)
    return revisions.aggregate(newest=Max("number"))["newest"] or 0


def row_keys(record: Record) -> Rows:
    """The primary keys of all parts of a record, by model, in the order of its document."""
    return {
        model._meta.label_lower: list(
            plain(model).filter(**{way: record.pk}).order_by(*order).values_list("pk", flat=True)
        )
        for model, way, order in _part_models(kind_named(record.record_kind))
    }


def give_back_keys(record: Record, rows: Rows) -> None:
    """Gives the parts of a record, which is as it was, the primary keys that they had then.

    For a transaction that is to be undone: what was deleted since, and written anew, has other keys.
    """
    for label, present in row_keys(record).items():
        wanted = rows.get(label, [])
        if len(wanted) == len(present):
            for old, new in zip(wanted, present, strict=True):
                if old != new:
                    _change_key(label, new, old)


def _change_key(label: str, key: int, wanted: int) -> None:
    from django.apps import apps

    model = apps.get_model(label)
    if plain(model).filter(pk=wanted).exists():  # the row belongs to another record now
        return
    plain(model).filter(pk=key).update(**{model._meta.pk.attname: wanted})
    for relation in model._meta.related_objects:
        column = relation.field.attname
        plain(relation.related_model).filter(**{column: key}).update(**{column: wanted})


def plain(model: type[models.Model]) -> "models.QuerySet[Any]":
    """Rows without their history: what is written here is undone."""
    return models.QuerySet(model)


def _part_models(kind: RecordKind) -> Iterator[tuple[type[models.Model], str, list[str]]]:
    """For each model of the parts: the way from it to the record, and the order of a document."""
    yield from _parts_of(kind.model, kind.items, "", [])


def _parts_of(
    model: type[models.Model], items: list[Item], way: str, order: list[str]
) -> Iterator[tuple[type[models.Model], str, list[str]]]:
    for item in items:
        if isinstance(item, Parts):
            field: Any = model._meta.get_field(item.attribute)
            part, link = related_model(model, item), field.field.name
            here = f"{link}__{way}" if way else link
            within = [*(f"{link}__{name}" for name in order), "position", "pk"]
            yield part, here, within
            yield from _parts_of(part, list(item.items), here, within)
