"""Documents as JSON Schema, read from the items of which they are made."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from cubaru.core.dates import Calendar
from cubaru.core.document_columns import Day, File
from cubaru.core.document_items import Item, Json, Link, Links, Parts, Plain, Texts, When
from cubaru.core.documents import RecordKind
from cubaru.core.languages import LANGUAGES
from cubaru.core.models import Status
from cubaru.core.models.record import SLUG_PATTERN

Schema = dict[str, Any]

SLUG: Schema = {"type": "string", "pattern": SLUG_PATTERN, "maxLength": 100}


def document_schema(kind: RecordKind) -> Schema:
    """The document of a kind; what a client sends may leave out `record` and `status`."""
    status = {
        "type": "string",
        "enum": [str(value) for value in Status.values],
        "description": _("Told, never set: submit, publish and withdraw change it."),
    }
    return {
        "type": "object",
        "description": _("A record whole; related records are named by their slugs."),
        "required": ["slug"],
        "properties": {
            "record": {"type": "string", "const": kind.name},
            "slug": SLUG,
            "status": status,
            **_properties(kind.model, kind.items),
        },
        "additionalProperties": False,
    }


def _properties(model: type[models.Model], items: Iterable[Item]) -> Schema:
    return {item.key: _of_item(model, item) for item in items}


def _of_item(model: type[models.Model], item: Item) -> Schema:  # noqa: PLR0911 one answer for each kind of item
    match item:
        case Links():
            return {"type": "array", "items": SLUG}
        case Parts():
            part = item.part_of(model)
            properties = _properties(part, item.items)
            return {
                "type": "array",
                "items": {"type": "object", "properties": properties, "additionalProperties": False},
            }
        case Texts():
            return _map_of_texts(LANGUAGES)
        case When():
            dated = _map_of_texts(("edtf", "calendar", "words"))
            dated["properties"]["calendar"]["enum"] = [str(value) for value in Calendar.values]
            return dated
        case Day():
            return {"type": "string", "format": "date"}
        case Link():
            return SLUG
        case File():
            return {"type": "string"}
        case Json():
            return {"type": ["object", "array"]}
        case Plain():
            return _of_column(model._meta.get_field(item.attribute))
    return {}


def _map_of_texts(keys: Iterable[str]) -> Schema:
    properties: Schema = {key: {"type": "string"} for key in keys}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _of_column(column: Any) -> Schema:
    if isinstance(column, models.BooleanField):
        return {"type": "boolean"}
    if isinstance(column, models.IntegerField):
        return {"type": "integer"}
    if isinstance(column, models.FloatField):
        return {"type": "number"}
    if column.choices:
        return {"type": "string", "enum": [str(value) for value, _label in column.flatchoices]}
    return {"type": "string"}
