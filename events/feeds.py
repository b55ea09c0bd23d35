"""The feeds of events: what is new, what was changed, what happened on this day of the year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _

from cubaru.core.context import absolute
from cubaru.core.edition_links import edition_link
from cubaru.core.feeds import AtomFeed
from cubaru.core.languages import best_text
from cubaru.core.ledger import content_version
from cubaru.core.models import Action, LedgerEntry, PastSlug, Record
from events.days import begun_on, days_kept_on
from events.models import Event, Participation, Theme
from events.presentation import date_of, theme_marks
from events.querysets import EventQuerySet
from events.timeline_days import year_of
from people.models import Person

AUTHOR: Final = "cubaru"
MOST_ENTRIES: Final = 30
#: A feed looks at so many of the newest entries of the ledger, whatever there is before them.
LOOKED_AT: Final = 10_000
#: The feed of the day goes back so far, for those who read it once a week; and so many events of each day.
DAYS_BACK, MOST_OF_DAY = 7, 10

if TYPE_CHECKING:
    EventFeed = Feed["Entry", "Record | None"]
else:  # Django's takes no type arguments when it runs
    EventFeed = Feed


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed tells of an event; `id` is the entry's own address, no other's ever."""

    event: Event
    title: str
    text: str
    id: str
    published: datetime
    updated: datetime
    url: str


def told(event: Event) -> dict[str, Any]:
    """An event as an entry of a feed (`AtomFeed.add_item`); wants `with_themes()`."""
    address = absolute(event.get_absolute_url())
    return {
        "title": title_of(event),
        "link": address,
        # Atom takes it for HTML.
        "description": escape(best_text(event, "summary").text),
        "unique_id": address,
        "pubdate": event.created_at,
        "updateddate": event.modified_at,
        "categories": [mark.name.text for mark in theme_marks(event)],
    }


def title_of(event: Event) -> str:
    return f"{event.label.text} ({date_of(event)})"


class _Feed(EventFeed):
    """Addresses come from SITE_URL, so that a kept copy is right for whoever gets it."""

    feed_type = AtomFeed
    author_name = AUTHOR
    #: The name of the feed's address; that of the feed of one record has its slug.
    address = ""

    def link(self, obj: Record | None) -> str:
        return absolute(obj.get_absolute_url() if obj else reverse("home"))

    def feed_url(self, obj: Record | None) -> str:
        return absolute(reverse(self.address, args=[obj.slug] if obj else []))

    def feed_guid(self, obj: Record | None) -> str:
        return self.feed_url(obj)

    def items(self, obj: Record | None) -> list[Entry]:
        raise NotImplementedError

    def item_title(self, item: Entry) -> str:
        return item.title

    def item_description(self, item: Entry) -> str:
        return item.text

    def item_link(self, item: Entry) -> str:
        return absolute(item.url)

    def item_guid(self, item: Entry) -> str:
        return absolute(item.id)

    def item_pubdate(self, item: Entry) -> datetime:
        return item.published

    def item_updateddate(self, item: Entry) -> datetime:
        return item.updated

    def item_categories(self, item: Entry) -> list[str]:
        return [mark.name.text for mark in theme_marks(item.event)]


# What is new, what was changed ---------------------------------------------------------------------


class _LedgerFeed(_Feed):
    """What the ledger has last of all events, of those of a theme, or of those a person took part in."""

    def __init__(self, address: str, of: type[Record] | None = None) -> None:
        self.address, self._of = address, of

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self._of is not None and (record := _moved(self._of, kwargs["slug"])) is not None:
            return HttpResponsePermanentRedirect(reverse(self.address, args=[record.slug]))
        answer: HttpResponse = super().__call__(request, *args, **kwargs)
        return answer

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Record | None:
        if self._of is None:
            return None
        record = _published(self._of).filter(slug=kwargs["slug"]).first()
        if record is None:
            raise Http404(_("There is no such feed."))
        found: Record = record
        return found

    def title(self, obj: Record | None) -> str:
        return f"{self.said()}: {obj.label.text}" if obj else self.said()

    def said(self) -> str:
        raise NotImplementedError

    def editions(self, obj: Record | None) -> list[tuple[Event, LedgerEntry]]:
        """The newest editions that this feed tells, with the events as they are now."""
        ledger = LedgerEntry.objects.filter(
            number__gt=content_version() - LOOKED_AT, kind=Event.record_kind, action=Action.EDITION
        )
        if obj is not None:
            ledger = ledger.filter(record_id__in=_events_of(obj))
        published = Event.objects.published().values("pk")
        newest = self.narrowed(ledger).filter(record_id__in=published).order_by("-number").defer("document")
        entries = list(newest[:MOST_ENTRIES])
        events = Event.objects.published().with_themes().in_bulk([entry.record_id for entry in entries])
        return [(events[entry.record_id], entry) for entry in entries if entry.record_id in events]

    def narrowed(self, ledger: Any) -> Any:
        raise NotImplementedError


