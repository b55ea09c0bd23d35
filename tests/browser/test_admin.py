"""The desk in a real browser: signing in, choosing records, ordering parts, under the strict policy.

The `page` fixture fails a test on any complaint of the console, so each of these also proves that nothing
of the desk is blocked by the policy.
"""

import json
import re
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.conftest import ROOT, Site

pytestmark = pytest.mark.browser


@pytest.fixture
def desk_page(page: Any, site: Site) -> Any:
    """A page in which the curator has signed in by the form."""
    sign_in(page, site)
    return page


def sign_in(page: Any, site: Site) -> None:
    page.goto("/admin/")
    page.get_by_label("Username").fill(site.username)
    page.get_by_label("Password").fill(site.password)
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("heading", name="Desk").wait_for()


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
    desk_page.get_by_role("button", name="RU", exact=True).last.click()
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


WIDTHS = [1280, 768, 375]
PAGES = [
    "events/event/",
    "events/event/add/",
    "people/person/add/",
    "sources/source/add/",
    "core/revision/",
    "",
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_of_the_desk_scrolls_sideways(desk_page: Any, width: int, scheme: str) -> None:
    desk_page.emulate_media(color_scheme=scheme)
    desk_page.set_viewport_size({"width": width, "height": 900})
    for address in PAGES:
        desk_page.goto(f"/admin/{address}")
        assert desk_page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, address


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


AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture
def inspected(chromium: Any, site: Site) -> Iterator[Any]:
    """A signed-in page without the policy, which would stop axe from styling what it measures."""
    context = chromium.new_context(base_url=site.url, bypass_csp=True, locale="en-GB")
    page = context.new_page()
    sign_in(page, site)
    yield page
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_of_the_desk_shuts_anybody_out(inspected: Any, scheme: str) -> None:
    inspected.emulate_media(color_scheme=scheme)
    faults = []
    person = inspected.request.get("/admin/people/person/?q=khrushchev").text()
    (form,) = re.findall(r"/admin/(people/person/\d+/change/)", person)[:1]
    for address in [*PAGES, form]:
        inspected.goto(f"/admin/{address}")
        inspected.evaluate("for (const row of document.querySelectorAll('.part details')) row.open = true")
        inspected.evaluate(AXE.read_text())
        found = inspected.evaluate("rules => axe.run(document, rules)", RULES)["violations"]
        faults += [(address, fault["id"], fault["nodes"][0]["target"]) for fault in found]
    assert faults == []
