"""An event as schema.org data."""

from typing import Any

from cubaru.core.context import absolute
from cubaru.core.languages import best_text
from cubaru.core.linked_data import exact_days, page_about, without_empty
from events.models import Event
from places.models import Place
from sources.presentation_source import cited_works


def event_json_ld(event: Event) -> dict[str, Any]:
    """The page, what it cites, and the event; wants `with_public_parts()`."""
    page = page_about(event, _event(event), description=best_text(event, "summary").text)
    return {**page, "citation": cited_works(event.citations.all())}


def _event(event: Event) -> dict[str, Any]:
    exact = exact_days(event.when)
    themes = [link.theme for link in event.theme_links.all() if link.theme.is_published]
    return without_empty(
        {
            "@type": "Event",
            "@id": f"{absolute(event.get_absolute_url())}#event",
            "name": event.label.text,
            "description": best_text(event, "summary").text,
            "startDate": exact[0] if exact else "",
            "endDate": exact[1] if exact else "",
            "location": [_place(link.place) for link in event.place_links.all()],
            "about": [
                {"@type": "Thing", "name": theme.label.text, "url": absolute(theme.get_absolute_url())}
                for theme in themes
            ],
            "sameAs": event.same_as,
        }
    )


def _place(place: Place) -> dict[str, Any]:
    geo = (
        {"@type": "GeoCoordinates", "latitude": place.latitude, "longitude": place.longitude}
        if place.is_located
        else None
    )
    return without_empty(
        {
            "@type": "Place",
            "name": place.label.text,
            "url": absolute(place.get_absolute_url()),
            "geo": geo,
        }
    )
