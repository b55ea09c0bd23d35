"""The admin of places."""

from typing import Any

from django.contrib import admin
from django.db.models import Count
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cubaru.core.admin import (
    MissingLanguageFilter,
    NameInline,
    RecordAdmin,
    Rule,
    Section,
    in_languages,
    joined,
    other_script,
    tell,
)
from places.models import Place, PlaceName

tell(
    {
        "place_lies_on_the_globe_or_nowhere": Rule(
            _("Give both latitude and longitude, or neither."), "latitude"
        )
    }
)


class PlaceNameInline(NameInline):
    model = PlaceName


@admin.register(Place)
class PlaceAdmin(RecordAdmin):
    sections = (
        Section(
            "what",
            _("What it is"),
            (in_languages("name"), in_languages("description")),
            (PlaceNameInline,),
        ),
        Section("where", _("Where"), (("country", "parent"), ("latitude", "longitude"))),
        Section("publication", _("Publication"), (("slug", "status"), "identifiers", ("why", "minor"))),
    )
    language_fields = ("name", "description")
    autocomplete_fields = ("parent",)
    list_display = ("__str__", "country", "parent", "is_located", "status", "languages", "event_count")
    list_filter = ("status", "country", MissingLanguageFilter)
    list_select_related = ("parent",)
    search_help_text = _("By any name, in any script.")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(event_count=Count("event_links"))

    @admin.display(description=_("on the map"), boolean=True)
    def is_located(self, place: Place) -> bool:
        return place.is_located

    @admin.display(description=_("events"), ordering="event_count")
    def event_count(self, place: Any) -> int:
        return int(place.event_count)

    def choice_label(self, record: Place) -> str:
        return joined(str(record), other_script(record, "name"), record.country)
