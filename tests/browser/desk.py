"""What browser tests of the desk share: signing in, and the pages there are."""

import re
from typing import Any

from tests.conftest import Site


def sign_in(page: Any, site: Site) -> None:
    page.goto("/admin/")
    page.get_by_label("Username").fill(site.username)
    page.get_by_label("Password").fill(site.password)
    page.get_by_role("button", name="Log in").click()
    page.locator("#user-tools").wait_for()


def first_form(page: Any, listed: str) -> str:
    """The address of the first record of a list, without /admin/; "" if it is empty."""
    found = re.search(rf"/admin/({listed}\d+/change/)", page.request.get(f"/admin/{listed}").text())
    return found[1] if found else ""
