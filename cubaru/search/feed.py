"""The feed of a search: what it finds, what changed last first."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from cubaru.core.context import absolute
from cubaru.core.feeds import AtomFeed
from cubaru.core.search.queries import QueryError
from cubaru.search.asked import Asked, read_asked
from cubaru.search.page import found_by, search_query
from cubaru.search.rows import Row, rows_of
from events.models import Claim

#: Of so many of the best hits, those that changed last.
LOOKED_AT, MOST_ENTRIES = 100, 30

if TYPE_CHECKING:
    SearchFeed = Feed[Row, "Search"]
else:  # Django's takes no type arguments when it runs
    SearchFeed = Feed


class Search:
    """A search and its parameters in the order of addresses."""

    def __init__(self, asked: Asked, query: str) -> None:
        self.asked, self.query = asked, query


class FoundRecords(SearchFeed):
    feed_type = AtomFeed
    author_name = "cubaru"

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Search:
        return Search(read_asked(request.GET), search_query(request))

    def title(self, obj: Search) -> str:
        return _("cubaru: search for “%(query)s”") % {"query": obj.asked.query}

    def subtitle(self, obj: Search) -> str:
        return _("The best matches in the chronicle, those that changed last first.")

    def link(self, obj: Search) -> str:
        return absolute(f"{reverse('search')}?{obj.query}")

    def feed_url(self, obj: Search) -> str:
        return absolute(f"{reverse('search-feed')}?{obj.query}")

    def feed_guid(self, obj: Search) -> str:
        return self.feed_url(obj)

    def items(self, obj: Search) -> list[Row]:
        if obj.asked.is_empty:
            raise Http404(_("Say what to look for."))
        try:
            rows = rows_of(found_by(obj.asked, limit=LOOKED_AT).hits)
        except QueryError as error:
            raise Http404(str(error)) from error
        return sorted(rows, key=_changed, reverse=True)[:MOST_ENTRIES]

    def item_title(self, item: Row) -> str:
        return item.hit.title.text

    def item_description(self, item: Row) -> str:
        # Atom takes it for HTML, in which the passages are written already.
        return strip_tags(item.text)

    def item_link(self, item: Row) -> str:
        return absolute(item.url)

    def item_guid(self, item: Row) -> str:
        return absolute(item.url)

    def item_updateddate(self, item: Row) -> datetime:
        return _changed(item)

    def item_categories(self, item: Row) -> list[str]:
        return [item.kind]


def _changed(row: Row) -> datetime:
    record = row.record.subject if isinstance(row.record, Claim) else row.record
    moment: datetime = record.modified_at
    return moment
