"""The calendar of anniversaries (RFC 5545): each event known to the day, every year from then on."""

import json
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, Final

import icalendar
from django.utils.translation import gettext as _

from cubaru.core.calendars import AllDay, first_slugs, new_calendar, plain
from cubaru.core.chunks import chunks
from cubaru.core.context import absolute
from cubaru.core.languages import LocalText, best_text, current_language
from cubaru.core.models import Action, LedgerEntry, Record
from cubaru.core.querysets import public_parts
from events.days import DayOfYear, known_to_the_day
from events.models import Event, Theme
from events.presentation import date_of, theme_marks
from events.querysets import EventQuerySet
from people.models import Person

#: The most important ones; more than that no program shows.
MOST_ENTRIES: Final = 2000


def calendar_of(events: EventQuerySet[Event], address: str, narrowed_by: Sequence[str] = ()) -> bytes:
    """The anniversaries of the events, in the active language; `address` is where the calendar is.

    `narrowed_by` are the slugs of the themes and persons by which it is called.
    """
    important = known_to_the_day(events).with_themes().order_by("-importance", "slug")
    rows = list(important.prefetch_related(public_parts(Event, "place_links", "place"))[:MOST_ENTRIES])
    name = ": ".join(filter(None, [_("cubaru: on this day"), ", ".join(_names(narrowed_by))]))
    calendar = new_calendar(name, url=address, language=current_language())
    slugs = first_slugs(rows)
    corrected = date_corrections(slugs)
    for event in rows:
        calendar.add_component(_anniversary(event, slugs[event.pk], corrected.get(event.pk, 0)))
    written: bytes = calendar.to_ical()
    return written


def date_corrections(keys: Iterable[int]) -> dict[int, int]:
    """How often the published date of each event was changed, by the ledger; nothing of most.

    Only editions of events that have more than one are read.
    """
    corrected: dict[int, int] = {}
    editions = LedgerEntry.objects.filter(kind=Event.record_kind, action=Action.EDITION)
    for some in chunks(keys):
        revised = editions.filter(record_id__in=some, edition=2).values_list("record_id", flat=True)
        dates: dict[int, list[Any]] = {}
        documents = editions.filter(record_id__in=list(revised)).order_by("record_id", "edition")
        for key, document in documents.values_list("record_id", "document").iterator(chunk_size=100):
            date = json.loads(document).get("date") or {}
            dates.setdefault(key, []).append((date.get("edtf", ""), date.get("calendar", "")))
        for key, told in dates.items():
            corrected[key] = sum(before != after for before, after in pairwise(told))
    return corrected


def _anniversary(event: Event, slug: str, corrections: int) -> icalendar.Event:
    day = event.date_earliest
    assert day is not None, "known to the day"
    label = event.label
    entry = AllDay(
        f"{slug}.on-this-day",
        day,
        day,
        title=LocalText(f"{label.text} ({date_of(event)})", label.language, label.is_fallback),
        text=best_text(event, "summary"),
        url=absolute(event.get_absolute_url()),
        at=event.modified_at,
    ).entry()
    entry.add("last-modified", event.modified_at)
    entry.add("sequence", corrections)
    entry.add("rrule", _each_year(DayOfYear.of(day)))
    add_places_and_themes(entry, event)
    return entry


def _each_year(day: DayOfYear) -> dict[str, Any]:
    """29 February comes back on the last day of each February, as the page of today has it."""
    if day == DayOfYear(2, 29):
        return {"freq": "yearly", "bymonth": 2, "bymonthday": -1}
    return {"freq": "yearly"}


def add_places_and_themes(entry: icalendar.Event, event: Event) -> None:
    """Where it happened and what it is about; wants only the places that readers see."""
    places = [link.place.label.text for link in event.place_links.all()]
    if places:
        entry.add("location", plain(", ".join(places)))
    if themes := theme_marks(event):
        entry.add("categories", [plain(mark.name.text) for mark in themes])


def _names(slugs: Sequence[str]) -> list[str]:
    records: list[Record] = [
        *Theme.objects.published().filter(slug__in=slugs),
        *Person.objects.published().filter(slug__in=slugs),
    ]
    return [record.label.text for record in records]
