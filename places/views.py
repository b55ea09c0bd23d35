"""Pages of places."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from cubaru.core.languages import best_text
from cubaru.core.linked_data import as_edition, catalogue_links
from cubaru.core.locale_names import country_name
from cubaru.core.models import Status
from cubaru.core.pages import RecordPage, Step, canonical_query, json_ld, paginate
from places.map_drawing import count_of_events
from places.models import Place
from places.presentation import (
    coordinates_in_words,
    country_groups,
    events_there,
    names_of,
    place_json_ld,
)
from places.presentation_map import asked_view, errors_of, places_map, small_map

EVENTS_ON_A_PAGE = 50
#: The width of the map on the page of a place, in pixels.
SMALL_MAP = 480


def place_list(request: HttpRequest) -> HttpResponse:
    seen = Q(event_links__event__status=Status.PUBLISHED)
    places = list(
        Place.objects.published().annotate(
            event_count=Count("event_links__event", filter=seen, distinct=True)
        )
    )
    errors: list[dict[str, str]] = []
    try:
        view = asked_view(request)
    except ValidationError as error:
        view, errors = None, errors_of(error)
    context = {
        "trail": [Step(_("Places"))],
        "map": places_map(request, places, view),
        "groups": country_groups(places, view),
        "errors": errors,
    }
    return TemplateResponse(request, "places/place_list.html", context, status=400 if errors else 200)


class PlacePage(RecordPage):
    model = Place
    template_name = "places/place_detail.html"

    def context(self, record: Place) -> dict[str, Any]:
        events = paginate(self.request, record.events.published().with_themes(), size=EVENTS_ON_A_PAGE)
        return {
            "trail": [Step(_("Places"), reverse("places:place-list")), Step(record.label)],
            "description": best_text(record, "description"),
            "country": country_name(record.country) if record.country else "",
            "names": names_of(record),
            "coordinates": coordinates_in_words(record),
            "catalogues": catalogue_links(record),
            "map": small_map([record], SMALL_MAP),
            "parent": record.parent if record.parent and record.parent.is_published else None,
            "parts": list(record.parts.published()),
            "events": events_there(events.items),
            "event_count": count_of_events(events.total),
            "pages": events,
            "canonical_query": canonical_query(self.request.GET, ["page"]),
            "born": list(record.born_here.published()),
            "died": list(record.died_here.published()),
            "json_ld": json_ld(as_edition(place_json_ld(record), self.history)),
        }
