"""The timeline as an instrument, in a real browser: keys, hands, address, names that never touch."""

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import combinations
from typing import Any

import pytest
from PIL import Image, ImageChops

from tests.browser.axe import faults
from tests.conftest import Site

BOXES = """(selector) => [...document.querySelectorAll(selector)]
  .filter((element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
  .map((element) => { const box = element.getBoundingClientRect();
                      return [box.left, box.top, box.right, box.bottom]; })"""


def open_timeline(page: Any, address: str) -> None:
    """Goes there and waits until the instrument has taken the server's place."""
    page.goto(address)
    page.locator(".tl-plot[data-form]").wait_for()
    at_rest(page)


def at_rest(page: Any) -> None:
    """Until nothing moves any more: links stand, the status has been told, and all stays."""
    page.evaluate(
        """() => new Promise((done) => {
             let [last, since] = ["", performance.now()];
             const look = () => {
               const links = [...document.querySelectorAll(".tl-event, .tl-tick")];
               const now = links.map((link) => link.style.translate + link.style.transform).join()
                 + document.querySelector(".tl-status").textContent + location.search;
               const isMoving = document.querySelector(".tl-plot").classList.contains("is-moving");
               if (now !== last || isMoving) [last, since] = [now, performance.now()];
               if (performance.now() - since > 400) done(); else requestAnimationFrame(look);
             };
             look();
           })"""
    )


def named(page: Any) -> set[str]:
    """The events that are named within the window, by their slugs."""
    return set(
        page.evaluate(
            """() => { const plot = document.querySelector(".tl-plot").getBoundingClientRect();
                 return [...document.querySelectorAll(".tl-event[data-state=named]")].filter((link) => {
                   const box = link.getBoundingClientRect();
                   return box.width && box.left >= plot.left && box.right <= plot.right;
                 }).map((link) => link.dataset.slug); }"""
        )
    )


def focused(page: Any) -> str:
    """The event that has the focus, which is given with the next frame."""
    return str(
        page.evaluate(
            """() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() =>
                 done(document.activeElement.dataset.slug ?? ""))))"""
        )
    )


def test_october_1962_is_found_read_and_come_back_to_by_keyboard_alone(page: Any) -> None:
    open_timeline(page, "/en/")
    page.get_by_label("From", exact=True).focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("1962-10")
    page.keyboard.press("Tab")
    page.keyboard.type("1962-10")
    page.keyboard.press("Enter")
    page.locator(".tl-name", has_text="October 1962").wait_for()
    assert page.url.endswith("/en/?from=1962-10&to=1962-10")
    at_rest(page)
    for _press in range(30):
        page.keyboard.press("Tab")
        if focused(page):
            break
    first = focused(page)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/en/events/{first}/")
    assert page.get_by_role("heading", level=1).is_visible()
    page.go_back()
    page.wait_for_url("**/en/?from=1962-10&to=1962-10")
    page.wait_for_function("slug => document.activeElement.dataset.slug === slug", arg=first)


def test_arrows_go_from_event_to_event_and_plus_goes_closer_to_it(page: Any) -> None:
    open_timeline(page, "/en/?from=1962&to=1962")
    page.locator(".tl-event[tabindex='0']").focus()
    order = page.evaluate(
        "[...document.querySelectorAll('.tl-event:not([data-state=away])')].map((link) => link.dataset.slug)"
    )
    page.keyboard.press("ArrowRight")
    assert focused(page) == order[order.index(order[0]) + 1]
    page.keyboard.press("ArrowLeft")
    assert focused(page) == order[0]
    page.keyboard.press("ArrowUp")  # below it no lane has an event in view
    at_rest(page)
    above = focused(page)
    assert above != order[0]
    for _press in range(3):
        page.keyboard.press("+")
        at_rest(page)
        assert focused(page) == above
    page.keyboard.press("End")
    at_rest(page)
    assert "to=2026" in page.url
    page.keyboard.press("Home")
    at_rest(page)
    assert "from=1902" in page.url
    assert focused(page)
    page.keyboard.press("Escape")  # the card
    page.keyboard.press("Escape")
    at_rest(page)
    assert page.url.endswith("/en/")


