"""The addresses of records as a token meets them: what is not published too, and writing.

Without a token they are the public ones of `cubaru.core.api.views`.
"""

from typing import Any, ClassVar

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from rest_framework.decorators import action
from rest_framework.permissions import SAFE_METHODS
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle

from clients import writing
from clients.api.schema import ClientSchema
from clients.authentication import InScope, TokenAuthentication
from clients.bodies import JsonParser, MergePatchParser
from clients.conditions import etag_of
from clients.faults import refuse
from clients.idempotency import once
from clients.models import Token
from clients.models.token import Scope
from clients.throttling import WriteThrottle
from clients.writing import Target, Written
from cubaru.core.api.links import address_of
from cubaru.core.api.parameters import check_names
from cubaru.core.api.problems import BadParametersError, ProblemError
from cubaru.core.api.renderers import JSONRenderer
from cubaru.core.api.views import ReadView, ReadViewSet, is_slug
from cubaru.core.context import absolute
from cubaru.core.documents import RecordKind, kind_named, to_document
from cubaru.core.models import Record
from cubaru.core.roles import Right, may
from cubaru.core.workflow import PUBLISH, SUBMIT, WITHDRAW, Way

PRIVATE = "private, no-store"


class ForClients(ReadView):
    """An address at which a token sees, or does, more than the public."""

    http_method_names = ["get", "post", "patch", "delete", "head", "options"]
    schema = ClientSchema()
    authentication_classes = [TokenAuthentication]
    permission_classes = [InScope]

    def scope_needed(self) -> Scope | None:
        """The scope that a token must have for what is asked; None if no token is needed."""
        raise NotImplementedError

    @property
    def token(self) -> Token | None:
        request = getattr(self, "request", None)
        return request.auth if isinstance(request, Request) and isinstance(request.auth, Token) else None

    def get_throttles(self) -> list[BaseThrottle]:
        if self.request.method in SAFE_METHODS or not self.throttle_classes:
            return super().get_throttles()
        return [WriteThrottle()]

    def finalize_response(  # type: ignore[override] # as in the class above it
        self, request: Request, response: HttpResponseBase, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        if "Authorization" in request.headers or request.method not in SAFE_METHODS:
            response.headers["Cache-Control"] = PRIVATE
        patch_vary_headers(response, ["Authorization"])
        return super().finalize_response(request, response, *args, **kwargs)

    def unless_known(self, request: Request, response: HttpResponse) -> HttpResponse:
        # If-Match of a write is about what was there before it.
        return super().unless_known(request, response) if request.method in SAFE_METHODS else response


class ClientViewSet(ForClients, ReadViewSet):
    """One kind of record, read and written. Stands left of the kind's view for readers."""

    parser_classes = [JsonParser, MergePatchParser]
    #: What each action takes; any other is open to all.
    scopes: ClassVar[dict[str, Scope]] = {
        "document": Scope.READ,
        "create": Scope.WRITE,
        "partial_update": Scope.WRITE,
        "destroy": Scope.WRITE,
        "submit": Scope.WRITE,
        "publish": Scope.PUBLISH,
        "withdraw": Scope.PUBLISH,
    }

    def scope_needed(self) -> Scope | None:
        return self.scopes.get(self.action or "")

    @property
    def is_reading(self) -> bool:
        return self.action in {"list", "retrieve", None}

    @property
    def kind(self) -> RecordKind:
        return kind_named(self.model.record_kind)  # type: ignore[attr-defined]

    def get_renderers(self) -> list[BaseRenderer]:
        return super().get_renderers() if self.is_reading else [JSONRenderer()]

    def known_parameters(self) -> list[str]:
        if self.is_reading:
            return super().known_parameters()
        noted = {"create", "partial_update", "destroy"}
        return ["lang", "format", *(["note"] if self.action in noted else [])]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        is_write = self.action in self.scopes and request.method not in SAFE_METHODS
        if is_write and (faults := check_names(request.query_params, self.known_parameters())):
            raise BadParametersError(faults)

    # Reading ---------------------------------------------------------------------------------------

    def readable_rows(self) -> Any:
        token = self.token
        if token is None or not may(token.user, Right.VIEW, self.model):
            return super().readable_rows()
        return self.model._default_manager.all()

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "tells_status": self.token is not None}

    def retrieve(self, request: Request, slug: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        record = self._record(slug) if self.token is not None else None
        # Asked before the answer is made: a change in between makes the ETag stale, never the answer.
        etag = etag_of(record) if record is not None else ""
        response = super().retrieve(request, slug, *args, **kwargs)
        if etag and response.status_code == 200:
            response.headers["ETag"] = etag
        return response

    def unless_known(self, request: Request, response: HttpResponse) -> HttpResponse:
        # The ETag of one record says which state it has, not what other records are called meanwhile.
        is_state = self.action == "retrieve" and self.token is not None
        return response if is_state else super().unless_known(request, response)

    @action(detail=True)
    def document(self, request: Request, slug: str) -> Response:
        """The record as one document, to be changed and sent back."""
        record = self._record(slug)
        if record is None:
            raise ProblemError(404)
        etag = etag_of(record)
        return Response(to_document(record), headers={"ETag": etag})

    def _record(self, slug: str) -> Record | None:
        found: Record | None = self.readable_rows().filter(slug=slug).first() if is_slug(slug) else None
        return found

    # Writing ---------------------------------------------------------------------------------------

    def create(self, request: Request) -> Response:
        return once(request, lambda: self._change(writing.create, self.kind, request.data))

    def partial_update(self, request: Request, slug: str) -> Response:
        return self._change(writing.change, self._target(slug), request.data)

    def destroy(self, request: Request, slug: str) -> Response:
        return self._change(writing.delete, self._target(slug))

    @action(detail=True, methods=["post"])
    def submit(self, request: Request, slug: str) -> Response:
        return self._step(SUBMIT, slug)

    @action(detail=True, methods=["post"])
    def publish(self, request: Request, slug: str) -> Response:
        return self._step(PUBLISH, slug)

    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, slug: str) -> Response:
        return self._step(WITHDRAW, slug)

    def _target(self, slug: str) -> Target:
        return Target(self.kind, slug, str(self.request.headers.get("If-Match", "")))

    def _change(self, write: Any, *args: Any) -> Response:
        note = self.request.query_params.get("note", "")
        return answer(write(*args, token=self.token, note=note))

    def _step(self, way: Way, slug: str) -> Response:
        note = note_in(self.request.data)
        token: Any = self.token
        return once(
            self.request, lambda: answer(writing.step(way, self._target(slug), token=token, note=note))
        )


