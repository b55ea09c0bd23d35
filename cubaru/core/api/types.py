"""The types of the API's answers as tables, read from its OpenAPI description."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class DescribedField:
    """A field of a type: `of` names the type of what is in it, if that has a name, `choices` fixed words."""

    name: str
    kind: str
    of: str
    description: str
    choices: list[str]


@dataclass(frozen=True)
class Described:
    name: str
    fields: list[DescribedField]


def described_types(document: dict[str, Any], name: str) -> Iterator[Described]:
    """The named type, then those that it leads to, each once, in the order they are met."""
    schemas, waiting = document["components"]["schemas"], [name]
    for one in waiting:
        properties = schemas[one].get("properties")
        if properties:
            fields = [_field(key, schema) for key, schema in properties.items()]
            inner = dict.fromkeys(field.of for field in fields if field.of)
            waiting += [of for of in inner if of not in waiting]
            yield Described(one, fields)


def _field(name: str, schema: dict[str, Any]) -> DescribedField:
    inner = schema.get("items", schema)
    of = _reference(inner)
    kind = of or _plain_kind(inner)
    if schema.get("type") == "array":
        kind = _("list of %(kind)s") % {"kind": kind}
    if _is_nullable(schema):
        kind = _("%(kind)s or null") % {"kind": kind}
    # The generator lists the fixed words below the description; here they have a column of their own.
    description = schema.get("description", "").partition("* `")[0].strip()
    return DescribedField(name, kind, of, description, [word for word in inner.get("enum", []) if word])


def _reference(schema: dict[str, Any]) -> str:
    for candidate in (schema, *schema.get("allOf", []), *schema.get("oneOf", [])):
        if "$ref" in candidate:
            return str(candidate["$ref"]).rpartition("/")[2]
    return ""


def _is_nullable(schema: dict[str, Any]) -> bool:
    types = schema.get("type", [])
    return "null" in types or {"type": "null"} in schema.get("oneOf", [])


def _plain_kind(schema: dict[str, Any]) -> str:
    kinds = schema.get("type", "object")
    return next(kind for kind in ([kinds] if isinstance(kinds, str) else kinds) if kind != "null")
