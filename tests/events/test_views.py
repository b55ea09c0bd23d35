"""Lists of events, the pages of themes and claims, as a visitor gets them."""

import re
from typing import Any

import pytest
from django.test import Client

from cubaru.core.models import Status
from events.choices import Verdict
from events.models import ClaimEvent, EventTheme
from sources.choices import Stance
from tests.factories import (
    ClaimCitationFactory,
    ClaimFactory,
    EventCitationFactory,
    EventFactory,
    ParticipationFactory,
    PersonFactory,
    SourceFactory,
    ThemeFactory,
)
from tests.pages import text_of, visible

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


# The list of events --------------------------------------------------------------------------------


def test_the_list_stands_in_order_of_time_with_the_undated_last(client: Client, empty_database: None) -> None:
    for title, date in (("Third", ""), ("Second", "1962"), ("First", "1902")):
        EventFactory.create(title_en=title, date=date)

    assert re.search(r"First.*Second.*Third", visible(text_of(client, "/en/events/")))


def test_the_list_is_narrowed_by_the_facets_together(client: Client, empty_database: None) -> None:
    theme, person = ThemeFactory.create(slug="sugar"), PersonFactory.create(slug="mikoyan")
    both = EventFactory.create(title_en="Both", date="1960", importance=5)
    EventTheme.objects.create(event=both, theme=theme)
    ParticipationFactory.create(event=both, person=person)
    other = EventFactory.create(title_en="Other", date="1960")
    EventTheme.objects.create(event=other, theme=theme)

    html = text_of(client, "/en/events/?theme=sugar&person=mikoyan&from=1959&to=1961&importance_min=4")

    assert "Both" in html
    assert ">Other<" not in html
    assert re.search(r'value="sugar" checked', html)


def test_facets_count_what_each_choice_would_find(client: Client, empty_database: None) -> None:
    theme = ThemeFactory.create(slug="sugar", name_en="Sugar")
    for status in (Status.PUBLISHED, Status.PUBLISHED, Status.DRAFT):
        EventTheme.objects.create(event=EventFactory.create(status=status), theme=theme)

    assert "Sugar 2" in visible(text_of(client, "/en/events/"))


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("from=x", "x"),
        ("from=1970&to=1960", "before"),
        ("theme=no-such-theme", "no-such-theme"),
        ("importance_min=9", ""),
        ("verdict=maybe", "maybe"),
    ],
)
def test_a_filter_that_makes_no_sense_is_answered_with_a_sentence(
    client: Client, query: str, sentence: str
) -> None:
    html = text_of(client, f"/en/events/?{query}", 400)

    assert 'role="alert"' in html
    assert sentence in html


def test_an_empty_list_says_so_and_shows_a_way_out(client: Client) -> None:
    html = text_of(client, "/en/events/?from=1903&to=1903&importance_min=5")

    assert "No event is like that." in html
    assert 'href="/en/events/">Clear all</a>' in html


def test_a_page_that_the_list_does_not_have_is_404(client: Client) -> None:
    for page in ("0", "999", "x", "-1", "²"):
        assert client.get(f"/en/events/?page={page}").status_code == 404


@pytest.mark.parametrize(
    "path", ["/en/", "/en/events/", "/en/claims/", "/en/themes/", "/en/search/?q=mikoyan"]
)
def test_queries_do_not_grow_with_rows(
    client: Client, empty_database: None, django_assert_max_num_queries: Any, path: str
) -> None:
    def add() -> None:
        claim = ClaimFactory.create(event=EventFactory.create(date="1962-10-22", importance=5))
        ClaimCitationFactory.create(claim=claim)
        EventCitationFactory.create(event=claim.event)
        ParticipationFactory.create(event=claim.event)
        EventTheme.objects.create(event=claim.event, theme=ThemeFactory.create())

    add()
    with django_assert_max_num_queries(30) as few:
        client.get(path)
    for _number in range(3):
        add()
    with django_assert_max_num_queries(len(few)):
        client.get(path)


