"""The pages of themes."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from cubaru.core.languages import best_text
from cubaru.core.linked_data import as_edition
from cubaru.core.pages import RecordPage, Step, canonical_query, json_ld, paginate
from events.choices import Lane
from events.models import Event, Theme
from events.presentation import count_of_events, event_row
from events.presentation_themes import ThemeLine, theme_chart, theme_json_ld
from events.timeline_embed import discovery, timeline_of


class ThemePage(RecordPage):
    model = Theme
    template_name = "events/theme_detail.html"
    picture_name = "events:theme-picture"

    def context(self, record: Theme) -> dict[str, Any]:
        events = Event.objects.published().filter(theme_links__theme=record)
        pages = paginate(self.request, events.with_themes().with_counts())
        return {
            "trail": [Step(_("Themes"), reverse("events:theme-list")), Step(record.label)],
            "description": best_text(record, "description"),
            "chart": theme_chart(record, events),
            **timeline_of(theme=record.slug),
            "oembed_url": discovery(self.request.get_full_path()),
            "timeline_url": f"{reverse('home')}?theme={record.slug}",
            "pages": pages,
            "canonical_query": canonical_query(self.request.GET, ["page"]),
            "rows": [event_row(event) for event in pages.items],
            "summary": count_of_events(pages.total),
            "json_ld": json_ld(as_edition(theme_json_ld(record), self.history)),
        }


def theme_list(request: HttpRequest) -> HttpResponse:
    of_theme = Count("event_links", filter=Q(event_links__event__status="published"))
    themes = list(Theme.objects.published().annotate(event_count=of_theme))
    lanes = [
        (lane, lane.label, [ThemeLine.of(theme) for theme in themes if theme.lane == lane.value])
        for lane in Lane
    ]
    return TemplateResponse(
        request,
        "events/theme_list.html",
        {"trail": [Step(_("Themes"))], "lanes": [lane for lane in lanes if lane[2]]},
    )
