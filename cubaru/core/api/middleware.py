"""What holds for every answer under /api/, also for those that no view of the API gave."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import has_vary_header

from cubaru.core.api.problems import CONTENT_TYPE, PREFIX, problem_response

_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, If-Modified-Since, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
#: Data is no page: it may load nothing and stand in no frame, and what else pages are told is not said of it.
_DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"
_OF_PAGES = ("Cross-Origin-Opener-Policy", "Permissions-Policy")
#: On what else an answer may depend.
_VARYING = ("Accept-Encoding", "Authorization")
_READABLE = "Allow, Content-Language, Deprecation, ETag, Last-Modified, Link, Retry-After, Sunset"


class ApiMiddleware:
    """Stands first, so that nothing answers past it: opens the answers to scripts of other sites (they
    carry no credentials), and makes every error a problem document.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.path_info.startswith(PREFIX):
            return response
        if response.status_code >= 400 and response.headers.get("Content-Type") != CONTENT_TYPE:
            response = _as_problem(request, response)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = _READABLE
        if request.method == "OPTIONS":
            for name, value in _PREFLIGHT.items():
                response.headers[name] = value
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            # Answers do not depend on Accept-Language, which Django's middleware names for every page.
            kept = [name for name in _VARYING if has_vary_header(response, name)]
            response.headers["Vary"] = ", ".join(["Accept", *kept])
            response.headers["Content-Security-Policy"] = _DATA_POLICY
            for name in _OF_PAGES:
                response.headers.pop(name, None)
        return response


def _as_problem(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    with translation.override("en"):
        problem = problem_response(request, response.status_code)
    for name in ("Allow", "Retry-After", "Vary"):
        if name in response.headers:
            problem.headers[name] = response.headers[name]
    problem.headers["Content-Language"] = "en"
    return problem
