"""Pages of people, organizations, places and sources in a real browser."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.axe import faults
from tests.conftest import Site

PAGES = (
    "people/",
    "people/?nationality=CU&letter=C",
    "people/mikoyan/",
    "people/castro-fidel/",
    "organizations/",
    "organizations/gov-ussr/",
    "places/",
    "places/havana/",
    "sources/",
    "sources/?kind=tertiary",
    "sources/essay/",
    "sources/hsg-milestones/",
    "about/",
    "method/",
)


@pytest.fixture(scope="module")
def reader(chromium: Any, site: Site) -> Iterator[Any]:
    """A page in which scripts of the test may run beside the site's own."""
    context = chromium.new_context(base_url=site.url, bypass_csp=True)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_against_accessibility(reader: Any, path: str) -> None:
    reader.goto(f"/en/{path}")
    for scheme in ("light", "dark"):
        reader.emulate_media(color_scheme=scheme)
        assert faults(reader) == [], scheme


@pytest.mark.parametrize("language", ["en", "es", "ru"])
def test_nothing_scrolls_sideways_on_a_narrow_screen(page: Any, language: str) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    for path in (path for path in PAGES if "tertiary" not in path):
        page.goto(f"/{language}/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_facets_are_folded_on_phones_and_open_beside_the_list(page: Any) -> None:
    page.goto("/en/people/")
    choice = page.locator("input[name=nationality][value=SU]")
    assert choice.is_visible()
    page.set_viewport_size({"width": 375, "height": 700})
    assert not choice.is_visible()
    page.get_by_text("Filters", exact=True).click()
    choice.check()
    page.get_by_role("button", name="Apply filters").click()
    page.wait_for_url("**/people/?nationality=SU")
    assert page.get_by_role("heading", name="Anastas Mikoyan").count() == 1


def test_events_on_the_axis_are_reached_and_named_by_keyboard(page: Any) -> None:
    page.goto("/en/people/mikoyan/")
    mark = page.get_by_role("link", name="Mikoyan visits Cuba and opens the Soviet exhibition, 4–13 Feb 1960")
    mark.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/events/mikoyan-visit-1960/")


def test_the_axis_can_be_read_as_tables(page: Any) -> None:
    page.goto("/en/people/mikoyan/")
    table = page.get_by_role("table", name="Offices")
    assert not table.is_visible()
    page.get_by_text("Show as tables").click()
    assert table.is_visible()
    assert page.get_by_role("row", name="First Deputy Premier Government of the USSR 1955–1964").count() == 1


def test_tables_of_the_axis_are_printed(page: Any) -> None:
    page.goto("/en/people/mikoyan/")
    page.emulate_media(media="print")
    assert page.get_by_role("table", name="Offices").is_visible()


def test_cyrillic_beside_other_scripts_is_marked_as_russian(page: Any) -> None:
    for path in ("people/mikoyan/", "organizations/gov-ussr/", "places/havana/", "sources/?language=ru"):
        page.goto(f"/en/{path}")
        unmarked = page.evaluate(
            """() => {
              const walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
              const found = [];
              for (let node = walk.nextNode(); node; node = walk.nextNode())
                if (/[\\u0400-\\u04ff]/.test(node.data) && node.parentElement.closest("[lang]").lang === "en")
                  found.push(node.data.trim());
              return found;
            }"""
        )
        assert unmarked == [], path
