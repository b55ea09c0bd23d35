"""What axe (https://github.com/dequelabs/axe-core) finds wrong in a page."""

from typing import Any, Final

from tests.conftest import ROOT

AXE: Final = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RULES: Final = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
CONTRAST: Final = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}


def faults(page: Any, rules: Any = RULES) -> list[tuple[str, list[str]]]:
    """The rules that are broken, each with the beginnings of the first elements that break it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    page.evaluate(
        "for (const change of document.getAnimations()) change.finish()"
    )  # colours may be on their way
    found = page.evaluate("rules => axe.run(document, {...rules, resultTypes: ['violations']})", rules)
    return [
        (fault["id"], [node["html"][:200] for node in fault["nodes"][:3]]) for fault in found["violations"]
    ]
