"""The formats of answers besides JSON: each writes the rows of a list, or one record, as a whole document.

A view says in `formats` which it offers; `?format=` or the Accept header chooses.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, Final

import orjson
from django.http import HttpResponse
from django.urls import reverse
from rest_framework.renderers import BaseRenderer

from cubaru.core.context import absolute
from cubaru.core.languages import LANGUAGES
from cubaru.core.tables.cells import protected

#: The vocabulary is schema.org's. An answer names the address of its version (`context_address`), under
#: which nothing but this will ever be: what changes the meaning of an answer gets another version.
CONTEXT_VERSION: Final = "1"
CONTEXT: Final = {
    "@vocab": "http://schema.org/",
    "url": {"@type": "@id"},
    "sameAs": {"@type": "@id"},
    "startDate": {"@type": "http://schema.org/Date"},
    "endDate": {"@type": "http://schema.org/Date"},
}


class Format(BaseRenderer):
    """One format: `write` makes the document in the view, in its language; rendering only hands it on."""

    charset: str | None = None
    #: For the name of the file that a browser saves; "" where it shows the answer instead.
    ending: ClassVar[str] = ""
    #: Whether it tells of a record all that its page does, also in a list.
    is_whole: ClassVar[bool] = False
    #: Whether it can hold texts in all languages; others are in English unless `lang` says otherwise.
    is_multilingual: ClassVar[bool] = False
    #: Whether `fields` can choose from it.
    takes_fields: ClassVar[bool] = False
    #: What the description of the API says of it.
    schema: ClassVar[dict[str, Any]] = {"type": "string"}

    def write(self, rows: Sequence[Any], view: Any) -> bytes:
        raise NotImplementedError

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        written: bytes = data or b"\n"  # the framework takes the type from an answer that is empty
        return written

    def name_file(self, response: HttpResponse, name: str) -> None:
        if self.ending:
            response.headers["Content-Disposition"] = f'attachment; filename="{name}.{self.ending}"'


# Tables --------------------------------------------------------------------------------------------


class CsvFormat(Format):
    """A row for each record with what lists show of it; what would be a formula begins with an apostrophe."""

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"
    ending = "csv"
    is_multilingual = True
    takes_fields = True

    def write(self, rows: Sequence[Any], view: Any) -> bytes:
        serializer = view.serializer_of_list()
        columns = [
            path
            for name, field in serializer.fields.items()
            for path in _paths((name,), getattr(field, "keys", ()), getattr(field, "wanted", {}), view.asked)
        ]
        text = io.StringIO()
        writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC)
        writer.writerow(".".join(path) for path in columns)
        for row in rows:
            record = serializer.to_representation(row)
            writer.writerow(cell(_within(record, path)) for path in columns)
        return text.getvalue().encode()


def _paths(
    path: tuple[str, ...], keys: Any, wanted: Mapping[str, Any], asked: Any
) -> Iterator[tuple[str, ...]]:
    """The columns of one field; a text is one column for each language, or one in the language asked for."""
    if not keys or (asked.language and tuple(keys) == LANGUAGES):
        yield path
        return
    for key in keys:
        if not wanted or key in wanted:
            inner = keys[key] if isinstance(keys, Mapping) else ()
            yield from _paths((*path, key), inner, wanted.get(key, {}), asked)


def _within(value: Any, path: Iterable[str]) -> Any:
    for key in path:
        if not isinstance(value, dict):
            return value
        value = value.get(key)
    return value


def cell(value: Any) -> Any:
    """What stands in a cell of a table for the value; never a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return cell("; ".join(str(cell(inner)) for inner in value))
    if isinstance(value, dict):
        return cell(value["slug"] if "slug" in value else " ".join(str(inner) for inner in value.values()))
    return protected(value) if isinstance(value, str) else value


# Maps and linked data --------------------------------------------------------------------------------


class GeoJsonFormat(Format):
    """The located rows as GeoJSON (RFC 7946), with what lists show of them as properties.

    The view's `places_of(row)` gives the places of a row.
    """

    media_type = "application/geo+json"
    format = "geojson"
    is_multilingual = True
    schema = {
        "type": "object",
        "required": ["type", "features"],
        "properties": {"type": {"const": "FeatureCollection"}, "features": {"type": "array"}},
    }

    def write(self, rows: Sequence[Any], view: Any) -> bytes:
        serializer = view.serializer_of_list()
        features = []
        for row in rows:
            points = [[place.longitude, place.latitude] for place in view.places_of(row) if place.is_located]
            if points:
                record = serializer.to_representation(row)
                features.append({
                    "type": "Feature",
                    "id": record["url"],
                    "geometry": _geometry(points),
                    "properties": record,
                })  # fmt: skip
        return orjson.dumps({"type": "FeatureCollection", "features": features})


def _geometry(points: list[list[float]]) -> dict[str, Any]:
    if len(points) == 1:
        return {"type": "Point", "coordinates": points[0]}
    return {"type": "MultiPoint", "coordinates": points}


class JsonLdFormat(Format):
    """What the records' pages say of themselves as schema.org data: `linked_data(row)` of the view."""

    media_type = "application/ld+json"
    format = "jsonld"
    is_whole = True
    schema = {"type": "object", "required": ["@context", "@graph"]}

    def write(self, rows: Sequence[Any], view: Any) -> bytes:
        graph = [view.linked_data(row) for row in rows]
        return orjson.dumps({"@context": context_address(), "@graph": graph})


def context_address() -> str:
    return absolute(reverse("api-context", args=[CONTEXT_VERSION]))
