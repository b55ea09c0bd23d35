"""The feed of changes, the sitemaps, robots.txt."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import feedparser  # type: ignore[import-untyped]
import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation
from lxml import etree

from cubaru.core.models import Status
from events.models import Event
from tests.factories import ClaimFactory, EventFactory, PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def english() -> Iterator[None]:
    """Words and addresses are made in English, whatever a test before asked for."""
    with translation.override("en"):
        yield


ATOM = {"atom": "http://www.w3.org/2005/Atom"}
SITEMAP = {"map": "http://www.sitemaps.org/schemas/sitemap/0.9", "html": "http://www.w3.org/1999/xhtml"}


def texts(tree: etree._Element, path: str, namespaces: dict[str, str]) -> list[str]:
    """The texts that an XPath finds."""
    found = tree.xpath(path, namespaces=namespaces)
    assert isinstance(found, list)
    return [str(text) for text in found]


def xml_of(client: Client, path: str) -> etree._Element:
    answer = client.get(path)
    assert answer.status_code == 200
    return etree.fromstring(answer.content)


def addresses(client: Client, section: str) -> list[str]:
    found = xml_of(client, f"/sitemap-{section}.xml").xpath("//map:loc/text()", namespaces=SITEMAP)
    assert isinstance(found, list)
    return [str(address) for address in found]


def test_the_feed_has_the_newest_changes_first(client: Client, empty_database: None) -> None:
    noon = datetime(2026, 5, 14, 12, tzinfo=UTC)
    for hours, title in enumerate(("Oldest", "Middle", "Newest")):
        event = EventFactory.create(title_en=title)
        Event.objects.filter(pk=event.pk).update(modified_at=noon + timedelta(hours=hours))

    titles = texts(xml_of(client, "/en/feed.atom"), "//atom:entry/atom:title/text()", ATOM)

    assert [title.split(" (")[0] for title in titles] == ["Newest", "Middle", "Oldest"]


@pytest.mark.parametrize(
    ("language", "title"), [("en", "Mikoyan visits Havana"), ("ru", "Микоян посещает Гавану")]
)
def test_the_feed_speaks_the_language_of_its_address(
    client: Client, empty_database: None, language: str, title: str
) -> None:
    EventFactory.create()

    feed = xml_of(client, f"/{language}/feed.atom")

    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == language
    assert title in str(feed.xpath("string(//atom:entry/atom:title)", namespaces=ATOM))


def test_the_feed_names_the_site_and_not_the_host_that_was_asked(client: Client) -> None:
    EventFactory.create()
    answer = client.get("/en/feed.atom", headers={"host": "127.0.0.1"})

    links = texts(etree.fromstring(answer.content), "//atom:link/@href | //atom:id/text()", ATOM)

    assert links
    assert all(link.startswith(f"{settings.SITE_URL}/") for link in links)


def test_the_feed_leaves_out_what_is_not_published(client: Client, empty_database: None) -> None:
    for status in Status.values:
        EventFactory.create(status=status)

    assert len(xml_of(client, "/en/feed.atom").findall("atom:entry", ATOM)) == 1


def test_markup_in_a_summary_is_text_in_the_feed(client: Client, empty_database: None) -> None:
    EventFactory.create(summary_en="Less < more & <b>bold</b>")

    summary = xml_of(client, "/en/feed.atom").xpath("string(//atom:summary)", namespaces=ATOM)

    assert summary == "Less &lt; more &amp; &lt;b&gt;bold&lt;/b&gt;"


def test_the_sitemap_lists_all_kinds(client: Client) -> None:
    found = texts(xml_of(client, "/sitemap.xml"), "//map:loc/text()", SITEMAP)

    assert [address.removeprefix(settings.SITE_URL) for address in found] == [
        f"/sitemap-{section}.xml"
        for section in (
            "pages", "events", "days", "themes", "claims", "people", "organizations", "places", "sources",
        )
    ]  # fmt: skip


def test_each_published_record_stands_in_the_sitemap_in_each_language(
    client: Client, empty_database: None
) -> None:
    event = EventFactory.create()
    for status in (Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN):
        EventFactory.create(status=status)

    assert addresses(client, "events") == [
        f"{settings.SITE_URL}/{language}/events/{event.slug}/" for language in ("en", "es", "ru")
    ]


def test_claims_stand_in_the_sitemap_with_what_they_are_about(client: Client, empty_database: None) -> None:
    shown = ClaimFactory.create()
    ClaimFactory.create(event=EventFactory.create(status=Status.DRAFT))
    of_person = ClaimFactory.create(event=None, person=PersonFactory.create())

    assert {address.split("/")[-2] for address in addresses(client, "claims")} == {shown.slug, of_person.slug}


def test_each_address_of_the_sitemap_names_its_counterparts(client: Client, empty_database: None) -> None:
    EventFactory.create()

    first = xml_of(client, "/sitemap-events.xml")[0]

    assert [link.get("hreflang") for link in first.findall("html:link", SITEMAP)] == ["en", "es", "ru"]


def test_every_page_of_the_sitemap_is_there(client: Client) -> None:
    for address in addresses(client, "pages"):
        assert client.get(address.removeprefix(settings.SITE_URL)).status_code == 200, address


def test_robots_are_shown_the_sitemap_and_kept_from_the_admin(client: Client) -> None:
    answer = client.get("/robots.txt")

    assert answer["Content-Type"].startswith("text/plain")
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in answer.content.decode()
    assert "Disallow: /admin/" in answer.content.decode()


def test_control_characters_do_not_break_the_sites_feed(client: Client) -> None:
    EventFactory.create(slug="odd", title_en="One\x0btwo\x1b", summary_en="A\x0cb\ufffe")
    feed = feedparser.parse(client.get("/en/feed.atom").content)
    assert not feed.bozo
    assert feed.entries[0].title.startswith("One two")
