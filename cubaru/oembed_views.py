"""The timeline on other sites: the page for frames, and oEmbed (https://oembed.com), which tells of it."""

from functools import wraps
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt

from cubaru.core.context import absolute
from cubaru.core.inlined import writes_into_page
from cubaru.core.kept_answers import View, kept
from cubaru.core.languages import LANGUAGES
from events.timeline_embed import discovery, embedded, read_embedded
from events.timeline_page import Asked

#: As large as the frame is unless less is asked for; the timeline takes any width.
WIDTH: Final = 960
HEIGHT: Final = 720
_AN_HOUR: Final = 3600


def in_frames(view: View) -> View:
    """Lets other sites frame the answers of a view.

    The policy on openers says nothing in a frame. Where the page is opened by itself, the browser would begin
    a second process for it, which takes longer than the page does (docs/benchmarks.md).
    """

    @xframe_options_exempt
    @csp_replace({"frame-ancestors": ["*"]})
    @wraps(view)
    def answer(*args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(*args, **kwargs)
        response.headers["Cross-Origin-Opener-Policy"] = "unsafe-none"
        return response

    return answer


@in_frames
@writes_into_page("vendor/css/embed_first.css", "vendor/late.js")
@kept("theme", "person", "lane", "view", open_ended=("from", "to"), each_day=True)
def embed(request: HttpRequest) -> HttpResponse:
    """The timeline without the site around it; the only page that other sites may frame."""
    asked, wrong = read_embedded(request.GET)
    if asked is None:
        return TemplateResponse(request, "embed.html", {"wrong": wrong})
    context = {"wrong": wrong, "oembed_url": discovery(asked.address()), **embedded(asked)}
    return TemplateResponse(request, "embed.html", context, status=400 if wrong else 200)


def oembed(request: HttpRequest) -> HttpResponse:
    """How to frame the timeline of a page of ours: 404 for what has no timeline, 501 for XML."""
    if request.GET.get("format", "json") != "json":
        return _refusal(501, "Only the format json is offered.")
    url = request.GET.get("url", "")
    if not url:
        return _refusal(400, "Say with url= which page is to be embedded.")
    try:
        width, height = (
            min(_size(request.GET, name, usual), usual)
            for name, usual in (("maxwidth", WIDTH), ("maxheight", HEIGHT))
        )
    except ValueError as error:
        return _refusal(400, str(error))
    asked = asked_of_page(url)
    if asked is None:
        return _refusal(404, "There is no timeline at this address.")
    answer = {
        "version": "1.0",
        "type": "rich",
        "title": title_of(asked),
        "provider_name": "cubaru",
        "provider_url": absolute("/"),
        "cache_age": _AN_HOUR,
        "width": width,
        "height": height,
        "html": format_html(
            '<iframe src="{}" width="{}" height="{}" title="{}" loading="lazy"'
            ' style="border:0;max-width:100%"></iframe>',
            absolute(asked.address()), width, height, title_of(asked),
        ),
    }  # fmt: skip
    return _open(JsonResponse(answer, headers={"Cache-Control": f"public, max-age={_AN_HOUR}"}))


def title_of(asked: Asked) -> str:
    """What the frame shows, in the language of the page."""
    what = asked.theme or asked.person
    period = asked.window.in_words(translation.get_language() or "en")
    return f"{what.label.text}, {period} · cubaru" if what else f"{_('Timeline')}, {period} · cubaru"


def asked_of_page(url: str) -> Asked | None:
    """What the frame for a page of ours has to show, in its language; None for what has no timeline."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    site = urlsplit(settings.SITE_URL)
    if parts.netloc != site.netloc or parts.scheme not in {"http", "https"}:
        return None
    language = parts.path.strip("/").split("/")[0]
    if language not in LANGUAGES:
        return None
    translation.activate(language)
    try:
        query = _query_of(resolve(parts.path), QueryDict(parts.query))
        asked, wrong = read_embedded(query)
    except (Resolver404, Http404):
        return None
    return None if wrong else asked


def _query_of(page: ResolverMatch, query: QueryDict) -> QueryDict:
    """What the embedded page is to be asked for; raises Http404 for a page without a timeline."""
    if page.view_name in {"home", "embed-timeline"}:
        return query
    of_what = {"events:theme-detail": "theme", "people:person-detail": "person"}.get(page.view_name)
    if of_what is None:
        raise Http404
    return QueryDict(urlencode({of_what: page.kwargs["slug"]}))


def _size(query: QueryDict, name: str, usual: int) -> int:
    text = query.get(name, str(usual))
    if not text.isascii() or not text.isdigit() or not int(text[:6]):
        raise ValueError(f"{name} is to be a number of pixels.")
    return int(text[:6])


def _refusal(status: int, sentence: str) -> HttpResponse:
    return _open(JsonResponse({"error": sentence}, status=status))


def _open(response: HttpResponse) -> HttpResponse:
    """Scripts of other sites may read it: it says nothing that is not public."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
