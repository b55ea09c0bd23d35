"""The pages that say what the chronicle is and how its verdicts and dates are made."""

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cubaru.core.date_words import in_words
from cubaru.core.dates import Calendar, parse
from cubaru.core.languages import current_language
from cubaru.core.pages import Step
from events.choices import Verdict, Verification
from events.models import Claim, Event
from events.presentation_claims import card, verdict_totals
from people.models import Person
from places.models import Place
from sources.models import Source
from sources.presentation import ClaimCard

#: The source with which the chronicle began (its slug in the starter corpus).
ESSAY: Final = "essay"

#: Expressions that the page on method explains, in the order in which it does.
DATES: Final = (
    ("1962-10-16/1962-10-28", Calendar.GREGORIAN),
    ("1968-08", Calendar.GREGORIAN),
    ("1902-22", Calendar.GREGORIAN),
    ("1961~", Calendar.GREGORIAN),
    ("1963?", Calendar.GREGORIAN),
    ("196X", Calendar.GREGORIAN),
    ("[1933,1934]", Calendar.GREGORIAN),
    ("[1968-08-21..1968-08-31]", Calendar.GREGORIAN),
    ("1902/..", Calendar.GREGORIAN),
    ("1902/", Calendar.GREGORIAN),
)
#: Days in both calendars: one written as Gregorian, one as Julian.
BOTH_CALENDARS: Final = (("1902-05-20", Calendar.GREGORIAN), ("1917-10-25", Calendar.JULIAN))


@dataclass(frozen=True, slots=True)
class VerdictExample:
    """A verdict with the rule for it and a claim that has it, where there is one."""

    verdict: str
    rule: str
    count: int
    url: str
    claim: ClaimCard | None


def about(request: HttpRequest) -> HttpResponse:
    events, people = Event.objects.published().count(), Person.objects.published().count()
    places, sources = Place.objects.published().count(), Source.objects.published().count()
    claims = Claim.objects.published().count()
    essay = Source.objects.published().filter(slug=ESSAY).first()
    context = {
        "trail": [Step(_("About the chronicle"))],
        "essay_url": essay.get_absolute_url() if essay else "",
        "api_url": reverse("api-docs"),
        "method_url": reverse("method"),
        "correction_url": reverse("readers:correction-new"),
        "corrections_url": reverse("readers:correction-list"),
        "figures": [
            _figure(events, ngettext("event", "events", events), "events:event-list"),
            _figure(people, ngettext("person", "people", people), "people:person-list"),
            _figure(places, ngettext("place", "places", places), "places:place-list"),
            _figure(sources, ngettext("source", "sources", sources), "sources:source-list"),
            _figure(claims, ngettext("claim", "claims", claims), "events:claim-list"),
        ],
    }
    return TemplateResponse(request, "about.html", context)


def method(request: HttpRequest) -> HttpResponse:
    language = current_language()
    context = {
        "trail": [Step(_("Method"))],
        "four_eyes": settings.FOUR_EYES,
        "verdicts": _verdict_examples(),
        "dates": [_date_row(text, calendar, language) for text, calendar in DATES],
        "both_calendars": [_date_row(text, calendar, language) for text, calendar in BOTH_CALENDARS],
        "verification": _verification_counts(),
        "unverified_lives": Person.objects.published().exclude(birth="").filter(birth_verified=False).count(),
        "lives": Person.objects.published().exclude(birth="").count(),
    }
    return TemplateResponse(request, "method.html", context)


def licence(request: HttpRequest) -> HttpResponse:
    context = {
        "trail": [Step(_("Data and licence"))],
        "set_url": reverse("readers:class-set-new"),
        "data_url": reverse("data"),
        "api_url": reverse("api-docs"),
    }
    return TemplateResponse(request, "licence.html", context)


def accessibility(request: HttpRequest) -> HttpResponse:
    query = urlencode({"page": request.path})
    context = {
        "trail": [Step(_("Accessibility"))],
        "correction_url": f"{reverse('readers:correction-new')}?{query}",
    }
    return TemplateResponse(request, "accessibility.html", context)


def _figure(count: int, word: str, url_name: str) -> dict[str, Any]:
    return {"count": count, "word": word, "url": reverse(url_name)}


def _verdict_examples() -> list[VerdictExample]:
    claims = Claim.objects.published().annotate(evidence=Count("citations"))
    of_verdict: dict[str, Claim] = {}
    for claim in claims.with_public_parts().order_by("-evidence", "slug"):
        of_verdict.setdefault(claim.verdict, claim)
    return [
        VerdictExample(
            verdict=total["verdict"],
            rule=_rule_of(total["verdict"]),
            count=total["count"],
            url=total["url"],
            claim=card(of_verdict[total["verdict"]]) if total["verdict"] in of_verdict else None,
        )
        for total in verdict_totals()
    ]


def _rule_of(verdict: str) -> str:
    """How a verdict is come to, in two sentences."""
    return {
        Verdict.CORROBORATED: _(
            "A source other than the one that makes the statement supports it, and none that we read "
            "speaks against it in substance."
        ),
        Verdict.IMPRECISE: _(
            "The substance holds, but a date, number, name or emphasis is off. The reasoning says what would "
            "be right."
        ),
        Verdict.DISPUTED: _(
            "Good sources disagree, and none settles it. Both sides are shown, and the reader can go to each."
        ),
        Verdict.CONTRADICTED: _(
            "The evidence is against the statement. At least one source that contradicts it is cited."
        ),
        Verdict.UNVERIFIED: _(
            "No source has been found yet that speaks for it or against it. It may well be true; "
            "we do not say so."
        ),
    }[Verdict(verdict)]


def _date_row(text: str, calendar: Calendar, language: str) -> dict[str, Any]:
    when = parse(text, calendar)
    return {"edtf": text, "words": in_words(when, language), "is_julian": calendar is Calendar.JULIAN}


def _verification_counts() -> list[dict[str, Any]]:
    rows = Event.objects.published().order_by().values("verification").annotate(n=Count("pk"))
    counts = {row["verification"]: row["n"] for row in rows}
    return [{"label": value.label, "count": counts.get(value.value, 0)} for value in Verification]
