"""What browser tests of the desk share: signing in, the pages there are, and what axe finds."""

import re
from typing import Any

from tests.conftest import ROOT, Site

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}


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


def faults(page: Any, rules: Any = RULES) -> list[tuple[str, Any]]:
    """What axe finds wrong in the page, with where."""
    page.evaluate(AXE.read_text())
    page.evaluate(
        "for (const change of document.getAnimations()) change.finish()"
    )  # colours may be on their way
    found = page.evaluate("rules => axe.run(document, rules)", rules)["violations"]
    return [(fault["id"], [node["target"] for node in fault["nodes"][:3]]) for fault in found]
