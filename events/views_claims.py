"""The pages of claims."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from cubaru.core.facets import FilteredList
from cubaru.core.models import Status
from cubaru.core.pages import Step, gone, json_ld, paginate
from cubaru.core.stale_notes import stale_note
from events.filters import ClaimFilterSet
from events.models import Claim
from events.presentation import count_of_claims, in_order_of_date, mention
from events.presentation_claims import card, claim_json_ld, further_events, other_statements, verdict_totals
from events.presentation_facets import claim_facets
from sources.presentation import Named, source_rows


def claim_list(request: HttpRequest) -> HttpResponse:
    """All claims, each with its evidence, as far as the facets narrow them."""
    found = FilteredList(request, ClaimFilterSet, Claim.objects.published())
    facets = claim_facets(found)
    rows: Any = found.rows
    pages = paginate(request, rows.with_public_parts().order_by("slug"))
    context = {
        "trail": [Step(_("Claims"))],
        "totals": verdict_totals(),
        "facets": facets,
        "chosen": found.chosen(facets),
        "errors": found.errors,
        "canonical_query": found.canonical_query(),
        "pages": pages,
        "claims": [card(claim) for claim in pages.items],
        "summary": count_of_claims(pages.total),
    }
    return TemplateResponse(request, "events/claim_list.html", context, status=found.status)


def claim_detail(request: HttpRequest, slug: str) -> HttpResponse:
    claim = Claim.objects.published().with_public_parts().filter(slug=slug).first()
    if claim is None:
        return _withdrawn(request, slug)
    subject = claim.subject
    bears_on = [(event, mention(event)) for event in further_events(claim)]
    return TemplateResponse(
        request,
        "events/claim_detail.html",
        {
            "trail": [Step(_("Claims"), reverse("events:claim-list")), Step(claim.label)],
            "record": claim,
            "stale_note": stale_note(claim, request.path),
            "claim": card(claim),
            "statements": other_statements(claim),
            "subject": Named(subject.label, subject.get_absolute_url()),
            "bears_on": in_order_of_date(bears_on),
            "sources": source_rows(claim.citations.all()),
            "json_ld": json_ld(claim_json_ld(claim)),
        },
    )


def _withdrawn(request: HttpRequest, slug: str) -> HttpResponse:
    """410 for a claim about a withdrawn record, as for the record itself; any other is not there at all."""
    claim = Claim.objects.select_related("event", "person").filter(slug=slug).first()
    if claim is None or claim.subject.status != Status.WITHDRAWN:
        raise Http404(_("There is no such page."))
    return gone(request, claim.subject)
