"""Which people and organizations, and what is loaded with them."""

from typing import Self

from django.db import models

from cubaru.core.querysets import RecordQuerySet, RowT, public_parts


class PersonQuerySet(RecordQuerySet[RowT]):
    def with_public_parts(self) -> Self:
        """All that a reader sees of a person: names, offices, events, claims, citations, images."""
        from people.models import Office

        return self.select_related("birth_place", "death_place").prefetch_related(
            public_parts(self.model, "names"),
            public_parts(
                self.model, "offices", "organization", inner=[public_parts(Office, "citations", "source")]
            ),
            public_parts(self.model, "participations", "event"),
            public_parts(self.model, "claims"),
            public_parts(self.model, "citations", "source"),
            public_parts(self.model, "images", "source"),
        )


class OrganizationQuerySet(RecordQuerySet[RowT]):
    def with_public_parts(self) -> Self:
        """All that a reader sees of an organization: names, parts, offices held in it, events, citations."""
        return self.select_related("parent").prefetch_related(
            public_parts(self.model, "names"),
            public_parts(self.model, "offices", "person"),
            public_parts(self.model, "participations", "event"),
            public_parts(self.model, "citations", "source"),
        )


PersonManager = models.Manager.from_queryset(PersonQuerySet)
OrganizationManager = models.Manager.from_queryset(OrganizationQuerySet)
