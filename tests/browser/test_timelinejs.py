"""The API's timelines in TimelineJS 3 itself, in a real Chromium."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.conftest import ROOT
from tests.factories import EventFactory

pytestmark = pytest.mark.django_db

DIST = ROOT / "node_modules" / "@knight-lab" / "timelinejs" / "dist"
PAGE = """<!doctype html><link rel="stylesheet" href="/css/timeline.css">
<div id="timeline" style="height: 600px"></div><script src="/js/timeline.js"></script>
<script>
  const options = {font: null, script_path: "/js/", language: "LANGUAGE"};
  fetch("/events.json").then(answer => answer.json())
    .then(data => { window.timeline = new TL.Timeline("timeline", data, options); });
</script>"""


@pytest.mark.parametrize("language", ["en", "ru"])
def test_timelinejs_shows_every_dated_event_without_a_word_of_complaint(
    chromium: Any, client: Client, language: str
) -> None:
    for date in ("196X", "1902/..", "1962-10-22~", "1962-21", "1900-02"):
        EventFactory.create(date=date, title_en=f"<b>Vague</b> & {date}")
    path = f"/api/v1/events/?format=timelinejs&page_size=100&ordering=-modified&lang={language}"
    answer = client.get(path).content
    files = {"/": PAGE.replace("LANGUAGE", language).encode(), "/events.json": answer}
    page, complaints = _opened(chromium, files)
    page.wait_for_function("document.querySelectorAll('.tl-timemarker').length > 0")
    slides = json.loads(answer)["events"]
    assert len(slides) > 90
    shown = page.evaluate("window.timeline.config.events.map(slide => slide.unique_id)")
    assert sorted(shown) == sorted(slide["unique_id"] for slide in slides)
    assert page.locator(".tl-timemarker").count() == len(slides)
    assert page.locator(".tl-message-full").count() == 0
    page.context.close()
    assert complaints == []


def _opened(chromium: Any, files: dict[str, bytes]) -> tuple[Any, list[str]]:
    """A page of a site that has these files and TimelineJS, and nothing else; with what its console says."""
    context = chromium.new_context()
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type != "log" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))

    def answer(route: Any) -> None:
        path = re.sub(r"^https?://[^/]+|\?.*$", "", route.request.url)
        file = DIST / path.lstrip("/")
        if path in files:
            route.fulfill(body=files[path], content_type="text/html" if path == "/" else "application/json")
        elif Path(file).is_file():
            route.fulfill(path=file)
        else:
            route.fulfill(status=204)

    page.route("**/*", answer)
    page.goto("http://timeline.example/")
    return page, complaints
