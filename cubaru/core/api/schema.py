"""The description of the API as OpenAPI 3.1."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from rest_framework import serializers

from cubaru.core.api.pagination import SPARSE
from cubaru.core.api.problems import CONTENT_TYPE
from cubaru.core.languages import LANGUAGES


class FaultSerializer(serializers.Serializer[Any]):
    """What is wrong with one parameter."""

    parameter = serializers.CharField(read_only=True)
    detail = serializers.CharField(read_only=True)
    valid = serializers.ListField(
        child=serializers.CharField(), required=False, help_text="What is valid, where it can be listed."
    )


class ProblemSerializer(serializers.Serializer[Any]):
    """An error (RFC 9457)."""

    type = serializers.CharField(read_only=True, help_text="Address that explains this kind of problem.")
    title = serializers.CharField(read_only=True)
    status = serializers.IntegerField(read_only=True)
    detail = serializers.CharField(read_only=True, help_text="A sentence for whoever reads it.")
    instance = serializers.CharField(read_only=True, help_text="The path that was asked for.")
    errors = FaultSerializer(many=True, required=False)


_PROBLEMS = {
    "400": "A parameter is unknown, or its value is not valid; `errors` names each.",
    "404": "There is no such record, or it is not published.",
    "406": "The format is not offered.",
    "410": "The record was withdrawn.",
    "429": "Too many requests; `Retry-After` says how many seconds to wait.",
}
_LANG = {
    "name": "lang",
    "in": "query",
    "schema": {"type": "string", "enum": list(LANGUAGES)},
    "description": "Texts as plain strings in this language, or in the first of en, es, ru that has them; "
    "`Content-Language` names the languages of the answer.",
}
_FIELDS = {
    "name": "fields",
    "in": "query",
    "schema": {"type": "string", "minLength": 1, "examples": ["slug,title.en,date.edtf"]},
    "description": "Only these fields, separated by commas; a dot leads into a field.",
}
_FORMAT = {
    "name": "format",
    "in": "query",
    "schema": {"type": "string", "enum": ["json"]},
    "description": "The format of the answer; otherwise the Accept header decides.",
}


class ApiSchema(AutoSchema):
    """Adds to each operation what holds for all: common parameters, problems, what `fields` leaves."""

    def get_operation(self, *args: Any, **kwargs: Any) -> Any:
        operation = super().get_operation(*args, **kwargs)
        if operation is None:
            return None
        operation["security"] = [{}]
        operation["parameters"] = [*operation.get("parameters", []), *self._common_parameters()]
        problem = self.resolve_serializer(ProblemSerializer, "response").ref
        for status in self._problems():
            operation["responses"][status] = {
                "description": _PROBLEMS[status],
                "content": {CONTENT_TYPE: {"schema": problem}},
            }
        self._allow_sparse(operation["responses"]["200"])
        return operation

    def get_operation_id(self) -> str:
        plural = getattr(self.view, "basename", "") or type(self.view).__name__.removesuffix("View").lower()
        return {"list": f"list_{plural}", "retrieve": f"get_{plural}"}.get(
            getattr(self.view, "action", ""), f"get_{plural}"
        )

    def get_tags(self) -> list[str]:
        return [getattr(self.view, "basename", "") or "about"]

    def get_description(self) -> str:
        return str(getattr(self.view, "about", "") or super().get_description())

    def _common_parameters(self) -> list[dict[str, Any]]:
        action = getattr(self.view, "action", "")
        if not action:
            return [_FORMAT]
        return [*([self._ordering()] if action == "list" else []), _LANG, _FIELDS, _FORMAT]

    def _ordering(self) -> dict[str, Any]:
        names = [f"{sign}{name}" for name in self.view.orderings for sign in ("", "-")]
        return {
            "name": "ordering",
            "in": "query",
            "schema": {"type": "string", "enum": names, "default": self.view.default_ordering},
            "description": "The order of the list; a hyphen turns it. Records without a value stand last.",
        }

    def _problems(self) -> list[str]:
        return [status for status in _PROBLEMS if getattr(self.view, "action", "") == "retrieve" or (
            status not in {"404", "410"}
        )]  # fmt: skip

    def _allow_sparse(self, response: dict[str, Any]) -> None:
        content = response.get("content", {}).get("application/json")
        if getattr(self.view, "action", "") == "retrieve" and content:
            content["schema"] = {"anyOf": [content["schema"], SPARSE]}
