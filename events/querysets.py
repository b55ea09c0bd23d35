"""Which events and claims, and what is loaded with them."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from cubaru.core.languages import LocalText
from cubaru.core.querysets import RecordedQuerySet, RecordQuerySet, RowT, how_many, public_parts


class EventQuerySet(RecordQuerySet[RowT]):
    def overlapping(self, first: date, last: date) -> Self:
        """Events that may have happened within first..last.

        Both days count, Gregorian. A vague date ("196X") matches if any of its days does; undated
        events never match. Raises ValueError if last is before first.
        Source: ISO 8601-2:2019 (EDTF).
        """
        if last < first:
            raise ValueError(f"{last} is before {first}.")
        return self.filter(date_earliest__lte=last, date_latest__gte=first)

    def going_on(self, day: date) -> Self:
        """Events that may have begun before the day and may still go on then."""
        return self.longer_than_a_day().filter(date_earliest__lt=day, date_latest__gte=day)

    def longer_than_a_day(self) -> Self:
        """Events that last, or whose day is not known; an index has just these."""
        return self.filter(date_latest__gt=F("date_earliest"))

    def undated(self) -> Self:
        return self.filter(date_earliest__isnull=True)

    def with_themes(self) -> Self:
        """What a row of a list shows: the published themes, the first of which gives the lane."""
        return self.prefetch_related(public_parts(self.model, "theme_links", "theme"))

    def with_counts(self) -> Self:
        """Adds `claim_count` and `source_count` (of sources cited by the event itself)."""
        claims: Any = self.model._meta.get_field("claims").related_model
        citations: Any = self.model._meta.get_field("citations").related_model
        cited = citations._base_manager.filter(source__status="published")
        return self.annotate(
            claim_count=how_many(claims._base_manager.all(), "event"),
            source_count=how_many(cited, "event", "source"),
        )

    def with_public_parts(self) -> Self:
        """All that a reader sees of an event, and nothing of what is not published."""
        from events.models import Claim

        claim_parts = [
            public_parts(Claim, "citations", "source"),
            public_parts(Claim, "event_links", "event"),
        ]
        return self.with_themes().prefetch_related(
            public_parts(self.model, "place_links", "place"),
            public_parts(self.model, "names", "source"),
            public_parts(
                self.model,
                "participations",
                "person",
                "organization",
                inner=["person__offices__organization"],
            ),
            public_parts(self.model, "relations", "to_event"),
            public_parts(self.model, "inverse_relations", "from_event"),
            public_parts(self.model, "claims", inner=claim_parts),
            public_parts(self.model, "citations", "source"),
            public_parts(self.model, "images", "source"),
        )


class ClaimQuerySet(RecordedQuerySet[RowT]):
    def published(self) -> Self:
        """Claims whose event or person readers may see."""
        return self.filter(Q(event__status="published") | Q(person__status="published"))

    def with_public_parts(self) -> Self:
        """The record it is about, its citations, and the further events on which it bears."""
        return self.select_related("event", "person").prefetch_related(
            public_parts(self.model, "citations", "source"),
            public_parts(self.model, "event_links", "event"),
        )


EventManager = models.Manager.from_queryset(EventQuerySet)
ClaimManager = models.Manager.from_queryset(ClaimQuerySet)


def statement_of(slug: str) -> LocalText | None:
    """The statement of a published claim, as its page is called when it is cited."""
    from events.models import Claim

    claim = Claim.objects.published().filter(slug=slug).first()
    return claim.label if claim else None
