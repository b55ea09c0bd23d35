"""Events, themes and claims in the API."""

from typing import Any

from django.db.models import Prefetch, Q, prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from cubaru.core.api.formats import CsvFormat, GeoJsonFormat, JsonLdFormat
from cubaru.core.api.views import ReadViewSet
from cubaru.core.models import Record, Status
from cubaru.core.querysets import public_parts
from events.api.formats import AtomFormat, IcsFormat, TimelineJsFormat
from events.api.serializers import (
    ClaimDetailSerializer,
    ClaimSerializer,
    EventDetailSerializer,
    EventSerializer,
    ThemeDetailSerializer,
    ThemeSerializer,
)
from events.filters import ClaimFilterSet, EventFilterSet, ThemeFilterSet
from events.models import Claim, Event, Theme
from events.presentation_claims import claim_json_ld
from events.presentation_json_ld import event_json_ld
from events.presentation_themes import theme_json_ld
from events.relations import load_relations
from people.models import Office, Person
from places.models import Place


class EventViewSet(ReadViewSet):
    model = Event
    about = _("What happened, at a historical date, in places, with participants, claims and citations.")
    list_serializer = EventSerializer
    detail_serializer = EventDetailSerializer
    filterset_class = EventFilterSet
    orderings = {
        "date": ("date_earliest", "date_latest"),
        "importance": ("importance",),
        "modified": ("modified_at",),
        "slug": (),
    }
    default_ordering = "date"
    # Relations are read with those that other events tell of this one; a claim tells what else it bears on.
    not_in_answer = ("relations", "also_about")
    formats = (JsonLdFormat, CsvFormat, GeoJsonFormat, TimelineJsFormat, IcsFormat, AtomFormat)

    def listed(self, rows: Any) -> Any:
        return rows.with_themes().prefetch_related(public_parts(Event, "place_links", "place"))

    def described(self, rows: Any) -> Any:
        return self.listed(rows).prefetch_related(public_parts(Event, "citations", "source"))

    def complete(self, event: Event) -> None:
        super().complete(event)
        load_relations(event)
        people = self.linked.of_model(Person) if self.linked else []
        prefetch_related_objects(people, Prefetch("offices", Office.objects.select_related("organization")))

    def places_of(self, event: Event) -> list[Place]:
        return [link.place for link in event.place_links.all()]

    def linked_data(self, event: Event) -> dict[str, Any]:
        return event_json_ld(event)


class ThemeViewSet(ReadViewSet):
    model = Theme
    about = _("What events are about; each theme runs in one lane of the timeline.")
    list_serializer = ThemeSerializer
    detail_serializer = ThemeDetailSerializer
    filterset_class = ThemeFilterSet
    orderings = {
        "position": ("position",),
        "name": ("name_LANGUAGE",),
        "modified": ("modified_at",),
        "slug": (),
    }
    default_ordering = "position"
    formats = (JsonLdFormat, CsvFormat)

    def linked_data(self, theme: Theme) -> dict[str, Any]:
        return theme_json_ld(theme)


class ClaimViewSet(ReadViewSet):
    model = Claim
    about = _("Statements about events and people that can be checked, each with a verdict and its evidence.")
    list_serializer = ClaimSerializer
    detail_serializer = ClaimDetailSerializer
    filterset_class = ClaimFilterSet
    orderings = {"checked_on": ("checked_on",), "verdict": ("verdict",), "slug": ()}
    default_ordering = "slug"
    formats = (JsonLdFormat, CsvFormat)

    def linked_data(self, claim: Claim) -> dict[str, Any]:
        return claim_json_ld(claim)

    def listed(self, rows: Any) -> Any:
        return rows.select_related("event", "person")

    def detailed(self, rows: Any) -> Any:
        return rows.with_public_parts()

    def complete(self, claim: Claim) -> None:
        """A claim has no document of its own: it is loaded whole."""

    def withdrawn(self, slug: str) -> Record | None:
        """A claim goes with the event or person that it is about."""
        withdrawn = Q(event__status=Status.WITHDRAWN) | Q(person__status=Status.WITHDRAWN)
        claim = Claim.objects.filter(withdrawn, slug=slug).select_related("event", "person").first()
        return (claim.event or claim.person) if claim else None
