"""Corrections and class sets in a real browser."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.axe import faults
from tests.conftest import Site

PAGES = (
    "corrections/",
    "corrections/new/?claim=essay-c22",
    "sets/new/?event=missile-crisis-1962&event=trade-agreement-1960&find=visit",
    "licence/",
    "accessibility/",
    "events/misile-crisis/",
)
READERS = (("en", "light", 1280), ("es", "dark", 375), ("ru", "light", 320), ("ru", "dark", 1280))
#: As long as a person takes at least to fill in a form.
A_WHILE = 3500


@pytest.fixture
def reader(chromium: Any, site: Site) -> Iterator[Any]:
    """A page without scripts of the site, in which those of the test may run."""
    context = chromium.new_context(base_url=site.url, bypass_csp=True)
    yield context.new_page()
    context.close()


@pytest.fixture
def plain_page(chromium: Any, site: Site) -> Iterator[Any]:
    context = chromium.new_context(base_url=site.url, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("language", "scheme", "width"), READERS)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    reader: Any, language: str, scheme: str, width: int
) -> None:
    reader.set_viewport_size({"width": width, "height": 800})
    reader.emulate_media(color_scheme=scheme)
    for path in PAGES:
        reader.goto(f"/{language}/{path}")
        assert reader.evaluate("document.documentElement.scrollWidth") <= width, path
        assert faults(reader) == [], path


def test_a_correction_is_sent_without_scripts_and_its_address_deleted(plain_page: Any, site: Site) -> None:
    page = plain_page
    page.goto("/en/claims/essay-c22/")
    page.get_by_role("link", name="Suggest a correction").click()
    page.wait_for_timeout(A_WHILE)
    page.get_by_label("What should it say?").fill("After the invasion.")
    page.get_by_role("button", name="Send").click()
    assert page.get_by_role("alert").inner_text().endswith("Say what is wrong.")
    assert page.get_by_label("What should it say?").input_value() == "After the invasion."
    page.wait_for_timeout(A_WHILE)
    page.get_by_label("What is wrong?").fill("He warned them after it.")
    page.get_by_label("E-mail address").fill("ana@example.org")
    page.get_by_role("button", name="Send").click()
    page.get_by_role("heading", name="Thank you: it is with the editors").wait_for()
    page.get_by_role("button", name="Delete my e-mail address").click()
    assert page.get_by_role("button", name="Delete my e-mail address").count() == 0
    assert page.context.cookies() == []


def test_a_set_is_put_together_by_keyboard_without_scripts(plain_page: Any) -> None:
    page = plain_page
    page.goto("/en/events/missile-crisis-1962/")
    page.get_by_role("link", name="Add to a class set").press("Enter")
    page.get_by_label("Title").fill("To October")
    page.get_by_label("Find an event").fill("trade and credit agreement")
    page.get_by_label("Find an event").press("Enter")
    agreement = "First Soviet–Cuban trade and credit agreement"
    page.get_by_role("button", name=re.compile(f"^Add ?: {agreement}$")).press("Enter")
    page.get_by_role("button", name=re.compile(f"^Up ?: {agreement}$")).press("Enter")
    page.wait_for_url("**event=trade-agreement-1960&event=missile-crisis-1962**")
    assert page.locator(".set-list--numbered a").all_inner_texts()[0].startswith("First Soviet–Cuban")
    assert page.get_by_label("Title").input_value() == "To October"
    page.wait_for_timeout(A_WHILE)
    page.get_by_role("button", name="Save the set").press("Enter")
    page.get_by_role("heading", level=1, name="To October").wait_for()
    assert [text[:5] for text in page.locator(".handout-event__title").all_inner_texts()] == [
        "First",
        "Cuban",
    ]
    assert page.context.cookies() == []
