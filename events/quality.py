"""What needs a person among events and claims."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cubaru.core.broken_links import names_what_readers_do_not_see
from cubaru.core.models import Status
from cubaru.core.quality import Check, Topic, register
from events.choices import Verdict, Verification
from events.documents import EVENT
from events.models import (
    Claim,
    ClaimCitation,
    Event,
    EventCitation,
    EventNarrativeCitation,
    EventTheme,
    Theme,
)
from people.documents import PERSON
from sources.drafts import with_broken_mentions
from sources.sides import KNOWN, is_of

#: Readers once saw what is withdrawn; nobody works on it any more.
AT_WORK = ~Q(status=Status.WITHDRAWN)
CLAIM_AT_WORK = ~Q(event__status=Status.WITHDRAWN) & ~Q(person__status=Status.WITHDRAWN)


def _of_event(rows: "QuerySet[Any]", way: str = "event") -> "QuerySet[Any]":
    return rows.filter(**{way: OuterRef("pk")})


def without_citation() -> Q:
    """Cited nowhere: neither itself nor in its claims nor in its narrative."""
    return (
        AT_WORK
        & ~Q(Exists(_of_event(EventCitation.objects.all())))
        & ~Q(Exists(_of_event(ClaimCitation.objects.all(), "claim__event")))
        & ~Q(Exists(_of_event(EventNarrativeCitation.objects.all())))
    )


def on_one_source() -> Q:
    """Cites one source, and its claims no other one."""
    own = _of_event(EventCitation.objects.all())
    of_claims = ClaimCitation.objects.filter(claim__event=OuterRef("pk"))
    elsewhere = of_claims.exclude(
        Exists(EventCitation.objects.filter(event=OuterRef("claim__event"), source=OuterRef("source")))
    )
    return AT_WORK & Q(_counted(own, 1)) & ~Q(Exists(elsewhere))


def _counted(citations: "QuerySet[Any]", count: int, **more: Any) -> Any:
    """Whether the citations of an event are of so many sources."""
    of_sources = citations.order_by().values("event").annotate(n=Count("source", distinct=True))
    return Exists(of_sources.filter(n=count, **more))


def on_one_side() -> Q:
    """Cites two or more sources of known origin, all of them from one side."""
    own = _of_event(EventCitation.objects.all()).order_by().values("event")
    sides = Q()
    for side in KNOWN:
        of_side = own.annotate(n=Count("source", filter=is_of(side), distinct=True)).filter(n__gte=2)
        others = Q()
        for other in KNOWN:
            if other != side:
                others |= is_of(other)
        sides |= Q(Exists(of_side)) & ~Q(Exists(_of_event(EventCitation.objects.filter(others))))
    return AT_WORK & sides


def register_checks() -> None:
    register(
        Check(
            "events-without-citation", Event, Topic.EVIDENCE,
            _("events without a citation"),
            _("Say where it can be read that they happened."),
            without_citation,
        ),
        Check(
            "events-on-one-source", Event, Topic.EVIDENCE,
            _("events that rest on a single source"),
            _("Look for a second source that does not copy the first."),
            on_one_source,
        ),
        Check(
            "events-on-one-side", Event, Topic.EVIDENCE,
            _("events told by one side only"),
            _("Look for a source from the other side, or from a third country."),
            on_one_side,
        ),
        Check(
            "claims-without-citation", Claim, Topic.EVIDENCE,
            _("claims without a citation"),
            _("Cite what asserts, supports or contradicts them."),
            lambda: CLAIM_AT_WORK & ~Q(Exists(ClaimCitation.objects.filter(claim=OuterRef("pk")))),
        ),
        Check(
            "claims-unverified", Claim, Topic.EVIDENCE,
            _("claims without a verdict"),
            _("Weigh the sources and say what they come to."),
            lambda: CLAIM_AT_WORK & Q(verdict=Verdict.UNVERIFIED),
        ),
        Check(
            "claims-unchecked", Claim, Topic.EVIDENCE,
            _("claims that nobody has checked"),
            _("Somebody other than the author reads them beside the sources."),
            lambda: CLAIM_AT_WORK & Q(checked_by="", checked_on__isnull=True),
        ),
        Check(
            "events-date-unseen", Event, Topic.DATES,
            _("events whose date nobody has seen in a source"),
            _("Look the date up, and cite where it stands."),
            lambda: AT_WORK & Q(verification=Verification.UNVERIFIED, date_earliest__isnull=False),
        ),
        Check(
            "events-undated", Event, Topic.DATES,
            _("events without a date"),
            _("Even “196X” puts them on the timeline."),
            lambda: AT_WORK & Q(date_earliest__isnull=True),
        ),
        Check(
            "events-broken-links", Event, Topic.LINKS,
            _("published events that name what readers do not see"),
            _("Publish what they name, or take it out."),
            lambda: names_what_readers_do_not_see(EVENT),
        ),
        Check(
            "people-broken-links", PERSON.model, Topic.LINKS,
            _("published people that name what readers do not see"),
            _("Publish what they name, or take it out."),
            lambda: names_what_readers_do_not_see(PERSON),
        ),
        Check(
            "events-broken-mentions", Event, Topic.LINKS,
            _("draft events whose narrative cites a source that is gone or not published"),
            _("They cannot be published before that is mended."),
            lambda: with_broken_mentions(Event),
        ),
        Check(
            "themes-without-events", Theme, Topic.LINKS,
            _("themes without an event"),
            _("Give events the theme, or withdraw it."),
            lambda: AT_WORK & ~Q(Exists(EventTheme.objects.filter(theme=OuterRef("pk")))),
        ),
    )  # fmt: skip
