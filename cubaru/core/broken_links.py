"""Links between records that lead readers nowhere: a published record names one that they do not see."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from cubaru.core.document_items import Item, Link, Links, Parts
from cubaru.core.documents import RecordKind
from cubaru.core.models import Status
from cubaru.core.reading import related_model


def names_what_readers_do_not_see(kind: RecordKind) -> Q:
    """The condition that a published record has such a link, of its own or in one of its parts."""
    broken = Q()
    for part, owner, link in _links(kind.model, kind.items, ""):
        if part is kind.model:
            broken |= Q(**{f"{link}__isnull": False}) & ~Q(**{f"{link}__status": Status.PUBLISHED})
        else:
            rows: Any = part._base_manager.filter(**{owner: OuterRef("pk"), f"{link}__isnull": False})
            broken |= Q(Exists(rows.exclude(**{f"{link}__status": Status.PUBLISHED})))
    return Q(status=Status.PUBLISHED) & broken


def _links(
    model: type[models.Model], items: Sequence[Item], owner: str
) -> Iterator[tuple[type[models.Model], str, str]]:
    """All links of a kind: the model that has it, the way from there to the record, and its column."""
    for item in items:
        if isinstance(item, Link):
            yield model, owner, item.attribute
        elif isinstance(item, Parts):
            part = related_model(model, item)
            relation: Any = model._meta.get_field(item.attribute)
            way = f"{relation.field.name}__{owner}" if owner else relation.field.name
            if isinstance(item, Links):
                yield part, way, item.link.attribute
            else:
                yield from _links(part, item.items, way)
