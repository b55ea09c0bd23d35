"""Answers that are the same until something is published: made once, kept in the cache, asked for by ETag.

Texts are kept compressed too, so that this is done once and can be done well. Nothing secret may stand in
them.
"""

import gzip
import hashlib
import re
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

import brotli
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers

from cubaru.core.ledger import content_version
from cubaru.core.pages import canonical_query

#: Readers ask again after so long, and are told in a few bytes that nothing has changed.
CACHE_CONTROL: Final = "public, max-age=300"
_A_DAY: Final = 24 * 60 * 60
#: What is worth compressing, and with what, the best first.
_TEXTS: Final = re.compile(r"text/|.*(json|xml)\b")
_ENCODINGS: Final[dict[str, Callable[[bytes], bytes]]] = {
    "br": lambda content: bytes(brotli.compress(content, quality=9)),
    "gzip": lambda content: gzip.compress(content, mtime=0),
}

View = Callable[..., HttpResponseBase]


def kept(
    *parameters: str,
    repeatable: frozenset[str] = frozenset(),
    each_day: bool = False,
    cache_control: str = CACHE_CONTROL,
) -> Callable[[View], View]:
    """For views whose answer depends on nothing but what is published, the path and the `parameters` named.

    With `each_day` also on the day (UTC). Whoever is signed in gets the same answer. The view is given the
    canonical query and sees no other parameter, so that none of them gets into what others are given.
    """

    def decorate(view: View) -> View:
        @wraps(view, updated=())
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            query = canonical_query(request.GET, parameters, repeatable=repeatable)
            day = timezone.now().date().isoformat() if each_day else ""
            state = (str(content_version()), settings.SITE_URL, day, request.path, query)
            key = hashlib.sha256("\n".join(state).encode()).hexdigest()
            etag = f'W/"{key[:32]}"'
            known = get_conditional_response(request, etag=etag)
            if known is not None:
                known.headers["Cache-Control"] = cache_control
                return known
            stored = cache.get(f"kept:{key}")
            if stored is None:
                request.GET = QueryDict(query)
                request.META["QUERY_STRING"] = query
                made = view(request, *args, **kwargs)
                if isinstance(made, SimpleTemplateResponse):
                    made.render()
                if made.status_code != 200 or not isinstance(made, HttpResponse):
                    return made
                stored = _compressed(made.content, made.headers["Content-Type"]), dict(made.headers)
                cache.set(f"kept:{key}", stored, _A_DAY)
            forms, headers = stored
            headers = {**headers, "ETag": etag, "Cache-Control": cache_control}
            return _in_one_of(forms, headers, request.headers.get("Accept-Encoding", ""))

        return answer

    return decorate


def _compressed(content: bytes, content_type: str) -> dict[str, bytes]:
    """The content in each encoding in which it is offered; "" for none."""
    if not _TEXTS.match(content_type):
        return {"": content}
    return {"": content} | {name: compress(content) for name, compress in _ENCODINGS.items()}


def _in_one_of(forms: dict[str, bytes], headers: dict[str, str], accepted: str) -> HttpResponse:
    encoding = next((name for name in forms if name and re.search(rf"\b{name}\b", accepted)), "")
    response = HttpResponse(forms[encoding], headers=headers)
    if encoding:
        response.headers["Content-Encoding"] = encoding
    if len(forms) > 1:
        patch_vary_headers(response, ["Accept-Encoding"])
    return response
