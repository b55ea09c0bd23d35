"""How pages that have no editions of their own are cited: lists as they are filtered, and claims."""

from collections.abc import Callable
from datetime import date
from typing import Final
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from cubaru.core.context import absolute
from cubaru.core.languages import LocalText, current_language
from cubaru.core.models import LedgerEntry
from sources.csl import CslItem, page_entry

#: Lists that can be cited, by the name of their address.
LISTS: Final[dict[str, Promise]] = {
    "home": _("Timeline"),
    "events:event-list": _("Events"),
    "events:claim-list": _("Claims"),
    "people:person-list": _("People"),
    "people:organization-list": _("Organizations"),
    "places:place-list": _("Places"),
    "sources:source-list": _("Sources"),
    "search": _("Search"),
}

#: Gives the title of another citable page from the arguments of its address; None if there is none.
TITLES: dict[str, Callable[..., LocalText | None]] = {}


def item_of_path(path: str) -> CslItem | None:
    """The item of the page at a path of this site; None if it is not a page that is cited so.

    Its edition is the content version of the chronicle, its day that of the newest change: as long as
    both are the same, so is the page.
    """
    title = _title_of(path)
    newest = LedgerEntry.objects.order_by("-number").values_list("number", "at").first()
    if title is None or newest is None:
        return None
    number, at = newest
    on: date = at.date()
    parts = urlsplit(path)
    item = page_entry(title, absolute(path), on, number)
    return item | {"id": f"cubaru-{slugify(f'{parts.path} {parts.query}')}-{number}"[:80]}


def _title_of(path: str) -> LocalText | None:
    try:
        match = resolve(urlsplit(path).path)
    except Resolver404:
        return None
    name = match.view_name
    if name in LISTS:
        return LocalText(str(LISTS[name]), current_language(), False)
    find = TITLES.get(name)
    return find(**match.kwargs) if find else None
