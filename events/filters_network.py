"""What the network can be narrowed by."""

from django.utils.translation import gettext_lazy as _

from cubaru.core.api.date_filters import SpanFilterSet
from cubaru.core.api.filter_fields import RecordsFilter


class NetworkFilterSet(SpanFilterSet):
    """Which events count."""

    person = RecordsFilter("person", "participations__person", help_text=_("Whose connections (slug)."))
    theme = RecordsFilter("theme", "theme_links__theme", help_text=_("What it is about (slug)."))
