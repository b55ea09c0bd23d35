"""The pages of events."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from cubaru.core.facets import FilteredList
from cubaru.core.languages import best_text
from cubaru.core.linked_data import as_edition
from cubaru.core.pages import RecordPage, Step, json_ld, paginate
from events import presentation_event as shown
from events.filters import EventFilterSet
from events.models import Claim, Event
from events.presentation import count_of_events, date_of, event_row, mention, theme_marks
from events.presentation_claims import card, verdict_counts
from events.presentation_facets import (
    carried,
    event_facets,
    further_filters,
    importance_facet,
    importance_filter,
)
from events.presentation_json_ld import event_json_ld
from events.presentation_period import asked_period, certainty, period
from places.presentation_map import small_map
from sources.presentation import Named, picture, source_rows
from sources.presentation_narrative import narrative

#: The width of the map beside the narrative, in pixels.
SMALL_MAP = 344


class EventPage(RecordPage):
    model = Event
    template_name = "events/event_detail.html"
    picture_name = "events:event-picture"

    def context(self, record: Event) -> dict[str, Any]:
        bearing = Claim.objects.published().filter(event_links__event=record).with_public_parts()
        claims = [*record.claims.all(), *bearing]
        before, after = neighbours_in_time(record)
        page = {
            "trail": _trail(record),
            "date": shown.date_block(record),
            "date_in_words": date_of(record),
            "themes": theme_marks(record),
            "names": shown.other_names(record),
            "summary": best_text(record, "summary"),
            "narrative": narrative(best_text(record, "body")),
            "places": [
                Named(link.place.label, link.place.get_absolute_url()) for link in record.place_links.all()
            ],
            "map": small_map((link.place for link in record.place_links.all()), SMALL_MAP),
            "claims": [card(claim, shown_on=record) for claim in claims],
            "verdicts": verdict_counts(claims),
            "participants": shown.participants(record),
            "course": shown.course(record),
            "before": before and mention(before),
            "after": after and mention(after),
            "sources": source_rows(record.citations.all()),
            "pictures": [picture(image) for image in record.images.all()],
            "is_citable": record.is_published,
            "json_ld": json_ld(as_edition(event_json_ld(record), self.history)),
        }
        return {**page, "sections": shown.sections(page)}


def event_list(request: HttpRequest) -> HttpResponse:
    """All events by date, the undated last, as far as the facets narrow them."""
    found = FilteredList(request, EventFilterSet, Event.objects.published())
    facets, span = event_facets(found), asked_period(found)
    importance = importance_facet(found)
    rows: Any = found.rows
    pages = paginate(request, rows.with_themes().with_counts())
    context = {
        "trail": [Step(_("Events"))],
        "period": period(found, span),
        "certainty": certainty(found, span),
        "facets": facets,
        "importance": importance,
        "carried": carried(request),
        "chosen": [*further_filters(request), *found.chosen(facets), *importance_filter(request, importance)],
        "errors": found.errors,
        "canonical_query": found.canonical_query(),
        "pages": pages,
        "rows": [event_row(event) for event in pages.items],
        "summary": count_of_events(pages.total),
    }
    return TemplateResponse(request, "events/event_list.html", context, status=found.status)


def neighbours_in_time(event: Event) -> tuple[Event | None, Event | None]:
    """The published events before and after in the order of the list; none for an undated one."""
    if event.date_earliest is None:
        return None, None
    events = Event.objects.published().filter(date_earliest__isnull=False)
    order = ("date_earliest", "date_latest", "slug")
    here = {name: getattr(event, name) for name in order}
    before = events.filter(_beyond(here, "lt")).order_by(*(f"-{name}" for name in order)).first()
    after = events.filter(_beyond(here, "gt")).order_by(*order).first()
    return before, after


def _beyond(here: dict[str, Any], comparison: str) -> Q:
    """Rows before ("lt") or after ("gt") `here` in the order of its columns."""
    condition = Q()
    equal: dict[str, Any] = {}
    for name, value in here.items():
        condition |= Q(**equal, **{f"{name}__{comparison}": value})
        equal[name] = value
    return condition


def _trail(event: Event) -> list[Step]:
    events = reverse("events:event-list")
    trail = [Step(_("Events"), events)]
    if event.when and event.when.earliest.year == event.when.latest.year:
        year = f"{event.when.earliest.year:04}"
        trail.append(Step(year, f"{events}?from={year}&to={year}"))
    return [*trail, Step(event.label)]
