"""The admin of themes."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cubaru.core.admin import MissingLanguageFilter, RecordAdmin, Section, in_languages, joined, other_script
from cubaru.core.admin.counts import count_of
from events.models import EventTheme, Theme


@admin.register(Theme)
class ThemeAdmin(RecordAdmin):
    sections = (
        Section(
            "what",
            _("What it is"),
            (in_languages("name"), in_languages("description"), ("lane", "position")),
        ),
        Section("publication", _("Publication"), (("slug", "status"), "identifiers", ("why", "minor"))),
    )
    language_fields = ("name", "description")
    list_display = ("__str__", "lane", "position", "status", "languages", "event_count")
    list_filter = ("status", "lane", MissingLanguageFilter)
    search_help_text = _("By name, in any script.")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(event_count=count_of(EventTheme, "theme"))

    @admin.display(description=_("events"), ordering="event_count")
    def event_count(self, theme: Any) -> int:
        return int(theme.event_count)

    def choice_label(self, record: Theme) -> str:
        return joined(str(record), other_script(record, "name"), record.get_lane_display())
