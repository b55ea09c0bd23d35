"""The pages of claims."""

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from cubaru.core.pages import Step, json_ld, paginate
from events.models import Claim
from events.presentation import count_of_claims, in_order_of_date, mention
from events.presentation_claims import card, claim_json_ld, further_events, other_statements, verdict_totals
from sources.presentation import Named, source_rows


def claim_list(request: HttpRequest) -> HttpResponse:
    claims = Claim.objects.published().with_public_parts()
    pages = paginate(request, claims)
    return TemplateResponse(
        request,
        "events/claim_list.html",
        {
            "totals": verdict_totals(),
            "pages": pages,
            "claims": [card(claim) for claim in pages.items],
            "summary": count_of_claims(pages.total),
        },
    )


def claim_detail(request: HttpRequest, slug: str) -> HttpResponse:
    claim = Claim.objects.published().with_public_parts().filter(slug=slug).first()
    if claim is None:
        raise Http404(_("There is no such page."))
    subject = claim.subject
    bears_on = [(event, mention(event)) for event in further_events(claim)]
    return TemplateResponse(
        request,
        "events/claim_detail.html",
        {
            "trail": [Step(_("Claims"), reverse("events:claim-list")), Step(claim.label)],
            "record": claim,
            "claim": card(claim),
            "statements": other_statements(claim),
            "subject": Named(subject.label, subject.get_absolute_url()),
            "bears_on": in_order_of_date(bears_on),
            "sources": source_rows(claim.citations.all()),
            "json_ld": json_ld(claim_json_ld(claim)),
        },
    )
