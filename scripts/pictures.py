"""Takes the pictures of pages and of the desk for docs/pictures/: `python scripts/pictures.py [NAME...]`.

The site runs on a database of its own with the starter corpus; the same pages give the same pictures.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Literal

import PIL.Image
from playwright.sync_api import ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
PORT = 8099
SITE = f"http://127.0.0.1:{PORT}"
LOGIN, PASSWORD = "curator", "only for pictures"
SIZE: Final = ViewportSize(width=1280, height=860)
MOST_BYTES = 150_000

EVENT = "missile-crisis-1962"
#: The pictures by name, with the address that each shows; {event} is the form of EVENT.
PAGES = {
    "desk": "/admin/",
    "event-form": "{event}change/",
    "compare": "{event}history/?from=2&to=3#comparison",
    "preview": "{event}preview/?language=es",
}

#: The pictures of what readers get: the address, how wide and high the window is, and which colours.
READERS: Final[dict[str, tuple[str, int, int, Literal["light", "dark"]]]] = {
    "page-home": ("/en/", 1280, 1500, "light"),
    "page-event": (f"/en/events/{EVENT}/", 1280, 2000, "light"),
    "page-event-phone": (f"/ru/events/{EVENT}/", 375, 1600, "dark"),
    "page-events": ("/en/events/?from=1962-10&to=1962-10", 1280, 1300, "light"),
    "page-person": ("/es/people/mikoyan/", 1280, 1900, "light"),
    "page-people": ("/ru/people/", 1280, 1100, "light"),
    "page-organization": ("/en/organizations/gov-ussr/", 1280, 1300, "dark"),
    "page-place": ("/en/places/havana/", 1280, 1200, "light"),
    "page-map": ("/en/places/", 1280, 1100, "light"),
    "page-theme": ("/es/themes/missile-crisis/", 1280, 1200, "light"),
    "page-source": ("/en/sources/hsg-milestones/", 1280, 1200, "light"),
    "page-claims": ("/en/claims/", 1280, 1100, "light"),
    "page-search": ("/es/search/?q=Jruschov", 1280, 1100, "light"),
    "page-network": ("/ru/network/?person=mikoyan", 1280, 1500, "light"),
    "page-day": ("/en/on-this-day/10-22/", 1280, 1200, "dark"),
    "page-editions": (f"/en/events/{EVENT}/editions/", 1280, 900, "light"),
    "page-correction": (f"/es/corrections/new/?event={EVENT}", 1280, 1200, "light"),
    "page-class-set": (f"/en/sets/new/?event=relations-1942&event={EVENT}", 1280, 1200, "light"),
}

#: The instrument: the address, how wide the window is, the colours, and the event that has the focus.
TIMELINES: Final[dict[str, tuple[str, int, Literal["light", "dark"], str]]] = {
    "timeline-all": ("/en/", 1280, "light", "revolution-1959"),
    "timeline-decade": ("/en/?from=1960&to=1969", 1280, "light", ""),
    "timeline-year": ("/en/?from=1962&to=1962", 1280, "light", EVENT),
    "timeline-month": ("/en/?from=1962-10&to=1962-10", 1280, "light", EVENT),
    "timeline-day": ("/en/?from=1962-10-27&to=1962-10-27", 1280, "light", ""),
    "timeline-together": ("/ru/?from=1960&to=1969&view=together", 1280, "light", ""),
    "timeline-dark": ("/es/?from=1959&to=1963", 1280, "dark", ""),
    "timeline-phone": ("/en/?from=1962&to=1962", 375, "light", ""),
    "timeline-embed": ("/en/embed/timeline/?theme=diplomacy", 800, "light", ""),
}
HIGHEST: Final = 1300

#: What is given to be imported: a record that changes, one that does not, and one that cannot be read.
TABLE = f"""slug,date,importance
{EVENT},1962-10-16/1962-10-28,4
relations-1942,1942-10-05/1942-10-14,5
tamayo-flight-1980,1980-09-18/1980-09-31,5
"""

#: The event's summary loses its last sentence, and gets it back.
REVISIONS = f"""
from django.contrib.auth import get_user_model
from cubaru.core.history import recording
from events.models import Event
curator = get_user_model().objects.get(username="{LOGIN}")
event = Event.objects.get(slug="{EVENT}")
whole = event.summary_en
for text, why in ((whole[: whole.index(". ") + 1], "Shortened"), (whole, "How it ended belongs here")):
    with recording(by=curator, why=why):
        event.summary_en = text
        event.save()
