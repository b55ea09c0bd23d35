"""How smoothly the timeline moves in a real Chromium, and what it costs, beside pages that do nothing.

    python bench/timeline_frames.py --database 'sqlite:////tmp/bench/{size}.sqlite3' --sizes 100 1000000

Without arguments it measures a hundred events, in a folder that goes afterwards. Each size has a database of
its own, which bench/fill.py fills if it is empty. The page is /en/embed/timeline/, in which nothing but the
timeline moves. In turns, `--loads` times, a browser that knows neither opens it and a static file that lists
24 links, from the same server. In turns, `--rounds` times: an empty page that scrolls, the timeline that is
zoomed and panned by a fixed script, and the same at a quarter of the processor's speed. Frames are told by
their time stamps.
"""

import argparse
import json
import shutil
import statistics
import sys
import tempfile
import urllib.request
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.databases.site import served  # noqa: E402 (not found before)

PAGE: Final = "/en/embed/timeline/"
LINKS_PAGE: Final = "/static/links.html"
SIZE: Final = {"width": 1280, "height": 900}
SLOW: Final = 4

#: Time stamps of frames while something goes on; `mark` begins, `marks` ends and gives them.
RECORD: Final = """
  window.mark = () => { window.stamps = []; window.isMarking = true;
    const step = (now) => { stamps.push(now); if (isMarking) requestAnimationFrame(step); };
    requestAnimationFrame(step); };
  window.marks = () => { isMarking = false; return stamps; };
  window.blocked = 0;
  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) blocked += Math.max(0, task.duration - 50);
  }).observe({ type: "longtask", buffered: true });
"""
EMPTY: Final = "<!doctype html><title>Empty</title><body style='height:20000px;background:#f3f4ef'>"
LINKS: Final = (
    "<!doctype html><title>24 links</title><ol>"
    + "".join(f"<li><a class='first' href='/{number}'>Event {number}</a></li>" for number in range(24))
    + "</ol>"
)
#: When the first link can be pressed: it is there, and the page answers to a press on it.
FIRST: Final = """(selector) => new Promise((done) => { const look = () => {
    const link = document.querySelector(selector);
    const box = link?.getBoundingClientRect();
    if (box?.width && link.contains(document.elementFromPoint(box.x + 4, box.y + 4))) done(performance.now());
    else requestAnimationFrame(look); };
  look(); })"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--database", default="", help="DATABASE_URL with {size} in it")
    parser.add_argument("--sizes", type=int, nargs="+", default=[100])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--loads", type=int, default=15)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "static").mkdir()
        (Path(folder) / "static" / Path(LINKS_PAGE).name).write_text(LINKS)
        database = options.database or f"sqlite:///{folder}/timeline-{{size}}.sqlite3"
        for size in options.sizes:
            url = database.format(size=size)
            fill = ["bench/fill.py", url, "--events", str(size)]
            with served(url, Path(folder), [fill, ["manage.py", "migrate", "--verbosity", "0"]]) as address:
                measure(address, size, options)


def measure(address: str, size: int, options: argparse.Namespace) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("chromium-browser"),
            args=["--no-sandbox", "--disable-background-networking", "--js-flags=--expose-gc"],
        )
        urllib.request.urlopen(f"{address}{PAGE}", timeout=120).read()  # the server's first answer is slower
        show_load(browser, address, size, options.loads)
        for slowdown in (1, SLOW):
            frames: dict[str, list[float]] = {"empty": [], "timeline": []}
            page, hands = open_page(browser, address)
            empty, empty_hands = open_page(browser, address, EMPTY)
            for _round in range(options.rounds):
                frames["empty"] += frames_of(empty, empty_hands, slowdown, scroll)
                frames["timeline"] += frames_of(page, hands, slowdown, move)
            show_frames(size, slowdown, frames)
            if slowdown == 1:
                show_weight(page, hands, size)
                show_processor(browser, page, size)
            page.context.close()
            empty.context.close()
        browser.close()


def open_page(browser: Any, address: str, content: str = "") -> tuple[Any, Any]:
    context = browser.new_context(base_url=address, viewport=SIZE)
    page = context.new_page()
    page.add_init_script(RECORD)
    if content:
        page.route("**/empty", lambda route: route.fulfill(body=content, content_type="text/html"))
        page.goto("/empty")
    else:
        page.goto(PAGE)
        page.locator(".tl-event:visible").first.wait_for()
        page.wait_for_timeout(1500)
    return page, context.new_cdp_session(page)


def frames_of(page: Any, hands: Any, slowdown: int, act: Any) -> list[float]:
    """How long each frame took while something was done, in milliseconds."""
    page.bring_to_front()
    hands.send("Emulation.setCPUThrottlingRate", {"rate": slowdown})
    page.wait_for_timeout(300)
    page.evaluate("mark()")
    act(page)
    stamps = page.evaluate("marks()")
    hands.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    return [later - earlier for earlier, later in pairwise(stamps)]


def scroll(page: Any) -> None:
    page.evaluate(
        """() => new Promise((done) => { const begun = performance.now();
             const step = (now) => { scrollTo(0, (now - begun) * 2 % 15000);
               if (now - begun < 4000) requestAnimationFrame(step); else done(); };
             requestAnimationFrame(step); })"""
    )


def move(page: Any) -> None:
    """From all years to days, along, and back: as wheels and fingers would, a step with each frame."""
    page.evaluate(
        """() => new Promise((done) => {
             const plot = document.querySelector(".tl-plot");
             const box = plot.getBoundingClientRect();
             const at = (share) => ({
               clientX: box.left + box.width * share, clientY: box.top + 40, bubbles: true,
               cancelable: true, pointerId: 1, pointerType: "mouse", button: 0,
             });
             const wheel = (deltaY) =>
               plot.dispatchEvent(new WheelEvent("wheel", { ...at(0.49), ctrlKey: true, deltaY }));
             plot.setPointerCapture = () => {};
             const begun = performance.now();
             let isDown = false;
             const step = (now) => {
               const time = now - begun;
               if (time < 1500) wheel(-22);
               else if (time < 2500) {
                 if (!isDown) plot.dispatchEvent(new PointerEvent("pointerdown", at(0.9)));
                 isDown = true;
                 plot.dispatchEvent(new PointerEvent("pointermove", at(0.9 - (time - 1500) / 1250)));
               } else {
                 if (isDown) plot.dispatchEvent(new PointerEvent("pointerup", at(0.1)));
                 isDown = false;
                 wheel(22);
               }
               if (time < 4000) requestAnimationFrame(step); else done();
             };
             requestAnimationFrame(step); })"""
    )


def show_frames(size: int, slowdown: int, frames: dict[str, list[float]]) -> None:
    p95 = {what: statistics.quantiles(times, n=20)[18] for what, times in frames.items()}
    for what, times in frames.items():
        usual = statistics.median(frames["empty"])
        dropped = sum(round(time / usual) - 1 for time in times if time > 1.5 * usual)
        print(
            f"{size:>9,} | processor at 1/{slowdown} | {what:<8} | {len(times):>4} frames | median"
            f" {statistics.median(times):5.1f} ms, p95 {p95[what]:5.1f} ms,"
            f" {100 * dropped / (len(times) + dropped):4.1f} % dropped",
            flush=True,
        )
    print(f"{size:>9,} | processor at 1/{slowdown} | p95 over that of the empty page:"
          f" {p95['timeline'] / p95['empty']:.2f}", flush=True)  # fmt: skip


def show_processor(browser: Any, page: Any, size: int) -> None:
    """What a frame takes of the processor on the page's main thread, whatever else the machine does."""
    events: list[dict[str, Any]] = []
    ended: list[bool] = []
    tracing = browser.new_browser_cdp_session()
    tracing.on("Tracing.dataCollected", lambda event: events.extend(event["value"]))
    tracing.on("Tracing.tracingComplete", lambda _event: ended.append(True))
    categories = {"includedCategories": ["devtools.timeline", "toplevel"], "excludedCategories": ["*"]}
    tracing.send("Tracing.start", {"traceConfig": categories, "transferMode": "ReportEvents"})
    page.evaluate("mark()")
    move(page)
    frames = len(page.evaluate("marks()"))
    tracing.send("Tracing.end")
    while not ended:
        page.wait_for_timeout(100)
    threads = Counter(
        (event["pid"], event["tid"]) for event in events if event["name"] == "FireAnimationFrame"
    )
    main = threads.most_common(1)[0][0]
    taken: Counter[str] = Counter()
    for event in events:
        if (event["pid"], event["tid"]) == main:
            taken[event["name"]] += event.get("tdur", 0) / 1000 / frames
    parts = {
        "script": "FireAnimationFrame",
        "style": "UpdateLayoutTree",
        "layout": "Layout",
        "paint": "Paint",
    }
    whole = taken["ThreadControllerImpl::RunTask"]
    told = ", ".join(f"{part} {taken[name]:.1f}" for part, name in parts.items())
    print(
        f"{size:>9,} | a frame takes {whole:.1f} ms of the processor on the main thread: {told}", flush=True
    )


