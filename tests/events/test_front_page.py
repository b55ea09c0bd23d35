"""The front page in each state of its timeline, as a visitor gets it."""

import re

import pytest
from django.test import Client

from cubaru.core.models import Status
from events.levels.rebuilding import rebuild
from events.models import EventTheme
from tests.factories import (
    EventFactory,
    PersonFactory,
    SourceFactory,
    ThemeFactory,
)
from tests.pages import text_of, visible

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def test_the_address_of_a_list_keeps_what_it_knows_in_one_order(client: Client) -> None:
    theme = ThemeFactory.create()
    query = f"utm_source=x&importance_min=&theme={theme.slug}&from=1959&page=1"

    html = client.get(f"/es/events/?{query}").content.decode()

    asked = f"from=1959&amp;theme={theme.slug}"
    assert re.search(rf'<link rel="canonical" href="[^"?]+/es/events/\?{asked}">', html)
    assert re.search(rf'hreflang="ru" href="[^"?]+/ru/events/\?{asked}">', html)


def test_filters_without_a_value_leave_the_links_of_a_list(client: Client) -> None:
    html = text_of(client, "/en/events/?importance_min=&from=1902&to=")

    taken_away = re.search(r'class="button" href="([^"]+)"><span class="visually-hidden">Take away', html)
    assert taken_away
    assert taken_away[1] == "/en/events/"


def test_the_timeline_leads_to_the_events_that_have_no_date(client: Client, empty_database: None) -> None:
    EventFactory.create()
    assert "no date" not in text_of(client, "/en/")

    undated = EventFactory.create(date="")
    rebuild()  # factories write past the ledger, which the levels follow

    html = text_of(client, "/en/")
    assert "1 event has no date and stands in no period." in html
    link = re.search(r'<a href="([^"]+)">To the end of the list of events</a>', html)
    assert link
    assert undated.get_absolute_url() in text_of(client, link[1])


def test_the_timeline_has_an_address_for_each_state(client: Client, empty_database: None) -> None:
    EventFactory.create(date="1960")
    EventFactory.create(date="1970")

    html = text_of(client, "/en/?view=list&to=1965&from=1960&ref=x")

    assert re.search(r'rel="canonical" href="[^"?]+/en/\?from=1960&amp;to=1965&amp;view=list">', html)


def test_the_front_page_works_on_an_empty_chronicle(client: Client, empty_database: None) -> None:
    assert "No event is recorded yet." in text_of(client, "/en/")


def test_the_front_page_counts_only_what_is_published(client: Client, empty_database: None) -> None:
    for status in Status.values:
        EventFactory.create(status=status)
        PersonFactory.create(status=status)
        SourceFactory.create(status=status)
    rebuild()

    assert re.search(r"1 event 1 person 1 source", visible(text_of(client, "/en/")))


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("from=1962-10&to=1962-10", "October 1962"),
        ("from=1960&to=1969", "1960–1969"),
        ("from=1962-10-22&to=1962-10-22", "22 October 1962"),
        ("from=1962&to=1962&view=list", "1962"),
    ],
)
def test_each_state_of_the_timeline_is_named_in_its_title(client: Client, query: str, title: str) -> None:
    html = text_of(client, f"/en/?{query}")

    assert f"<title>{title} · Timeline · cubaru</title>" in html
    assert re.search(f"<h1[^>]*>{title}</h1>", html)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("from=1970&to=1960", "The period ends before it begins"),
        ("from=yesterday", "“yesterday” is not a date"),
        ("from=1700&to=1800", "The chronicle runs from 1902"),
        ("from=9999", "The chronicle runs from 1902"),
        ("theme=no-such-theme", "There is no theme “no-such-theme”"),
        ("lane=no-such-lane", "There is no group of themes “no-such-lane”"),
        ("view=globe", "There is no view “globe”"),
        ("from=%00", "is not a date"),
        ("theme=%00", "There is no theme"),
    ],
)
def test_what_the_timeline_cannot_show_is_said_in_a_sentence(
    client: Client, query: str, sentence: str
) -> None:
    html = text_of(client, f"/en/?{query}", 400)

    assert sentence in html
    assert 'role="alert"' in html


def test_what_was_typed_stays_in_the_form_when_it_is_wrong(client: Client) -> None:
    html = text_of(client, "/en/?from=1970&to=1960", 400)

    assert re.search(r'name="from" value="1970"', html)
    assert re.search(r'name="to" value="1960"', html)


def test_the_list_of_a_period_has_every_event_that_may_have_happened_in_it(
    client: Client, empty_database: None
) -> None:
    for title, date in (
        ("Spans it", "1961/1963"),
        ("In it", "1962-10-22"),
        ("Vague", "196X"),
        ("After", "1963"),
    ):
        EventFactory.create(title_en=title, date=date)
    rebuild()

    html = visible(text_of(client, "/en/?from=1962&to=1962&view=list"))

    assert all(title in html for title in ("Spans it", "In it", "Vague"))
    assert "After" not in html
    assert "3 events" in html


def test_the_timeline_of_a_theme_has_its_events_only(client: Client, empty_database: None) -> None:
    theme = ThemeFactory.create(slug="sugar")
    EventTheme.objects.create(event=EventFactory.create(title_en="Sweet", date="1962"), theme=theme)
    EventFactory.create(title_en="Bitter", date="1962")

    html = visible(text_of(client, "/en/?theme=sugar&from=1962&to=1962"))

    assert "Sweet" in html
    assert "Bitter" not in html


def test_links_of_the_timeline_lead_from_all_years_to_a_day(client: Client) -> None:
    path = "/en/"
    zoom_in = re.compile(r'href="([^"]+)"><svg class="glyph"[^>]*><use href="#icon-plus"/>')
    for _level in range(4):
        found = zoom_in.search(text_of(client, path))
        assert found, path
        path = found[1].replace("&amp;", "&")
    assert re.search(r"from=(\d{4}-\d\d-\d\d)&to=\1$", path)
    assert not zoom_in.search(text_of(client, path))


@pytest.mark.parametrize(
    "path",
    [
        "/en/",
        "/en/events/",
        "/en/themes/",
        "/en/claims/",
        "/en/search/?q=castro",
        "/en/feed.atom",
        "/sitemap.xml",
    ],
)
def test_no_public_page_sets_a_cookie(client: Client, path: str) -> None:
    assert not client.get(path).cookies
