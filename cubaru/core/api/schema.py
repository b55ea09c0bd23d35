"""The description of the API as OpenAPI 3.1."""

from functools import cache
from typing import Any

import orjson
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from rest_framework import serializers

from cubaru.core.api.fields import LANGUAGE_MAP, TextField
from cubaru.core.api.links import plural_of
from cubaru.core.api.pagination import SPARSE
from cubaru.core.api.problems import CONTENT_TYPE
from cubaru.core.languages import LANGUAGES


class FaultSerializer(serializers.Serializer[Any]):
    """What is wrong with one parameter, or at one place of the body."""

    parameter = serializers.CharField(required=False)
    pointer = serializers.CharField(
        required=False, help_text=_("Where in the body (RFC 6901), such as `/participants/0/role`.")
    )
    status = serializers.IntegerField(
        required=False, help_text=_("Of one of several operations: what it alone would have been answered.")
    )
    detail = serializers.CharField(read_only=True)
    valid = serializers.ListField(
        child=serializers.CharField(), required=False, help_text=_("What is valid, where it can be listed.")
    )


class TombstoneSerializer(serializers.Serializer[Any]):
    """What is left of a record that was withdrawn."""

    kind = serializers.CharField(read_only=True, help_text=_("Kind of the record, such as event."))
    slug = serializers.CharField(read_only=True)
    number = serializers.IntegerField(
        read_only=True, min_value=1, help_text=_("Of the withdrawal among the changes.")
    )
    withdrawn_at = serializers.DateTimeField(read_only=True)
    why = serializers.CharField(read_only=True, help_text=_("The editors' reason; may be empty."))
    editions_url = serializers.URLField(read_only=True, help_text=_("All editions of the record."))


class ProblemSerializer(serializers.Serializer[Any]):
    """An error (RFC 9457)."""

    type = serializers.CharField(read_only=True, help_text=_("Address that explains this kind of problem."))
    title = serializers.CharField(read_only=True)
    status = serializers.IntegerField(read_only=True)
    detail = serializers.CharField(read_only=True, help_text=_("A sentence for whoever reads it."))
    instance = serializers.CharField(read_only=True, help_text=_("The path that was asked for."))
    errors = FaultSerializer(many=True, required=False)  # type: ignore[assignment]
    tombstone = TombstoneSerializer(required=False)


_PROBLEMS = {
    "400": _("A parameter is unknown, or its value is not valid; `errors` names each."),
    "404": _("There is no such record, or it is not published."),
    "405": _("The method is not offered here; `Allow` names those that are."),
    "406": _("The format is not offered."),
    "410": _("The record was withdrawn."),
    "500": _("The server failed; the fault is logged."),
    "429": _("Too many requests; `Retry-After` says how many seconds to wait."),
}
_OTHERS = {
    "301": _("The record has another slug now; `Location` leads to it."),
    "304": _("What the client has, by the ETag it sent, is still right."),
}
LANG = {
    "name": "lang",
    "in": "query",
    "schema": {"type": "string", "enum": list(LANGUAGES)},
    "description": _(
        "Texts as plain strings in this language, or in the first of en, es, ru that has them; "
        "`Content-Language` names the languages of the answer."
    ),
}


