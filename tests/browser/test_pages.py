"""The front page and the pages of events, themes and claims in a real browser."""

from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import Any

import pytest

from tests.browser.axe import faults
from tests.conftest import Site

MAIN = ("", "events/", "events/missile-crisis-1962/", "claims/", "themes/diplomacy/", "search/?q=castro")
FURTHER = (
    "?from=1962&to=1962",
    "?from=1962-10-22&to=1962-10-22",
    "?view=list&theme=diplomacy",
    "?from=1970&to=1960",
    "events/?from=x",
    "themes/",
    "claims/essay-c22/",
    "search/?q=zzzz",
)

#: Each language, colour scheme and width at least once; all pages in each would take a minute.
READERS = (
    ("en", "light", 1280, MAIN),
    ("es", "dark", 375, MAIN),
    ("ru", "light", 320, MAIN),
    ("ru", "dark", 1280, FURTHER),
)


@pytest.fixture(scope="module")
def reader(chromium: Any, site: Site) -> Iterator[Any]:
    """A page in which scripts of the test may run beside the site's own."""
    context = chromium.new_context(base_url=site.url, bypass_csp=True)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("language", "scheme", "width", "paths"), READERS)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    reader: Any, language: str, scheme: str, width: int, paths: tuple[str, ...]
) -> None:
    reader.set_viewport_size({"width": width, "height": 800})
    reader.emulate_media(color_scheme=scheme)
    for path in paths:
        reader.goto(f"/{language}/{path}")
        assert reader.evaluate("document.documentElement.scrollWidth") <= width, path
        assert faults(reader) == [], path


@pytest.fixture
def plain_page(chromium: Any, site: Site) -> Iterator[Any]:
    """A page without scripts: as the server draws it."""
    context = chromium.new_context(base_url=site.url, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", ["en", "es", "ru"])
@pytest.mark.parametrize("query", ["", "?from=1960&to=1969", "?from=1962&to=1962"])
def test_no_two_names_on_the_timeline_touch(plain_page: Any, language: str, query: str) -> None:
    """As the fonts really are, at the least width that shows names."""
    page = plain_page
    page.set_viewport_size({"width": 1000, "height": 900})
    page.goto(f"/{language}/{query}")
    page.evaluate("document.fonts.ready")
    names = page.evaluate(
        """() => [...document.querySelectorAll(".timeline-chart__names a")].map((link) => {
             const box = link.getBoundingClientRect();
             return [box.left, box.top, box.right, box.bottom];
           })"""
    )
    leaders = page.evaluate(
        """() => [...document.querySelectorAll(".timeline-chart__names line")].map((line) => {
             const box = line.getBoundingClientRect();
             return [box.left, box.top, box.right, box.bottom];
           })"""
    )
    chart = page.locator(".timeline-chart__bars").bounding_box()

    assert len(names) == len(leaders) >= 6
    for one, other in combinations([*names, *leaders], 2):
        assert not touch(one, other)
    for left, _top, right, _bottom in names:
        assert chart["x"] - 1 <= left
        assert right <= chart["x"] + chart["width"] + 1


def touch(one: list[float], other: list[float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def test_one_zooms_from_all_years_to_a_day_and_back_by_links(plain_page: Any) -> None:
    page = plain_page
    page.goto("/en/")
    for _level in range(4):
        page.get_by_role("link", name="Zoom in").click()
    assert page.get_by_role("link", name="Zoom in").count() == 0
    for _level in range(4):
        page.get_by_role("link", name="Zoom out").click()
    page.wait_for_url("**/en/")
    assert page.get_by_role("link", name="Zoom out").count() == 0


def test_the_form_leads_to_a_period(page: Any) -> None:
    from playwright.sync_api import expect

    page.goto("/en/")
    page.get_by_label("From", exact=True).fill("1962-10")
    page.get_by_label("to", exact=True).fill("1962-10")
    page.get_by_role("button", name="Show period").click()
    # Without a new page being asked for; whoever asks for it anew gets the period as its heading.
    expect(page).to_have_title("October 1962 · Timeline · cubaru")
    page.reload()
    page.get_by_role("heading", level=1, name="October 1962").wait_for()


def test_a_filter_is_set_by_the_form_and_taken_away_by_its_link(page: Any) -> None:
    page.goto("/en/events/")
    page.get_by_label("From", exact=True).fill("1962")
    page.get_by_label("To", exact=True).fill("1964")
    page.get_by_role("button", name="Apply filters").click()
    page.get_by_role("link", name="Take away: 1962–1964").click()
    assert page.get_by_role("link", name="Take away:").count() == 0
    assert page.get_by_label("From", exact=True).input_value() == ""


def test_phones_get_the_events_down_a_spine(plain_page: Any) -> None:
    page = plain_page
    page.goto("/en/?from=1962&to=1962")
    spine = page.locator(".home-spine")
    assert not spine.is_visible()
    page.set_viewport_size({"width": 375, "height": 700})
    assert spine.is_visible()
    spine.get_by_role("link", name="Cuban Missile Crisis").click()
    page.wait_for_url("**/events/missile-crisis-1962/")


def test_the_pages_work_without_scripts(chromium: Any, site: Site) -> None:
    context = chromium.new_context(base_url=site.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/en/?from=1962&to=1962")
    page.get_by_role("link", name="As a list").click()
    page.get_by_role("link", name="Cuban Missile Crisis", exact=False).first.click()
    assert page.get_by_role("heading", name="Claims checked").is_visible()
    context.close()


def test_headings_stand_in_order_on_every_page(page: Any) -> None:
    for path in (*MAIN, "?from=1962&to=1962", "themes/", "claims/essay-c22/"):
        page.goto(f"/en/{path}")
        levels = page.evaluate(
            "[...document.querySelectorAll('h1, h2, h3, h4')].map((h) => Number(h.tagName[1]))"
        )
        assert levels.count(1) == 1, path
        assert levels[0] == 1, path
        assert all(below - above <= 1 for above, below in pairwise(levels)), path


def test_results_follow_what_is_typed_and_the_address_too(page: Any) -> None:
    page.goto("/en/search/")

    page.locator("#search-big").press_sequentially("Jruscho")

    page.get_by_role("heading", name="Nikita Khrushchev").wait_for()
    assert page.url.endswith("/en/search/?q=Jruscho")
    assert "result" in page.locator("[data-search-status]").inner_text()
    assert page.evaluate("document.activeElement.id") == "search-big"
    assert page.locator(".languages a").first.get_attribute("href").endswith("?q=Jruscho")
