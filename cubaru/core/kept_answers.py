"""Answers that are the same until something is published: made once, kept in the cache, asked for by ETag.

Texts are kept compressed too, so that this is done once and can be done well. Nothing secret may stand in
them.
"""

import gzip
import hashlib
import re
from collections.abc import Callable
from functools import cache as once
from functools import wraps
from typing import Any, Final

import brotli
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
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

#: The folders of the project that decide what a page says.
_MADE_OF: Final = frozenset(
    {"cubaru", "sources", "places", "people", "events", "readers", "templates", "locale", "static"}
)
_SUFFIXES: Final = frozenset({".py", ".html", ".mo", ".css", ".js"})

View = Callable[..., HttpResponseBase]


def kept(
    *parameters: str,
    open_ended: tuple[str, ...] = (),
    repeatable: frozenset[str] = frozenset(),
    each_day: bool = False,
    cache_control: str = CACHE_CONTROL,
) -> Callable[[View], View]:
    """For views whose answer depends on nothing but what is published, the path and the `parameters` named.

    With `each_day` also on the day (UTC). Whoever is signed in gets the same answer. The view is given the
    canonical query and sees no other parameter, so that none of them gets into what others are given.

    Only what there can be few of is kept: answers with no parameter or a single one, and none of those that
    are `open_ended`, as periods are. All others are made anew, so that nobody can fill the cache with them.
    """

    def decorate(view: View) -> View:
        @wraps(view, updated=())
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            query = canonical_query(request.GET, (*parameters, *open_ended), repeatable=repeatable)
            is_kept = "&" not in query and not canonical_query(request.GET, open_ended)
            day = timezone.now().date().isoformat() if each_day else ""
            state = (release(), str(content_version()), settings.SITE_URL, day, request.path, query)
            key = hashlib.sha256("\n".join(state).encode()).hexdigest()
            etag = f'W/"{key[:32]}"'
            known = get_conditional_response(request, etag=etag)
            if known is not None:
                known.headers["Cache-Control"] = cache_control
                patch_vary_headers(known, ["Accept-Encoding"])
                return known
            accepted = _best_of(request.headers.get("Accept-Encoding", ""))
            stored = cache.get(f"kept:{key}") if is_kept else None
            if stored is None:
                request.GET = QueryDict(query)
                request.META["QUERY_STRING"] = query
                made = view(request, *args, **kwargs)
                if isinstance(made, SimpleTemplateResponse):
                    made.render()
                if made.status_code != 200 or not isinstance(made, HttpResponse):
                    return made
                encodings = set(_ENCODINGS) if is_kept else {accepted}
                stored = _forms(made.content, made.headers["Content-Type"], encodings), dict(made.headers)
                if is_kept:
                    cache.set(f"kept:{key}", stored, _A_DAY)
            forms, headers = stored
            response = HttpResponse(
                forms.get(accepted, forms[""]),
                headers={**headers, "ETag": etag, "Cache-Control": cache_control},
            )
            if accepted in forms and accepted:
                response.headers["Content-Encoding"] = accepted
            patch_vary_headers(response, ["Accept-Encoding"])
            return response

        return answer

    return decorate


@once
def release() -> str:
    """A mark of what the site is made of: what another release has made is not given out by this one."""
    mark = hashlib.sha256(getattr(staticfiles_storage, "manifest_hash", "").encode())
    for folder in sorted(path for path in settings.BASE_DIR.iterdir() if path.name in _MADE_OF):
        for file in sorted(path for path in folder.rglob("*") if path.suffix in _SUFFIXES):
            mark.update(file.read_bytes())
    return mark.hexdigest()


def _best_of(accepted: str) -> str:
    """The best encoding that a browser takes; "" for none."""
    return next((name for name in _ENCODINGS if re.search(rf"\b{name}\b", accepted)), "")


def _forms(content: bytes, content_type: str, encodings: set[str]) -> dict[str, bytes]:
    """The content as it is, under "", and in those of the encodings that are worth it."""
    if not _TEXTS.match(content_type):
        return {"": content}
    return {"": content} | {name: make(content) for name, make in _ENCODINGS.items() if name in encodings}
