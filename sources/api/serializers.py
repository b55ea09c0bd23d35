"""Sources, citations and images as the API gives them."""

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
    ReadSerializer,
    RecordSerializer,
    SameAsField,
)
from cubaru.core.context import absolute
from sources.choices import Basis, CreatorRole, SourceKind, SourceType, Stance


class SourceBriefSerializer(BriefSerializer):
    """A source, as far as a citation needs it."""

    record_kind = "source"
    title = serializers.CharField(read_only=True, help_text=_("In the source's own language and script."))
    language = serializers.CharField(read_only=True, help_text=_("BCP 47 tag; may be empty."))
    kind = serializers.ChoiceField(SourceKind.choices, read_only=True)
    type = serializers.ChoiceField(SourceType.choices, read_only=True)


class CitationSerializer(ReadSerializer):
    """A pointer into a source, with what the source does to the statement."""

    source = SourceBriefSerializer(read_only=True)  # type: ignore[assignment]
    stance = serializers.ChoiceField(Stance.choices, read_only=True)
    locator = serializers.CharField(read_only=True)
    quotation = serializers.CharField(read_only=True)
    note = TextField()


class ImageSerializer(ReadSerializer):
    """A picture, which may be shown with its credit and under its licence."""

    url = serializers.SerializerMethodField()
    width = serializers.IntegerField(read_only=True)
    height = serializers.IntegerField(read_only=True)
    credit = serializers.CharField(read_only=True)
    licence = serializers.CharField(read_only=True)
    licence_url = serializers.CharField(read_only=True)
    alt = TextField()
    caption = TextField()
    source = SourceBriefSerializer(read_only=True, allow_null=True)  # type: ignore[assignment]
    origin_url = serializers.CharField(read_only=True)

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, image: Any) -> str:
        return absolute(image.file.url)


class CreatorSerializer(ReadSerializer):
    """Who made a source: a person's two names, or a body's one."""

    role = serializers.ChoiceField(CreatorRole.choices, read_only=True)
    family = serializers.CharField(required=False)
    given = serializers.CharField(required=False)
    literal = serializers.CharField(required=False)

    def to_representation(self, instance: dict[str, str]) -> dict[str, str]:
        return {str(name): instance[str(name)] for name in self.fields if str(name) in instance}


class AccessPointSerializer(ReadSerializer):
    """Where a source can be read."""

    url = serializers.CharField(read_only=True)
    archived_url = serializers.CharField(read_only=True)
    accessed_on = serializers.DateField(read_only=True, allow_null=True)
    label = serializers.CharField(read_only=True)  # type: ignore[assignment]


class SourceSerializer(RecordSerializer):
    """A source in a list."""

    kind = serializers.ChoiceField(SourceKind.choices, read_only=True)
    type = serializers.ChoiceField(SourceType.choices, read_only=True)
    title = serializers.CharField(read_only=True, help_text=_("In the source's own language and script."))
    title_transliterated = serializers.CharField(read_only=True)
    title_translated = TextField()
    language = serializers.CharField(read_only=True, help_text=_("BCP 47 tag; may be empty."))
    creators = CreatorSerializer(many=True, read_only=True)
    container_title = serializers.CharField(read_only=True)
    issued = HistoricalDateField()
    edition = EditionField()


class SourceDetailSerializer(SourceSerializer):
    """All that is said of a source."""

    publisher = serializers.CharField(read_only=True)
    publisher_place = serializers.CharField(read_only=True)
    volume = serializers.CharField(read_only=True)
    issue = serializers.CharField(read_only=True)
    pages = serializers.CharField(read_only=True)
    doi = serializers.CharField(read_only=True)
    isbn = serializers.CharField(read_only=True)
    archive = serializers.CharField(read_only=True)
    collection = serializers.CharField(read_only=True)
    call_number = serializers.CharField(read_only=True)
    access = AccessPointSerializer(many=True, read_only=True)
    basis = serializers.ChoiceField([("", ""), *Basis.choices], read_only=True)
    note = TextField()
    csl = serializers.DictField(read_only=True, help_text=_("Further fields of CSL-JSON."))
    events_url = serializers.SerializerMethodField()
    claims_url = serializers.SerializerMethodField()
    same_as = SameAsField()
    editions_url = EditionsAddressField()
    modified = ModifiedField()

    @extend_schema_field({"type": "string", "format": "uri", "description": _("The events that cite it.")})
    def get_events_url(self, source: Any) -> str:
        return list_address("events", source=source.slug)

    @extend_schema_field({"type": "string", "format": "uri", "description": _("The claims that cite it.")})
    def get_claims_url(self, source: Any) -> str:
        return list_address("claims", source=source.slug)
