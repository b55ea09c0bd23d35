"""What pages show of places: names, coordinates, events there."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from babel.numbers import format_decimal
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cubaru.core.collation import sort_key
from cubaru.core.languages import LocalText, best_text, current_language, texts
from cubaru.core.linked_data import page_about
from cubaru.core.locale_names import country_name, language_name, name_note
from cubaru.core.mentions import Mentioned, mentioned
from places.map_drawing import Spot, count_of_events, spot_of
from places.map_view import MapView
from places.models import Place


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place of a list; `events` is "" where there is none."""

    title: LocalText
    url: str
    events: str
    is_located: bool
    spot: Spot | None
    is_shown: bool = True

    @property
    def data(self) -> dict[str, str]:
        """What the script of the map reads of it."""
        if self.spot is None:
            return {}
        x, y = self.spot.point
        return {"slug": self.spot.slug, "x": f"{x:.2f}", "y": f"{y:.2f}", "events": str(self.spot.events)}


@dataclass(frozen=True, slots=True)
class CountryGroup:
    country: str
    places: list[PlaceRow]

    @property
    def is_shown(self) -> bool:
        return any(place.is_shown for place in self.places)


@dataclass(frozen=True, slots=True)
class NameRow:
    """A name with the language it is in."""

    text: str
    language: str
    note: str


def country_groups(places: Iterable[Any], view: MapView | None = None) -> list[CountryGroup]:
    """Places by country in the order of the alphabet, then seas, then those of which no country is known.

    Wants `event_count` on each. With a `view`, only places in it are shown.
    """
    language = current_language()

    def key(place: Any) -> tuple[Any, ...]:
        is_at_sea = not place.country and place.is_located
        named = sort_key(country_name(place.country), language) if place.country else ((), "")
        return not place.country, not is_at_sea, named, place.country

    ordered = sorted(places, key=lambda place: (*key(place), sort_key(place.label.text, language)))
    return [
        CountryGroup(_group_title(country, is_at_sea=not is_nowhere), [_row(place, view) for place in rows])
        for (_no_country, is_nowhere, _named, country), rows in groupby(ordered, key=key)
    ]


def names_of(place: Place) -> list[NameRow]:
    """Its name in each language, then the names it has or had beside them."""
    rows = [
        NameRow(text, language, capfirst(language_name(language)))
        for language, text in texts(place, "name").items()
    ]
    known = {(row.text, row.language) for row in rows}
    return rows + [
        NameRow(name.text, name.language, name_note(name))
        for name in place.names.all()
        if (name.text, name.language) not in known
    ]


def coordinates_in_words(place: Place) -> str:
    """“23.1136° N, 82.3666° W” with the decimal mark of the language; "" where it is not located."""
    if place.latitude is None or place.longitude is None:
        return ""
    latitude = _("%(degrees)s° N") if place.latitude >= 0 else _("%(degrees)s° S")
    longitude = _("%(degrees)s° E") if place.longitude >= 0 else _("%(degrees)s° W")
    return ", ".join(
        [
            latitude % {"degrees": _degrees(place.latitude)},
            longitude % {"degrees": _degrees(place.longitude)},
        ]
    )


def events_there(events: Iterable[Any]) -> list[Mentioned]:
    return [mentioned(event) for event in events]


def place_json_ld(place: Place) -> dict[str, Any]:
    """The page and the place; wants `parent` loaded."""
    parent = place.parent if place.parent and place.parent.is_published else None
    entity = {
        "@type": "Place",
        "name": place.label.text,
        "alternateName": sorted({name.text for name in names_of(place)} - {place.label.text}),
        "description": best_text(place, "description").text,
        "geo": {"@type": "GeoCoordinates", "latitude": place.latitude, "longitude": place.longitude}
        if place.is_located
        else None,
        "address": {"@type": "PostalAddress", "addressCountry": place.country} if place.country else None,
        "containedInPlace": {"@type": "Place", "name": parent.label.text} if parent else None,
        "sameAs": place.same_as,
    }
    return page_about(place, entity, description=best_text(place, "description").text)


def _group_title(country: str, *, is_at_sea: bool) -> str:
    if country:
        return country_name(country)
    return _("At sea") if is_at_sea else _("Country not recorded")


def _row(place: Any, view: MapView | None) -> PlaceRow:
    events = count_of_events(place.event_count) if place.event_count else ""
    spot = spot_of(place, place.event_count)
    is_shown = view is None or (spot is not None and view.holds(spot.point))
    return PlaceRow(place.label, place.get_absolute_url(), events, place.is_located, spot, is_shown)


def _degrees(value: float) -> str:
    return format_decimal(abs(value), format="#0.####", locale=current_language())
