"""Two curators in two browsers: every interleaving keeps both texts, and nothing typed goes with a tab."""

from collections.abc import Callable, Iterator
from itertools import permutations
from typing import Any

import pytest

from tests.browser.desk import sign_in
from tests.conftest import Site

TITLE = "A visit of two delegations"
TITLES = {"ana": ("title_es", "El texto de Ana"), "oleg": ("title_ru", "Текст Олега")}


@pytest.fixture
def browser_of(chromium: Any, site: Site) -> Iterator[Callable[[], Any]]:
    """Opens a browser of its own in which the curator has signed in."""
    contexts = []

    def opened() -> Any:
        context = chromium.new_context(base_url=site.url, viewport={"width": 1280, "height": 900})
        contexts.append(context)
        page = context.new_page()
        sign_in(page, site)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def event(page: Any, site: Site) -> Iterator[str]:
    """The form of an event that no other test edits: a draft that is gone afterwards."""
    sign_in(page, site)
    page.goto("/admin/events/event/add/")
    page.locator("#id_title_en").fill(TITLE)
    choose(page, "Nikita Khrushchev")
    save(page)
    address = str(page.url)
    yield address
    page.goto(address.replace("/change/", "/delete/"))
    page.get_by_role("button", name="Yes, I’m sure").click()
    page.locator(".messagelist .success").wait_for()


def choose(page: Any, name: str) -> None:
    """Adds a participation of the person whose name begins so."""
    number = int(page.locator("#id_participations-TOTAL_FORMS").input_value())
    page.locator("#participations-group > fieldset > .djn-add-item button").click()
    page.locator(f"#id_participations-{number}-person + .select2 .select2-selection").click()
    page.keyboard.type(name)
    page.get_by_role("option", name=name).first.click()


def save(page: Any) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Save and continue editing").click()
    page.locator(".messagelist .success, #meeting_form, .faults").first.wait_for()
    assert page.locator(".faults li").all_inner_texts() == []


def wait_until_kept(page: Any, *words: str) -> None:
    """The strict policy refuses the waiting that Playwright has for this."""
    for _attempt in range(100):
        kept = page.evaluate("JSON.stringify(localStorage)")
        if all(word in kept for word in words):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{words} is not kept: {kept}")


def value(page: Any, field: str) -> str:
    return str(page.locator(f"#id_{field}").input_value())


def participants(page: Any) -> list[str]:
    return list(page.locator("#participations-group .part.has_original summary").all_inner_texts())


def test_both_texts_are_kept_whoever_saves_first(browser_of: Callable[[], Any], event: str) -> None:
    """Both have the form open; all other orders are tried without a browser."""
    desks = {name: browser_of() for name in TITLES}
    for order in permutations(TITLES):
        texts = {name: f"{text}, {order[0]}" for name, (_field, text) in TITLES.items()}
        for page in desks.values():
            page.goto(event)
        for name in order:
            desks[name].locator(f"#id_{TITLES[name][0]}").fill(texts[name])
            save(desks[name])
        desks["ana"].goto(event)
        assert {name: value(desks["ana"], field) for name, (field, _) in TITLES.items()} == texts


def test_both_are_asked_where_both_wrote_and_rows_of_both_are_kept(
    browser_of: Callable[[], Any], event: str
) -> None:
    ana, oleg = browser_of(), browser_of()
    ana.goto(event)
    oleg.goto(event)
    choose(ana, "Fidel Castro")
    ana.locator("#id_title_en").fill("Ana’s title")
    save(ana)
    choose(oleg, "Anastas Mikoyan")
    oleg.locator("#id_title_en").fill("Oleg’s title")
    oleg.locator("#id_date_note_en").fill("By the old calendar.")
    save(oleg)
    question = oleg.get_by_role("group", name="Title · English")
    for text in (TITLE, "Ana’s", "Oleg’s"):
        assert text in question.inner_text()
    # By keyboard alone: the choice, then the text made of both, then saving.
    question.get_by_role("radio").first.focus()
    oleg.keyboard.press("ArrowUp")
    assert question.get_by_label("A text made of both", exact=True).is_checked()
    oleg.keyboard.press("Tab")
    oleg.keyboard.press("Control+A")
    oleg.keyboard.type("The title of both")
    oleg.get_by_role("button", name="Save with these choices").press("Enter")
    oleg.locator(".messagelist .success").wait_for()
    assert value(oleg, "title_en") == "The title of both"
    assert value(oleg, "date_note_en") == "By the old calendar."
    assert len(participants(oleg)) == 3


