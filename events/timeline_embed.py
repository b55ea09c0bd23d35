"""The timeline in a frame: everything in it is read from the levels, so it costs the same for any corpus."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse

from cubaru.core.context import absolute
from cubaru.core.languages import current_language
from events.levels.persons import PersonSeries
from events.levels.reading import finest_level, read_viewport, whole_span
from events.levels.series import ALL, LANE_NUMBERS, series_of_theme
from events.levels.tiles import Tiles, day_number, day_of
from events.models import Event
from events.presentation import spine_event
from events.timeline_instrument import instrument
from events.timeline_page import Asked, Wrong, read_asked
from events.timeline_window import Window, year_window

PAGE: Final = "embed-timeline"
HEIGHT: Final = 480
#: So many events are listed until the script takes over, and for those without it.
MOST_LISTED: Final = 24


def read_embedded(query: Mapping[str, str]) -> tuple[Asked | None, list[Wrong]]:
    """What the frame is asked for; all years are those of the theme or the person. None without any event."""
    everything = _years(whole_span(ALL))
    if everything is None:
        return None, []
    asked, wrong = read_asked(query, everything, PAGE, "together")
    if wrong or not (asked.theme or asked.person):
        return asked, wrong
    own = _years(_span(asked))
    return read_asked(query, own, PAGE, "together") if own else (None, [])


def embedded(asked: Asked) -> dict[str, Any]:
    """The context of embed.html."""
    shown = instrument(asked, writes=False)
    if shown:
        shown["instrument"] |= {"height": HEIGHT, "heading": 2}
    return {
        "asked": asked,
        "title": asked.window.in_words(current_language()),
        "whole_url": replace(asked, page="home", usual_view="lanes").address(),
        "spine": [spine_event(event) for event in _most_important(asked)],
        **shown,
    }


def discovery(path: str) -> str:
    """Where oEmbed answers for a page."""
    return absolute(f"{reverse('oembed')}?{urlencode({'url': absolute(path)})}")


def timeline_of(**of_what: str) -> dict[str, Any]:
    """The context of timeline_instrument.html for the page of a theme or a person; nothing without events.

    The page's address does not follow the window: the timeline is not what the page is about.
    """
    asked, _wrong = read_embedded(of_what)
    if asked is None:
        return {}
    shown = instrument(replace(asked, page="home"), writes=False)
    shown["instrument"] |= {"height": HEIGHT, "heading": 3}
    return shown


def _years(span: tuple[int, int] | None) -> Window | None:
    return year_window(day_of(span[0]).year, day_of(span[1]).year) if span else None


def _span(asked: Asked) -> tuple[int, int] | None:
    return PersonSeries(asked.person.pk).span if asked.person else whole_span(_series(asked))


def _series(asked: Asked) -> int:
    return series_of_theme(asked.theme.pk) if asked.theme else LANE_NUMBERS.get(asked.lane, ALL)


def _most_important(asked: Asked) -> list[Event]:
    """The most important events that begin in the window, in order of time."""
    first, last = (day_number(day) for day in (asked.window.first, asked.window.last))
    tiles = Tiles.around(first, last, finest_level(first, last))
    if asked.person:
        viewport = PersonSeries(asked.person.pk, LANE_NUMBERS.get(asked.lane)).viewport(tiles)
    else:
        viewport = read_viewport(_series(asked), tiles)
    keys = [entry.event_id for entry in viewport.entries if first <= entry.day <= last][:MOST_LISTED]
    events = Event.objects.published().filter(pk__in=keys).with_themes()
    return list(events.order_by("date_earliest", "date_latest", "slug"))
