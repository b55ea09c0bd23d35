"""What events add to the people and organizations of the API: what they took part in, and claims."""

from typing import Any

from django.db.models import prefetch_related_objects
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from cubaru.core.api.fields import LabelField, TextField
from cubaru.core.api.serializers import ReadSerializer
from cubaru.core.querysets import public_parts
from events.api.serializers import ClaimOfRecordSerializer, EventBriefSerializer
from events.role_vocabulary import Role
from people.api.serializers import PersonDetailSerializer
from people.api.viewsets import PersonViewSet as PersonAloneViewSet
from people.models import Person


class PersonsEventSerializer(ReadSerializer):
    """An event, and the role of the person in it."""

    event = EventBriefSerializer(read_only=True)
    role = serializers.ChoiceField(Role.choices, read_only=True)
    role_label = LabelField("role", Role)
    note = TextField()


class EventsOfPerson(serializers.ListSerializer[Any]):
    """In the order of the events' dates, undated ones last."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(child=PersonsEventSerializer(), read_only=True, source="participations", **kwargs)

    def to_representation(self, data: Any) -> list[Any]:
        def place(part: Any) -> tuple[bool, Any, Any, str]:
            event = part.event
            undated = event.date_earliest is None
            return undated, event.date_earliest or 0, event.date_latest or 0, event.slug

        return super().to_representation(sorted(data.all(), key=place))


@extend_schema_serializer(component_name="PersonDetail")
class PersonWithEventsSerializer(PersonDetailSerializer):
    """All that is said of a person."""

    events = EventsOfPerson()
    claims = ClaimOfRecordSerializer(many=True, read_only=True)


class PersonViewSet(PersonAloneViewSet):
    detail_serializer = PersonWithEventsSerializer

    not_in_answer = ("also_about",)

    def complete(self, person: Person) -> None:
        super().complete(person)
        prefetch_related_objects([person], public_parts(Person, "participations", "event"))