def test_unsaved_text_survives_a_closed_tab_and_an_expired_session(
    browser_of: Callable[[], Any], event: str, site: Site
) -> None:
    ana = browser_of()
    ana.goto(event)
    ana.locator("#id_summary_en").fill("Typed before the tab was closed.")
    choose(ana, "Fidel Castro")
    wait_until_kept(ana, "Typed before", "Fidel Castro")
    context = ana.context
    ana.close()
    ana = context.new_page()
    ana.goto(event)
    ana.get_by_role("button", name="Put it back").click()
    ana.get_by_text("is back in the form").wait_for()
    assert value(ana, "summary_en") == "Typed before the tab was closed."
    assert ana.locator("#participations-group").get_by_text("Fidel Castro").count()
    context.clear_cookies(name="sessionid")
    ana.get_by_role("button", name="Save and continue editing").click()
    ana.get_by_text("kept in this browser").wait_for()
    ana.get_by_label("Username").fill(site.username)
    ana.get_by_label("Password").fill(site.password)
    ana.get_by_role("button", name="Log in").click()
    ana.get_by_role("button", name="Put it back").click()
    ana.get_by_text("is back in the form").wait_for()
    save(ana)
    assert value(ana, "summary_en") == "Typed before the tab was closed."
    assert len(participants(ana)) == 2
    assert ana.evaluate("Object.keys(localStorage).filter((name) => name.includes('kept'))") == []


def test_kept_text_is_put_together_with_what_was_saved_since(
    browser_of: Callable[[], Any], event: str
) -> None:
    ana, oleg = browser_of(), browser_of()
    ana.goto(event)
    ana.locator("#id_summary_en").fill("Typed before the tab was closed.")
    wait_until_kept(ana, "Typed before")
    context = ana.context
    ana.close()
    oleg.goto(event)
    choose(oleg, "Anastas Mikoyan")
    save(oleg)
    ana = context.new_page()
    ana.goto(event)
    ana.get_by_role("button", name="Put both together").click()
    ana.locator(".messagelist .success").wait_for()
    assert value(ana, "summary_en") == "Typed before the tab was closed."
    assert len(participants(ana)) == 2


def test_an_event_goes_back_and_comes_back_with_its_participants(
    browser_of: Callable[[], Any], event: str
) -> None:
    ana = browser_of()
    ana.goto(event)
    before = participants(ana)
    ana.locator("#participations-group .part.has_original").get_by_label("Delete").check()
    ana.locator("#id_title_en").fill("A visit of nobody")
    save(ana)
    assert participants(ana) == []
    ana.get_by_role("link", name="History", exact=True).click()
    ana.get_by_role("button", name="Compare").click()
    ana.locator("#comparison").wait_for()
    assert "Khrushchev" in " ".join(ana.locator(".history-comparison del").all_inner_texts())
    ana.get_by_role("link", name="1", exact=True).click()
    ana.get_by_role("button", name="Go back to this state").click()
    ana.locator(".messagelist .success").wait_for()
    ana.goto(event)
    assert participants(ana) == before
    assert value(ana, "title_en") == TITLE
    ana.goto(event.replace("/change/", "/delete/"))
    ana.get_by_role("button", name="Yes, I’m sure").click()
    ana.locator(".messagelist .success").wait_for()
    ana.goto("/admin/deleted/")
    ana.get_by_role("link", name=TITLE).first.click()
    ana.get_by_role("button", name="Bring it back").click()
    ana.locator(".messagelist .success").wait_for()
    assert participants(ana) == before


def test_who_else_is_there_is_said_while_the_form_is_open(browser_of: Callable[[], Any], event: str) -> None:
    """One curator in two windows is nobody else; that others are named is tested without a browser."""
    ana = browser_of()
    ana.goto(event)
    place = ana.locator("[data-presence]")
    assert place.get_attribute("role") == "status"
    assert place.inner_text() == ""
    with ana.expect_response(lambda answer: "/admin/open/" in answer.url) as heartbeat:
        ana.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert heartbeat.value.json() == {"others": ""}
