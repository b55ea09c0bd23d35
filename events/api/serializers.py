"""Events, themes and claims as the API gives them."""

from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cubaru.core.api.fields import HistoricalDateField, LabelField, TextField, in_each_language, labels_of
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
from events.choices import INVERSE, Confidence, Lane, Relation, Verdict, Verification
from events.models import Event, EventRelation
from events.role_vocabulary import Role
from people.api.serializers import OrganizationBriefSerializer, PersonBriefSerializer
from people.offices import offices_held
from places.api.serializers import PlaceBriefSerializer
from sources.api.narrative import NarrativeField
from sources.api.serializers import CitationSerializer, ImageSerializer, SourceBriefSerializer

FORWARD, INVERTED = "forward", "inverse"


class EventBriefSerializer(BriefSerializer):
    """An event, as far as others mention it."""

    record_kind = "event"
    title = TextField()
    date = HistoricalDateField()


class ThemeBriefSerializer(BriefSerializer):
    """A theme, as far as others mention it."""

    record_kind = "theme"
    name = TextField()
    lane = serializers.ChoiceField(Lane.choices, read_only=True)


class Linked(serializers.ListSerializer[Any]):
    """The records that the parts of a record link to, in their order."""

    def __init__(self, *, link: str, **kwargs: Any) -> None:
        self.link = link
        super().__init__(read_only=True, **kwargs)

    def to_representation(self, data: Any) -> list[Any]:
        return super().to_representation([getattr(part, self.link) for part in data.all()])


class EventSerializer(RecordSerializer):
    """An event in a list."""

    title = TextField()
    summary = TextField()
    date = HistoricalDateField()
    importance = serializers.IntegerField(
        read_only=True, min_value=1, max_value=5, help_text=_("From 1 (a detail) to 5 (a turning point).")
    )
    themes = Linked(
        child=ThemeBriefSerializer(), source="theme_links", link="theme", help_text=_("The first one leads.")
    )
    places = Linked(child=PlaceBriefSerializer(), source="place_links", link="place")
    edition = EditionField()


# Parts of an event ---------------------------------------------------------------------------------


class EventNameSerializer(NameSerializer):
    """What a community calls the event, and where that is found."""

    source = SourceBriefSerializer(read_only=True, allow_null=True)  # type: ignore[assignment]


class HeldOfficeSerializer(ReadSerializer):
    """An office that a participant held at the time."""

    title = TextField()
    organization = OrganizationBriefSerializer(read_only=True)


class OfficesAtTheTimeField(serializers.ListField):
    """The offices that the person held at the date of the event; none for an organization."""

    child = HeldOfficeSerializer()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, source="*", **kwargs)

    def to_representation(self, data: Any) -> list[Any]:
        event: Event = data.event
        if data.person is None or event.date_earliest is None or event.date_latest is None:
            return []
        offices = offices_held(data.person, event.date_earliest, event.date_latest)
        return [self.child.to_representation(office) for office in offices]


class ParticipantSerializer(ReadSerializer):
    """A person or an organization (the other is null) that takes part in the event."""

    person = PersonBriefSerializer(read_only=True, allow_null=True)
    organization = OrganizationBriefSerializer(read_only=True, allow_null=True)
    role = serializers.ChoiceField(Role.choices, read_only=True)
    role_label = LabelField("role", Role)
    note = TextField()
    office = OfficesAtTheTimeField()


class SeenRelation:
    """A relation between two events as one of them sees it."""

    def __init__(self, part: EventRelation, event: Event, direction: str) -> None:
        self.part, self.event, self.direction = part, event, direction

    def __getattr__(self, name: str) -> Any:
        return getattr(self.part, name)


class RelationLabelField(LabelField):
    """What the relation is called by the event that is looked at."""

    def labels(self, row: Any) -> dict[str, str]:
        if row.direction == FORWARD:
            return labels_of(Relation)[row.relation]
        return _inverse_labels()[row.relation]


@cache
def _inverse_labels() -> dict[str, dict[str, str]]:
    return {relation.value: in_each_language(label) for relation, label in INVERSE.items()}


