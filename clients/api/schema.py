"""What the description of the API says of tokens and of writing."""

from collections.abc import Iterable
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from drf_spectacular.plumbing import ResolvedComponent
from uritemplate import variables

from clients.api.document_schema import document_schema
from clients.bulk import KEYS, MOST
from cubaru.core.api.problems import CONTENT_TYPE
from cubaru.core.api.schema import LANG, ApiSchema, ProblemSerializer
from cubaru.core.models.step import LONGEST_NOTE

_NOTE = {"type": "string", "maxLength": LONGEST_NOTE}
_VERBS: Final = {"create": "create", "partial_update": "change", "destroy": "delete", "document": "get"}
_ABOUT: Final = {
    "document": _("The record as one document, to be changed and sent back; for holders of tokens."),
    "create": _("Begins a record as a draft. The body is its document."),
    "partial_update": _(
        "Changes a record by a merge patch (RFC 7396) of its document. What is published is changed at once "
        "by an editor whose token may publish; otherwise the change is proposed, and the answer is 202."
    ),
    "destroy": _("Deletes a draft."),
    "submit": _("Hands a draft over to the editors."),
    "publish": _("Puts a record before readers. Nobody publishes their own writing."),
    "withdraw": _("Takes a record from readers; its address says so from then on."),
    "bulk": _("Up to 100 writes, all of them or none; `errors` says of each that failed why."),
}
_SUCCESSES: Final = {
    "document": ("200",),
    "create": ("201",),
    "partial_update": ("200", "202"),
    "destroy": ("204",),
    "bulk": ("200",),
}
_TOLD: Final = {
    "200": _("The record as it is now; `ETag` is its state."),
    "201": _("The draft was made; `Location` is its address, `ETag` its state."),
    "202": _("The change waits for an editor's answer."),
    "204": _("The draft is deleted."),
    "304": _("What the client has, by the ETag it sent, is still right."),
}
_PROBLEMS: Final = {
    "400": _("The request cannot be read; `errors` names wrong parameters."),
    "401": _("The token is missing, wrong, expired or revoked."),
    "403": _("The token lacks the scope, or its user the right."),
    "404": _("There is no such record, or the token's user may not see it."),
    "405": _("The method is not offered here; `Allow` names those that are."),
    "406": _("The format is not offered."),
    "409": _("This cannot be done as things stand; the detail says why, and what to do instead."),
    "412": _("The record has changed since it was read; `ETag` is its state now."),
    "413": _("The body is larger than 1 MB."),
    "415": _("The body is not JSON."),
    "422": _("What was sent is not valid; `errors` names each place."),
    "428": _("`If-Match` is missing."),
    "429": _("Too many requests; `Retry-After` says how many seconds to wait."),
    "500": _("The server failed; the fault is logged."),
}
_IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "schema": {"type": "string", "minLength": 1},
    "description": _("The `ETag` that the record had when it was read, or `*` for any state."),
}
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
    "description": _("Repeated with the same key within a day, the request is answered as the first time."),
}
_WHY = {
    "name": "note",
    "in": "query",
    "schema": {**_NOTE, "minLength": 1},
    "description": _("Why; kept in the history, beside the name of the token's user."),
}
_STEPS: Final = ("submit", "publish", "withdraw")


