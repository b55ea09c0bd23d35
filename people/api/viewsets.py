"""People and organizations in the API; events add to the people (`events.api.viewsets`)."""

from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from cubaru.core.api.formats import CsvFormat, JsonLdFormat
from cubaru.core.api.views import ReadViewSet
from cubaru.core.querysets import public_parts
from people.api.serializers import (
    OrganizationDetailSerializer,
    OrganizationSerializer,
    PersonDetailSerializer,
    PersonSerializer,
)
from people.filters import OrganizationFilterSet, PersonFilterSet
from people.models import Organization, Person
from people.presentation_organization import organization_json_ld
from people.presentation_person import person_json_ld


class PersonViewSet(ReadViewSet):
    model = Person
    about = _("The people of this history, with their names in every language and script, and their offices.")
    list_serializer = PersonSerializer
    detail_serializer = PersonDetailSerializer
    filterset_class = PersonFilterSet
    orderings = {
        "name": ("sort_name_LANGUAGE",),
        "birth": ("birth_earliest",),
        "modified": ("modified_at",),
        "slug": (),
    }
    default_ordering = "name"
    formats = (JsonLdFormat, CsvFormat)

    def described(self, rows: Any) -> Any:
        return rows.select_related("birth_place", "death_place").prefetch_related(
            public_parts(Person, "names"), public_parts(Person, "offices", "organization")
        )

    def linked_data(self, person: Person) -> dict[str, Any]:
        return person_json_ld(person)


class OrganizationViewSet(ReadViewSet):
    model = Organization
    about = _("States, ministries, parties, companies and other bodies.")
    list_serializer = OrganizationSerializer
    detail_serializer = OrganizationDetailSerializer
    filterset_class = OrganizationFilterSet
    orderings = {
        "name": ("name_LANGUAGE",),
        "founded": ("founded_earliest",),
        "modified": ("modified_at",),
        "slug": (),
    }
    default_ordering = "name"
    formats = (JsonLdFormat, CsvFormat)

    def linked_data(self, organization: Organization) -> dict[str, Any]:
        return organization_json_ld(organization)

    def described(self, rows: Any) -> Any:
        return rows.select_related("parent").prefetch_related(public_parts(Organization, "names"))

    def complete(self, organization: Organization) -> None:
        # Not the events: a state has most of them; they are a list of their own.
        super().complete(organization)
        prefetch_related_objects([organization], public_parts(Organization, "offices", "person"))
