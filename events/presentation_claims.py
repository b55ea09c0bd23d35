"""What pages of events show of claims; the card is that of any statement (sources/presentation.py)."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from cubaru.core.context import absolute
from cubaru.core.languages import LocalText, best_text, current_language, texts
from events.choices import Verdict
from events.models import Claim, Event
from sources.presentation import ClaimCard, Named, claim_card


def card(claim: Claim, *, shown_on: Event | None = None) -> ClaimCard:
    """The claim with its evidence; wants `with_public_parts()`.

    On the page of the event that it is about, what it is about goes without saying.
    """
    is_of_page = shown_on is not None and claim.event_id == shown_on.pk
    subject = claim.subject
    return claim_card(claim, about=[] if is_of_page else [Named(subject.label, subject.get_absolute_url())])


def further_events(claim: Claim) -> list[Event]:
    """The events on which the claim bears beside the one it is about, as readers may see them."""
    return [link.event for link in claim.event_links.all() if link.event.is_published]


def verdict_counts(claims: Iterable[Claim]) -> dict[str, int]:
    """How many claims have each verdict, in the order of the verdicts, without those that none has."""
    verdicts = [claim.verdict for claim in claims]
    return {verdict: verdicts.count(verdict) for verdict in Verdict.values if verdict in verdicts}


def meaning_of(verdict: str) -> str:
    """What a verdict says, in a sentence."""
    return {
        Verdict.CORROBORATED: _("Independent sources agree."),
        Verdict.IMPRECISE: _("True in substance; a number, date or name is off."),
        Verdict.DISPUTED: _("Good sources disagree."),
        Verdict.CONTRADICTED: _("The evidence is against it."),
        Verdict.UNVERIFIED: _("Not yet checked against a source."),
    }[Verdict(verdict)]


def verdict_totals() -> list[dict[str, Any]]:
    """How many published claims have each verdict, with its meaning and the list of those."""
    claims = Claim.objects.published().order_by().values("verdict").annotate(count=Count("pk"))
    counts = {row["verdict"]: row["count"] for row in claims}
    address = reverse("events:claim-list")
    return [
        {
            "verdict": verdict,
            "count": counts.get(verdict, 0),
            "url": f"{address}?verdict={verdict}",
            "meaning": meaning_of(verdict),
        }
        for verdict in Verdict.values
    ]


def other_statements(claim: Claim) -> list[LocalText]:
    """The statement in the languages other than the one it is shown in."""
    shown = claim.label
    return [
        LocalText(text, language, True)
        for language, text in texts(claim, "statement").items()
        if language != shown.language
    ]


#: schema.org wants a number: the verdicts from the firmest to what is refuted.
RATINGS = {Verdict.CONTRADICTED: 1, Verdict.DISPUTED: 2, Verdict.IMPRECISE: 3, Verdict.CORROBORATED: 4}


def claim_json_ld(claim: Claim) -> dict[str, Any]:
    """The claim as a schema.org ClaimReview; one that is not verified has no rating."""
    address = absolute(claim.get_absolute_url())
    review: dict[str, Any] = {
        "@type": "ClaimReview",
        "@id": address,
        "url": address,
        "claimReviewed": claim.label.text,
        "inLanguage": current_language(),
        "author": {"@type": "Organization", "name": "cubaru", "url": absolute("/")},
    }
    if reasoning := best_text(claim, "reasoning").text:
        review["reviewBody"] = reasoning
    if rating := RATINGS.get(Verdict(claim.verdict)):
        review["reviewRating"] = {
            "@type": "Rating",
            "ratingValue": rating,
            "worstRating": 1,
            "bestRating": 4,
            "alternateName": str(claim.get_verdict_display()),
        }
    return review