# Themes --------------------------------------------------------------------------------------------


def test_the_theme_page_lists_its_published_events(client: Client) -> None:
    theme = ThemeFactory.create(description_en="Quotas and prices.")
    for status in (Status.PUBLISHED, Status.DRAFT):
        event = EventFactory.create(title_en=f"An event in {status}", status=status)
        EventTheme.objects.create(event=event, theme=theme)

    html = text_of(client, theme.get_absolute_url())

    assert "Quotas and prices." in html
    assert "An event in published" in html
    assert "An event in draft" not in html


def test_a_theme_without_events_says_so(client: Client) -> None:
    assert "No event of this theme is recorded yet." in text_of(
        client, ThemeFactory.create().get_absolute_url()
    )


def test_the_list_of_themes_counts_published_events_by_group(client: Client, empty_database: None) -> None:
    theme = ThemeFactory.create(name_en="Sugar")
    for status in Status.values:
        EventTheme.objects.create(event=EventFactory.create(status=status), theme=theme)

    assert "Trade and energy 1 event Sugar" in visible(text_of(client, "/en/themes/"))


# Claims --------------------------------------------------------------------------------------------


def test_the_claim_page_gives_the_statement_in_all_languages(client: Client) -> None:
    claim = ClaimFactory.create(statement_en="In English.", statement_ru="По-русски.", statement_es="")

    html = text_of(client, f"/ru/claims/{claim.slug}/")

    assert "<h1>По-русски." in html
    assert '<p class="claim-head__other" lang="en">In English.</p>' in html


def test_the_claim_page_quotes_who_asserts_it(client: Client) -> None:
    claim = ClaimFactory.create()
    ClaimCitationFactory.create(
        claim=claim, stance=Stance.ASSERTS, quotation="the brink of war", locator="statement 15",
        source=SourceFactory.create(title="An essay", language="en"),
    )  # fmt: skip

    html = text_of(client, claim.get_absolute_url())

    assert '<blockquote lang="en"><p>the brink of war</p></blockquote>' in html
    assert "statement 15" in html


def test_the_claim_page_leads_to_all_that_it_bears_on(client: Client) -> None:
    claim = ClaimFactory.create()
    shown, hidden = EventFactory.create(), EventFactory.create(status=Status.DRAFT)
    for event in (shown, hidden):
        ClaimEvent.objects.create(claim=claim, event=event)

    html = text_of(client, claim.get_absolute_url())

    assert f'href="{claim.event.get_absolute_url()}"' in html
    assert f'href="{shown.get_absolute_url()}"' in html
    assert f'href="{hidden.get_absolute_url()}"' not in html


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW])
def test_a_claim_on_what_is_not_published_has_no_page(client: Client, status: Status) -> None:
    claim = ClaimFactory.create(event=EventFactory.create(status=status))

    assert client.get(claim.get_absolute_url()).status_code == 404


def test_a_claim_on_a_withdrawn_event_is_gone_with_it(client: Client) -> None:
    claim = ClaimFactory.create(event=EventFactory.create(status=Status.WITHDRAWN))

    response = client.get(claim.get_absolute_url())

    assert response.status_code == 410
    assert claim.statement_en not in response.content.decode()


def test_claims_are_counted_by_verdict_and_narrowed_by_it(client: Client, empty_database: None) -> None:
    ClaimFactory.create(statement_en="A disputed one.", verdict=Verdict.DISPUTED)
    ClaimFactory.create(statement_en="An unverified one.")
    ClaimFactory.create(
        statement_en="Of a draft.", event=EventFactory.create(status=Status.DRAFT), verdict=Verdict.DISPUTED
    )

    html = text_of(client, "/en/claims/?verdict=disputed")

    assert "1 claim" in visible(html)
    assert "A disputed one." in html
    assert "An unverified one." not in html
