"""Places as the API gives them."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cubaru.core.api.fields import TextField
from cubaru.core.api.links import list_address
from cubaru.core.api.serializers import (
    BriefSerializer,
    EditionField,
    EditionsAddressField,
    ModifiedField,
    NameSerializer,
    RecordSerializer,
    SameAsField,
)


class PlaceBriefSerializer(BriefSerializer):
    """A place, as far as others mention it."""

    record_kind = "place"
    name = TextField()
    country = serializers.CharField(
        read_only=True, help_text=_("ISO 3166 code of today's country; may be empty.")
    )
    latitude = serializers.FloatField(read_only=True, allow_null=True)
    longitude = serializers.FloatField(read_only=True, allow_null=True)


class PlaceSerializer(RecordSerializer):
    """A place in a list."""

    name = TextField()
    description = TextField()
    country = serializers.CharField(
        read_only=True, help_text=_("ISO 3166 code of today's country; may be empty.")
    )
    latitude = serializers.FloatField(read_only=True, allow_null=True, help_text=_("Degrees on WGS 84."))
    longitude = serializers.FloatField(read_only=True, allow_null=True, help_text=_("Degrees on WGS 84."))
    edition = EditionField()


class PlaceDetailSerializer(PlaceSerializer):
    """All that is said of a place."""

    parent = PlaceBriefSerializer(read_only=True, allow_null=True, help_text=_("What it is part of."))
    names = NameSerializer(many=True, read_only=True)
    events_url = serializers.SerializerMethodField()
    same_as = SameAsField()
    editions_url = EditionsAddressField()
    modified = ModifiedField()

    @extend_schema_field(
        {"type": "string", "format": "uri", "description": _("The events that happened there.")}
    )
    def get_events_url(self, place: Any) -> str:
        return list_address("events", place=place.slug)
