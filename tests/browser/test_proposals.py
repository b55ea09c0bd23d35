"""A contributor and an editor in two browsers: one proposal is accepted in part, another is declined."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.browser.axe import faults
from tests.browser.desk import sign_in
from tests.browser.test_admin import open_record, published_title
from tests.conftest import Site

TAMAYO = "tamayo"


@pytest.fixture
def browser_of(chromium: Any, site: Site) -> Iterator[Callable[[Site], Any]]:
    """Opens a browser of its own in which somebody has signed in."""
    contexts = []

    def opened(login: Site) -> Any:
        context = chromium.new_context(
            base_url=site.url, viewport={"width": 1280, "height": 900}, locale="en-GB"
        )
        contexts.append(context)
        page = context.new_page()
        sign_in(page, login)
        return page

    yield opened
    for context in contexts:
        context.close()


def make_login(page: Any, site: Site, username: str, group: str) -> Site:
    """An account that the administrator makes at the desk, in one of the groups."""
    page.goto("/admin/auth/user/add/")
    page.locator("#id_username").fill(username)
    for field in ("password1", "password2"):
        page.locator(f"#id_{field}").fill(site.password)
    page.locator("[name=_continue]:visible").click()
    page.locator("#id_is_staff").check()
    page.locator("#id_groups").select_option(label=group)
    page.locator("[name=_save]:visible").click()
    page.locator(".messagelist .success").wait_for()
    return replace(site, username=username)


def test_one_proposal_is_accepted_in_part_and_another_declined(
    page: Any, site: Site, browser_of: Callable[[Site], Any]
) -> None:
    sign_in(page, site)
    ana, boris = (
        browser_of(make_login(page, site, name, group))
        for name, group in (("ana", "contributor"), ("boris", "editor"))
    )
    open_record_for_proposal(ana)
    slug, before = ana.locator("#id_slug").input_value(), ana.locator("#id_title_en").input_value()
    spanish = ana.locator("#id_title_es").input_value()

    ana.locator("#id_title_en").fill("A title that Ana proposes")
    ana.locator("#id_title_es").fill("Un título que Ana propone")
    ana.get_by_label("Note to the editor").fill("The old one was vague.")
    ana.get_by_role("button", name="Propose this change").click()
    told(ana, "is proposed")
    assert published_title(site, slug) == before

    open_from_queue(boris)
    assert boris.locator("ins", has_text="that Ana proposes").count() == 1
    assert faults(boris) == []
    boris.get_by_label("take it over: Title · Español").uncheck()
    boris.get_by_text("Put it in other words").first.click()
    boris.get_by_label("Title · English", exact=True).fill("A title in Boris’s words")
    boris.get_by_role("button", name="Accept").click()
    told(boris, "The proposal is accepted")
    assert published_title(site, slug) == "A title in Boris’s words"

    open_record_for_proposal(ana)
    assert ana.locator("#id_title_es").input_value() == spanish
    ana.locator("#id_title_en").fill("A title!")
    ana.get_by_role("button", name="Propose this change").click()
    told(ana, "is proposed")
    open_from_queue(boris)
    boris.get_by_label("Answer to the author").fill("An exclamation mark is an opinion.")
    boris.get_by_role("button", name="Decline").click()
    told(boris, "The proposal is declined")
    assert published_title(site, slug) == "A title in Boris’s words"

    ana.goto("/admin/my-work/")
    assert ana.locator(".work li", has_text="Accepted with changes").count() == 1
    assert ana.locator(".work li", has_text="An exclamation mark is an opinion.").count() == 1

    open_record(boris, "events/event", TAMAYO)
    boris.locator("#id_title_en").fill(before)
    boris.get_by_role("button", name="Save and continue editing").click()
    boris.locator(".messagelist .success").wait_for()
    assert published_title(site, slug) == before


def told(page: Any, words: str) -> None:
    page.locator(".messagelist li", has_text=words).wait_for()


def open_record_for_proposal(page: Any) -> None:
    page.goto(f"/admin/events/event/?q={TAMAYO}")
    page.locator("#result_list tbody th a").first.click()
    page.get_by_role("button", name="Propose this change").wait_for()


def open_from_queue(page: Any) -> None:
    page.goto("/admin/review/")
    page.locator(".desk-table tbody th a").first.click()
    page.get_by_role("button", name="Accept").wait_for()
