"""Editions: a record as it was, the list of its editions, and what changed between two of them."""

import json
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cubaru.core.comparing import differences
from cubaru.core.context import absolute
from cubaru.core.documents import RecordKind, kinds
from cubaru.core.edition_links import day_of, entries_of
from cubaru.core.languages import LocalText, current_language
from cubaru.core.models import Action, LedgerEntry
from cubaru.core.pages import Step, canonical_query
from cubaru.core.reading import Reader, title_of_edition
from cubaru.memento import memento_headers


def edition_list(request: HttpRequest, kind: RecordKind, slug: str) -> HttpResponse:
    """All editions of a record, newest first; with `?from=&to=` what changed between two of them."""
    entries = list(entries_of(kind, slug))
    if not entries:
        raise Http404(_("There is no such page."))
    newest_slug = entries[-1].target or entries[-1].slug
    if newest_slug != slug:
        return HttpResponsePermanentRedirect(reverse("edition-list", args=[kind.plural, newest_slug]))
    editions = [entry for entry in entries if entry.action == Action.EDITION]
    context = {
        "kind": kind,
        "slug": slug,
        "title": title_of_edition(editions[-1]),
        "entries": [(entry, day_of(entry)) for entry in reversed(entries)],
        "newest": editions[-1],
        "is_withdrawn": entries[-1].action == Action.WITHDRAWAL,
        "trail": trail(kind, slug, title_of_edition(editions[-1]), _("Editions")),
        "comparison": comparison(request, kind, slug, editions),
        "canonical_query": canonical_query(request.GET, ["from", "to"]),
    }
    return TemplateResponse(request, "editions/list.html", context)


def edition_detail(request: HttpRequest, kind: RecordKind, slug: str, number: int) -> HttpResponse:
    """One edition, for ever the same: nothing on the page depends on what came after it."""
    entry = LedgerEntry.objects.filter(kind=kind.name, slug=slug, edition=number).first()
    if entry is None:
        return _published_elsewhere(kind, slug, number)
    document = json.loads(entry.document)
    language = current_language()
    context = {
        "kind": kind,
        "entry": entry,
        "title": title_of_edition(entry),
        "day": day_of(entry),
        "entries": Reader(kind, document, language).entries(),
        "address": absolute(request.path),
        "record_url": reverse(f"{kind.model._meta.app_label}:{kind.name}-detail", args=[slug]),
        "trail": trail(kind, slug, title_of_edition(entry), _("Edition %(number)d") % {"number": number}),
    }
    return TemplateResponse(request, "editions/detail.html", context, headers=memento_headers(kind, entry))


def trail(kind: RecordKind, slug: str, title: LocalText, here: str) -> list[Step]:
    app = kind.model._meta.app_label
    return [
        Step(capfirst(str(kind.model._meta.verbose_name_plural)), reverse(f"{app}:{kind.name}-list")),
        Step(title, reverse(f"{app}:{kind.name}-detail", args=[slug])),
        Step(here),
    ]


@dataclass(frozen=True)
class Comparison:
    older: LedgerEntry
    newer: LedgerEntry
    differences: list[Any]


def comparison(
    request: HttpRequest, kind: RecordKind, slug: str, editions: list[LedgerEntry]
) -> Comparison | None:
    """The comparison that the address asks for. Raises BadRequest for editions that there are not."""
    if "from" not in request.GET and "to" not in request.GET:
        return None
    by_number = {str(entry.edition): entry for entry in editions}
    older, newer = (by_number.get(request.GET.get(name, "")) for name in ("from", "to"))
    if older is None or newer is None:
        raise BadRequest(
            _("Choose two editions from 1 to %(newest)d.") % {"newest": editions[-1].edition or 0}
        )
    readers = (Reader(kind, json.loads(entry.document), current_language()) for entry in (older, newer))
    return Comparison(older, newer, differences(*readers))


def _published_elsewhere(kind: RecordKind, slug: str, number: int) -> HttpResponse:
    """Leads to the address under which the edition was published, if the record had another then."""
    entry = entries_of(kind, slug).filter(edition=number).first()
    if entry is None:
        raise Http404(_("There is no such edition."))
    return HttpResponsePermanentRedirect(reverse("edition-detail", args=[kind.plural, entry.slug, number]))


class KindConverter:
    """A kind of record by its plural, as the first part of its pages' addresses."""

    regex = "[a-z]+"

    def to_python(self, value: str) -> RecordKind:
        for kind in kinds():
            if kind.plural == value:
                return kind
        raise ValueError(value)

    def to_url(self, value: RecordKind | str) -> str:
        return value if isinstance(value, str) else value.plural
