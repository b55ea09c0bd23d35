"""Errors as application/problem+json (RFC 9457), whatever raised them.

Kinds of problem that need explaining have a `type` that leads to their place on the page of
documentation; the others are what their status says ("about:blank").
"""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, TypedDict

import orjson
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import defaults
from rest_framework.exceptions import APIException

from cubaru.core.context import absolute

PREFIX = "/api/"
CONTENT_TYPE = "application/problem+json"
#: Kinds of problem of ours, each a fragment of the page of documentation.
BAD_PARAMETERS = "bad-parameters"
WITHDRAWN = "withdrawn"
TOO_MANY_REQUESTS = "too-many-requests"
WRITING = "writing"

TITLES = {
    400: gettext_lazy("The request cannot be understood"),
    401: gettext_lazy("A valid token is needed"),
    403: gettext_lazy("This is not allowed"),
    404: gettext_lazy("Nothing is at this address"),
    405: gettext_lazy("The method is not offered here"),
    406: gettext_lazy("The format is not offered here"),
    409: gettext_lazy("This cannot be done as things stand"),
    410: gettext_lazy("The record was withdrawn"),
    412: gettext_lazy("The record has changed since"),
    413: gettext_lazy("The request is too large"),
    415: gettext_lazy("The request's format is not understood"),
    422: gettext_lazy("What was sent is not valid"),
    428: gettext_lazy("Say which state is meant"),
    429: gettext_lazy("Too many requests"),
    500: gettext_lazy("The server failed"),
    503: gettext_lazy("The server is not ready"),
}
#: The kinds of problem that follow from a status alone.
_KINDS = {429: TOO_MANY_REQUESTS, **dict.fromkeys((401, 412, 422, 428), WRITING)}
DETAILS = {
    400: gettext_lazy("The request is malformed."),
    404: gettext_lazy("There is no such record, or it is not published."),
    500: gettext_lazy("The fault is the server's; it was logged. Please try again later."),
}


class _FaultBase(TypedDict):
    parameter: str
    detail: str


class Fault(_FaultBase, total=False):
    """What is wrong with one parameter; `valid` lists what would be right where that can be listed."""

    valid: list[str]


class BadParametersError(APIException):
    """Parameters that are unknown or have values that are not valid; all of them at once."""

    status_code = 400

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__(" ".join(fault["detail"] for fault in faults))


class _BodyFaultBase(TypedDict):
    pointer: str
    detail: str


class BodyFault(_BodyFaultBase, total=False):
    """What is wrong at one place of the body (RFC 6901); `status` is that of one of several operations."""

    status: int


class ProblemError(APIException):
    """A problem that is told with its status, a sentence, and what is wrong in the body if that is known."""

    def __init__(
        self,
        status: int,
        detail: str = "",
        *,
        faults: Sequence[BodyFault] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail or str(DETAILS.get(status, TITLES[status])))
        self.status_code = status
        self.faults = list(faults)
        self.headers = dict(headers or {})


class Tombstone(TypedDict):
    """What is left of a record that was withdrawn; `number` is that of the withdrawal in the ledger."""

    kind: str
    slug: str
    number: int
    withdrawn_at: str
    why: str
    editions_url: str


class WithdrawnError(APIException):
    """The address of a record that was withdrawn."""

    status_code = 410
    default_detail = gettext_lazy("What was published at this address was withdrawn by the editors.")

    def __init__(self, tombstone: Tombstone | None = None) -> None:
        self.tombstone = tombstone
        super().__init__()


def problem_response(
    request: HttpRequest,
    status: int,
    *,
    detail: str = "",
    kind: str = "",
    **more: Any,
) -> HttpResponse:
    """`kind` is one of this module's, or "" where the status says all; `more` members where not empty."""
    problem: dict[str, Any] = {
        "type": absolute(f"/api/v1/docs/#{kind}") if kind else "about:blank",
        "title": str(TITLES.get(status) or HTTPStatus(status).phrase),
        "status": status,
        "detail": detail or str(DETAILS.get(status, TITLES.get(status, HTTPStatus(status).phrase))),
        "instance": request.get_full_path_info()[:300],
    }
    problem |= {name: value for name, value in more.items() if value}
    response = HttpResponse(orjson.dumps(problem), status=status, content_type=CONTENT_TYPE)
    response.headers["Cache-Control"] = "no-store"
    return response


def exception_handler(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """What Django REST framework asks for an answer; None for what is a fault of the server."""
    request = context["request"]
    if isinstance(error, BadParametersError):
        return problem_response(
            request,
            400,
            detail=_("Some parameters of the request are not valid: see “errors”."),
            kind=BAD_PARAMETERS,
            errors=error.faults,
        )
    if isinstance(error, Http404):
        return problem_response(request, 404)
    if isinstance(error, PermissionDenied):
        return problem_response(request, 403)
    if isinstance(error, WithdrawnError):
        return problem_response(
            request, 410, detail=str(error.detail), kind=WITHDRAWN, tombstone=error.tombstone
        )
    if isinstance(error, APIException):
        response = problem_response(
            request,
            error.status_code,
            detail=str(error.detail),
            kind=_KINDS.get(error.status_code, ""),
            errors=getattr(error, "faults", []),
        )
        if challenge := getattr(error, "auth_header", None):
            response.headers["WWW-Authenticate"] = challenge
        for name, value in getattr(error, "headers", {}).items():
            response.headers[name] = value
        if wait := getattr(error, "wait", None):
            response.headers["Retry-After"] = str(int(wait) + 1)
        return response
    return None


# What Django calls where no view answers (handler400 to handler500 of the addresses). Under /api/ no
# page is made of it: neither its cost nor its faults are the API's.


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _problem_in_api(request, 400) or defaults.bad_request(request, exception)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _problem_in_api(request, 403) or defaults.permission_denied(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _problem_in_api(request, 404) or defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    return _problem_in_api(request, 500) or defaults.server_error(request)


def _problem_in_api(request: HttpRequest, status: int) -> HttpResponse | None:
    if not request.path_info.startswith(PREFIX):
        return None
    with translation.override("en"):
        response = problem_response(request, status)
    response.headers["Content-Language"] = "en"
    return response
