"""The feed of changes, the sitemaps, robots.txt."""

from datetime import UTC, datetime, timedelta
from typing import Any

import feedparser  # type: ignore[import-untyped]
import pytest
from django.conf import settings
from django.test import Client
from lxml import etree

from cubaru.core.history import recording
from cubaru.core.models import Status
from events.models import Event
from tests.factories import (
    ClaimFactory,
    EventFactory,
    EventThemeFactory,
    ParticipationFactory,
    PersonFactory,
    ThemeFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


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


def entries_of(client: Client, path: str) -> list[Any]:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/atom+xml")
    feed = feedparser.parse(answer.content)
    assert not feed.bozo
    assert feed.feed.id == f"{settings.SITE_URL}{path}"
    assert all(entry.id and entry.updated and entry.title for entry in feed.entries)
    return list(feed.entries)


def test_a_change_is_told_with_its_reason_and_where_to_compare(client: Client, empty_database: None) -> None:
    EventFactory.create(title_en="Never changed")
    event = EventFactory.create(slug="changed", title_en="The quarantine", date="1962-10-22")
    for number, why in enumerate(("Misprint", "The day corrected <b>"), start=2):
        with recording(why=why):
            event.summary_en = f"Summary {number}"
            event.save()

    newest, older = entries_of(client, "/en/changes.atom")

    assert newest.title == "The quarantine (22 October 1962): edition 3"
    assert newest.summary == "The day corrected &lt;b&gt;"
    assert newest.link == f"{settings.SITE_URL}/en/events/changed/editions/?from=2&to=3"
    assert client.get(newest.link.removeprefix(settings.SITE_URL)).status_code == 200
    assert [entry.id for entry in (newest, older)] == [
        f"{settings.SITE_URL}/en/events/changed/editions/{number}/" for number in (3, 2)
    ]


def test_what_is_new_is_not_new_again_when_it_changes(client: Client, empty_database: None) -> None:
    first = EventFactory.create(title_en="First")
    EventFactory.create(title_en="Second")
    first.summary_en = "Changed."
    first.save()

    assert [entry.title.split(" (")[0] for entry in entries_of(client, "/en/feed.atom")] == [
        "Second",
        "First",
    ]


def test_themes_and_persons_have_feeds_of_their_own(client: Client, empty_database: None) -> None:
    EventFactory.create(title_en="Another one")
    event = EventFactory.create(title_en="The one")
    theme, person = ThemeFactory.create(slug="missiles"), PersonFactory.create(slug="somebody")
    EventThemeFactory.create(event=event, theme=theme)
    ParticipationFactory.create(event=event, person=person)
    for address in ("themes/missiles", "people/somebody"):
        new = entries_of(client, f"/en/{address}/feed.atom")
        assert [entry.title.split(" (")[0] for entry in new] == ["The one"]
        changed = entries_of(client, f"/en/{address}/changes.atom")
        assert {entry.title.split(" (")[0] for entry in changed} <= {"The one"}
        html = client.get(f"/en/{address}/").content.decode()
        assert (
            html.count(f'href="/en/{address}/feed.atom"')
            == html.count(f'href="/en/{address}/changes.atom"')
            == 2
        )
        assert html.count(f"/en/on-this-day.ics?{'theme' if 'themes' in address else 'person'}=") == 2


@pytest.mark.parametrize("kind", ["themes", "people"])
def test_there_is_no_feed_of_what_readers_do_not_see(client: Client, kind: str) -> None:
    record = {"themes": ThemeFactory, "people": PersonFactory}[kind].create(status=Status.DRAFT)
    for slug in (record.slug, "no-such-record"):
        for feed in ("feed", "changes"):
            assert client.get(f"/en/{kind}/{slug}/{feed}.atom").status_code == 404


def test_a_feed_moves_with_its_record(client: Client) -> None:
    theme = ThemeFactory.create(slug="old-name")
    theme.slug = "new-name"
    theme.save()
    answer = client.get("/en/themes/old-name/changes.atom")
    assert (answer.status_code, answer["Location"]) == (301, "/en/themes/new-name/changes.atom")


def test_every_page_tells_programs_of_the_feeds(client: Client) -> None:
    html = client.get("/es/").content.decode()
    for feed in ("feed", "changes"):
        assert 'type="application/atom+xml" title="Acontecimientos' in html
        assert f'href="/es/{feed}.atom"' in html


def test_a_feed_costs_few_questions(client: Client, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(8):
        client.get("/en/feed.atom")
    with django_assert_max_num_queries(1):
        client.get("/en/feed.atom")


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