def test_tab_stops_once_at_the_events(page: Any) -> None:
    open_timeline(page, "/en/?from=1962&to=1962")
    assert page.locator(".tl-event").count() > 10
    assert page.locator(".tl-plot [tabindex='0']").count() == 1


@pytest.mark.parametrize(
    ("language", "width", "query"),
    [
        ("en", 1280, ""),
        ("ru", 1000, ""),
        ("es", 1280, "?from=1960&to=1969"),
        ("ru", 1280, "?from=1962&to=1962"),
        ("en", 1280, "?from=1962-10&to=1962-10"),
        ("en", 768, "?from=1962-10-20&to=1962-10-28"),
        ("ru", 1280, "?from=1960&to=1969&view=together"),
    ],
)
def test_no_two_names_touch_at_any_zoom(page: Any, language: str, width: int, query: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    open_timeline(page, f"/{language}/{query}")
    boxes = page.evaluate(BOXES, ".tl-event[data-state=named] .tl-event__in, .tl-chip")
    plot = page.locator(".tl-plot").bounding_box()
    inside = [box for box in boxes if box[0] < plot["x"] + plot["width"] and box[2] > plot["x"]]
    assert len(inside) >= 4
    for one, other in combinations(inside, 2):
        assert not touch(one, other), (one, other)


def touch(one: list[float], other: list[float]) -> bool:
    """Half a pixel is what rounding makes of it."""
    return (
        one[0] < other[2] - 0.5
        and other[0] < one[2] - 0.5
        and one[1] < other[3] - 0.5
        and other[1] < one[3] - 0.5
    )


@pytest.mark.parametrize("path", ["en/", "ru/?from=1962&to=1962", "es/?from=1960&to=1969&view=together"])
def test_what_is_written_while_it_moves_looks_as_the_links_do(page: Any, path: str) -> None:
    open_timeline(page, f"/{path}")
    page.mouse.move(1, 1)
    plot = page.locator(".tl-plot")

    def look() -> Image.Image:
        return Image.open(BytesIO(plot.screenshot())).convert("L")

    at_rest = look()
    page.evaluate(
        """() => { const { instrument } = document.querySelector("cubaru-timeline");
             instrument.isResting = false; instrument.draw(); instrument.show(); }"""
    )
    assert page.locator(".tl-event:visible").count() == 0
    moving = look()
    page.evaluate(
        """() => { const { instrument } = document.querySelector("cubaru-timeline");
             instrument.drawing.clear(); }"""
    )
    assert share_of_other_dots(at_rest, moving) < 0.002 < share_of_other_dots(at_rest, look())


def share_of_other_dots(one: Image.Image, other: Image.Image) -> float:
    """Of those that differ by more than the smoothing of letters does."""
    counts = ImageChops.difference(one, other).histogram()
    return sum(counts[80:]) / sum(counts)


def test_what_is_named_stays_named_while_one_goes_closer(page: Any) -> None:
    open_timeline(page, "/en/?from=1960-06&to=1964-06")
    for _step in range(4):
        before = named(page)
        page.get_by_role("button", name="Zoom in").click()
        at_rest(page)
        still_there = page.evaluate(
            """slugs => slugs.filter((slug) => {
                 const link = document.querySelector(`.tl-event[data-slug="${slug}"]`);
                 const plot = document.querySelector(".tl-plot").getBoundingClientRect();
                 const box = link?.getBoundingClientRect();
                 return box?.width && box.left >= plot.left && box.right <= plot.right;
               })""",
            sorted(before),
        )
        lost = set(still_there) - named(page)
        assert len(lost) <= len(before) // 4, lost
        assert page.evaluate("document.querySelectorAll('*').length") <= 1000


def test_clusters_say_how_many_and_open(page: Any) -> None:
    open_timeline(page, "/en/")
    chip = page.locator(".tl-chip:visible").first
    words = chip.inner_text()
    assert words.startswith("+")
    address = chip.get_attribute("href")
    chip.click()
    page.wait_for_url(f"**{address}")
    at_rest(page)
    page.go_back()
    page.wait_for_url("**/en/")
    at_rest(page)
    assert page.locator(".tl-name").inner_text() == "1902–2026"


def test_what_is_typed_stays_when_the_view_moves_until_it_is_sent(page: Any) -> None:
    open_timeline(page, "/en/")
    first = page.get_by_label("From", exact=True)
    last = page.get_by_label("to", exact=True)
    first.fill("1962-10")
    page.get_by_role("button", name="Zoom in").click()
    at_rest(page)
    assert first.input_value() == "1962-10"
    assert last.input_value() != "2026"
    last.fill("1962-11")
    page.get_by_role("button", name="Show period").click()
    at_rest(page)
    page.get_by_role("button", name="Zoom out").click()
    at_rest(page)
    assert first.input_value() != "1962-10"


@pytest.mark.parametrize("language", ["en", "es", "ru"])
def test_a_name_that_is_cut_says_so_and_is_told_whole(page: Any, language: str) -> None:
    open_timeline(page, f"/{language}/")
    names = page.evaluate(
        """() => [...document.querySelectorAll(".tl-event[data-state=named]")].map((link) => {
             const title = link.querySelector(".tl-event__title");
             return [title.textContent, title.ariaHidden, link.querySelector(".visually-hidden").textContent,
                     title.scrollHeight - title.clientHeight];
           })"""
    )
    cut = [name for name in names if name[1] == "true"]
    assert cut
    for read, is_hidden, told, beyond in names:
        assert beyond <= 1, read  # nothing is clipped without a word
        assert read.endswith("…") == (is_hidden == "true")
        assert is_hidden is None or (told.startswith(read[:12]) and len(told) > len(read))


@pytest.mark.parametrize(
    "path",
    ["en/?from=1962-10&to=1962-10", "ru/?from=1962-10&to=1962-10", "en/?from=1962-10-16&to=1962-10-28",
     "ru/?from=1963-12&to=1966-01", "ru/?from=1962-10-16&to=1962-10-28", "en/?from=1963-12&to=1966-01",
     "es/?from=1962-10&to=1962-10", "es/?from=1962-10-16&to=1962-10-28", "es/?from=1963-12&to=1966-01",
     "es/?from=1962-03&to=1962-10", "ru/?from=1962-03&to=1962-10", "en/?from=1962-03&to=1962-10",
     "es/?from=1962-10-24&to=1962-11-20", "en/?from=1962-10-24&to=1962-11-20",
     "ru/?from=1962-10-24&to=1962-11-20"],
)  # fmt: skip
def test_a_period_is_called_what_the_server_calls_it(page: Any, path: str) -> None:
    said = page.request.get(f"/{path}").text().split("data-window-name>")[1].split("<")[0]
    open_timeline(page, f"/{path}")
    assert " ".join(page.locator("[data-window-name]").inner_text().split()) == " ".join(said.split())


def test_a_period_within_a_sentence_begins_small(page: Any) -> None:
    page.set_viewport_size({"width": 375, "height": 900})
    open_timeline(page, "/ru/?from=1962&to=1962")
    assert re.search(r", январь\s—\sапрель 1962", page.locator(".spine__more").first.inner_text())


def test_a_lane_is_chosen_in_the_legend_and_the_back_button_brings_all_again(page: Any) -> None:
    open_timeline(page, "/en/?from=1960&to=1969")
    page.locator(".tl-legend a", has_text="Trade and energy").click()
    page.wait_for_url("**/en/?from=1960&to=1969&lane=trade")
    page.locator(".tl-event:visible .tl-mark.lane-trade").first.wait_for()
    assert page.locator(".tl-legend [aria-current]").count() == 1
    assert page.locator(".tl-event:visible .tl-mark:not(.lane-trade)").count() == 0
    page.go_back()
    page.wait_for_url("**/en/?from=1960&to=1969")
    page.locator(".tl-event:visible .tl-mark:not(.lane-trade)").first.wait_for()
    assert page.locator(".tl-legend [aria-current]").count() == 0


def test_drag_and_wheel_move_the_window_and_the_address(page: Any) -> None:
    page.set_viewport_size({"width": 1280, "height": 1400})
    open_timeline(page, "/en/?from=1960&to=1969")
    box = page.locator(".tl-plot").bounding_box()
    x, y = box["x"] + 600, box["y"] + 30
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 200, y, steps=8)
    page.mouse.up()
    at_rest(page)
    assert page.url > page.url.split("?")[0] + "?from=1961"
    moved = page.url
    page.mouse.wheel(0, -100)  # the page's own scrolling is left alone
    at_rest(page)
    assert page.url == moved
    page.keyboard.down("Control")
    page.mouse.wheel(0, -100)
    page.keyboard.up("Control")
    at_rest(page)
    assert page.url != moved
    page.go_back()
    page.go_back()
    page.wait_for_url("**/en/?from=1960&to=1969")


