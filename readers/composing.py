"""A class set while it is put together: its state is the address, `?event=a&event=b&title=...`."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from cubaru.core.models import PastSlug
from cubaru.core.search.suggesting import suggest
from events.models import Event
from readers.models.class_set import LONGEST_NOTE, LONGEST_TITLE, MOST_EVENTS

#: So many events are offered for what was typed.
MOST_FOUND: Final = 8
LONGEST_QUERY: Final = 200


@dataclass(frozen=True, slots=True)
class Draft:
    """The slugs in order, each once; the title and the note as typed so far."""

    slugs: tuple[str, ...] = ()
    title: str = ""
    note: str = ""

    @property
    def is_full(self) -> bool:
        return len(self.slugs) >= MOST_EVENTS

    @property
    def url(self) -> str:
        pairs = [("event", slug) for slug in self.slugs]
        pairs += [(name, text) for name, text in (("title", self.title), ("note", self.note)) if text]
        return f"{reverse('readers:class-set-new')}{'?' if pairs else ''}{urlencode(pairs)}"

    def searching(self, query: str) -> str:
        """The address with what is looked for."""
        if not query:
            return self.url
        return f"{self.url}{'&' if '?' in self.url else '?'}{urlencode({'find': query[:LONGEST_QUERY]})}"

    def moved(self, slug: str, by: int) -> "Draft":
        """With the event so many places later; as it is where there is no such place."""
        slugs = list(self.slugs)
        if slug not in slugs or not 0 <= (place := slugs.index(slug)) + by < len(slugs):
            return self
        slugs[place], slugs[place + by] = slugs[place + by], slugs[place]
        return replace(self, slugs=tuple(slugs))

    def without(self, slug: str) -> "Draft":
        return replace(self, slugs=tuple(one for one in self.slugs if one != slug))

    def with_event(self, slug: str) -> "Draft":
        return replace(self, slugs=distinct([*self.slugs, slug]))


def read_draft(query: QueryDict) -> Draft:
    """What the address holds, with what its button asks: `up`, `down`, `remove` or `add` an event."""
    draft = Draft(
        distinct(query.getlist("event")),
        query.get("title", "").strip()[:LONGEST_TITLE],
        query.get("note", "").strip()[:LONGEST_NOTE],
    )
    draft = draft.moved(query.get("up", ""), -1).moved(query.get("down", ""), 1)
    draft = draft.without(query.get("remove", ""))
    return draft.with_event(added) if (added := query.get("add", "")) else draft


def is_changing(query: QueryDict) -> bool:
    """Whether the address asks for a change, or holds what only the form needs: another one is cleaner."""
    return bool(set(query) - {"event", "title", "note", "find"})


def distinct(slugs: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(slug[:100] for slug in slugs if slug))[:MOST_EVENTS]


def published_events(slugs: Iterable[str]) -> dict[str, Event]:
    """The published events by the slugs that name them now or once did."""
    wanted = {slug for slug in slugs if "\x00" not in slug}  # PostgreSQL refuses to be asked for it
    found = {event.slug: event for event in Event.objects.published().filter(slug__in=wanted)}
    if missing := wanted - set(found):
        past = PastSlug.objects.filter(kind=Event.record_kind, slug__in=missing)
        moved = dict(past.values_list("slug", "record_id"))
        by_key = Event.objects.published().in_bulk(moved.values())
        found |= {slug: by_key[key] for slug, key in moved.items() if key in by_key}
    return found


def found_events(query: str, draft: Draft) -> list[Event]:
    """Events for what was typed, the likeliest first, without those that are in the set."""
    keys = suggest(query[:LONGEST_QUERY], Event.record_kind, MOST_FOUND + len(draft.slugs))
    events = Event.objects.published().in_bulk(keys)
    found = [events[key] for key in keys if key in events and events[key].slug not in draft.slugs]
    return found[:MOST_FOUND]
