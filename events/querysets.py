"""Which events and claims, and what is loaded with them."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from cubaru.core.querysets import RecordedQuerySet, RecordQuerySet, RowT


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

    def undated(self) -> Self:
        return self.filter(date_earliest__isnull=True)


class ClaimQuerySet(RecordedQuerySet[RowT]):
    def published(self) -> Self:
        """Claims whose event or person readers may see."""
        return self.filter(Q(event__status="published") | Q(person__status="published"))


EventManager = models.Manager.from_queryset(EventQuerySet)
ClaimManager = models.Manager.from_queryset(ClaimQuerySet)
