"""The map of all places: the view that is asked for, its drawing, and what its script is told."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cubaru.core.api.filter_fields import BoxField
from cubaru.core.languages import current_language
from cubaru.core.pages import address_with
from cubaru.core.templatetags.wording import number
from places.map_drawing import USUAL_WIDTH, MapDrawing, draw, spot_of
from places.map_view import NARROWEST, SHAPE, WORLD, MapView

#: A step nearer or further.
STEP: Final = 2
#: A map of a few places shows at least so many times what the nearest view does, or nobody knows where it is.
SMALL: Final = 60
#: Numbers that between them have every plural form of the three languages.
_PLURALS: Final = {"one": 1, "few": 2, "many": 5, "other": 5}


@dataclass(frozen=True, slots=True)
class PlacesMap:
    """parts/places_map.html."""

    drawing: MapDrawing
    nearer_url: str
    further_url: str
    all_url: str
    is_narrowed: bool
    status: str
    script: dict[str, Any]


@dataclass(frozen=True, slots=True)
class SmallMap:
    """parts/small_map.html."""

    drawing: MapDrawing
    url: str


def small_map(places: Iterable[Any], width: int) -> SmallMap | None:
    """Where a few places are, drawn for a width in pixels; None where none of them is located."""
    spots = [spot for place in places if (spot := spot_of(place))]
    if not spots:
        return None
    view = MapView.around((spot.point for spot in spots), narrowest=SMALL * NARROWEST)
    url = f"{reverse('places:place-list')}?bbox={view.box}"
    return SmallMap(draw(spots, view, width, lambda opened: ""), url)


def asked_view(request: HttpRequest) -> MapView | None:
    """What `?bbox=` asks for, None where it does not. Raises ValidationError."""
    box = BoxField(required=False).clean(request.GET.get("bbox", ""))
    return MapView.of_box(box) if box else None


def errors_of(error: ValidationError) -> list[dict[str, str]]:
    return [{"field": "", "text": message} for message in error.messages]


def places_map(request: HttpRequest, places: Iterable[Any], asked: MapView | None) -> PlacesMap | None:
    """The map of the places, wants `event_count` on each; None where none of them is located."""
    spots = [spot for place in places if (spot := spot_of(place, place.event_count))]
    if not spots:
        return None
    whole = MapView.around(spot.point for spot in spots)
    view = asked or whole

    def address(to: MapView) -> str:
        return address_with(request, bbox=to.box)

    return PlacesMap(
        drawing=draw(spots, view, USUAL_WIDTH, address),
        nearer_url=address(view.zoomed(STEP)),
        further_url=address(view.zoomed(1 / STEP)),
        all_url=address_with(request, bbox=None),
        is_narrowed=asked is not None,
        status=_status(sum(view.holds(spot.point) for spot in spots), len(spots)),
        script=_script(view, whole),
    )


def _status(count: int, total: int) -> str:
    shown = ngettext("%(shown)s of %(total)s place in view", "%(shown)s of %(total)s places in view", total)
    return shown % {"shown": number(count), "total": number(total)}


def _script(view: MapView, whole: MapView) -> dict[str, Any]:
    """What <cubaru-map> reads: views as left, top and width in map units, words with every plural."""
    return {
        "language": current_language(),
        "view": [view.left, view.top, view.width],
        "whole": [whole.left, whole.top, whole.width],
        "world": list(WORLD),
        "shape": SHAPE,
        "narrowest": NARROWEST,
        "words": {
            "places": _forms(lambda count: ngettext("%(number)s place", "%(number)s places", count)),
            "events": _forms(lambda count: ngettext("%(number)s event", "%(number)s events", count)),
            "both": _("%(places)s, %(events)s"),
            "label": _("%(name)s +%(more)s, %(events)s"),
            "status": _forms(
                lambda count: ngettext(
                    "%(shown)s of %(total)s place in view", "%(shown)s of %(total)s places in view", count
                )
            ),
        },
    }


def _forms(of: Any) -> dict[str, str]:
    return {name: of(count) for name, count in _PLURALS.items()}
