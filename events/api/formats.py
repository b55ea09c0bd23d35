"""Formats for what has a date: TimelineJS, calendars, feeds."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import icalendar
import orjson
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from rest_framework.utils.urls import replace_query_param

from cubaru.core.api.formats import Format
from cubaru.core.calendars import MEDIA_TYPE, AllDay, new_calendar
from cubaru.core.context import absolute
from cubaru.core.dates import HistoricalDate
from cubaru.core.feeds import AtomFeed
from cubaru.core.languages import best_text
from cubaru.core.linked_data import exact_days, without_empty
from events.anniversaries import add_places_and_themes
from events.feeds import AUTHOR, told
from events.models import Event
from events.presentation import date_of, theme_marks


class TimelineJsFormat(Format):
    """The dated events as TimelineJS 3 reads them; it takes headlines and texts for HTML."""

    media_type = "application/vnd.timelinejs+json"
    format = "timelinejs"
    schema = {"type": "object", "required": ["events"], "properties": {"events": {"type": "array"}}}

    def write(self, rows: Sequence[Any], view: Any) -> bytes:
        return orjson.dumps({"events": [_slide(event, event.when) for event in rows if event.when]})


def _slide(event: Event, when: HistoricalDate) -> dict[str, Any]:
    start, end = _ends(when)
    themes = theme_marks(event)
    return without_empty(
        {
            "unique_id": event.slug,
            "start_date": start,
            "end_date": end,
            "display_date": date_of(event),
            "group": format_html("{}", themes[0].name.text) if themes else "",
            "text": {
                "headline": format_html("{}", event.label.text),
                "text": format_html(
                    '<p>{}</p><p><a href="{}">{}</a></p>',
                    best_text(event, "summary").text,
                    absolute(event.get_absolute_url()),
                    _("The event with its sources"),
                ),
            },
        }
    )


def _ends(when: HistoricalDate) -> tuple[dict[str, int], dict[str, int] | None]:
    """Where the event stands on the axis, no more exactly than is known; its words say the rest."""
    if days := exact_days(when):
        first, last = (date.fromisoformat(day) for day in days)
        return _day(first), _day(last) if last != first else None
    first, last = when.earliest, when.latest
    if when.open_start or when.unknown_start:
        return {"year": last.year}, None
    if when.open_end or when.unknown_end:
        return {"year": first.year}, None
    if (first.year, first.month) == (last.year, last.month):
        return {"year": first.year, "month": first.month}, None
    return {"year": first.year}, {"year": last.year} if last.year != first.year else None


def _day(day: date) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "day": day.day}


class IcsFormat(Format):
    """The events whose days are known for certain, as all-day entries of a calendar (RFC 5545)."""

    media_type = MEDIA_TYPE
    format = "ics"
    charset = "utf-8"
    ending = "ics"

    def write(self, rows: Sequence[Any], view: Any) -> bytes:
        calendar = new_calendar("cubaru")
        for event in rows:
            if days := exact_days(event.when):
                first, last = (date.fromisoformat(day) for day in days)
                calendar.add_component(_entry(event, first, last))
        written: bytes = calendar.to_ical()
        return written


def _entry(event: Event, first: date, last: date) -> icalendar.Event:
    entry = AllDay(
        event.slug,
        first,
        last,
        title=event.label,
        text=best_text(event, "summary"),
        url=absolute(event.get_absolute_url()),
        at=event.modified_at,
    ).entry()
    add_places_and_themes(entry, event)
    return entry


class AtomFormat(Format):
    """The events as a feed, told as in the site's own feed of new and revised events."""

    media_type = "application/atom+xml"
    format = "atom"
    charset = "utf-8"

    def write(self, rows: Sequence[Any], view: Any) -> bytes:
        address = replace_query_param(absolute(view.request.get_full_path()), "format", self.format)
        feed = AtomFeed(
            title=_("cubaru: events"),
            link=absolute(reverse("home")),
            description=None,
            language=get_language(),
            author_name=AUTHOR,
            feed_url=address,
            feed_guid=address,
        )
        for event in rows:
            feed.add_item(**told(event))
        return feed.writeString("utf-8").encode()
