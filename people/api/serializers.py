"""People and organizations as the API gives them.

What events add to them is in `events.api.people`: people know nothing of events.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cubaru.core.api.fields import HistoricalDateField, TextField
from cubaru.core.api.links import list_address
from cubaru.core.api.serializers import (
    BriefSerializer,
    EditionField,
    EditionsAddressField,
    ModifiedField,
    NameSerializer,
    ReadSerializer,
    RecordSerializer,
    SameAsField,
)
from people.choices import Category
from places.api.serializers import PlaceBriefSerializer
from sources.api.narrative import NarrativeField
from sources.api.serializers import CitationSerializer, ImageSerializer


class PersonBriefSerializer(BriefSerializer):
    """A person, as far as others mention them."""

    record_kind = "person"
    name = TextField()


class OrganizationBriefSerializer(BriefSerializer):
    """An organization, as far as others mention it."""

    record_kind = "organization"
    name = TextField()


class OfficeSerializer(ReadSerializer):
    """A title that a person held in an organization."""

    title = TextField()
    organization = OrganizationBriefSerializer(read_only=True)
    start = HistoricalDateField()
    end = HistoricalDateField()
    citations = CitationSerializer(many=True, read_only=True)


class HolderSerializer(ReadSerializer):
    """Who held an office in an organization."""

    person = PersonBriefSerializer(read_only=True)
    title = TextField()
    start = HistoricalDateField()
    end = HistoricalDateField()


class PersonSerializer(RecordSerializer):
    """A person in a list."""

    name = TextField()
    description = TextField()
    birth = HistoricalDateField()
    death = HistoricalDateField()
    edition = EditionField()


class PersonDetailSerializer(PersonSerializer):
    """All that is said of a person, but for events and claims."""

    sort_name = TextField()
    body = TextField(help_text=_("As it was typed: Markdown with citations such as [@key, p. 12]."))
    narrative = NarrativeField("body")
    nationality = serializers.CharField(
        read_only=True, help_text=_("Country the person acted for; SU for the Soviet Union; may be empty.")
    )
    birth_verified = serializers.BooleanField(read_only=True, help_text=_("Whether it was seen in a source."))
    birth_place = PlaceBriefSerializer(read_only=True, allow_null=True)
    death_verified = serializers.BooleanField(read_only=True, help_text=_("Whether it was seen in a source."))
    death_place = PlaceBriefSerializer(read_only=True, allow_null=True)
    names = NameSerializer(many=True, read_only=True)
    offices = OfficeSerializer(many=True, read_only=True)
    citations = CitationSerializer(many=True, read_only=True)
    images = ImageSerializer(many=True, read_only=True)
    events_url = serializers.SerializerMethodField()
    same_as = SameAsField()
    editions_url = EditionsAddressField()
    modified = ModifiedField()

    @extend_schema_field(
        {"type": "string", "format": "uri", "description": _("The events they took part in.")}
    )
    def get_events_url(self, person: Any) -> str:
        return list_address("events", person=person.slug)


class OrganizationSerializer(RecordSerializer):
    """An organization in a list."""

    name = TextField()
    description = TextField()
    category = serializers.ChoiceField(Category.choices, read_only=True)
    founded = HistoricalDateField()
    dissolved = HistoricalDateField()
    edition = EditionField()


class OrganizationDetailSerializer(OrganizationSerializer):
    """All that is said of an organization."""

    parent = OrganizationBriefSerializer(read_only=True, allow_null=True, help_text=_("What it is part of."))
    names = NameSerializer(many=True, read_only=True)
    offices = HolderSerializer(many=True, read_only=True)
    citations = CitationSerializer(many=True, read_only=True)
    events_url = serializers.SerializerMethodField()
    same_as = SameAsField()
    editions_url = EditionsAddressField()
    modified = ModifiedField()

    @extend_schema_field({"type": "string", "format": "uri", "description": _("The events it took part in.")})
    def get_events_url(self, organization: Any) -> str:
        return list_address("events", organization=organization.slug)