class ClientSchema(ApiSchema):
    """Reading is described as for everybody, with the token that it may have; writing is described here."""

    def get_operation(self, path: str, *args: Any, **kwargs: Any) -> Any:
        self.path, self.method, self.registry = path, args[2].upper(), args[3]
        self._register(ResolvedComponent.SECURITY_SCHEMA, "token", {"type": "http", "scheme": "bearer"})
        if self._action in {"list", "retrieve"}:
            operation = super().get_operation(path, *args, **kwargs)
            operation["security"] = [{}, {"token": []}]
            operation["responses"]["401"] = self._problem("401")
            return operation
        return self._operation()

    def get_auth(self) -> list[Any]:
        return []  # said with each operation

    @property
    def _action(self) -> str:
        return getattr(self._our_view, "action", "") or "bulk"

    def _operation(self) -> dict[str, Any]:
        operation: dict[str, Any] = {
            "operationId": self.get_operation_id(),
            "description": str(_ABOUT[self._action]),
            "parameters": list(self._parameters()),
            "tags": self.get_tags(),
            "security": [{"token": []}],
            "responses": self._responses(),
        }
        if body := self._body():
            operation["requestBody"] = body
        return operation

    def get_operation_id(self) -> str:
        if self._action in {"list", "retrieve"}:
            return super().get_operation_id()
        if self._action == "bulk":
            return "bulk"
        name = f"{_VERBS.get(self._action, self._action)}_{self._subject()}"
        return f"{name}_document" if self._action == "document" else name

    def _parameters(self) -> Iterable[dict[str, Any]]:
        yield from self._resolve_path_parameters(variables(self.path))  # type: ignore[no-untyped-call]
        if self._action in {"partial_update", "destroy", *_STEPS}:
            yield _IF_MATCH
        if self.method == "POST":
            yield _KEY
        if self._action in {"create", "partial_update", "destroy"}:
            yield _WHY
        if self._action != "bulk":
            yield LANG

    def _responses(self) -> dict[str, Any]:
        problems = set(_PROBLEMS)
        if self.method == "GET":
            problems -= {"409", "412", "413", "415", "422", "428"}
        if "{" not in self.path:
            problems -= {"404", "412", "428"}
        told = {status: {"description": str(_TOLD[status])} for status in self._statuses()}
        for status, answer in told.items():
            if status not in {"204", "304"}:
                answer["content"] = {"application/json": {"schema": self._answer(status)}}  # type: ignore[assignment]
        return {**told, **{status: self._problem(status) for status in sorted(problems)}}

    def _statuses(self) -> tuple[str, ...]:
        found = _SUCCESSES.get(self._action, ("200",))
        return (*found, "304") if self.method == "GET" else found

    def _answer(self, status: str) -> dict[str, Any]:
        if self._action == "bulk":
            return self._component("BulkAnswer", _BULK_ANSWER)
        return self._component("WaitingProposal", _PROPOSAL) if status == "202" else self._document()

    def _body(self) -> dict[str, Any] | None:
        if self._action == "bulk":
            operations = {"type": "array", "minItems": 1, "maxItems": MOST, "items": _OPERATION}
            return _content("application/json", operations)
        if self._action == "create":
            return _content("application/json", self._document())
        if self._action == "partial_update":
            patch = {"type": "object", "description": str(_("Only what changes; null takes a key away."))}
            body = _content("application/merge-patch+json", patch)
            body["content"]["application/json"] = {"schema": patch}
            return body
        if self._action in _STEPS:
            note = {"type": "object", "properties": {"note": _NOTE}, "additionalProperties": False}
            return {**_content("application/json", note), "required": False}
        return None

    def _document(self) -> dict[str, Any]:
        kind = self._our_view.kind
        return self._component(f"{kind.name.capitalize()}Document", document_schema(kind))

    def _component(self, name: str, schema: dict[str, Any]) -> dict[str, Any]:
        return self._register(ResolvedComponent.SCHEMA, name, schema)

    def _register(self, kind: Any, name: str, schema: dict[str, Any]) -> dict[str, Any]:
        component: Any = ResolvedComponent(name, kind, schema, name)  # type: ignore[no-untyped-call]
        self.registry.register_on_missing(component)
        return {"$ref": f"#/components/{kind}/{name}"}

    def _problem(self, status: str) -> dict[str, Any]:
        problem = self.resolve_serializer(ProblemSerializer, "response").ref
        return {
            "description": str(_PROBLEMS[status]),
            "content": {CONTENT_TYPE: {"schema": problem}},
        }


def _content(media_type: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"required": True, "content": {media_type: {"schema": schema}}}


_PROPOSAL = {
    "type": "object",
    "required": ["proposal", "state", "html_url", "document"],
    "properties": {
        "proposal": {"type": "integer", "minimum": 1},
        "state": {"type": "string"},
        "html_url": {"type": "string", "format": "uri", "description": _("Its page at the desk.")},
        "document": {"type": "object", "description": _("The record as it is to be.")},
    },
}
_OPERATION = {
    "type": "object",
    "required": ["method", "kind"],
    "properties": {
        "method": {"type": "string", "enum": list(KEYS)},
        "kind": {"type": "string", "description": _("As in addresses, such as events.")},
        "slug": {"type": "string"},
        "if_match": {"type": "string"},
        "document": {"type": "object"},
        "patch": {"type": "object"},
        "note": _NOTE,
    },
    "additionalProperties": False,
}
_BULK_ANSWER = {
    "type": "object",
    "required": ["results"],
    "properties": {
        "results": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["status", "etag", "body"],
                "properties": {
                    "status": {"type": "integer"},
                    "etag": {"type": ["string", "null"]},
                    "body": {"type": ["object", "null"]},
                },
            },
        }
    },
}


def with_statuses(result: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """Adds what records tell of themselves to holders of tokens only."""
    status = {"type": "string", "description": str(_("Told to holders of tokens only."))}
    for name in ("Event", "Person", "Organization", "Place", "Theme", "Source"):
        for schema in (name, f"{name}Detail"):
            result["components"]["schemas"][schema]["properties"]["status"] = status
    return result