print(event.pk)
"""


def main(names: list[str]) -> None:
    known = [*PAGES, "import-preview", *READERS, *TIMELINES]
    wanted = names or known
    if unknown := set(wanted) - set(known):
        sys.exit(f"There is no picture {', '.join(sorted(unknown))}; there are {', '.join(known)}.")
    with tempfile.TemporaryDirectory() as folder, running_site(Path(folder)) as event, sync_playwright() as p:
        browser = p.chromium.launch(
            executable_path=_system_chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(base_url=SITE, viewport=SIZE, color_scheme="light", locale="en-GB")
        sign_in(page)
        for name in wanted:
            if name in READERS:
                show_reader(browser, name)
                continue
            if name in TIMELINES:
                show_timeline(browser, name)
                continue
            if name in PAGES:
                page.goto(PAGES[name].format(event=f"/admin/events/event/{event}/"))
            else:
                give_table(page)
            take(page, name)
        browser.close()


def take(page: Any, name: str, clip: dict[str, float] | None = None) -> None:
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    file = PICTURES / f"{name}.png"
    page.screenshot(path=file, clip=clip)
    print(f"{file.relative_to(ROOT)}: {shrink(file) // 1000} kB")


def show_reader(browser: Any, name: str) -> None:
    """A page as it comes to a visitor who is not signed in."""
    path, width, height, colours = READERS[name]
    size = ViewportSize(width=width, height=height)
    page = browser.new_page(base_url=SITE, viewport=size, color_scheme=colours)
    page.goto(path)
    take(page, name)
    page.close()


def show_timeline(browser: Any, name: str) -> None:
    """The instrument alone, at rest, with the glance at an event where one has the focus."""
    path, width, colours, event = TIMELINES[name]
    size = ViewportSize(width=width, height=2000)
    page = browser.new_page(base_url=SITE, viewport=size, color_scheme=colours)
    page.goto(path)
    page.locator(".tl-plot[data-form]:not(.is-moving)").wait_for()
    page.wait_for_load_state("networkidle")
    if event:
        page.locator(f".tl-event[data-slug={event}]").focus()
        page.locator(".tl-glance").wait_for()
    clip = page.locator("cubaru-timeline").bounding_box()
    clip["height"] = min(clip["height"], HIGHEST)
    take(page, name, clip)
    page.close()


def sign_in(page: Any) -> None:
    page.goto("/admin/login/?next=/admin/")
    page.fill("#id_username", LOGIN)
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.locator("#user-tools").wait_for()


def give_table(page: Any) -> None:
    """Leads to the preview of an import of TABLE."""
    page.goto("/admin/core/changeset/add/")
    page.locator("select").first.select_option("event")
    table = {"name": "events.csv", "mimeType": "text/csv", "buffer": TABLE.encode()}
    page.locator("input[type=file]").set_input_files(table)
    page.locator("#content-main [type=submit]").click()
    page.wait_for_url("**/change/**")


@contextmanager
def running_site(folder: Path) -> Iterator[str]:
    """Serves the starter corpus at SITE; gives the number of EVENT, which has three revisions."""
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{folder / 'pictures.sqlite3'}",
        "MEDIA_ROOT": str(folder / "media"),
        "SITE_URL": SITE,
        "SECRET_KEY": "only for pictures " * 4,
        "DEBUG": "1",
        "DJANGO_SUPERUSER_PASSWORD": PASSWORD,
    }

    def manage(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT, env=environment, check=True, capture_output=True, text=True,
        )  # fmt: skip
        return done.stdout

    manage("migrate")
    manage("load_corpus", "cubaru/corpus")
    manage("createsuperuser", "--no-input", "--username", LOGIN, "--email", "curator@localhost")
    event = manage("shell", "--no-imports", "-c", REVISIONS).split()[-1]
    server = subprocess.Popen(
        [sys.executable, "manage.py", "runserver", "--noreload", "--insecure", str(PORT)],
        cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait_for(server)
        yield event
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_for(server: "subprocess.Popen[bytes]") -> None:
    for _attempt in range(240):
        if server.poll() is not None:
            sys.exit(f"The site could not be started: is port {PORT} free?")
        try:
            with urllib.request.urlopen(f"{SITE}/healthz", timeout=5):  # noqa: S310 — SITE is http
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.5)
    sys.exit("The site did not become ready.")


def _system_chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")


def shrink(file: Path) -> int:
    """Keeps as few colours as the page needs; the size of the file. Ends the program if it stays large."""
    with PIL.Image.open(file) as picture:
        # An octree keeps the colours of themes and verdicts too, which few dots have.
        few = picture.convert("RGB").quantize(
            256, method=PIL.Image.Quantize.FASTOCTREE, dither=PIL.Image.Dither.NONE
        )
    few.save(file, optimize=True)
    size = file.stat().st_size
    if size > MOST_BYTES:
        sys.exit(f"{file.name} has {size} bytes, more than {MOST_BYTES}.")
    return size


if __name__ == "__main__":
    main(sys.argv[1:])
