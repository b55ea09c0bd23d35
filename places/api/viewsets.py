"""Places in the API."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cubaru.core.api.formats import CsvFormat, GeoJsonFormat, JsonLdFormat
from cubaru.core.api.views import ReadViewSet
from cubaru.core.querysets import public_parts
from places.api.serializers import PlaceDetailSerializer, PlaceSerializer
from places.filters import PlaceFilterSet
from places.models import Place
from places.presentation import place_json_ld


class PlaceViewSet(ReadViewSet):
    model = Place
    about = _("A small gazetteer: cities, countries, seas and sites, most with coordinates.")
    list_serializer = PlaceSerializer
    detail_serializer = PlaceDetailSerializer
    filterset_class = PlaceFilterSet
    orderings = {"name": ("name_LANGUAGE",), "modified": ("modified_at",), "slug": ()}
    default_ordering = "name"
    formats = (JsonLdFormat, CsvFormat, GeoJsonFormat)

    def described(self, rows: Any) -> Any:
        return rows.select_related("parent").prefetch_related(public_parts(Place, "names"))

    def places_of(self, place: Place) -> list[Place]:
        return [place]

    def linked_data(self, place: Place) -> dict[str, Any]:
        return place_json_ld(place)