def note_in(body: Any) -> str:
    """The note that the body of a step holds; a step without one may have an empty body."""
    if not isinstance(body, dict):
        raise refuse("", _("A map with “note” is expected, or an empty one."))
    for key in body:
        if key != "note":
            raise refuse(str(key), _("There is no such key; known are %(known)s.") % {"known": "note"})
    note = body.get("note", "")
    if not isinstance(note, str):
        raise refuse("note", _("A text in quotation marks is expected."))
    return note


def answer(written: Written) -> Response:
    status, data, headers = told(written)
    return Response(data, status=status, headers=headers)


def told(written: Written) -> tuple[int, Any, dict[str, str]]:
    """The status, the body and the headers that tell of a write."""
    if written.record is None:
        return 204, None, {}
    record = type(written.record)._base_manager.get(pk=written.record.pk)
    headers = {"ETag": etag_of(record)}
    if written.proposal is not None:
        return 202, told_proposal(written), headers
    if written.is_new:
        return 201, to_document(record), {**headers, "Location": address_of(record)}
    return 200, to_document(record), {**headers, "Content-Location": _document_address(record)}


def told_proposal(written: Written) -> dict[str, Any]:
    proposal = written.proposal
    assert proposal is not None
    return {
        "proposal": proposal.pk,
        "state": str(proposal.state),
        "html_url": absolute(reverse("admin:proposal", args=[proposal.pk])),
        "document": proposal.document,
    }


def _document_address(record: Record) -> str:
    return f"{address_of(record)}document/"
