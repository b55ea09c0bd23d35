"""The sitemap: every public page in every language, with its counterparts in the others."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import SitemapIndexItem
from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from cubaru.core.context import absolute
from cubaru.core.models import Record
from events.days import DayOfYear, days_with_events
from events.models import Claim, Event, Theme
from people.models import Organization, Person
from places.models import Place
from sources.models import Source

if TYPE_CHECKING:
    AnySitemap = Sitemap[Any]
else:  # Django's takes no type arguments when it runs
    AnySitemap = Sitemap

#: Pages that are not of one record, by the names of their addresses.
LISTS = (
    "home",
    "events:event-list",
    "events:theme-list",
    "events:claim-list",
    "events:on-this-day",
    "people:person-list",
    "people:organization-list",
    "events:network",
    "places:place-list",
    "sources:source-list",
    "about",
    "method",
    "data",
    "licence",
    "accessibility",
    "readers:correction-list",
)


class _PublicSite:
    """Stands for the site, under SITE_URL instead of the host that was asked."""

    @property
    def domain(self) -> str:
        return urlsplit(str(settings.SITE_URL)).netloc


class _InEachLanguage(AnySitemap):
    i18n = True
    alternates = True
    limit = 10_000

    def get_urls(
        self, page: int | str = 1, site: Any = None, protocol: str | None = None
    ) -> list[dict[str, Any]]:
        return super().get_urls(page, _PublicSite(), urlsplit(settings.SITE_URL).scheme)  # type: ignore[arg-type]


class ListPages(_InEachLanguage):
    def items(self) -> list[str]:
        return list(LISTS)

    def location(self, item: str) -> str:
        return reverse(item)


class RecordPages(_InEachLanguage):
    """The published records of one kind."""

    def __init__(self, model: type[Record]) -> None:
        self.model = model

    def items(self) -> QuerySet[Any]:
        return self._published().order_by("slug").only("slug", "modified_at")

    def lastmod(self, item: Record) -> datetime:
        return item.modified_at

    def get_latest_lastmod(self) -> datetime | None:
        latest: datetime | None = self._published().aggregate(latest=Max("modified_at"))["latest"]
        return latest

    def _published(self) -> QuerySet[Any]:
        published: Callable[[], QuerySet[Any]] = self.model._default_manager.published
        return published()


class ClaimPages(_InEachLanguage):
    def items(self) -> QuerySet[Claim]:
        return Claim.objects.published().order_by("slug").only("slug")


class DayPages(_InEachLanguage):
    """The days of the year of which events are recorded."""

    def items(self) -> list[DayOfYear]:
        return days_with_events(Event.objects.published())

    def location(self, item: DayOfYear) -> str:
        return item.url


SITEMAPS: dict[str, AnySitemap] = {
    "pages": ListPages(),
    "events": RecordPages(Event),
    "days": DayPages(),
    "themes": RecordPages(Theme),
    "claims": ClaimPages(),
    "people": RecordPages(Person),
    "organizations": RecordPages(Organization),
    "places": RecordPages(Place),
    "sources": RecordPages(Source),
}


def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The list of sitemaps, one or more for each kind. Django's own would name the host that was asked."""
    sitemaps = []
    for section, sitemap in SITEMAPS.items():
        address = absolute(reverse("sitemap-section", args=[section]))
        for page in sitemap.paginator.page_range:
            location = address if page == 1 else f"{address}?p={page}"
            # The stubs take it for a flag.
            latest: Any = sitemap.get_latest_lastmod()
            sitemaps.append(SitemapIndexItem(location, latest))
    return TemplateResponse(
        request, "sitemap_index.xml", {"sitemaps": sitemaps}, content_type="application/xml"
    )
