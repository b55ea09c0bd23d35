"""A map as the server draws it: dots that grow with the number of events, near ones as one, names.

static/js/map/ does the same for the view that a reader goes to; tests hold the two together.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cubaru.core.languages import LocalText
from cubaru.core.templatetags.wording import number
from places.map_view import SHAPE, MapView, Point
from places.projection import x_of, y_of

#: Dots nearer to each other than this are drawn as one, in pixels.
APART: Final = 34
#: How wide a letter of a name is at most, on average, and how high a line of it.
LETTER, LINE = 7.4, 20
#: From the middle of a line down to the foot of its letters.
BASELINE: Final = 5
#: Names are told of a cluster up to so many.
MOST_NAMED: Final = 3
#: The width at which a map of places is drawn for readers without scripts, in pixels.
USUAL_WIDTH: Final = 640


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on a map, and how many events happened there."""

    slug: str
    name: LocalText
    url: str
    events: int
    point: Point


@dataclass(frozen=True, slots=True)
class Dot:
    """One or several places as parts/map.html draws them; lengths are texts, as charts.py says why."""

    x: str
    y: str
    radius: str
    url: str
    title: str
    count: str = ""
    label: str = ""
    label_x: str = ""
    label_y: str = ""
    anchor: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class MapDrawing:
    view_box: str
    dots: list[Dot]


def spot_of(place: Any, events: int = 0) -> Spot | None:
    """The place as a spot; None where it is not located."""
    if place.latitude is None or place.longitude is None:
        return None
    point = (x_of(place.longitude), y_of(place.latitude))
    return Spot(place.slug, place.label, place.get_absolute_url(), events, point)


def clusters(spots: Iterable[Spot], view: MapView, width: float) -> list[list[Spot]]:
    """The spots in view, those together that would touch; the first of each has most events."""
    found: list[list[Spot]] = []
    unit = width / view.width
    for spot in sorted(spots, key=lambda spot: (-spot.events, spot.slug)):
        x, y = spot.point
        near = next(
            (
                cluster
                for cluster in found
                if ((cluster[0].point[0] - x) ** 2 + (cluster[0].point[1] - y) ** 2) * unit**2 < APART**2
            ),
            None,
        )
        if near is not None:
            near.append(spot)
        elif view.holds(spot.point):
            found.append([spot])
    return found


def draw(spots: Iterable[Spot], view: MapView, width: float, address: Callable[[MapView], str]) -> MapDrawing:
    """The map of a view; `address` gives the link that opens a cluster."""
    groups = clusters(spots, view, width)
    labels = _Labels(width)
    for group in groups:
        labels.keep_free(_pixels(group, view, width), radius(group))
    return MapDrawing(view.view_box, [_dot(group, view, width, labels, address) for group in groups])


def radius(group: Sequence[Spot]) -> float:
    """In pixels: the area grows with the number of events."""
    least = 5.0 if len(group) == 1 else 11.0
    return min(max(4 + 1.6 * sqrt(sum(spot.events for spot in group)), least), 26.0)


def title_of(group: Sequence[Spot]) -> str:
    """What a dot is called: “Havana, 116 events”, “17 places, 148 events: Havana, Lourdes, Cienfuegos …”."""
    events = sum(spot.events for spot in group)
    if len(group) == 1:
        name = group[0].name.text
        return f"{name}, {count_of_events(events)}" if events else name
    return f"{counts_of(len(group), events)}: {_names(group)}" if events else _names(group)


def label_of(group: Sequence[Spot]) -> str:
    """What stands beside a dot: “Havana”, “Havana +16, 148 events”."""
    events = sum(spot.events for spot in group)
    if len(group) == 1 or not events:
        return _names(group)
    return _("%(name)s +%(more)s, %(events)s") % {
        "name": group[0].name.text,
        "more": number(len(group) - 1),
        "events": count_of_events(events),
    }


def counts_of(places: int, events: int) -> str:
    return _("%(places)s, %(events)s") % {
        "places": ngettext("%(number)s place", "%(number)s places", places) % {"number": number(places)},
        "events": count_of_events(events),
    }


def count_of_events(count: int) -> str:
    return ngettext("%(number)s event", "%(number)s events", count) % {"number": number(count)}


def _names(group: Sequence[Spot]) -> str:
    names = ", ".join(spot.name.text for spot in group[:MOST_NAMED])
    return f"{names} …" if len(group) > MOST_NAMED else names


class LabelPlace(NamedTuple):
    """Where a name is anchored, in pixels from the middle of its dot."""

    anchor: str
    x: float
    y: float


class _Labels:
    """Where names may stand: beside their dot, where no dot and no other name is."""

    def __init__(self, width: float) -> None:
        self._width, self._height = width, width * SHAPE
        self._taken: list[tuple[float, float, float, float]] = []

    def keep_free(self, at: Point, reach: float) -> None:
        self._taken.append((at[0] - reach, at[1] - reach, at[0] + reach, at[1] + reach))

    def place(self, at: Point, reach: float, text: str) -> LabelPlace | None:
        """To the right of the dot, to its left, above or below; None where there is no room."""
        length, away = len(text) * LETTER + 4, reach + 4
        for place, left, middle in (
            (LabelPlace("start", away, 0), at[0] + away, at[1]),
            (LabelPlace("end", -away, 0), at[0] - away - length, at[1]),
            (LabelPlace("middle", 0, -away - 6), at[0] - length / 2, at[1] - away - 6),
            (LabelPlace("middle", 0, away + 6), at[0] - length / 2, at[1] + away + 6),
        ):
            box = (left, middle - LINE / 2, left + length, middle + LINE / 2)
            inside = box[0] >= 0 and box[2] <= self._width and box[1] >= 0 and box[3] <= self._height
            if inside and not any(_touch(box, other) for other in self._taken):
                self._taken.append(box)
                return place
        return None


def _touch(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _pixels(group: Sequence[Spot], view: MapView, width: float) -> Point:
    x, y = view.place_of(group[0].point)
    return x * width, y * width * SHAPE


def _dot(
    group: Sequence[Spot],
    view: MapView,
    width: float,
    labels: _Labels,
    address: Callable[[MapView], str],
) -> Dot:
    x, y = view.place_of(group[0].point)
    size = radius(group)
    text = label_of(group)
    place = labels.place(_pixels(group, view, width), size, text)
    opened = MapView.around(spot.point for spot in group)
    return Dot(
        x=f"{x * 100:.3f}%",
        y=f"{y * 100:.3f}%",
        radius=f"{size:.1f}",
        url=group[0].url if len(group) == 1 else address(opened),
        title=title_of(group),
        count=number(len(group)) if len(group) > 1 else "",
        label=text if place else "",
        label_x=f"{place.x:.1f}" if place else "",
        label_y=f"{place.y + BASELINE:.1f}" if place else "",
        anchor=place.anchor if place else "",
        language=group[0].name.language if group[0].name.is_fallback else "",
    )
