"""The desk in a real browser: signing in, choosing records, ordering parts, under the strict policy.

The `page` fixture fails a test on any complaint of the console, so each of these also proves that nothing
of the desk is blocked by the policy.
"""

import json
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.desk import sign_in
from tests.conftest import Site


@pytest.fixture
def desk_page(page: Any, site: Site) -> Any:
    """A page in which the curator has signed in by the form."""
    sign_in(page, site)
    return page


def open_record(page: Any, kind: str, words: str) -> None:
    """Finds a record by the search of its list, and opens the first that is found."""
    page.goto(f"/admin/{kind}/")
    page.get_by_role("searchbox", name="Search").fill(words)
    page.get_by_role("button", name="Search").click()
    page.locator("#result_list tbody th a").first.click()
    page.locator("[name=_continue]").wait_for()


def search_choice(page: Any, field: str, words: str) -> None:
    page.locator(f"#id_{field} + .select2 .select2-selection").click()
    page.keyboard.type(words)


def save(page: Any) -> None:
    page.get_by_role("button", name="Save and continue editing").click()
    page.locator(".messagelist .success").wait_for()


def published_title(site: Site, slug: str) -> str:
    with urllib.request.urlopen(f"{site.url}/api/v1/events/{slug}/", timeout=10) as answer:
        return str(json.load(answer)["title"]["en"])


def test_an_edited_title_is_what_readers_get(desk_page: Any, site: Site) -> None:
    open_record(desk_page, "events/event", "tamayo")
    title, slug = desk_page.locator("#id_title_en"), desk_page.locator("#id_slug").input_value()
    before = title.input_value()
    title.fill("A title for this test")
    desk_page.get_by_label("Reason for the change").fill("To see it change.")
    save(desk_page)
    assert published_title(site, slug) == "A title for this test"
    with urllib.request.urlopen(f"{site.url}/en/events/{slug}/", timeout=10) as answer:
        assert "A title for this test" in answer.read().decode()
    title.fill(before)
    save(desk_page)
    assert published_title(site, slug) == before


def test_a_participant_is_chosen_by_a_spelling_of_another_language(desk_page: Any) -> None:
    open_record(desk_page, "events/event", "tamayo")
    group = desk_page.locator("#participations-group")
    number = int(desk_page.locator("#id_participations-TOTAL_FORMS").input_value())
    group.get_by_role("button", name="Add another participation").click()
    search_choice(desk_page, f"participations-{number}-person", "jruschov")
    desk_page.get_by_role("option", name="Nikita Khrushchev · Никита Хрущёв").first.click()
    save(desk_page)
    assert group.locator("summary", has_text="Nikita Khrushchev").count() == 1
    group.locator(".part", has_text="Nikita Khrushchev").get_by_label("Delete").last.check()
    save(desk_page)
    assert group.locator("summary", has_text="Nikita Khrushchev").count() == 0


def test_parts_are_reordered_by_dragging(desk_page: Any) -> None:
    desk_page.goto("/admin/events/event/?o=-5")  # those with the most citations first
    desk_page.locator("#result_list tbody th a").first.click()
    desk_page.locator("#citations-group").wait_for()
    labels = desk_page.locator(
        "#citations-group > fieldset > .djn-items > .part:not(.djn-empty-form) summary"
    )
    before = labels.all_inner_texts()
    handles = desk_page.locator(
        "#citations-group > fieldset > .djn-items > .part:not(.djn-empty-form) .drag-handler"
    )
    handles.first.scroll_into_view_if_needed()
    start, end = handles.nth(0).bounding_box(), handles.nth(1).bounding_box()
    desk_page.mouse.move(start["x"] + 10, start["y"] + 10)
    desk_page.mouse.down()
    desk_page.mouse.move(end["x"] + 10, end["y"] + 20, steps=12)
    desk_page.mouse.move(end["x"] + 10, end["y"] + 40, steps=12)
    desk_page.mouse.up()
    save(desk_page)
    assert labels.all_inner_texts()[:2] == [before[1], before[0]]


def test_a_claim_gets_a_citation_within_its_event(desk_page: Any) -> None:
    open_record(desk_page, "events/event", "tamayo")
    claims = desk_page.locator("#claims-group")
    number = int(desk_page.locator("#id_claims-TOTAL_FORMS").input_value())
    claims.locator("> fieldset > .djn-add-item button").click()
    desk_page.locator(f"#id_claims-{number}-statement_en").fill("A claim for this test.")
    desk_page.locator(f"#claims-{number}-citations-group > fieldset > .djn-add-item button").click()
    search_choice(desk_page, f"claims-{number}-citations-0-source", "granma")
    desk_page.locator(".select2-results__option[role=option]:not(.loading-results)").first.click()
    save(desk_page)
    added = claims.locator("> fieldset > .djn-items > .part", has_text="A claim for this test.")
    assert added.locator(".part:not(.djn-empty-form) summary").count() == 1
    added.locator("> .part-tools").get_by_label("Delete").check()
    save(desk_page)
    assert claims.locator("summary", has_text="A claim for this test.").count() == 0


