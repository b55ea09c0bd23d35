"""How quickly each kind of page stands in a real Chromium, what it weighs, and whom it asks.

    python bench/pages.py

Serves the starter corpus, opens every page in a browser that knows nothing of it yet, and tells the largest
contentful paint (LCP), the layout shift (CLS), the kB on the wire with fonts, the requests to other hosts and
the messages in the console: the median of `--rounds`, and the worst of the shifts.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.databases.site import served  # noqa: E402 (not found before)

PAGES: Final = (
    "", "?from=1962-10&to=1962-10", "events/", "events/missile-crisis-1962/", "people/", "people/mikoyan/",
    "organizations/", "organizations/gov-ussr/", "places/", "places/havana/", "themes/",
    "themes/missile-crisis/", "sources/", "sources/hsg-milestones/", "claims/", "search/?q=Jruschov",
    "network/", "on-this-day/10-22/", "corrections/", "sets/new/", "about/", "method/", "data/",
    "accessibility/", "licence/", "events/missile-crisis-1962/editions/", "embed/timeline/",
)  # fmt: skip
SIZES: Final = {"wide": {"width": 1280, "height": 900}, "phone": {"width": 375, "height": 800}}

WATCH: Final = """
  window.largest = 0; window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) largest = Math.max(largest, entry.startTime);
  }).observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) shifted += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
"""


@dataclass
class Found:
    largest: list[float] = field(default_factory=list)
    shifted: list[float] = field(default_factory=list)
    weight: list[float] = field(default_factory=list)
    abroad: set[str] = field(default_factory=set)
    said: set[str] = field(default_factory=set)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--languages", nargs="+", default=["en"])
    parser.add_argument("--paths", nargs="+", default=PAGES, help="of pages, after the language")
    options = parser.parse_args()
    commands = [["manage.py", "migrate", "--verbosity", "0"], ["manage.py", "load_corpus", "cubaru/corpus"]]
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{folder}/pages.sqlite3"
        with served(database, Path(folder), commands) as address:
            measure(address, options.languages, options.paths, options.rounds)


def measure(address: str, languages: list[str], paths: list[str], rounds: int) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("chromium-browser"),
            args=["--no-sandbox", "--disable-background-networking"],
        )
        for path in [f"/{language}/{path}" for language in languages for path in paths]:
            urllib.request.urlopen(f"{address}{path}", timeout=120).read()  # the first answer is slower
            for size in SIZES:
                found = Found()
                for _round in range(rounds):
                    look(browser, address, path, size, found)
                show(path, size, found)
        browser.close()


def look(browser: Any, address: str, path: str, size: str, found: Found) -> None:
    context = browser.new_context(viewport=SIZES[size])
    page = context.new_page()
    page.add_init_script(WATCH)
    page.on("console", lambda message: found.said.add(message.text))
    page.on("pageerror", lambda error: found.said.add(str(error)))
    page.on(
        "request",
        lambda asked: None if asked.url.startswith((address, "data:")) else found.abroad.add(asked.url),
    )
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    received: list[float] = []
    network.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.goto(address + path, wait_until="load")
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(700)
    found.largest.append(page.evaluate("largest"))
    found.shifted.append(page.evaluate("shifted"))
    found.weight.append(sum(received))
    found.abroad = {asked for asked in found.abroad if not asked.startswith((address, "data:"))}
    context.close()


def show(path: str, size: str, found: Found) -> None:
    print(
        f"{path:<45} {size:<5} | LCP {statistics.median(found.largest):5.0f} ms | shift"
        f" {max(found.shifted):.3f} | {statistics.median(found.weight) / 1000:4.0f} kB"
        f" | {len(found.abroad)} to other hosts | {len(found.said)} messages"
        f" {' '.join(sorted(found.said | found.abroad))[:120]}",
        flush=True,
    )


if __name__ == "__main__":
    main()
