"""JSON columns in cells: lines where the values are plain (identifiers, creators), else JSON."""

import json
import re
from typing import Any, Final

from django.db import models
from django.utils.translation import gettext as _

from cubaru.core.document_columns import Json
from cubaru.core.document_values import DocumentError
from cubaru.core.tables.notation import Line, read, written

_PLAIN: Final = re.compile(r"[\w./-]+")


def write_json(item: Json, value: Any) -> str:
    """A map as lines "viaf: 102325430", a list of maps in the notation of parts, all else as JSON."""
    if (
        item.order
        and isinstance(value, dict)
        and all(_is_plain(text) for pair in value.items() for text in pair)
    ):
        return "\n".join(f"{key}: {text}" for key, text in value.items())
    if item.order and isinstance(value, list) and all(_is_line(one, item.order) for one in value):
        return written(Line(list(one.items())) for one in value)
    return json.dumps(value, ensure_ascii=False)


def _is_plain(text: object) -> bool:
    return isinstance(text, str) and _PLAIN.fullmatch(text) is not None


def _is_line(value: object, keys: list[str]) -> bool:
    return (
        isinstance(value, dict)
        and next(iter(value), None) == keys[0]
        and set(value) <= set(keys)
        and all(isinstance(text, str) and text for text in value.values())
    )


def read_json(item: Json, model: type[models.Model], text: str, at: str) -> Any:
    """Raises DocumentError."""
    if not text.strip():
        return None
    if text.lstrip().startswith(("{", "[")):
        try:
            return json.loads(text)
        except (ValueError, RecursionError) as error:
            raise DocumentError(at, _("This is not JSON (%(why)s).") % {"why": error}) from error
    column: Any = model._meta.get_field(item.attribute)
    if column.default is dict:
        return dict(_pair(line, at) for line in text.replace(";", "\n").split("\n") if line.strip())
    return [_creator(line) for line in read(text, item.order)]


def _pair(line: str, at: str) -> tuple[str, str]:
    key, colon, value = (part.strip() for part in line.partition(":"))
    if not (key and colon and value):
        raise DocumentError(at, _("“%(line)s” cannot be read.") % {"line": line.strip()})
    return key.lower(), value


def _creator(line: Line) -> dict[str, str]:
    """A name without a key is an author's, as it is written."""
    creator = {key or "literal": text for key, text in line.pairs}
    return {"role": "author"} | creator