def test_texts_of_one_language_can_be_shown_alone(desk_page: Any) -> None:
    open_record(desk_page, "people/person", "Хрущев")
    spanish, russian = desk_page.locator("#id_name_es"), desk_page.locator("#id_name_ru")
    assert spanish.is_visible()
    switch = desk_page.locator("[data-language-switch]")
    switch.get_by_role("button", name="RU", exact=True).click()
    assert russian.is_visible()
    assert not spanish.is_visible()
    desk_page.reload()
    assert not spanish.is_visible()
    desk_page.get_by_role("button", name="all languages").click()
    assert spanish.is_visible()


def test_an_address_is_proposed_while_the_title_is_typed(desk_page: Any) -> None:
    desk_page.goto("/admin/events/event/add/")
    desk_page.locator("#id_title_en").press_sequentially("Castro speaks in Moscow")
    assert desk_page.locator("#id_slug").input_value() == "castro-speaks-in-moscow"


@pytest.mark.parametrize("language", ["ES", "RU"])
def test_the_desk_speaks_the_chosen_language(desk_page: Any, language: str) -> None:
    desk_page.locator(".desk-language button", has_text=language).click()
    desk_page.wait_for_function(f"document.documentElement.lang === '{language.lower()}'")
    for address in (
        "/admin/",
        "/admin/events/event/",
        "/admin/events/event/add/",
        "/admin/people/person/add/",
    ):
        desk_page.goto(address)
        assert desk_page.evaluate("document.documentElement.lang") == language.lower()


