"""An event as schema.org data."""

from typing import Any

from cubaru.core.context import absolute
from cubaru.core.languages import best_text
from cubaru.core.linked_data import exact_days, without_empty
from events.models import Event
from places.models import Place
from sources.models import Source


def event_json_ld(event: Event, language: str) -> dict[str, Any]:
    """The page, what it cites, and the event; wants `with_public_parts()`."""
    sources = {citation.source.pk: citation.source for citation in event.citations.all()}
    return without_empty(
        {
            "@type": "WebPage",
            "@id": absolute(event.get_absolute_url()),
            "url": absolute(event.get_absolute_url()),
            "name": event.label.text,
            "description": best_text(event, "summary").text,
            "inLanguage": language,
            "dateModified": event.modified_at.isoformat(),
            "isPartOf": {"@type": "WebSite", "name": "cubaru", "url": absolute("/")},
            "mainEntity": _event(event),
            "citation": [_source(source) for source in sources.values()],
        }
    )


def _event(event: Event) -> dict[str, Any]:
    exact = exact_days(event.when)
    themes = [link.theme for link in event.theme_links.all() if link.theme.is_published]
    return without_empty(
        {
            "@type": "Event",
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


def _source(source: Source) -> dict[str, Any]:
    return without_empty(
        {
            "@type": "CreativeWork",
            "name": source.title,
            "url": absolute(source.get_absolute_url()),
            "inLanguage": source.language,
            "author": [{"@type": "Thing", "name": name} for name in source.creator_names],
            "datePublished": source.issued if exact_days(source.issued_date) else "",
        }
    )
