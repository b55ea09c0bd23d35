"""The pages for what went wrong: an address that leads nowhere, and a failure of ours."""

import logging
import re
import secrets
from typing import Final, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse

from cubaru.core.api import problems
from cubaru.core.documents import kind_named
from cubaru.core.languages import LANGUAGES, LocalText, current_language
from cubaru.core.search.queries import QueryError
from cubaru.core.search.searching import search

logger = logging.getLogger(__name__)

#: So many records that may have been meant are named.
MOST_NEAR: Final = 5
MOST_WORDS: Final = 8
#: Parts of addresses that say where, not what.
_PLACES: Final = {
    *LANGUAGES, "events", "people", "organizations", "places", "themes", "sources", "claims", "editions",
}  # fmt: skip
#: Programs that look for weak spots ask for files; for them nothing is looked up.
_FILE: Final = re.compile(r"\.\w{1,5}/?$")
_WORD: Final = re.compile(r"[^\W\d_]{2,30}")


class Near(NamedTuple):
    """A record that may have been meant."""

    title: LocalText
    url: str


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 with the words of the address in the field of search, and with what is called like that.

    What is not published is not found, so that the page betrays no draft.
    """
    if request.path_info.startswith(problems.PREFIX):
        return problems.not_found(request, exception)
    words = words_of(request.path_info)
    context = {"query": words, "near": near(words)}
    return TemplateResponse(request, "404.html", context, status=404).render()


def server_error(request: HttpRequest) -> HttpResponse:
    """500 from a template that needs neither database nor request; its reference stands in the log."""
    if request.path_info.startswith(problems.PREFIX):
        return problems.server_error(request)
    reference = secrets.token_hex(4)
    logger.error("The page that failed was given the reference %s: %s", reference, request.path)
    page: str
    try:
        page = render_to_string("500.html", {"reference": reference})
    except Exception:  # whatever failed may have taken the templates with it
        logger.exception("The page for failures failed too.")
        page = f"<!doctype html><html lang=en><title>cubaru</title><p>Something failed. {reference}</p>"
    return HttpResponse(page, status=500, headers={"Cache-Control": "no-store"})


def words_of(path: str) -> str:
    """What the address seems to name: its words without those that say where."""
    if _FILE.search(path) or path.strip("/").split("/")[0] not in LANGUAGES:
        return ""
    parts = [part for part in path.strip("/").split("/") if part not in _PLACES]
    return " ".join(_WORD.findall(" ".join(parts))[:MOST_WORDS])


def near(words: str) -> list[Near]:
    """The published records that are called most like that, the likeliest first."""
    if not words:
        return []
    try:
        found = search(words, language=current_language(), limit=MOST_NEAR)
    except QueryError:
        return []
    return [Near(hit.title, _page_of(hit.kind, hit.slug)) for hit in found.hits if hit.kind != "claim"]


def _page_of(kind: str, slug: str) -> str:
    return reverse(f"{kind_named(kind).model._meta.app_label}:{kind}-detail", args=[slug])