class RelatedEventSerializer(ReadSerializer):
    """What the event is to another one; with direction "inverse" what the other one is to it."""

    event = EventBriefSerializer(read_only=True)
    relation = serializers.ChoiceField(Relation.choices, read_only=True)
    direction = serializers.ChoiceField([(FORWARD, FORWARD), (INVERTED, INVERTED)], read_only=True)
    label = RelationLabelField("relation", Relation)  # type: ignore[assignment]
    note = TextField()


class Relations(serializers.ListSerializer[Any]):
    """The relations told from the event, then those told of it elsewhere."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(child=RelatedEventSerializer(), read_only=True, source="*", **kwargs)

    def to_representation(self, data: Any) -> list[Any]:
        told = [SeenRelation(part, part.to_event, FORWARD) for part in data.relations.all()]
        inverse = [SeenRelation(part, part.from_event, INVERTED) for part in data.inverse_relations.all()]
        return super().to_representation([*told, *inverse])


# Claims --------------------------------------------------------------------------------------------


class ClaimSerializer(RecordSerializer):
    """A checkable statement in a list; it is about either an event or a person (the other is null)."""

    statement = TextField()
    verdict = serializers.ChoiceField(Verdict.choices, read_only=True)
    confidence = serializers.ChoiceField([("", ""), *Confidence.choices], read_only=True)
    event = EventBriefSerializer(read_only=True, allow_null=True)
    person = PersonBriefSerializer(read_only=True, allow_null=True)


class ClaimOfRecordSerializer(RecordSerializer):
    """A claim within the event or person that it is about."""

    statement = TextField()
    verdict = serializers.ChoiceField(Verdict.choices, read_only=True)
    reasoning = TextField()
    confidence = serializers.ChoiceField([("", ""), *Confidence.choices], read_only=True)
    checked_on = serializers.DateField(read_only=True, allow_null=True)
    citations = CitationSerializer(many=True, read_only=True)


class ClaimDetailSerializer(ClaimSerializer):
    """All that is said of a claim."""

    reasoning = TextField()
    also_about = Linked(
        child=EventBriefSerializer(),
        source="event_links",
        link="event",
        help_text=_("Events it bears on as well."),
    )
    written_by = serializers.CharField(read_only=True)
    checked_by = serializers.CharField(read_only=True)
    checked_on = serializers.DateField(read_only=True, allow_null=True)
    citations = CitationSerializer(many=True, read_only=True)


# Whole records -------------------------------------------------------------------------------------


class EventDetailSerializer(EventSerializer):
    """All that is said of an event."""

    body = TextField(help_text=_("As it was typed: Markdown with citations such as [@key, p. 12]."))
    narrative = NarrativeField("body")
    names = EventNameSerializer(many=True, read_only=True)
    date_note = TextField()
    verification = serializers.ChoiceField(
        Verification.choices, read_only=True, help_text=_("How much of it was seen in the sources cited.")
    )
    participants = ParticipantSerializer(many=True, read_only=True, source="participations")
    relations = Relations()
    claims = ClaimOfRecordSerializer(many=True, read_only=True)
    citations = CitationSerializer(many=True, read_only=True)
    images = ImageSerializer(many=True, read_only=True)
    same_as = SameAsField()
    editions_url = EditionsAddressField()
    modified = ModifiedField()


class ThemeSerializer(RecordSerializer):
    """A theme."""

    name = TextField()
    description = TextField()
    lane = serializers.ChoiceField(Lane.choices, read_only=True, help_text=_("The lane of the timeline."))
    position = serializers.IntegerField(read_only=True, help_text=_("Its place in lists of themes."))
    edition = EditionField()


class ThemeDetailSerializer(ThemeSerializer):
    """All that is said of a theme."""

    events_url = serializers.SerializerMethodField()
    same_as = SameAsField()
    editions_url = EditionsAddressField()
    modified = ModifiedField()

    @extend_schema_field({"type": "string", "format": "uri", "description": _("The events of the theme.")})
    def get_events_url(self, theme: Any) -> str:
        return list_address("events", theme=theme.slug)
