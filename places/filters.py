"""What lists of places can be narrowed by."""

from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet

from cubaru.core.api.date_filters import ChangedSinceFilter
from cubaru.core.api.filter_fields import (
    BoxFilter,
    CodesFilter,
    RecordsFilter,
    WordsFilter,
)
from cubaru.core.countries import COUNTRY


class PlaceFilterSet(FilterSet):
    q = WordsFilter("place", help_text=_("Words of a name, in any language, or of the description."))
    country = CodesFilter("country", COUNTRY, help_text=_("The country it lies in today (ISO 3166)."))
    parent = RecordsFilter("place", "parent", help_text=_("Is part of this place (its slug)."))
    bbox = BoxFilter(help_text=_("Within west,south,east,north, in degrees."))
    changed_since = ChangedSinceFilter(
        field_name="modified_at", help_text=_("Changed on or after this day or moment.")
    )
