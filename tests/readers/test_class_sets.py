"""Class sets: put together without account or script, saved for ever, printed in two languages."""

import re
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from cubaru.core.joining import join
from cubaru.core.models import PastSlug, Status
from events.models import Event
from readers.models import ClassSet, ClassSetEvent
from tests.factories import ClaimFactory, EventCitationFactory, EventFactory
from tests.readers.conftest import send

pytestmark = pytest.mark.django_db

NEW = "/en/sets/new/"


def saved(client: Client, *slugs: str, **fields: Any) -> ClassSet:
    answer = send(client, NEW, event=list(slugs), **{"title": "To the crisis", **fields})
    assert answer.status_code == 302, answer.content.decode()
    return ClassSet.objects.get(code=answer["Location"].strip("/").split("/")[-1])


def slugs_of(class_set: ClassSet) -> list[str]:
    return list(class_set.events.values_list("slug", flat=True))


# Putting one together -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "then"),
    [
        ("event=a&event=b&up=b", "event=b&event=a"),
        ("event=a&event=b&down=a", "event=b&event=a"),
        ("event=a&event=b&up=a", "event=a&event=b"),
        ("event=a&event=b&remove=a", "event=b"),
        ("event=a&add=b", "event=a&event=b"),
        ("event=a&event=a&add=a", "event=a"),
        ("event=a&title=T+1&note=N&token=x&find=cuba", "event=a&title=T+1&note=N&find=cuba"),
    ],
)
def test_buttons_lead_to_the_address_of_what_they_make(client: Client, asked: str, then: str) -> None:
    answer = client.get(f"{NEW}?{asked}")
    assert (answer.status_code, answer["Location"]) == (302, f"{NEW}?{then}")


def test_events_are_found_in_any_spelling_and_added(client: Client) -> None:
    page = client.get(f"{NEW}?event=trade-agreement-1960&find=Карибский").content.decode()
    assert 'name="add" value="missile-crisis-1962"' in page
    assert 'name="event" value="trade-agreement-1960"' in page


def test_drafts_cannot_be_chosen(client: Client) -> None:
    draft = EventFactory.create(status=Status.DRAFT, title_en="A secret plan")
    assert "A secret plan" not in client.get(f"{NEW}?event={draft.slug}").content.decode()
    answer = send(client, NEW, event=[draft.slug], title="Drafts")
    assert "Choose at least one event." in answer.content.decode()


def test_a_page_of_an_event_leads_to_a_new_set_with_it(client: Client) -> None:
    page = client.get("/en/events/missile-crisis-1962/").content.decode()
    assert 'href="/en/sets/new/?event=missile-crisis-1962"' in page


def test_saving_makes_a_set_with_an_address_of_its_own(client: Client) -> None:
    class_set = saved(client, "missile-crisis-1962", "trade-agreement-1960", "missile-crisis-1962")
    assert slugs_of(class_set) == ["missile-crisis-1962", "trade-agreement-1960"]
    assert re.fullmatch(r"/en/sets/[a-z2-9]{10}/", class_set.get_absolute_url())


def test_a_set_needs_a_title_and_loses_nothing_that_was_typed(client: Client) -> None:
    answer = send(client, NEW, event=["missile-crisis-1962"], title="", note="Read with care")
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Give the set a title." in page
    assert "Read with care" in page
    assert 'name="event" value="missile-crisis-1962"' in page


def test_sets_are_no_place_for_advertisements(client: Client, settings: Any) -> None:
    answer = send(client, NEW, event=["missile-crisis-1962"], title="Buy at www.example.org")
    assert "cannot hold links" in answer.content.decode()
    settings.READER_FORMS_AN_HOUR = 1
    saved(client, "missile-crisis-1962")
    answer = send(client, NEW, event=["missile-crisis-1962"], title="Another")
    assert "again later" in answer.content.decode()


def test_a_saved_set_is_never_changed() -> None:
    class_set = ClassSet.objects.create(title="Set", language="en")
    class_set.title = "Another"
    with pytest.raises(TypeError, match="never changed"):
        class_set.save()


@pytest.mark.parametrize(
    ("rule", "rows"),
    [
        ("class_set_has_an_event_once", [(1, "a"), (2, "a")]),
        ("class_set_has_one_event_at_a_place", [(1, "a"), (1, "b")]),
        ("class_set_is_not_too_long", [(41, "a")]),
        ("class_set_event_has_an_address", [(1, "")]),
    ],
)
def test_the_database_keeps_the_rules(rule: str, rows: list[tuple[int, str]]) -> None:
    class_set = ClassSet.objects.create(title="Set", language="en")
    # SQLite names the columns of a rule of uniqueness, PostgreSQL its name.
    with pytest.raises(IntegrityError, match=f"{rule}|UNIQUE"), transaction.atomic():
        ClassSetEvent.objects.bulk_create(
            ClassSetEvent(class_set=class_set, position=position, slug=slug) for position, slug in rows
        )