def test_a_glance_shows_what_an_event_was(page: Any) -> None:
    open_timeline(page, "/en/?from=1962&to=1962")
    page.locator(".tl-event", has_text="Cuban Missile Crisis").focus()
    card = page.locator(".tl-glance")
    card.wait_for()
    assert "16–28 October 1962" in card.inner_text()
    assert "sources" in card.inner_text()
    card.get_by_role("link", name="Read the event").click()
    page.wait_for_url("**/events/missile-crisis-1962/")


def test_pages_of_persons_and_themes_have_it_too(page: Any) -> None:
    for path in ("people/castro-fidel/", "themes/diplomacy/"):
        open_timeline(page, f"/en/{path}")
        address = page.url
        page.get_by_role("button", name="Zoom in").click()
        at_rest(page)
        assert page.url == address
        assert page.locator(".tl-event:visible").count() > 2


def test_the_list_on_phones_keeps_the_focus_when_it_is_made_anew(page: Any) -> None:
    page.set_viewport_size({"width": 375, "height": 800})
    open_timeline(page, "/en/")
    link = page.locator(".spine__title a").nth(3)
    link.focus()
    slug = link.get_attribute("data-slug")
    page.evaluate("document.querySelector('.spine').firstChild.dataset.isOld = true")
    page.set_viewport_size({"width": 390, "height": 800})
    page.locator(".spine > [data-is-old]").wait_for(state="detached")
    assert focused(page) == slug


