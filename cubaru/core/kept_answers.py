"""Answers that are the same until something is published: made once, kept in the cache, asked for by ETag."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response

from cubaru.core.ledger import content_version
from cubaru.core.pages import canonical_query

#: Readers ask again after so long, and are told in a few bytes that nothing has changed.
CACHE_CONTROL: Final = "public, max-age=300"
_A_DAY: Final = 24 * 60 * 60

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
            etag = f'"{key[:32]}"'
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
                stored = made.content, dict(made.headers)
                cache.set(f"kept:{key}", stored, _A_DAY)
            content, headers = stored
            headers = {**headers, "ETag": etag, "Cache-Control": cache_control}
            return HttpResponse(content, headers=headers)

        return answer

    return decorate