def show_weight(page: Any, hands: Any, size: int) -> None:
    nodes = page.evaluate("document.querySelectorAll('*').length")
    page.evaluate("gc()")
    heap = hands.send("Runtime.getHeapUsage")["usedSize"] / 1e6
    print(f"{size:>9,} | {nodes} elements, {heap:.1f} MB of heap after all that", flush=True)


def show_load(browser: Any, address: str, size: int, loads: int) -> None:
    """What comes over the wire, and when the first event can be pressed; beside a page of 24 links."""
    first: dict[str, list[float]] = {"timeline": [], "links": []}
    blocked: list[float] = []
    kinds: dict[str, float] = {}
    for _load in range(loads):
        for what, times in first.items():
            context = browser.new_context(base_url=address, viewport=SIZE)
            page = context.new_page()
            page.add_init_script(RECORD)
            network = context.new_cdp_session(page)
            network.send("Network.enable")
            kinds = weigh(network) if what == "timeline" else kinds
            page.goto(LINKS_PAGE if what == "links" else PAGE, wait_until="commit")
            times.append(page.evaluate(FIRST, ".first" if what == "links" else ".spine__title a, .tl-event"))
            if what == "timeline":
                page.locator(".tl-event:visible").first.wait_for()
                page.wait_for_timeout(1200)
                blocked.append(page.evaluate("blocked"))
            context.close()
    fonts = kinds.pop("Font", 0)
    print(
        f"{size:>9,} | over the wire {sum(kinds.values()) / 1000:.1f} kB without {fonts / 1000:.0f} kB of"
        f" fonts: {json.dumps({kind: round(bytes_ / 1000, 1) for kind, bytes_ in kinds.items()})}"
    )
    medians = {what: statistics.median(found) for what, found in first.items()}
    print(
        f"{size:>9,} | first event can be pressed after {medians['timeline']:.0f} ms, a link of 24 after"
        f" {medians['links']:.0f} ms | blocked for {statistics.median(blocked):.0f} ms",
        flush=True,
    )


def weigh(network: Any) -> dict[str, float]:
    """Fills with what is received, by kind, from now on."""
    kinds: dict[str, float] = {}
    kind_of: dict[str, str] = {}
    network.on("Network.responseReceived", lambda event: kind_of.update({event["requestId"]: event["type"]}))

    def finished(event: dict[str, Any]) -> None:
        kind = kind_of.get(event["requestId"], "Other")
        kinds[kind] = kinds.get(kind, 0) + event["encodedDataLength"]

    network.on("Network.loadingFinished", finished)
    return kinds


if __name__ == "__main__":
    main()
