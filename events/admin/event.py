"""The admin of events."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cubaru.core.admin import (
    MissingLanguageFilter,
    NameInline,
    PartInline,
    RecordAdmin,
    Rule,
    Section,
    date_columns,
    decade_of,
    in_languages,
    joined,
    read_date,
    tell,
)
from cubaru.core.admin.counts import count_of
from cubaru.core.admin.labels import day, short_day
from events.admin.claim import ClaimInline
from events.models import (
    Event,
    EventCitation,
    EventImage,
    EventName,
    EventPlace,
    EventRelation,
    EventTheme,
    Participation,
)
from sources.admin import CitationInline, ImageInline

tell(
    {
        "participation_is_of_either_a_person_or_an_organization": Rule(
            _("Choose either a person or an organization."), "person"
        ),
        "person_has_a_role_once_per_event": Rule(_("This person has this role here already.")),
        "organization_has_a_role_once_per_event": Rule(_("This organization has this role here already.")),
        "theme_stands_once_per_event": Rule(_("This theme stands here already."), "theme"),
        "place_stands_once_per_event": Rule(_("This place stands here already."), "place"),
        "event_is_not_related_to_itself": Rule(_("An event cannot be related to itself."), "to_event"),
        "event_relation_stands_once": Rule(_("This relation stands here already."), "to_event"),
    }
)


class EventThemeInline(PartInline):
    model = EventTheme
    lines = ("theme",)
    is_line = True
    autocomplete_fields = ("theme",)
    verbose_name = _("theme")
    verbose_name_plural = _("themes; the first one leads")


class EventNameInline(NameInline):
    model = EventName
    lines = (("text", "language", "script", "kind", "scheme"), "source")
    autocomplete_fields = ("source",)


class EventPlaceInline(PartInline):
    model = EventPlace
    lines = ("place",)
    is_line = True
    autocomplete_fields = ("place",)
    verbose_name = _("place")
    verbose_name_plural = _("places")


class ParticipationInline(PartInline):
    model = Participation
    lines = (("person", "organization", "role"), in_languages("note"))
    autocomplete_fields = ("person", "organization")

    def summary(self, part: Participation) -> str:
        return joined(str(part.person or part.organization or ""), part.get_role_display())


class RelationInline(PartInline):
    model = EventRelation
    fk_name = "from_event"
    lines = (("relation", "to_event"), in_languages("note"))
    autocomplete_fields = ("to_event",)

    def summary(self, part: EventRelation) -> str:
        other = part.to_event if part.to_event_id else None
        return joined(
            part.get_relation_display(), str(other or ""), short_day(other, "date") if other else ""
        )


class EventCitationInline(CitationInline):
    model = EventCitation


class EventImageInline(ImageInline):
    model = EventImage


class EventClaimInline(ClaimInline):
    fk_name = "event"


@admin.register(Event)
class EventAdmin(RecordAdmin):
    sections = (
        Section(
            "what",
            _("What and when"),
            (
                in_languages("title"),
                in_languages("summary"),
                date_columns("date"),
                "date_reading",
                in_languages("date_note"),
                in_languages("body"),
            ),
            (EventThemeInline, EventNameInline),
        ),
        Section("who", _("Who"), (), (ParticipationInline,)),
        Section("where", _("Where"), (), (EventPlaceInline,)),
        Section("course", _("Before and after"), (), (RelationInline,)),
        Section("how", _("How we know"), ("verification",), (EventCitationInline, EventClaimInline)),
        Section("images", _("Images"), (), (EventImageInline,)),
        Section(
            "publication",
            _("Publication"),
            (("slug", "status", "importance"), "identifiers", ("why", "minor")),
        ),
    )
    readonly_fields = ("date_reading",)
    date_reading = read_date("date")
    heights = {"body": 12, "summary": 4, "date_note": 2}
    language_fields = ("title", "summary", "body")
    list_display = ("__str__", "when", "status", "languages", "citation_count", "claim_count", "importance")
    list_filter = (
        "status",
        ("theme_links__theme", admin.RelatedOnlyFieldListFilter),
        decade_of("date"),
        "verification",
        "importance",
        MissingLanguageFilter,
    )
    search_help_text = _("By title, name, summary, text or claim, in any language and script.")

    def get_queryset(self, request: HttpRequest) -> Any:
        return (
            super()
            .get_queryset(request)
            .annotate(
                citation_count=count_of(EventCitation, "event"),
                claim_count=count_of(ClaimInline.model, "event"),
            )
        )

    @admin.display(description=_("date"), ordering="date_earliest")
    def when(self, event: Event) -> str:
        return day(event, "date")

    @admin.display(description=_("citations"), ordering="citation_count")
    def citation_count(self, event: Any) -> int:
        return int(event.citation_count)

    @admin.display(description=_("claims"), ordering="claim_count")
    def claim_count(self, event: Any) -> int:
        return int(event.claim_count)

    def choice_label(self, record: Event) -> str:
        return joined(str(record), short_day(record, "date"))
