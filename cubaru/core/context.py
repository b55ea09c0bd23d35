"""What every page is given: the site's address, its languages, and where it stands in them."""

from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.functional import SimpleLazyObject

from cubaru.core.languages import LANGUAGES, LOCALES, OWN_NAMES, current_language


def site(request: HttpRequest) -> dict[str, Any]:
    """`alternates` are (code, absolute address) of this page in each language, with its query as it was sent.

    `canonical` and `canonical_alternates` are its own and theirs without any; a view whose page is another
    one with other parameters adds `canonical_query` (see `pages.canonical_query`). One whose page is another
    in each language, with no counterparts, sets `canonical_alternates` to nothing.
    Addresses come from SITE_URL, never from the request, so that a cached page is right for all.
    """
    return {
        "SITE_URL": settings.SITE_URL,
        "LANGUAGES": [(code, OWN_NAMES[code]) for code in LANGUAGES],
        "language": SimpleLazyObject(current_language),
        "alternates": SimpleLazyObject(lambda: alternates(request.get_full_path())),
        "canonical_alternates": SimpleLazyObject(lambda: alternates(request.path)),
        "canonical": absolute(request.path),
        "section": _section(request),
        "share_picture": SimpleLazyObject(_share_picture),
        "share_locales": LOCALES,
    }


def absolute(path: str) -> str:
    """The public address of a path of this site."""
    return urljoin(f"{settings.SITE_URL}/", path)


def alternates(path: str) -> list[tuple[str, str]]:
    """The address of a page in each language."""
    return [(code, absolute(translate_url(path, code))) for code in LANGUAGES]


def _share_picture() -> Any:
    from cubaru.core.sharing import picture_of_site

    return picture_of_site()


def _section(request: HttpRequest) -> str:
    """The part of the site the page belongs to, as the navigation names it: "events", "people", ..."""
    parts = request.path.strip("/").split("/")
    return (parts[1] if len(parts) > 1 else "timeline") if parts[0] in LANGUAGES else ""
