"""The feed of new and revised events, in each language."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _

from cubaru.core.context import absolute
from cubaru.core.feeds import AtomFeed
from cubaru.core.languages import best_text
from events.models import Event
from events.presentation import date_of, theme_marks

MOST_EVENTS = 30

if TYPE_CHECKING:
    EventFeed = Feed[Event, None]
else:  # Django's takes no type arguments when it runs
    EventFeed = Feed


class NewestEvents(EventFeed):
    """Addresses come from SITE_URL, so that a kept copy is right for whoever gets it."""

    feed_type = AtomFeed
    author_name = "cubaru"

    def title(self) -> str:
        return _("cubaru: new and revised events")

    def subtitle(self) -> str:
        return _("What changed last in the chronicle of Cuban–Russian relations.")

    def link(self) -> str:
        return absolute(reverse("home"))

    def feed_url(self) -> str:
        return absolute(reverse("feed"))

    def feed_guid(self) -> str:
        return absolute(reverse("feed"))

    def items(self) -> list[Event]:
        return list(Event.objects.published().with_themes().order_by("-modified_at", "slug")[:MOST_EVENTS])

    def item_title(self, item: Event) -> str:
        return f"{item.label.text} ({date_of(item)})"

    def item_description(self, item: Event) -> str:
        # Atom takes it for HTML.
        return escape(best_text(item, "summary").text)

    def item_link(self, item: Event) -> str:
        return absolute(item.get_absolute_url())

    def item_guid(self, item: Event) -> str:
        return absolute(item.get_absolute_url())

    def item_pubdate(self, item: Event) -> datetime:
        return item.created_at

    def item_updateddate(self, item: Event) -> datetime:
        return item.modified_at

    def item_categories(self, item: Event) -> list[str]:
        return [mark.name.text for mark in theme_marks(item)]
