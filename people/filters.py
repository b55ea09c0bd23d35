"""What lists of people and organizations can be narrowed by."""

from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet

from cubaru.core.api.filter_fields import (
    ChangedSinceFilter,
    ChoicesFilter,
    CodesFilter,
    HistoricalDateFilter,
    RecordsFilter,
    WordsFilter,
)
from people.choices import Category
from people.models import Office
from places.models.place import COUNTRY


class OfficesFilter(RecordsFilter):
    """Joined with `on` by the set of filters: both speak of the same office."""

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        return qs


class PersonFilterSet(FilterSet):
    q = WordsFilter(help_text=_("Words of a name, in any language and script, or of the description."))
    organization = OfficesFilter(
        "organization", help_text=_("Held an office in this organization (its slug).")
    )
    on = HistoricalDateFilter(help_text=_("Held an office at this date (EDTF), in `organization` if given."))
    event = RecordsFilter(
        "event", "participations__event", help_text=_("Took part in this event (its slug).")
    )
    nationality = CodesFilter(
        "nationality", COUNTRY, help_text=_("The country the person acted for; SU for the Soviet Union.")
    )
    changed_since = ChangedSinceFilter(
        field_name="modified_at", help_text=_("Changed on or after this day or moment.")
    )

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        queryset = super().filter_queryset(queryset)
        organizations, on = self.form.cleaned_data["organization"], self.form.cleaned_data["on"]
        if not organizations and on is None:
            return queryset
        offices = Office.objects.filter(organization__status="published")
        if organizations:
            offices = offices.filter(organization__in=organizations)
        if on is not None:
            # The rule of people.offices.offices_held, for all people at once.
            held = offices.alias(
                begins=Coalesce("start_earliest", "end_earliest"), ends=Coalesce("end_latest", "start_latest")
            ).filter(begins__lte=on.latest, ends__gte=on.earliest)
            return queryset.filter(pk__in=held.values("person"))
        return queryset.filter(pk__in=offices.values("person"))


class OrganizationFilterSet(FilterSet):
    q = WordsFilter(help_text=_("Words of a name, in any language and script, or of the description."))
    category = ChoicesFilter(Category, "category", help_text=_("What sort of body it is."))
    person = RecordsFilter(
        "person", "offices__person", help_text=_("This person held an office there (slug).")
    )
    event = RecordsFilter(
        "event", "participations__event", help_text=_("Took part in this event (its slug).")
    )
    parent = RecordsFilter("organization", "parent", help_text=_("Is part of this organization (its slug)."))
    changed_since = ChangedSinceFilter(
        field_name="modified_at", help_text=_("Changed on or after this day or moment.")
    )