# What can go wrong ---------------------------------------------------------------------------------


@pytest.fixture
def context(chromium: Any, site: Site) -> Iterator[Any]:
    """A browser that may complain, on a wide screen."""
    context = chromium.new_context(
        base_url=site.url, viewport={"width": 1280, "height": 900}, bypass_csp=True
    )
    yield context
    context.close()


def test_a_lost_network_is_said_and_a_second_try_mends_it(context: Any) -> None:
    page = context.new_page()
    open_timeline(page, "/en/?from=1930&to=1930")
    context.set_offline(True)
    problem = page.locator(".tl-problem")
    for _step in range(5):
        page.get_by_role("button", name="Later").click()
        at_rest(page)
        if problem.is_visible():
            break
    assert "did not load" in problem.inner_text()
    assert page.locator(".tl-tick:visible").count() > 3
    context.set_offline(False)
    if problem.is_visible():  # the browser may have said that the network is back, and it was tried then
        page.get_by_role("button", name="Try again").click()
    problem.wait_for(state="hidden")


def test_without_tiles_the_server_s_timeline_stays(context: Any) -> None:
    page = context.new_page()
    page.route("**/api/v1/timeline/**", lambda route: route.abort())
    page.goto("/en/?from=1962&to=1962")
    page.locator(".tl-problem").wait_for()
    assert page.locator(".timeline-chart__names a").count() > 5


