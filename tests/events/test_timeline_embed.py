"""The timeline in frames of other sites, and what oEmbed says of it."""

import gzip
import json
import re
from base64 import b64encode
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlsplit

import brotli
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cubaru.core import kept_answers
from events.levels.rebuilding import rebuild
from events.models import Event
from events.timeline_eras import ERAS, dated_eras
from tests.factories import EventFactory, ParticipationFactory, PersonFactory

pytestmark = pytest.mark.django_db


def page(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def oembed(client: Client, **query: str) -> Any:
    return client.get("/oembed/", query)


def instrument_of(client: Client, path: str) -> dict[str, Any]:
    text = client.get(path).content.decode()
    found = re.search(r"<cubaru-timeline.*?<script[^>]*>(.*?)</script>", text, re.DOTALL)
    assert found is not None, path
    instrument: dict[str, Any] = json.loads(found[1])
    return instrument


def test_only_the_embedded_page_may_be_framed(client: Client) -> None:
    embedded = client.get("/en/embed/timeline/")
    assert "frame-ancestors *" in embedded.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in embedded.headers
    assert embedded.headers["Cross-Origin-Opener-Policy"] == "unsafe-none"
    for path in ("/en/", "/en/themes/diplomacy/", "/en/events/missile-crisis-1962/card/"):
        answer = client.get(path)
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"], path
        assert answer.headers["X-Frame-Options"] == "DENY", path
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin", path


@pytest.mark.parametrize("path", ["/en/embed/timeline/", "/en/"])
def test_page_of_the_timeline_is_made_once_until_something_is_published(
    client: Client, django_assert_max_num_queries: Any, path: str
) -> None:
    first = client.get(f"{path}?view=together&unknown=1")
    with django_assert_max_num_queries(1):
        again = client.get(f"{path}?view=together")
    assert again.content == first.content
    assert b"unknown" not in again.content
    unchanged = {"If-None-Match": first.headers["ETag"]}
    assert client.get(f"{path}?view=together", headers=unchanged).status_code == 304
    EventFactory.create(title_en="Published now", date="1905", importance=5)
    after = client.get(f"{path}?view=together", headers=unchanged)
    assert "Published now" in after.content.decode()


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("gzip, deflate, br, zstd", "br"), ("gzip", "gzip"), ("identity", None), ("", None)],
)
@pytest.mark.parametrize("path", ["/ru/", "/en/feed.atom"])
def test_what_is_kept_goes_out_in_an_encoding_that_the_browser_knows(
    client: Client, path: str, accepted: str, encoding: str | None
) -> None:
    plain = client.get(path).content
    answer = client.get(path, headers={"Accept-Encoding": accepted})
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding]
    assert answer.headers.get("Content-Encoding") == encoding
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert unpack(answer.content) == plain
    assert encoding is None or len(answer.content) < len(plain) / 3