# The set ------------------------------------------------------------------------------------------


def test_two_languages_stand_side_by_side_each_marked(client: Client) -> None:
    event = EventFactory.create()
    ClaimFactory.create(event=event, statement_ru="Микоян был первым.")
    path = saved(client, event.slug).get_absolute_url()
    page = client.get(f"{path}?languages=es,ru").content.decode()
    assert re.search(r'<div lang="es">.*?Mikoyán visita La Habana', page, re.DOTALL)
    assert re.search(r'<div lang="ru">.*?Микоян посещает Гавану', page, re.DOTALL)
    assert "Микоян был первым." in page
    assert "Sin verificar" in page or "no verificad" in page.lower()
    assert "Mikoyan visits Havana" in client.get(path).content.decode()


@pytest.mark.parametrize("languages", ["de", "en,en", "en,es,ru", "en,", ","])
def test_other_languages_are_an_error(client: Client, languages: str) -> None:
    path = saved(client, "missile-crisis-1962").get_absolute_url()
    assert client.get(f"{path}?languages={languages}").status_code == 400


def test_each_source_has_one_number_and_its_addresses(client: Client) -> None:
    one, other = EventFactory.create(), EventFactory.create()
    citation = EventCitationFactory.create(event=one, locator="p. 5")
    EventCitationFactory.create(event=other, source=citation.source, locator="p. 9")
    page = client.get(saved(client, one.slug, other.slug).get_absolute_url()).content.decode()
    assert page.count('href="#reference-1"') == 2
    assert page.count('<li id="reference-') == 1
    assert f"https://localhost/en/sources/{citation.source.slug}/" in page
    assert "p. 5" in page.replace("\u00a0", " ")


def test_only_stances_stand_apart_in_a_list_of_sources(page: Any) -> None:
    page.goto("/ru/sets/new/?event=missile-crisis-1962&event=trade-agreement-1960&title=1960")
    page.wait_for_timeout(3500)  # as long as a person takes at least
    page.locator("button[formmethod=post]").click()
    page.wait_for_url(re.compile("/ru/sets/[a-z2-9]{10}/"))

    # Places in sources are in English; what is between one of them and the semicolon after it, in pixels.
    gaps = page.eval_on_selector_all(
        ".handout-cited span[lang=en]", "all => all.map((one) => getComputedStyle(one).marginRight)"
    )
    stances = page.eval_on_selector_all(
        ".handout-cited__stance:not(:last-child)",
        "all => all.map((one) => getComputedStyle(one).marginRight)",
    )

    assert len(gaps) > 5
    assert set(gaps) == {"0px"}
    assert len(stances) > 1
    assert "0px" not in stances


def test_each_event_names_its_edition_and_permanent_address(client: Client) -> None:
    page = client.get(saved(client, "missile-crisis-1962").get_absolute_url()).content.decode()
    assert "https://localhost/en/events/missile-crisis-1962/editions/1/" in page


def test_a_withdrawn_event_leaves_a_line_and_a_moved_one_is_followed(client: Client) -> None:
    withdrawn, moved = EventFactory.create(), EventFactory.create(title_en="Mikoyan moves on")
    path = saved(client, withdrawn.slug, moved.slug).get_absolute_url()
    withdrawn.status = Status.WITHDRAWN
    withdrawn.save()
    moved.slug, former = "moved-on", moved.slug
    moved.save()
    assert PastSlug.objects.filter(slug=former).exists()
    page = client.get(path).content.decode()
    assert "withdrawn by the editors" in page
    assert "Mikoyan visits Havana" not in page
    assert 'href="/en/events/moved-on/"' in page


def test_a_merged_event_is_the_one_that_it_was_merged_into(client: Client) -> None:
    kept, gone = EventFactory.create(title_en="The one that stays"), EventFactory.create()
    path = saved(client, gone.slug).get_absolute_url()
    join(gone, kept, by=None)
    assert "The one that stays" in client.get(path).content.decode()


def test_an_event_that_is_a_draft_again_is_not_betrayed(client: Client) -> None:
    event = EventFactory.create(title_en="Back to the desk")
    path = saved(client, event.slug).get_absolute_url()
    event.status = Status.DRAFT
    event.save()
    page = client.get(path).content.decode()
    assert "Back to the desk" not in page
    assert "not to be read at present" in page


def test_sets_are_for_those_who_know_their_address(client: Client) -> None:
    page = client.get(saved(client, "missile-crisis-1962").get_absolute_url())
    assert '<meta name="robots" content="noindex">' in page.content.decode()
    assert client.get("/en/sets/abcdefghjk/").status_code == 404


def test_a_set_costs_the_same_number_of_questions_however_long(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    slugs = list(Event.objects.published().values_list("slug", flat=True)[:20])
    path = saved(client, *slugs).get_absolute_url()
    with django_assert_max_num_queries(30):
        assert client.get(f"{path}?languages=en,ru").status_code == 200
