"""What lists of people and organizations can be narrowed by."""

from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet

from cubaru.core.api.date_filters import ChangedSinceFilter, HistoricalDateFilter
from cubaru.core.api.filter_fields import (
    ChoicesFilter,
    CodesFilter,
    RecordsFilter,
    ShortTextFilter,
    WordsFilter,
    written,
)
from cubaru.core.countries import COUNTRY
from cubaru.core.languages import language_columns
from people.choices import Category
from people.models import Office


class OfficesFilter(RecordsFilter):
    """Joined with `on` by the set of filters: both speak of the same office."""

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        return qs


class TitlesFilter(ShortTextFilter):
    """Joined likewise."""

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        return qs


class PersonFilterSet(FilterSet):
    q = WordsFilter(
        "person", help_text=_("Words of a name, in any language and script, or of the description.")
    )
    organization = OfficesFilter(
        "organization", help_text=_("Held an office in this organization (its slug).")
    )
    office = TitlesFilter(
        help_text=_(
            "Held an office with these words in its title, in `organization` and `on` the date if given."
        )
    )
    on = HistoricalDateFilter(help_text=_("Held an office at this date (EDTF), in `organization` if given."))
    event = RecordsFilter(
        "event", "participations__event", help_text=_("Took part in this event (its slug).")
    )
    place = RecordsFilter(
        "place", "birth_place", "death_place", help_text=_("Was born or died in this place (its slug).")
    )
    source = RecordsFilter(
        "source",
        "citations__source",
        "offices__citations__source",
        "claims__citations__source",
        "narrative_citations__source",
        help_text=_(
            "A source that speaks of the person, an office of theirs or a claim about them (its slug)."
        ),
    )
    nationality = CodesFilter(
        "nationality", COUNTRY, help_text=_("The country the person acted for; SU for the Soviet Union.")
    )
    changed_since = ChangedSinceFilter(
        field_name="modified_at", help_text=_("Changed on or after this day or moment.")
    )

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        queryset = super().filter_queryset(queryset)
        wanted = self.form.cleaned_data
        if not wanted["organization"] and not wanted["office"] and wanted["on"] is None:
            return queryset
        offices: QuerySet[Any] = Office.objects.filter(organization__status="published")
        if wanted["organization"]:
            offices = offices.filter(organization__in=wanted["organization"])
        if wanted["office"]:
            offices = offices.filter(written(wanted["office"], language_columns("title")))
        if wanted["on"] is not None:
            # The rule of people.offices.offices_held, for all people at once.
            offices = offices.alias(
                begins=Coalesce("start_earliest", "end_earliest"), ends=Coalesce("end_latest", "start_latest")
            ).filter(begins__lte=wanted["on"].latest, ends__gte=wanted["on"].earliest)
        return queryset.filter(pk__in=offices.values("person"))


class OrganizationFilterSet(FilterSet):
    q = WordsFilter(
        "organization", help_text=_("Words of a name, in any language and script, or of the description.")
    )
    category = ChoicesFilter(Category, "category", help_text=_("What sort of body it is."))
    person = RecordsFilter(
        "person", "offices__person", help_text=_("This person held an office there (slug).")
    )
    event = RecordsFilter(
        "event", "participations__event", help_text=_("Took part in this event (its slug).")
    )
    source = RecordsFilter(
        "source", "citations__source", help_text=_("A source that speaks of it (its slug).")
    )
    parent = RecordsFilter("organization", "parent", help_text=_("Is part of this organization (its slug)."))
    changed_since = ChangedSinceFilter(
        field_name="modified_at", help_text=_("Changed on or after this day or moment.")
    )