class ApiSchema(AutoSchema):
    """Adds to each operation what holds for all: common parameters, problems, what `fields` leaves."""

    @property
    def _our_view(self) -> Any:
        return self.view

    def get_operation(self, *args: Any, **kwargs: Any) -> Any:
        operation = super().get_operation(*args, **kwargs)
        if operation is None:
            return None
        is_one = getattr(self._our_view, "action", "") == "retrieve"
        operation["security"] = [{}]
        own = operation.get("parameters", [])
        named = {parameter["name"] for parameter in own}
        common = [parameter for parameter in self._common_parameters() if parameter["name"] not in named]
        operation["parameters"] = [*own, *common]
        responses = operation["responses"]
        responses["200"]["description"] = _("The record.") if is_one else _("The answer.")
        problem = self.resolve_serializer(ProblemSerializer, "response").ref
        for status, description in sorted((_OTHERS | _PROBLEMS).items()):
            if status in {"301", "410"} and not (is_one and self._our_view.lookup_field == "slug"):
                continue
            if status == "404" and not any(parameter["in"] == "path" for parameter in own):
                continue
            responses[status] = {"description": description}
            if status in _PROBLEMS:
                responses[status]["content"] = {CONTENT_TYPE: {"schema": problem}}
        for one in getattr(self._our_view, "formats", ()):
            responses["200"]["content"][one.media_type] = {"schema": one.schema}
        content = responses["200"].get("content", {}).get("application/json")
        if is_one and content and "fields" in self._our_view.known_parameters():
            content["schema"] = {"anyOf": [content["schema"], SPARSE]}
        return operation

    def get_operation_id(self) -> str:
        verb = "list" if getattr(self._our_view, "action", "") == "list" else "get"
        return f"{verb}_{self._subject()}"

    def get_tags(self) -> list[str]:
        return [self._subject()]

    def get_description(self) -> str:  # type: ignore[override] # as in the class above it
        return str(self._our_view.about)

    def _subject(self) -> str:
        """The kind of record as addresses spell it, or the name of an address that has none."""
        return str(getattr(self._our_view, "subject", "") or plural_of(self._our_view.model))

    def _common_parameters(self) -> list[dict[str, Any]]:
        action = getattr(self._our_view, "action", "")
        known = self._our_view.known_parameters()
        common = [
            one for one in (LANG, self._fields(), self._expand(), self._format()) if one["name"] in known
        ]
        return [*([self._ordering()] if action == "list" else []), *common]

    def map_renderers(self, attribute: str) -> list[str]:
        # The answers of the other formats are no serialiser's: they are described one by one.
        return ["application/json"] if attribute == "media_type" else ["json"]

    def _format(self) -> dict[str, Any]:
        formats = [renderer.format for renderer in self._our_view.get_renderers()]
        return {
            "name": "format",
            "in": "query",
            "schema": {"type": "string", "enum": formats},
            "description": _("The format of the answer; otherwise the Accept header decides."),
        }

    def _fields(self) -> dict[str, Any]:
        return {
            "name": "fields",
            "in": "query",
            "schema": {
                "type": "string",
                "format": "names",
                "minLength": 1,
                "examples": self._examples_of_fields(),
            },
            "description": _("Only these fields, separated by commas; a dot leads into a field."),
        }

    def _examples_of_fields(self) -> list[str]:
        """The first field, and with it a text in one language, where there is one."""
        if not hasattr(self._our_view, "get_serializer_class"):
            return []
        fields = self._our_view.get_serializer_class()().fields
        first = next(iter(fields))
        texts = [name for name, field in fields.items() if isinstance(field, TextField)]
        return [first, *(f"{first},{name}.{LANGUAGES[0]}" for name in texts[:1])]

    def _expand(self) -> dict[str, Any]:
        names = self._our_view.expandable() if hasattr(self._our_view, "expandable") else []
        return {
            "name": "expand",
            "in": "query",
            "schema": {"type": "string", "format": "names", "minLength": 1, "examples": names[:1]},
            "description": _(
                "Records to be shown as in lists instead of by name only, separated by commas: %(names)s. "
                "A further name after a dot leads on within them."
            )
            % {"names": ", ".join(f"`{name}`" for name in names)},
        }

    def _ordering(self) -> dict[str, Any]:
        names = [f"{sign}{name}" for name in self._our_view.orderings for sign in ("", "-")]
        return {
            "name": "ordering",
            "in": "query",
            "schema": {"type": "string", "enum": names, "default": self._our_view.default_ordering},
            "description": _("The order of the list; a hyphen turns it. Records without a value stand last."),
        }


@cache
def api_document(language: str) -> dict[str, Any]:
    """The description of the whole API, its sentences in the language. Plain JSON values."""
    with translation.override(language):
        document = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
        plain: dict[str, Any] = orjson.loads(orjson.dumps(document, default=str))
    return plain


def without_marks(result: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """Leaves the enumerations where they stand, without the generator's marks for naming them apart.

    Adds what is named though no serializer is of it.
    """
    _drop_marks(result)
    result["components"]["schemas"]["LanguageMap"] = LANGUAGE_MAP
    return result


def _drop_marks(value: Any) -> None:
    if isinstance(value, dict):
        value.pop("x-spec-enum-id", None)
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            _drop_marks(inner)
