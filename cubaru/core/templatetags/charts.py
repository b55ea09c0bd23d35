"""Drawing of counts and dates as SVG: positions come in as parts of the axis, 0.0 to 1.0.

Who fills these shapes decides what is shown and where it stands; here it only becomes coordinates. Widths
are percentages and heights pixels, so a drawing stretches with its column while its type keeps its size.
Coordinates are made as strings, because templates would write 12.5 as "12,5" in Spanish and Russian.
"""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Literal

from babel.dates import get_month_names
from django import template
from django.utils.translation import get_language

register = template.Library()

#: Names stand in rows of this height above the bars, in at most MOST_NAME_ROWS rows.
NAME_ROW_HEIGHT: Final = 62
MOST_NAME_ROWS: Final = 4
#: From the leader to its name.
NAME_GAP: Final = 8
#: The chart shows names only where it is at least this wide. What does not touch here touches nowhere:
#: leaders move apart as the chart grows, and names keep their size.
NARROWEST_WITH_NAMES: Final = 920

_PLOT_HEIGHT = 220
_AXIS_HEIGHT = 8
_TICKS_HEIGHT = 44
_LANE_HEIGHT = 28
_STRIP_HEIGHT = 56


@dataclass(frozen=True)
class Bin:
    """One bar: the events of a year, a month or a day."""

    start: float
    width: float
    count: int
    label: str
    url: str = ""


@dataclass(frozen=True)
class Tick:
    """A label under the axis; `title` says in full what its link shows."""

    at: float
    label: str
    url: str = ""
    title: str = ""


@dataclass(frozen=True)
class NamedEvent:
    """An event named in the chart: a leader at `at`, its name in `row` (0 is the top), after or before it.

    `lines` is the name in one or two lines, `language` that of the name where it is not the page's. Whoever
    fills it keeps names and leaders from touching at NARROWEST_WITH_NAMES.
    """

    at: float
    row: int
    date: str
    lines: Sequence[str]
    url: str
    side: Literal["after", "before"] = "after"
    language: str = ""


@dataclass(frozen=True)
class Lane:
    """One theme lane under the axis."""

    lane: str
    name: str
    count: int
    url: str
    bins: Sequence[Bin] = ()
    is_chosen: bool = False


@dataclass(frozen=True)
class TimelineChart:
    """The home page's chart: bars, at most twelve named events, ticks, lanes."""

    title: str
    bins: Sequence[Bin]
    ticks: Sequence[Tick]
    named: Sequence[NamedEvent] = ()
    lanes: Sequence[Lane] = ()


@dataclass(frozen=True)
class OfficeBar:
    """An office on a person's axis. `opens_before` and `goes_on` draw an arrow where the axis cuts it.

    `before` and `after` are the name and the address of who held it then.
    """

    title: str
    organization: str
    dates: str
    start: float
    width: float
    is_uncertain: bool = False
    opens_before: bool = False
    goes_on: bool = False
    before: tuple[str, str] | None = None
    after: tuple[str, str] | None = None


@dataclass(frozen=True)
class EventMark:
    """An event on a person's axis; marks of one place are stacked by `row` (0 is the lowest)."""

    at: float
    row: int
    lane: str
    title: str
    url: str


@dataclass(frozen=True)
class Companion:
    """Somebody who took part in the same events."""

    name: str
    url: str
    count: int
    at: Sequence[float]


@dataclass(frozen=True)
class PersonAxis:
    """Offices, events and people at the same events over one axis; `tint` is (start, width) of the events."""

    ticks: Sequence[Tick]
    offices: Sequence[OfficeBar] = ()
    events: Sequence[EventMark] = ()
    companions: Sequence[Companion] = ()
    tint: tuple[float, float] | None = None
    events_note: str = field(default="")


@register.inclusion_tag("parts/timeline_chart.html")
def timeline_chart(chart: TimelineChart) -> dict[str, Any]:
    """Bars with named events above, ticks below, and a lane for each theme."""
    most = max((bar.count for bar in chart.bins), default=0)
    rows = 1 + max((event.row for event in chart.named), default=-1)
    base = _AXIS_HEIGHT + _TICKS_HEIGHT
    names_height = rows * NAME_ROW_HEIGHT
    lane_most = max((bar.count for lane in chart.lanes for bar in lane.bins), default=0)
    top = base + _PLOT_HEIGHT + names_height
    return {
        "title": chart.title,
        "height": str(top),
        "has_names": bool(chart.named),
        "bars": [_bar(bar, most, _PLOT_HEIGHT, base) for bar in chart.bins],
        "plot_top": str(-(base + _PLOT_HEIGHT)),
        "plot_height": str(_PLOT_HEIGHT),
        "axis": {"y": str(-base), "height": str(_AXIS_HEIGHT)},
        "ticks": [_tick(tick, -base, index) for index, tick in enumerate(chart.ticks)],
        "grid_top": str(-top),
        "grid_bottom": str(-base),
        "named": [_named(event, chart.bins, most, base, top) for event in chart.named],
        "lanes": [
            {
                "lane": lane,
                "bars": [_bar(bar, lane_most, _LANE_HEIGHT, 0) for bar in lane.bins if bar.count],
                "height": str(_LANE_HEIGHT),
            }
            for lane in chart.lanes
        ],
    }