def test_signing_in_works_without_scripts(chromium: Any, site: Site) -> None:
    context = chromium.new_context(base_url=site.url, java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    page.goto("/admin/login/?next=/admin/events/event/")
    page.get_by_label("Username").fill(site.username)
    page.get_by_label("Password").fill("not the pass phrase")
    page.get_by_role("button", name="Log in").click()
    assert "correct username and password" in page.locator(".errornote").inner_text()
    page.get_by_label("Username").fill(site.username)
    page.get_by_label("Password").fill(site.password)
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("heading", name="Events").wait_for()
    page.locator("#result_list tbody th a").first.click()
    texts: Callable[[str], bool] = lambda name: page.locator(f"#id_{name}").is_visible()  # noqa: E731
    assert all(texts(f"title_{language}") for language in ("en", "es", "ru"))
    context.close()


def test_a_date_is_read_while_it_is_typed(desk_page: Any) -> None:
    desk_page.goto("/admin/events/event/add/")
    said = desk_page.locator("[data-reading-of='date']")
    desk_page.locator("#id_date").press_sequentially("1917-10-25")
    said.get_by_text("25 de octubre de 1917").wait_for()
    desk_page.locator("#id_date_calendar").select_option("julian")
    said.get_by_text("earliest 1917-11-07").wait_for()
    desk_page.locator("#id_date").fill("1917-02-30")
    said.get_by_text("30 February 1917 does not exist").wait_for()
    assert desk_page.locator("#id_date").get_attribute("aria-invalid") == "true"
    desk_page.locator("#id_date").fill("")
    said.locator("p").wait_for(state="detached")


def test_a_date_of_a_new_office_is_read_too(desk_page: Any) -> None:
    open_record(desk_page, "people/person", "Хрущев")
    offices = desk_page.locator("#offices-group")
    number = int(desk_page.locator("#id_offices-TOTAL_FORMS").input_value())
    offices.locator("> fieldset > .djn-add-item button").click()
    desk_page.locator(f"#id_offices-{number}-end").fill("1964-10-14")
    desk_page.locator(f"#offices-{number} [data-reading-of='end']").get_by_text("14 октября 1964").wait_for()
    assert desk_page.locator(f"#offices-{number} [data-reading-of='start']").inner_text() == ""


def test_one_section_is_shown_and_what_is_hidden_is_found_and_printed(desk_page: Any) -> None:
    open_record(desk_page, "events/event", "tamayo")
    title, slug = desk_page.locator("#id_title_en"), desk_page.locator("#id_slug")
    sections = desk_page.get_by_role("navigation", name="Sections")
    assert title.is_visible()
    assert slug.is_visible()
    sections.get_by_role("link", name="Publication").press("Enter")
    assert slug.is_visible()
    assert desk_page.locator("#section-what").evaluate("section => section.hidden") == "until-found"
    desk_page.emulate_media(media="print")
    assert desk_page.locator("#section-what").evaluate("section => section.clientHeight > 100")
    desk_page.emulate_media(media="screen")
    desk_page.reload()
    assert desk_page.locator("#section-what").evaluate("section => section.hidden") == "until-found"
    # As a search in the page does that finds the title.
    desk_page.locator("#section-what").dispatch_event("beforematch")
    assert desk_page.locator("#section-publication").evaluate("section => section.hidden") == "until-found"
    sections.get_by_role("button", name="All sections").click()
    assert desk_page.locator(".section[hidden]").count() == 0


def test_what_is_wrong_in_a_hidden_section_is_shown(desk_page: Any) -> None:
    desk_page.goto("/admin/events/event/add/")
    sections = desk_page.get_by_role("navigation", name="Sections")
    desk_page.locator("#id_title_en").fill("A title for this test")
    desk_page.locator("#id_date").fill("1962-02-30")
    sections.get_by_role("link", name="Publication").click()
    desk_page.get_by_role("button", name="Save", exact=True).click()
    desk_page.locator(".faults").wait_for()
    assert desk_page.locator("#id_date").is_visible()
    assert sections.get_by_role("link", name="What and when (something is to be corrected)").count() == 1
    sections.get_by_role("link", name="Publication").click()
    desk_page.locator(".faults a", has_text="Date").click()
    assert desk_page.evaluate("document.activeElement.id") == "id_date"


def test_the_form_is_walked_through_by_keyboard(desk_page: Any) -> None:
    """Into a list of choices, out of it without choosing, on to the next field; nothing holds the focus."""
    open_record(desk_page, "events/event", "tamayo")
    desk_page.locator("#participations-group > fieldset > .djn-add-item button").press("Enter")
    number = int(desk_page.locator("#id_participations-TOTAL_FORMS").input_value()) - 1
    choice = desk_page.locator(f"#id_participations-{number}-person + .select2 .select2-selection")
    choice.focus()
    desk_page.keyboard.press("Enter")
    desk_page.locator(".select2-search__field:focus").wait_for()
    desk_page.keyboard.type("jruschov")
    desk_page.get_by_role("option", name="Nikita Khrushchev · Никита Хрущёв").wait_for()
    desk_page.keyboard.press("Escape")
    assert desk_page.locator(".select2-results").count() == 0
    seen = set()
    for _step in range(400):
        desk_page.keyboard.press("Tab")
        seen.add(desk_page.evaluate("document.activeElement.id || document.activeElement.name"))
        if "_save" in seen:
            break
    assert {"id_slug", "_save"} <= seen
    shown = desk_page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert shown != "none"


def test_a_preview_leads_to_the_other_languages_and_back(desk_page: Any) -> None:
    open_record(desk_page, "events/event", "tamayo")
    desk_page.get_by_role("link", name="Preview").click()
    banner = desk_page.locator(".preview-banner")
    desk_page.locator(".site-header nav.languages").first.get_by_role("link", name="русский").click()
    assert desk_page.evaluate("document.documentElement.lang") == "ru"
    banner.get_by_role("link").click()
    desk_page.locator("#id_title_en").wait_for()


def test_a_part_is_added_without_scripts(chromium: Any, desk_page: Any, site: Site) -> None:
    open_record(desk_page, "events/event", "tamayo")
    state = desk_page.context.storage_state()
    context = chromium.new_context(base_url=site.url, java_script_enabled=False, storage_state=state)
    page = context.new_page()
    page.goto(desk_page.url)
    number = page.locator("#names-group .part:not(.djn-empty-form)").count()
    page.locator("#names-group > fieldset > .djn-add-item .part-add-plain").click()
    page.locator(".row-added").wait_for()
    assert page.url.endswith("#names-group")
    page.locator(f"#id_names-{number}-text").fill("A name for this test")
    page.locator(f"#id_names-{number}-language").fill("en")
    page.locator("#id_title_en").press("Enter")  # saves, and adds no further row
    page.locator(".messagelist .success").wait_for()
    assert page.locator(f"#id_names-{number}-text").input_value() == "A name for this test"
    page.locator("#names-group .part").nth(number).get_by_label("Delete").check()
    page.locator("[name=_continue]").last.click()
    page.locator(".messagelist .success").wait_for()
    assert page.locator("#names-group .part:not(.djn-empty-form)").count() == number
    context.close()
