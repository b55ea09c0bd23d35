"""The pages of events, themes and claims, and the front page, as a visitor gets them."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from cubaru.core.models import Status
from events.choices import Verdict
from events.levels.rebuilding import rebuild
from events.models import ClaimEvent, EventPlace, EventRelation, EventTheme
from sources.choices import Stance
from tests.factories import (
    ClaimCitationFactory,
    ClaimFactory,
    EventCitationFactory,
    EventFactory,
    EventRelationFactory,
    OfficeFactory,
    ParticipationFactory,
    PersonFactory,
    PlaceFactory,
    SourceFactory,
    ThemeFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def english() -> Iterator[None]:
    """Addresses are made in English, whatever the page that a test asked for before was in."""
    with translation.override("en"):
        yield


def text_of(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return re.sub(r"\s+", " ", answer.content.decode())


def visible(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


# An event ------------------------------------------------------------------------------------------


def test_the_event_page_tells_the_date_in_words_with_its_notes(client: Client) -> None:
    event = EventFactory.create(
        date="1960-02-04/1960-02-13", date_words="del 4 al 13 de febrero", date_note_en="By local time."
    )

    html = text_of(client, event.get_absolute_url())

    assert "4–13 February" in html
    assert "By local time." in html
    assert "del 4 al 13 de febrero" in html


def test_the_title_and_description_name_the_event(client: Client) -> None:
    event = EventFactory.create(title_en="Mikoyan visits Havana", summary_en="He opens an exhibition.")

    html = text_of(client, event.get_absolute_url())

    assert "<title>Mikoyan visits Havana · 4–13 February 1960 · cubaru</title>" in html
    assert '<meta name="description" content="He opens an exhibition.">' in html
    assert f'<link rel="canonical" href="http://127.0.0.1:8066{event.get_absolute_url()}">' in html.replace(
        canonical_host(html), "http://127.0.0.1:8066"
    )


def canonical_host(html: str) -> str:
    found = re.search(r'rel="canonical" href="(https?://[^/]+)', html)
    assert found
    return found[1]


def test_a_missing_translation_is_replaced_named_and_marked(client: Client) -> None:
    event = EventFactory.create(title_en="Only in English", title_es="", title_ru="")

    html = text_of(client, f"/ru/events/{event.slug}/")

    assert (
        '<h1 class="event-head__title"><span lang="en">Only in English</span> <span class="other-language">'
        in html
    )


def test_titles_in_the_other_languages_carry_their_language(client: Client) -> None:
    event = EventFactory.create(title_en="Mikoyan visits Havana", title_ru="Микоян посещает Гавану")

    html = text_of(client, event.get_absolute_url())

    assert '<span lang="ru">Микоян посещает Гавану</span>' in html


def test_claims_are_shown_with_the_evidence_on_each_side(client: Client) -> None:
    claim = ClaimFactory.create(verdict=Verdict.DISPUTED, reasoning_en="Good sources differ.")
    for title, stance in (
        ("For it", Stance.SUPPORTS),
        ("Against it", Stance.CONTRADICTS),
        ("Essay", Stance.ASSERTS),
    ):
        ClaimCitationFactory.create(
            claim=claim, source=SourceFactory.create(title=title), stance=stance, locator="p. 7"
        )

    html = visible(text_of(client, claim.event.get_absolute_url()))

    assert "1 for, 1 against" in html
    assert "Supports For it p. 7" in html
    assert "Contradicts Against it p. 7" in html
    assert "Asserted in Essay p. 7" in html
    assert "Good sources differ." in html
    assert "1 disputed" in html


def test_claims_of_other_events_that_bear_on_it_are_shown_with_what_they_are_about(client: Client) -> None:
    event = EventFactory.create()
    claim = ClaimFactory.create(
        event=EventFactory.create(title_en="The other event"), statement_en="It bears on both."
    )
    hidden = ClaimFactory.create(event=EventFactory.create(status=Status.DRAFT), statement_en="Of a draft.")
    for one in (claim, hidden):
        ClaimEvent.objects.create(claim=one, event=event)

    html = visible(text_of(client, event.get_absolute_url()))

    assert "It bears on both. The other event" in html
    assert "Of a draft." not in html


def test_participants_are_named_with_the_office_they_held_that_day(client: Client) -> None:
    person = PersonFactory.create()
    OfficeFactory.create(person=person, title_en="First Deputy Chairman", start="1955", end="1964")
    OfficeFactory.create(person=person, title_en="Head of State", start="1964-07-15", end="1965")
    part = ParticipationFactory.create(
        person=person, event=EventFactory.create(date="1960-02-04"), note_en="from 2 November"
    )

    html = visible(text_of(client, part.event.get_absolute_url()))

    assert "First Deputy Chairman" in html
    assert "Head of State" not in html
    assert "from 2 November" in html


def test_relations_are_told_from_both_ends(client: Client) -> None:
    cause, effect = EventFactory.create(title_en="The cause"), EventFactory.create(title_en="The effect")
    EventRelationFactory.create(from_event=cause, to_event=effect, relation="led_to")

    of_cause = visible(text_of(client, cause.get_absolute_url()))
    of_effect = visible(text_of(client, effect.get_absolute_url()))

    assert re.search(r"What followed .*The effect .*led to", of_cause)
    assert re.search(r"What led here .*The cause .*follows from", of_effect)


def test_the_whole_names_its_parts_and_the_part_its_whole(client: Client) -> None:
    part, whole = EventFactory.create(title_en="A part"), EventFactory.create(title_en="The whole")
    EventRelationFactory.create(from_event=part, to_event=whole, relation="part_of")

    assert re.search(r"Part of .*The whole", visible(text_of(client, part.get_absolute_url())))
    assert re.search(r"Includes .*A part", visible(text_of(client, whole.get_absolute_url())))


def test_the_events_before_and_after_in_time_are_linked(client: Client, empty_database: None) -> None:
    first, second, third = (EventFactory.create(date="1960-02-04", slug=slug) for slug in ("a", "b", "c"))
    EventFactory.create(date="1960-02-04", slug="bb", status=Status.DRAFT)
    EventFactory.create(date="", slug="undated")

    html = text_of(client, second.get_absolute_url())

    assert f'href="{first.get_absolute_url()}"' in html
    assert f'href="{third.get_absolute_url()}"' in html
    assert "/bb/" not in html
    assert "/undated/" not in html


def test_an_undated_event_has_a_page_of_its_own(client: Client) -> None:
    event = EventFactory.create(date="")

    assert "Undated" in text_of(client, event.get_absolute_url())


@pytest.mark.parametrize("date", ["1902/..", "/1962", "196X", "1961?", "[1960,1962]", "1917-10", "9999"])
@pytest.mark.parametrize("language", ["en", "es", "ru"])
def test_any_kind_of_date_makes_a_page(client: Client, date: str, language: str) -> None:
    event = EventFactory.create(date=date, date_calendar="julian" if date == "1917-10" else "gregorian")

    assert client.get(f"/{language}/events/{event.slug}/").status_code == 200


def test_nothing_unpublished_shows_on_a_published_page(client: Client) -> None:
    event = EventFactory.create()
    hidden = {"status": Status.DRAFT}
    ParticipationFactory.create(event=event, person=PersonFactory.create(name_en="Hidden person", **hidden))
    EventTheme.objects.create(event=event, theme=ThemeFactory.create(name_en="Hidden theme", **hidden))
    EventPlace.objects.create(event=event, place=PlaceFactory.create(name_en="Hidden place", **hidden))
    EventCitationFactory.create(event=event, source=SourceFactory.create(title="Hidden source", **hidden))
    EventRelation.objects.create(
        from_event=event, to_event=EventFactory.create(title_en="Hidden event", **hidden)
    )
    EventRelation.objects.create(
        from_event=EventFactory.create(title_en="Hidden cause", **hidden), to_event=event
    )
    claim = ClaimFactory.create(event=event)
    ClaimCitationFactory.create(claim=claim, source=SourceFactory.create(title="Hidden evidence", **hidden))

    for path in (event.get_absolute_url(), claim.get_absolute_url(), "/en/events/", "/en/claims/", "/en/"):
        assert "Hidden" not in text_of(client, path)


def test_the_structured_data_state_dates_only_when_they_are_exact(client: Client) -> None:
    exact, vague = EventFactory.create(date="1960-02-04/1960-02-13"), EventFactory.create(date="1960-02~")

    def event_of(path: str) -> dict[str, Any]:
        html = client.get(path).content.decode()
        found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
        assert found
        data: dict[str, Any] = json.loads(found[1])
        return dict(data["mainEntity"])

    assert event_of(exact.get_absolute_url())["startDate"] == "1960-02-04"
    assert event_of(exact.get_absolute_url())["endDate"] == "1960-02-13"
    assert "startDate" not in event_of(vague.get_absolute_url())


def test_text_of_records_cannot_break_out_of_the_page(client: Client) -> None:
    evil = '</script><script>alert(1)</script>"><img src=x>'
    event = EventFactory.create(title_en=evil, summary_en=evil, date_words=evil, body_en=evil)

    html = client.get(event.get_absolute_url()).content.decode()

    assert "<script>alert" not in html
    assert "<img src=x>" not in html


def test_the_queries_of_an_event_page_do_not_grow_with_it(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    event = EventFactory.create()
    for number in range(3):
        part = ParticipationFactory.create(event=event)
        OfficeFactory.create(person=part.person)
        ClaimCitationFactory.create(claim=ClaimFactory.create(event=event))
        EventCitationFactory.create(event=event)
        EventTheme.objects.create(event=event, theme=ThemeFactory.create(), position=number)
        EventRelationFactory.create(from_event=event)
        EventRelationFactory.create(to_event=event)

    with django_assert_max_num_queries(24):
        client.get(event.get_absolute_url())


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


# The front page ------------------------------------------------------------------------------------


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
