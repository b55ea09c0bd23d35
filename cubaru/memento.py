"""Memento (RFC 7089): the edition of a record that was current at a time, and the list of all times."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.urls import reverse
from django.utils.http import http_date
from django.utils.translation import gettext as _

from cubaru.core.context import absolute
from cubaru.core.documents import RecordKind
from cubaru.core.edition_links import entries_of
from cubaru.core.models import Action, LedgerEntry


def timegate(request: HttpRequest, kind: RecordKind, slug: str) -> HttpResponse:
    """Leads (302) to the edition that was current at the time in the header Accept-Datetime, else the newest.

    A time before the first edition leads to the first, as the standard has it.
    """
    editions = _editions(kind, slug)
    wanted = request.headers.get("Accept-Datetime")
    try:
        at = parsedate_to_datetime(wanted) if wanted else datetime.now(UTC)
    except ValueError:
        return HttpResponseBadRequest(
            _("Accept-Datetime is written as in “Thu, 31 May 2007 20:35:00 GMT”."), content_type="text/plain"
        )
    past = [edition for edition in editions if edition.at <= (at if at.tzinfo else at.replace(tzinfo=UTC))]
    chosen = (past or editions[:1])[-1]
    links = [_link(_record_address(kind, slug), "original"), _link(_timemap_address(kind, slug), "timemap")]
    return HttpResponse(
        status=302,
        headers={"Location": _address(kind, chosen), "Vary": "Accept-Datetime", "Link": ", ".join(links)},
    )


def timemap(request: HttpRequest, kind: RecordKind, slug: str) -> HttpResponse:
    """All editions of a record with their times, in application/link-format."""
    editions = _editions(kind, slug)
    gate = absolute(reverse("edition-timegate", args=[kind.plural, slug]))
    lines = [
        _link(_record_address(kind, slug), "original"),
        _link(_timemap_address(kind, slug), "self", type="application/link-format"),
        _link(gate, "timegate"),
        *(
            _link(_address(kind, edition), "memento", datetime=http_date(edition.at.timestamp()))
            for edition in editions
        ),
    ]
    return HttpResponse(",\n".join(lines) + "\n", content_type="application/link-format")


def memento_headers(kind: RecordKind, entry: LedgerEntry) -> dict[str, str]:
    """The headers of an edition's page: when it became current, and what it is a state of."""
    slug = entry.slug
    links = [_link(_record_address(kind, slug), "original"), _link(_timemap_address(kind, slug), "timemap")]
    return {"Memento-Datetime": http_date(entry.at.timestamp()), "Link": ", ".join(links)}


def _editions(kind: RecordKind, slug: str) -> list[LedgerEntry]:
    editions = list(entries_of(kind, slug).filter(action=Action.EDITION).defer("document"))
    if not editions:
        raise Http404(_("There is no such page."))
    return editions


def _link(address: str, relation: str, **more: str) -> str:
    attributes = "".join(f'; {name}="{value}"' for name, value in more.items())
    return f'<{address}>; rel="{relation}"{attributes}'


def _address(kind: RecordKind, entry: LedgerEntry) -> str:
    return absolute(reverse("edition-detail", args=[kind.plural, entry.slug, entry.edition]))


def _record_address(kind: RecordKind, slug: str) -> str:
    return absolute(reverse(f"{kind.model._meta.app_label}:{kind.name}-detail", args=[slug]))


def _timemap_address(kind: RecordKind, slug: str) -> str:
    return absolute(reverse("edition-timemap", args=[kind.plural, slug]))
