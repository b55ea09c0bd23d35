"""Which sources, and what is loaded with them."""

from typing import Self

from django.db import models

from cubaru.core.querysets import RecordQuerySet, RowT, public_parts


class SourceQuerySet(RecordQuerySet[RowT]):
    def with_public_parts(self) -> Self:
        """Where it can be read."""
        return self.prefetch_related(public_parts(self.model, "access"))


SourceManager = models.Manager.from_queryset(SourceQuerySet)
