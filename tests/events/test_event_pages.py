"""The page of an event, as a visitor gets it."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from cubaru.core.models import Status
from events.choices import Verdict
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
from tests.pages import text_of, visible

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


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