class NewEvents(_LedgerFeed):
    """Each event once, when it is first published."""

    def said(self) -> str:
        return _("cubaru: new events")

    def subtitle(self, obj: Record | None) -> str:
        return _("What was added last to the chronicle of Cuban–Russian relations.")

    def narrowed(self, ledger: Any) -> Any:
        return ledger.filter(edition=1)

    def items(self, obj: Record | None) -> list[Entry]:
        return [
            Entry(
                event,
                title=title_of(event),
                text=escape(best_text(event, "summary").text),
                id=event.get_absolute_url(),
                published=first.at,
                updated=max(first.at, event.modified_at),
                url=event.get_absolute_url(),
            )
            for event, first in self.editions(obj)
        ]


class ChangedEvents(_LedgerFeed):
    """Each further edition of an event, with the reason its curator gave, where the two can be compared."""

    def said(self) -> str:
        return _("cubaru: changed events")

    def subtitle(self, obj: Record | None) -> str:
        return _("What was corrected or added to events that readers know.")

    def narrowed(self, ledger: Any) -> Any:
        return ledger.filter(edition__gt=1)

    def items(self, obj: Record | None) -> list[Entry]:
        return [_change(event, entry) for event, entry in self.editions(obj)]


def _change(event: Event, entry: LedgerEntry) -> Entry:
    all_url = reverse("edition-list", args=["events", event.slug])
    edition = edition_link(entry, all_url)
    said = _("%(title)s: edition %(number)d") % {"title": title_of(event), "number": edition.number}
    return Entry(
        event, title=said, text=escape(entry.why or best_text(event, "summary").text), id=edition.url,
        published=entry.at, updated=entry.at, url=edition.compare_url,
    )  # fmt: skip


def _events_of(record: Record) -> Any:
    """The primary keys of the events of a theme or a person."""
    if isinstance(record, Theme):
        return record.event_links.values("event")
    return Participation.objects.filter(person=record.pk).values("event")


def _published(model: type[Record]) -> Any:
    records: Any = model._default_manager
    return records.published()


def _moved(model: type[Record], slug: str) -> Record | None:
    """The published record that had this address once."""
    past = PastSlug.objects.filter(kind=model.record_kind, slug=slug).first()
    found: Record | None = _published(model).filter(pk=past.record_id).first() if past else None
    return found if found is None or found.slug != slug else None


# On this day ---------------------------------------------------------------------------------------


class OnThisDay(_Feed):
    """What happened on the days of the last week in other years: an event comes again each year."""

    address = "events:day-feed"

    def title(self, obj: Record | None) -> str:
        return _("cubaru: on this day")

    def subtitle(self, obj: Record | None) -> str:
        return _("What happened on the days of the last week in other years, of what is known to the day.")

    def link(self, obj: Record | None) -> str:
        return absolute(reverse("events:on-this-day"))

    def items(self, obj: Record | None) -> list[Entry]:
        today = timezone.now().date()
        return [entry for back in range(DAYS_BACK) for entry in _of_day(today - timedelta(days=back))]


def _of_day(day: date) -> Iterable[Entry]:
    days = days_kept_on(day)
    events: EventQuerySet[Event] = Event.objects.published().with_themes()
    important = begun_on(events, *days).order_by("-importance", "date_earliest", "slug")[:MOST_OF_DAY]
    moment = datetime.combine(day, time(), UTC)
    for event in sorted(important, key=lambda event: event.date_earliest or date.min):
        yield Entry(
            event, title=f"{year_of(event)}: {event.label.text}",
            text=escape(best_text(event, "summary").text),
            id=f"{days[0].url}#{day.year}-{event.slug}", published=moment, updated=moment,
            url=event.get_absolute_url(),
        )  # fmt: skip


def feeds(address: str, of: type[Record] | None = None) -> tuple[NewEvents, ChangedEvents]:
    """The two feeds of the whole site, or of one kind of record, by the names of their addresses."""
    return NewEvents(f"{address}feed", of), ChangedEvents(f"{address}changes", of)


NEW, CHANGED = feeds("")
NEW_OF_THEME, CHANGED_OF_THEME = feeds("events:theme-", Theme)
NEW_OF_PERSON, CHANGED_OF_PERSON = feeds("events:person-", Person)
