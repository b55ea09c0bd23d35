"""Every kind of page by keyboard alone, where the focus is always seen, and without scripts.

What is asked of a page while the focus goes over it stands in keyboard.js.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.test_timeline import at_rest, focused, open_timeline
from tests.conftest import Site

WATCH = Path(__file__).with_name("keyboard.js")
#: More stops than the longest list of the starter corpus has.
MOST_STOPS = 400

CLASS_SET = "keystrokes"
FURNISH = f"""
from readers.models import ClassSet
made, is_new = ClassSet.objects.get_or_create(code="{CLASS_SET}", title="By keyboard", language="en")
if is_new:
    made.events.create(position=1, slug="missile-crisis-1962")
    made.events.create(position=2, slug="trade-agreement-1960")
"""

#: Every kind of page, and what must be in its main part below the heading.
PAGES = (
    ("/en/", ".timeline-chart__bars", ".timeline-chart__names a", "#totals-heading"),
    ("/en/?from=1962-10&to=1962-10", ".timeline-chart__names a"),
    ("/en/?view=list", ".rows a"),
    ("/en/events/", ".rows a", "[name=from]"),
    ("/en/events/missile-crisis-1962/", ".event-head__summary", "#source-1", "#claims .verdict", "#cite"),
    ("/en/events/missile-crisis-1962/editions/", "a[href$='/editions/1/']"),
    ("/en/events/missile-crisis-1962/editions/1/", ".edition-banner", ".entries__entry"),
    ("/en/people/", ".rows a"),
    ("/en/people/mikoyan/", "#axis a", "#events a", "#company a", "#cite"),
    ("/en/organizations/", ".rows a"),
    ("/en/organizations/gov-ussr/", "#people a", "#events a"),
    ("/en/places/", "a.map__dot", "#place-list a"),
    ("/en/places/havana/", "#events a", "#people a"),
    ("/en/themes/", "a[href$='/themes/missile-crisis/']"),
    ("/en/themes/missile-crisis/", ".timeline-chart", ".rows a"),
    ("/en/sources/", ".rows a"),
    ("/en/sources/hsg-milestones/", "#supports a", "#source-chicago"),
    ("/en/claims/", "#essay-c22 .verdict"),
    ("/en/claims/essay-c22/", ".verdict", "#source-1"),
    ("/en/search/?q=Jruschov", "#results a[href$='/people/khrushchev/']", "#found-events"),
    ("/en/network/", ".network-table a"),
    ("/en/network/?person=castro-fidel", ".ego a", ".network-table a"),
    ("/en/on-this-day/10-22/", ".rows a"),
    ("/en/corrections/", "a[href$='/corrections/new/']"),
    ("/en/corrections/new/?claim=essay-c22", "#id_wrong", "[type=submit]"),
    ("/en/sets/new/?event=missile-crisis-1962", "#id_find", "#id_title"),
    (f"/en/sets/{CLASS_SET}/", ".handout-event__title"),
    ("/en/about/", "#licence"),
    ("/en/method/", "#corroborated", "#dates table"),
    ("/en/data/", "#what", "#cite"),
    ("/en/accessibility/", "#missing"),
    ("/en/licence/", "#terms"),
    ("/en/styles/", "#rows"),
    ("/en/embed/timeline/", ".spine a"),
    ("/en/events/misile-crisis/", "#search-big", "a[href$='/events/missile-crisis-1962/']"),
    ("/api/v1/docs/", ".exchange__answer", "#errors"),
    ("/api/v1/docs/themes/", "table"),
)
FEWEST_WORDS = 20

#: With the menu open, and in the languages whose words are longer.
NARROW = (
    "/ru/",
    "/es/events/missile-crisis-1962/",
    "/ru/people/",
    "/es/people/mikoyan/",
    "/ru/places/",
    "/es/claims/essay-c22/",
    "/ru/search/?q=Jruschov",
    "/ru/network/",
    "/es/sets/new/?event=missile-crisis-1962",
    "/ru/embed/timeline/",
)


@pytest.fixture(scope="module", autouse=True)
def furnished(site: Site) -> None:
    site.furnish(FURNISH)


@pytest.fixture(scope="module")
def watched(chromium: Any, site: Site) -> Iterator[Any]:
    context = chromium.new_context(base_url=site.url)
    context.add_init_script(path=WATCH)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def plain_page(chromium: Any, site: Site) -> Iterator[Any]:
    context = chromium.new_context(base_url=site.url, java_script_enabled=False)
    yield context.new_page()
    context.close()


def unfold(page: Any) -> None:
    """Opens the menu and all else that is folded: what is folded has no stops.

    The themes of the timeline are left: they are open where there is room for them.
    """
    page.evaluate("for (const one of document.querySelectorAll('details:not(.tl-themes)')) one.open = true")
    if page.locator("cubaru-timeline").count():
        page.locator(".tl-status:not(:empty)").wait_for(state="attached")
        at_rest(page)


def walk(page: Any) -> list[str]:
    """Tab until the focus leaves the page; what hinders a reader on the way."""
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if not page.evaluate("keyboard.step()"):
            return list(page.evaluate("keyboard.findings()"))
    return ["the focus never leaves the page"]


@pytest.mark.parametrize("path", [path for path, *_contents in PAGES])
def test_the_focus_goes_everywhere_is_seen_and_leaves(watched: Any, path: str) -> None:
    watched.set_viewport_size({"width": 1280, "height": 900})
    watched.goto(path)
    unfold(watched)
    assert walk(watched) == []


@pytest.mark.parametrize("path", NARROW)
def test_on_phones_nothing_hides_the_focus_not_even_the_open_menu(watched: Any, path: str) -> None:
    watched.set_viewport_size({"width": 375, "height": 800})
    watched.goto(path)
    unfold(watched)
    assert walk(watched) == []


def test_the_first_stop_is_a_way_past_the_header(watched: Any) -> None:
    watched.set_viewport_size({"width": 1280, "height": 900})
    watched.goto("/en/events/missile-crisis-1962/")
    watched.keyboard.press("Tab")
    watched.keyboard.press("Enter")
    watched.keyboard.press("Tab")
    assert watched.evaluate("document.activeElement.closest('main') !== null")


def test_arrows_bring_the_focus_to_every_event_of_the_timeline_and_it_is_seen(watched: Any) -> None:
    watched.set_viewport_size({"width": 1280, "height": 900})
    open_timeline(watched, "/en/")
    shown = watched.locator(".tl-event:not([data-state=away])")
    slugs = {link.get_attribute("data-slug") for link in shown.all()}
    watched.locator(".tl-event[tabindex='0']").focus()
    assert watched.evaluate("keyboard.step()")
    for _event in range(len(slugs) - 1):
        watched.keyboard.press("ArrowRight")
        focused(watched)
        assert watched.evaluate("keyboard.step()")
    assert slugs == set(watched.evaluate("keyboard.stops.map((link) => link.dataset.slug)"))
    assert watched.evaluate("keyboard.faults") == []


@pytest.mark.parametrize(("path", "contents"), [(path, contents) for path, *contents in PAGES])
def test_without_scripts_the_main_content_is_there(plain_page: Any, path: str, contents: list[str]) -> None:
    plain_page.goto(path)
    main = plain_page.locator("main")
    assert main.locator("h1").is_visible()
    assert len(main.inner_text().split()) >= FEWEST_WORDS
    missing = [part for part in contents if not main.locator(part).first.is_visible()]
    assert missing == []
