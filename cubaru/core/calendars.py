"""Calendars as programs read them (RFC 5545): what all of ours have in common."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

import icalendar
from django.conf import settings

from cubaru.core.feeds import without_controls
from cubaru.core.languages import LocalText
from cubaru.core.models import PastSlug, Record

MEDIA_TYPE: Final = "text/calendar"


def new_calendar(name: str, *, url: str = "", language: str = "") -> icalendar.Calendar:
    """A calendar without entries; with `url` one to subscribe to, which programs ask for once a day."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//cubaru//chronicle//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", plain(name))
    if url:
        calendar.add("name", plain(name), parameters={"LANGUAGE": language})
        calendar.add("url", url)
        calendar.add("refresh-interval", timedelta(days=1), parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "P1D")
    return calendar


@dataclass(frozen=True, slots=True)
class AllDay:
    """What takes the days from `first` to `last` whole, and nobody's time.

    `uid` is what it is known by for ever, on this site; `at` is when it was changed last.
    """

    uid: str
    first: date
    last: date
    title: LocalText
    text: LocalText
    url: str
    at: datetime

    def entry(self) -> icalendar.Event:
        entry = icalendar.Event()
        entry.add("uid", f"{self.uid}@{urlsplit(settings.SITE_URL).hostname}")
        entry.add("dtstamp", self.at.astimezone(UTC))
        entry.add("dtstart", self.first)
        entry.add("dtend", self.last + timedelta(days=1))  # the day on which it is over
        for name, text in (("summary", self.title), ("description", self.text)):
            entry.add(name, plain(text.text), parameters={"LANGUAGE": text.language})
        entry.add("url", self.url)
        entry.add("transp", "TRANSPARENT")
        return entry


def first_slugs(records: Iterable[Record]) -> dict[int, str]:
    """The slugs by which records, all of one kind, were first known: these never change. One query."""
    slugs = {record.pk: record.slug for record in records}
    kind = next((record.record_kind for record in records), "")
    # The newest first, so that the oldest stays.
    past = PastSlug.objects.filter(kind=kind, record_id__in=list(slugs)).order_by("-pk")
    return slugs | dict(past.values_list("record_id", "slug"))


def plain(text: str) -> str:
    return " ".join(without_controls(text).split())
