"""What lists of sources can be narrowed by."""

from django.utils.translation import gettext_lazy as _

from cubaru.core.api.date_filters import ChangedSinceFilter, SpanFilterSet
from cubaru.core.api.filter_fields import (
    ChoicesFilter,
    CodesFilter,
    WordsFilter,
)
from cubaru.core.models.name import LANGUAGE_TAG
from sources.choices import SourceKind, SourceType


class SourceFilterSet(SpanFilterSet):
    span_column = "issued"

    q = WordsFilter(
        "source", help_text=_("Words of the title, of the creators, of where it was published or is kept.")
    )
    kind = ChoicesFilter(SourceKind, "kind", help_text=_("Primary, secondary or reference."))
    type = ChoicesFilter(SourceType, "type", help_text=_("What sort of text or document it is."))
    language = CodesFilter("language", LANGUAGE_TAG, help_text=_("Language of the source (BCP 47)."))
    changed_since = ChangedSinceFilter(
        field_name="modified_at", help_text=_("Changed on or after this day or moment.")
    )