def test_kept_pictures_are_not_compressed_again(client: Client) -> None:
    address = re.search(
        r'property="og:image" content="[^"]*?(/[^"/]*/.*?)"', client.get("/en/").content.decode()
    )
    assert address
    answer = client.get(urlsplit(address[1]).path, headers={"Accept-Encoding": "br"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/png")
    assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize(
    "query", ["from=1962&to=1962", "from=1950-01-02", "view=together&lane=trade", "page=7"]
)
def test_nobody_can_fill_the_cache_with_periods(client: Client, query: str) -> None:
    client.get(f"/en/?{query}")
    with CaptureQueriesContext(connection) as again:
        answer = client.get(f"/en/?{query}", headers={"Accept-Encoding": "br"})
    assert answer.headers["Content-Encoding"] == "br"
    assert len(again) > 3  # it is made anew
    unchanged = client.get(f"/en/?{query}", headers={"If-None-Match": answer.headers["ETag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")


def test_what_another_release_made_is_not_given_out(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    before = client.get("/en/").headers["ETag"]
    monkeypatch.setattr(kept_answers, "release", lambda: "another")
    with CaptureQueriesContext(connection) as asked:
        after = client.get("/en/", headers={"If-None-Match": before})
    assert after.status_code == 200
    assert len(asked) > 3


def test_other_sites_may_frame_the_kept_page_too(client: Client) -> None:
    first = client.get("/en/embed/timeline/")
    again = client.get("/en/embed/timeline/")
    unchanged = client.get("/en/embed/timeline/", headers={"If-None-Match": first.headers["ETag"]})
    assert unchanged.status_code == 304
    for answer in (again, unchanged):
        policy = answer.headers["Content-Security-Policy"]
        assert "frame-ancestors *" in policy
        assert policy.count("sha256") == 2
        assert "X-Frame-Options" not in answer.headers
        assert answer.headers["Cross-Origin-Opener-Policy"] == "unsafe-none"


def test_embedded_page_may_use_what_is_written_into_it_and_nothing_else(client: Client) -> None:
    answer = client.get("/en/embed/timeline/")
    policy = answer.headers["Content-Security-Policy"]
    text = answer.content.decode()
    for directive, written in (
        ("style-src", r"<style>(.*?)</style>"),
        ("script-src", r'<script type="module">(.*?)</script>'),
    ):
        content = re.findall(written, text, re.DOTALL)
        digests = [b64encode(sha256(one.encode()).digest()).decode() for one in content]
        allowed = re.findall(rf"{directive} ([^;]*)", policy)
        assert len(digests) == 1
        assert allowed == [f"'self' 'sha256-{digests[0]}'"]
    assert "sha256" not in client.get("/en/").headers["Content-Security-Policy"]


def test_front_page_says_what_was_wrong_to_whoever_asked_it(client: Client) -> None:
    wrong = client.get("/en/?from=yesterday")
    assert wrong.status_code == 400
    assert b"from=yesterday" in wrong.content  # the language links lead to the same mistake
    assert client.get("/en/").status_code == 200


@pytest.mark.parametrize(
    "query", ["", "?theme=diplomacy", "?person=castro-fidel", "?from=1962&to=1963&lane=defence"]
)
def test_embedded_page_lists_events_without_a_script_and_leads_back(client: Client, query: str) -> None:
    answer = client.get(f"/es/embed/timeline/{query}")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert 3 < len(re.findall(r'class="spine__title"', text)) <= 24
    assert '<base target="_top">' in text
    assert 'href="/es/' in text


def test_embedded_page_shows_the_years_of_its_theme_or_person(client: Client) -> None:
    person = PersonFactory.create()
    for year in (1971, 1975):
        ParticipationFactory.create(event=EventFactory.create(date=f"{year}-05-05"), person=person)
    assert instrument_of(client, f"/en/embed/timeline/?person={person.slug}")["whole"] == ["1971", "1975"]
    assert instrument_of(client, f"/en/people/{person.slug}/")["person"] == person.slug


def test_what_the_frame_cannot_show_is_said(client: Client) -> None:
    assert client.get("/en/embed/timeline/?theme=nothing").status_code == 400
    assert "There is no person" in client.get("/en/embed/timeline/?person=nobody").content.decode()


@pytest.mark.usefixtures("empty_database")
def test_embedded_page_of_an_empty_chronicle_says_so(client: Client) -> None:
    rebuild()
    assert "No event is recorded yet." in client.get("/en/embed/timeline/").content.decode()
    assert oembed(client, url=page("/en/")).status_code == 404


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/en/", {}),
        ("/ru/?from=1962&to=1963", {"from": ["1962"], "to": ["1963"]}),
        ("/en/embed/timeline/?theme=diplomacy", {"theme": ["diplomacy"]}),
        ("/es/themes/diplomacy/", {"theme": ["diplomacy"]}),
        ("/en/people/castro-fidel/", {"person": ["castro-fidel"]}),
    ],
)
def test_oembed_frames_every_page_that_has_a_timeline(
    client: Client, path: str, query: dict[str, Any]
) -> None:
    answer = oembed(client, url=page(path), format="json")
    told = answer.json()
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert (told["type"], told["version"], told["width"], told["height"]) == ("rich", "1.0", 960, 720)
    source = re.search(r'<iframe src="([^"]+)"', told["html"])
    assert source is not None
    parts = urlsplit(source[1].replace("&amp;", "&"))
    assert parts.path == f"/{path.split('/')[1]}/embed/timeline/"
    assert parse_qs(parts.query) == query
    assert client.get(f"{parts.path}?{parts.query}").status_code == 200


def test_pages_lead_to_their_oembed(client: Client) -> None:
    for path in ("/en/?from=1962&to=1962", "/en/themes/diplomacy/", "/en/people/castro-fidel/"):
        text = client.get(path).content.decode()
        found = re.search(r'type="application/json\+oembed" href="([^"]+)"', text)
        assert found is not None, path
        parts = urlsplit(found[1].replace("&amp;", "&"))
        assert client.get(f"{parts.path}?{parts.query}").status_code == 200, path


def test_oembed_makes_the_frame_no_larger_than_asked(client: Client) -> None:
    told = oembed(client, url=page("/en/"), maxwidth="300", maxheight="5000").json()
    assert (told["width"], told["height"]) == (300, 720)
    assert 'width="300"' in told["html"]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({}, 400),
        ({"url": page("/en/"), "maxwidth": "wide"}, 400),
        ({"url": page("/en/"), "maxheight": "0"}, 400),
        ({"url": page("/en/"), "format": "xml"}, 501),
        ({"url": page("/en/events/")}, 404),
        ({"url": page("/en/?from=1970&to=1960")}, 404),
        ({"url": page("/en/people/nobody/")}, 404),
        ({"url": page("/xx/")}, 404),
        ({"url": "https://example.org/en/"}, 404),
        ({"url": "javascript:alert(1)"}, 404),
        ({"url": "http://["}, 404),
    ],
)
def test_oembed_refuses_what_it_cannot_do(client: Client, query: dict[str, str], status: int) -> None:
    answer = oembed(client, **query)
    assert answer.status_code == status
    assert answer.json()["error"].endswith(".")


def test_glance_at_a_draft_is_not_there(client: Client) -> None:
    draft = EventFactory.create(status="draft")
    assert client.get(f"/en/events/{draft.slug}/card/").status_code == 404
    shown = client.get("/ru/events/missile-crisis-1962/card/")
    assert shown.headers["X-Robots-Tag"] == "noindex"
    assert "16–28 октября 1962" in shown.content.decode().replace("\xa0", " ")


def test_eras_are_dated_by_events_of_the_chronicle(client: Client) -> None:
    slugs = {slug for era in ERAS for slug in (era.begins, era.ends) if slug}
    assert Event.objects.published().filter(slug__in=slugs).count() == len(slugs)
    eras = {era.name: era for era in dated_eras()}
    assert len(eras) == len(ERAS)
    assert eras["Special Period"].is_open
    assert eras["Relations, 1942–1952"].last is not None
    Event.objects.get(slug="special-period-1990").delete()
    assert "Special Period" not in {era.name for era in dated_eras()}
