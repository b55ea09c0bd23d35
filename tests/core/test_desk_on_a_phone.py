"""The buttons of a record's form where there is little room, in a real Chromium."""

from typing import Any

import pytest

from tests.browser.desk import first_form, sign_in
from tests.conftest import Site

#: Buttons that do not lie wholly on the screen, by name.
OUTSIDE = """buttons => buttons.map(one => [one.value || one.textContent, one.getBoundingClientRect()])
    .filter(([_name, at]) => at.left < 0 || at.right > innerWidth || at.top < 0 || at.bottom > innerHeight)
    .map(([name, _at]) => name)"""
BUTTONS = ".submit-row :is(input[type=submit], button, a)"


@pytest.mark.parametrize("language", ["en", "ru"])
def test_saving_stays_in_sight_on_a_phone_and_the_other_buttons_end_the_form(
    page: Any, site: Site, language: str
) -> None:
    sign_in(page, site)
    form = first_form(page, "events/event/")
    page.context.add_cookies([{"name": "django_language", "value": language, "url": site.url}])
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(f"/admin/{form}")
    assert page.locator(BUTTONS).count() > 6

    for top in (0, 1500):
        page.evaluate("top => scrollTo(0, top)", top)
        assert page.eval_on_selector_all(".submit-row > .default", OUTSIDE) == []
        reached = page.evaluate(
            "() => innerHeight - document.querySelector('.submit-row > .default').getBoundingClientRect().top"
        )
        assert reached < 60, "it covers little of the form"
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    assert page.eval_on_selector_all(BUTTONS, OUTSIDE) == []
