"""The map of places in a real browser: by keyboard, by pressing, and without scripts."""

from typing import Any

import pytest

from tests.browser.axe import faults
from tests.conftest import Site


def wide(page: Any) -> float:
    """How much of the world is in view, in map units."""
    box: str = page.locator(".map__ground").get_attribute("viewBox")
    return float(box.split()[2])


def open_map(page: Any, path: str = "/en/places/") -> None:
    page.goto(path)
    page.locator(".map__keys:not([hidden])").wait_for(state="attached")
    page.locator(".map__dot").first.wait_for()


def test_keys_zoom_and_go_back_and_the_address_follows(page: Any) -> None:
    open_map(page)
    whole = wide(page)
    page.locator(".map__dot").first.focus()
    page.keyboard.press("=")
    page.wait_for_url("**/places/?bbox=*")
    assert wide(page) == pytest.approx(whole / 2, rel=0.01)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    page.wait_for_url("**/places/")
    assert wide(page) == pytest.approx(whole, rel=0.01)


def test_a_glide_starts_where_it_is_though_frames_come_late(page: Any) -> None:
    page.add_init_script(
        "const ask = window.requestAnimationFrame;"
        "window.requestAnimationFrame = (act) => ask((now) => act(now - 400));"
    )
    open_map(page)
    whole = wide(page)
    page.evaluate(
        """() => {
          window.widths = [];
          const ground = document.querySelector(".map__ground");
          new MutationObserver(() => window.widths.push(ground.viewBox.baseVal.width)).observe(ground, {
            attributeFilter: ["viewBox"],
          });
        }"""
    )
    page.locator(".map__dot").first.focus()
    page.keyboard.press("=")
    page.wait_for_url("**/places/?bbox=*")
    widths = page.evaluate("window.widths")
    assert widths
    assert all(whole / 2 - 1 <= width <= whole + 1 for width in widths)


def test_a_dot_of_several_opens_keeps_the_focus_and_narrows_the_list(page: Any) -> None:
    open_map(page)
    moscow = page.locator("li[data-slug=moscow]")
    assert moscow.is_visible()
    dot = page.get_by_role("link", name="Havana, Cuba")
    dot.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/places/?bbox=*")
    assert moscow.is_hidden()
    assert page.locator("li[data-slug=santiago-de-cuba]").is_visible()
    assert "Havana" in page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert page.get_by_role("link", name="Santiago de Cuba, 3 events").count() == 1


def test_an_address_shows_the_same_view_again(page: Any) -> None:
    open_map(page, "/en/places/?bbox=-85,19.5,-74,23.5")
    assert page.locator("li[data-slug=havana]").is_visible()
    assert page.locator("li[data-slug=moscow]").is_hidden()
    page.get_by_role("link", name="All places", exact=True).click()
    page.wait_for_url("**/places/")
    page.locator("li[data-slug=moscow]").wait_for()


def test_the_wheel_scrolls_the_page_and_zooms_with_ctrl_only(page: Any) -> None:
    open_map(page)
    whole = wide(page)
    page.locator(".map__frame").hover()
    page.mouse.wheel(0, 200)
    page.wait_for_function("scrollY > 0")
    assert wide(page) == whole
    page.locator(".map__frame").hover()
    page.keyboard.down("Control")
    page.mouse.wheel(0, -200)
    page.keyboard.up("Control")
    page.wait_for_function(
        "viewBox => document.querySelector('.map__ground').viewBox.baseVal.width < viewBox", arg=whole
    )


def test_the_map_can_be_dragged(page: Any) -> None:
    open_map(page, "/en/places/?bbox=-85,19.5,-74,23.5")
    before = page.locator(".map__ground").get_attribute("viewBox")
    frame = page.locator(".map__frame").bounding_box()
    x, y = frame["x"] + frame["width"] * 0.6, frame["y"] + frame["height"] * 0.4
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 120, y - 40, steps=4)
    page.mouse.up()
    assert page.locator(".map__ground").get_attribute("viewBox") != before


def test_without_scripts_dots_are_links_that_open(chromium: Any, site: Site) -> None:
    context = chromium.new_context(base_url=site.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/en/places/")
    page.get_by_role("link", name="Havana, Cuba").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/places/?bbox=*")
    assert page.get_by_role("link", name="Santiago de Cuba, 3 events").count() == 1
    assert page.locator("li[data-slug=moscow]").is_hidden()
    context.close()


@pytest.mark.parametrize("path", ["places/", "network/", "network/?person=castro-fidel", "people/brezhnev/"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(chromium: Any, site: Site, path: str) -> None:
    context = chromium.new_context(base_url=site.url, bypass_csp=True, viewport={"width": 320, "height": 800})
    page = context.new_page()
    for width, scheme in ((320, "dark"), (1280, "light")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        page.goto(f"/ru/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert faults(page) == [], (width, scheme)
    context.close()