@register.inclusion_tag("parts/timeline_strip.html")
def timeline_strip(
    bins: Sequence[Bin],
    ticks: Sequence[Tick] = (),
    window: tuple[float, float] | None = None,
    fan: bool = False,
) -> dict[str, Any]:
    """All years in a low strip with the chosen window in red; `fan` joins it to the chart below."""
    most = max((bar.count for bar in bins), default=0)
    drawn = {"x": _percent(window[0]), "width": _percent(window[1])} if window else None
    if window and fan:
        start, end = window[0] * 100, (window[0] + window[1]) * 100
        drawn = {**(drawn or {}), "fan": f"{start:.2f},0 {end:.2f},0 100,10 0,10"}
    return {
        "bars": [_bar(bar, most, _STRIP_HEIGHT, 0) for bar in bins if bar.count],
        "height": str(_STRIP_HEIGHT),
        "ticks": [_tick(tick, 0, index) for index, tick in enumerate(ticks)],
        "window": drawn,
    }


@register.inclusion_tag("parts/person_axis.html")
def person_axis(axis: PersonAxis) -> dict[str, Any]:
    """A person's offices, events and companions over one axis. The same is wanted as tables beside it."""
    rows = 1 + max((event.row for event in axis.events), default=0)
    height = max(rows * 18 + 10, 44)
    return {
        "axis": axis,
        "ticks": [_tick(tick, 0, index) for index, tick in enumerate(axis.ticks)],
        "tint": {"x": _percent(axis.tint[0]), "width": _percent(axis.tint[1])} if axis.tint else None,
        "offices": [_office(office) for office in axis.offices],
        "events": [
            {"event": event, "x": _percent(event.at), "y": str(height - 18 * (event.row + 1))}
            for event in axis.events
        ],
        "events_height": str(height),
        "companions": [
            {"person": companion, "marks": [_percent(at) for at in companion.at]}
            for companion in axis.companions
        ],
    }


@register.inclusion_tag("parts/month_ruler.html")
def month_ruler(earliest: date | None, latest: date | None, is_vague: bool = False) -> dict[str, Any]:
    """The twelve months of a year with the date's days marked; nothing when it spans years or is open.

    A date of whole months or the whole year is an outline; a vague one (approximate, uncertain) is hatched.
    """
    if earliest is None or latest is None or earliest.year != latest.year:
        return {"cells": []}
    days = 366 if calendar.isleap(earliest.year) else 365
    locale = (get_language() or "en").split("-")[0]
    initials = get_month_names("narrow", context="stand-alone", locale=locale)
    start = (earliest.timetuple().tm_yday - 1) / days
    width = latest.timetuple().tm_yday / days - start
    whole = earliest.day == 1 and latest.day == calendar.monthrange(latest.year, latest.month)[1]
    return {
        "cells": [
            {
                "x": _percent((month - 1) / 12),
                "middle": _percent((month - 0.5) / 12),
                "initial": initials[month],
            }
            for month in range(1, 13)
        ],
        "cell_width": _percent(1 / 12),
        "x": _percent(start),
        # A single day would be a hair; 1.6 % is the least that still reads as a mark.
        "width": _percent(max(width, 0.016)),
        "form": "hatched" if is_vague else "outline" if whole else "solid",
    }


@register.inclusion_tag("parts/share_bar.html")
def share_bar(part: float) -> dict[str, Any]:
    """A bar of which a part is filled, such as 0.61. What it shows is wanted as words beside it."""
    return shares_bar([("all", part)])


@register.inclusion_tag("parts/share_bar.html")
def shares_bar(parts: Sequence[tuple[str, float]]) -> dict[str, Any]:
    """A bar of several parts one after the other, by name; names are classes (share-bar__part--cuban)."""
    drawn, at = [], 0.0
    for name, part in parts:
        drawn.append({"name": name, "x": _percent(at), "width": _percent(part)})
        at += part
    return {"parts": drawn}


def _bar(bar: Bin, most: int, full_height: int, base: int) -> dict[str, str]:
    height = _height(bar.count, most, full_height)
    return {
        "x": _percent(bar.start),
        "width": _percent(bar.width * 0.86),
        "full_width": _percent(bar.width),
        "y": str(-(base + height)),
        "height": str(height),
        "label": bar.label,
        "url": bar.url,
    }


def _height(count: int, most: int, full_height: int) -> int:
    """At least 3 pixels for any event at all, so that a lone one among thousands still shows."""
    return max(3, round(full_height * count / most)) if count and most else 0


def _tick(tick: Tick, base: int, index: int) -> dict[str, Any]:
    # Phones have room for every other label, and for none that would run over the right edge.
    is_minor = index % 2 == 1 or tick.at > 0.93
    return {
        "tick": tick,
        "x": _percent(tick.at),
        "text_y": str(base + _AXIS_HEIGHT + 29),
        "is_minor": is_minor,
    }


def _named(event: NamedEvent, bins: Sequence[Bin], most: int, base: int, top: int) -> dict[str, Any]:
    below = next((bar for bar in bins if bar.start <= event.at <= bar.start + bar.width), None)
    row_top = -top + event.row * NAME_ROW_HEIGHT
    return {
        "event": event,
        "x": _percent(event.at),
        "anchor": "start" if event.side == "after" else "end",
        "dx": str(NAME_GAP if event.side == "after" else -NAME_GAP),
        "top": str(row_top + 2),
        "bottom": str(-(base + (_height(below.count, most, _PLOT_HEIGHT) if below else 0))),
        "date_y": str(row_top + 16),
        "lines": [
            {"text": line, "y": str(row_top + 34 + 17 * index)} for index, line in enumerate(event.lines[:2])
        ],
    }


def _office(office: OfficeBar) -> dict[str, Any]:
    end = office.start + office.width
    # Dates stand after the bar, and before it where the axis ends too soon for them.
    after = end < 0.86
    return {
        "office": office,
        "x": _percent(office.start),
        "width": _percent(max(office.width, 0.004)),
        "end": _percent(end),
        "text_x": _percent(end if after else office.start),
        "dx": "8" if after else "-8",
        "anchor": "start" if after else "end",
    }


def _percent(part: float) -> str:
    return f"{part * 100:.3f}%"