def test_list_in_a_frame_waits_for_nothing_else(page: Any) -> None:
    late: list[Any] = []
    held = True

    def hold(route: Any) -> None:
        if held:
            late.append(route)
        else:
            route.continue_()

    page.route("**/static/**", hold)
    page.goto("/en/embed/timeline/", wait_until="commit")
    first = page.locator(".spine__title a").first
    first.wait_for()
    assert first.evaluate("(link) => getComputedStyle(link.parentElement).fontWeight") == "600"
    page.wait_for_function("document.querySelectorAll('head link[rel=stylesheet]').length === 1")
    assert not page.locator(".tl").count()
    held = False
    for route in late:
        route.continue_()
    page.locator(".tl-plot[data-form]").wait_for()
    assert page.evaluate("document.fonts.check('600 21px \"Source Serif 4\"')")


def test_list_in_a_frame_stays_if_nothing_else_comes(context: Any) -> None:
    page = context.new_page()
    page.route("**/vendor/css/**", lambda route: route.abort())
    page.goto("/en/embed/timeline/")
    page.wait_for_function("document.querySelectorAll('head link[rel=stylesheet]').length === 1")
    page.wait_for_timeout(300)
    assert not page.locator(".tl").count()
    page.locator(".spine__title a").first.click()
    page.wait_for_url("**/en/events/*/")


def test_list_in_a_frame_has_its_typefaces_without_a_script(chromium: Any, site: Site) -> None:
    context = chromium.new_context(base_url=site.url, java_script_enabled=False)
    page = context.new_page()
    with page.expect_request("**/source-serif-4-latin-wght-normal*.woff2"):
        page.goto("/en/embed/timeline/")
    assert page.locator(".spine__title a").first.is_visible()
    context.close()


@pytest.mark.parametrize(
    ("path", "scheme", "width"),
    [
        ("en/", "light", 1280),
        ("ru/?from=1962&to=1962", "dark", 1280),
        ("es/?from=1960&to=1969&view=together&lane=defence", "light", 1280),
        ("ru/?from=1962&to=1962", "light", 320),
        ("en/embed/timeline/?theme=diplomacy", "dark", 800),
        ("es/people/castro-fidel/", "light", 1280),
    ],
)
def test_axe_finds_nothing_on_the_instrument(context: Any, path: str, scheme: str, width: int) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    open_timeline(page, f"/{path}")
    if width > 700:
        page.locator(".tl-event:visible").first.focus()
        page.locator(".tl-glance").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert faults(page) == []


def test_fingers_move_it_on_the_narrowest_screen(chromium: Any, site: Site) -> None:
    context = chromium.new_context(
        base_url=site.url, viewport={"width": 320, "height": 900}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    open_timeline(page, "/en/?from=1960&to=1969")
    page.locator(".tl-plot").scroll_into_view_if_needed()
    box = page.locator(".tl-plot").bounding_box()
    hands = context.new_cdp_session(page)
    y, middle = box["y"] + 60, box["x"] + box["width"] / 2

    def touch_at(kind: str, *xs: float) -> None:
        points = [{"x": x, "y": y, "id": number} for number, x in enumerate(xs)]
        hands.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch_at("touchStart", middle - 20, middle + 20)
    for apart in range(25, 100, 5):
        touch_at("touchMove", middle - apart, middle + apart)
    touch_at("touchEnd")
    at_rest(page)
    assert page.url != f"{site.url}/en/?from=1960&to=1969"
    events = page.locator(".spine a[data-slug]")
    assert 0 < events.count() <= 12
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    events.first.tap()
    page.wait_for_url("**/en/events/**")
    context.close()
