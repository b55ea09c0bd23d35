"""Sources in the API."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cubaru.core.api.formats import CsvFormat, JsonLdFormat
from cubaru.core.api.views import ReadViewSet
from sources.api.formats import BibtexFormat, CslJsonFormat, RisFormat
from sources.api.serializers import SourceDetailSerializer, SourceSerializer
from sources.filters import SourceFilterSet
from sources.models import Source
from sources.presentation_source import source_json_ld


class SourceViewSet(ReadViewSet):
    model = Source
    about = _("Documents, books, articles, pages and archive items that can be cited.")
    list_serializer = SourceSerializer
    detail_serializer = SourceDetailSerializer
    filterset_class = SourceFilterSet
    orderings = {
        "title": ("title",),
        "issued": ("issued_earliest",),
        "modified": ("modified_at",),
        "slug": (),
    }
    default_ordering = "title"
    formats = (JsonLdFormat, CsvFormat, BibtexFormat, RisFormat, CslJsonFormat)

    def linked_data(self, source: Source) -> dict[str, Any]:
        return source_json_ld(source)
