"""Formats for what has a date: TimelineJS, calendars, feeds."""

from collections.abc import Sequence
from datetime import UTC, date, timedelta
from typing import Any
from urllib.parse import urlsplit

import icalendar
import orjson
from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from rest_framework.utils.urls import replace_query_param

from cubaru.core.api.formats import Format
from cubaru.core.context import absolute
from cubaru.core.dates import HistoricalDate
from cubaru.core.feeds import AtomFeed, without_controls
from cubaru.core.languages import best_text
from cubaru.core.linked_data import exact_days, without_empty
from events.feeds import NewestEvents
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

    media_type = "text/calendar"
    format = "ics"
    charset = "utf-8"
    ending = "ics"

    def write(self, rows: Sequence[Any], view: Any) -> bytes:
        calendar = icalendar.Calendar()
        calendar.add("prodid", "-//cubaru//chronicle//EN")
        calendar.add("version", "2.0")
        calendar.add("x-wr-calname", "cubaru")
        for event in rows:
            if days := exact_days(event.when):
                calendar.add_component(_entry(event, *(date.fromisoformat(day) for day in days)))
        written: bytes = calendar.to_ical()
        return written


def _entry(event: Event, first: date, last: date) -> icalendar.Event:
    entry = icalendar.Event()
    entry.add("uid", f"{event.slug}@{urlsplit(settings.SITE_URL).hostname}")
    entry.add("dtstamp", event.modified_at.astimezone(UTC))
    entry.add("dtstart", first)
    entry.add("dtend", last + timedelta(days=1))  # the day on which it is over
    entry.add("summary", _plain(event.label.text))
    entry.add("description", _plain(best_text(event, "summary").text))
    entry.add("url", absolute(event.get_absolute_url()))
    entry.add("transp", "TRANSPARENT")
    places = [link.place.label.text for link in event.place_links.all()]
    if places:
        entry.add("location", _plain(", ".join(places)))
    if themes := theme_marks(event):
        entry.add("categories", [_plain(mark.name.text) for mark in themes])
    return entry


def _plain(text: str) -> str:
    return " ".join(without_controls(text).split())


class AtomFormat(Format):
    """The events as a feed, told as in the site's own feed of new and revised events."""

    media_type = "application/atom+xml"
    format = "atom"
    charset = "utf-8"

    def write(self, rows: Sequence[Any], view: Any) -> bytes:
        told = NewestEvents()
        address = replace_query_param(absolute(view.request.get_full_path()), "format", self.format)
        feed = AtomFeed(
            title=_("cubaru: events"),
            link=told.link(),
            description=None,
            language=get_language(),
            author_name=told.author_name,
            feed_url=address,
            feed_guid=address,
        )
        for event in rows:
            feed.add_item(
                title=told.item_title(event),
                link=told.item_link(event),
                description=told.item_description(event),
                unique_id=told.item_guid(event),
                pubdate=told.item_pubdate(event),
                updateddate=told.item_updateddate(event),
                categories=told.item_categories(event),
            )
        return feed.writeString("utf-8").encode()
