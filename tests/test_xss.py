"""Hostile texts are shown as texts: on pages, in editions, in the API, in feeds and in linked data.

The payloads are those that everybody tries first (after the OWASP cheat sheet and the notes of Markdown's
libraries), written into every text of an event, of its claim, of a person and of a source.
"""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.test import Client
from django.utils import timezone
from lxml import etree, html

from cubaru.core.history import recording
from events.models import Event
from people.models import Person
from readers.models import ClassSet, Correction
from readers.subjects import find
from sources.models import Source
from tests import factories

pytestmark = pytest.mark.django_db

PAYLOADS = [
    # Tags that run at once
    "<script>alert(1)</script>",
    "<ScRiPt>alert(1)</sCrIpT>",
    "<script src=//evil.example/x.js></script>",
    "<script/x>alert(1)</script/x>",
    "<script\n>alert(1)</script\n>",
    "<<script>script>alert(1)<</script>/script>",
    "</script><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</textarea></style></noscript><script>alert(1)</script>",
    "--><script>alert(1)</script><!--",
    "]]><script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    # Handlers of events
    "<img src=x onerror=alert(1)>",
    "<img src=x onerror=alert(1)//",
    "<img/src=x/onerror=alert(1)>",
    "<img src=\"x\" onerror='alert(1)' \"\">",
    "<body onload=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<a onmouseover=alert(1)>x</a>",
    "<p style=animation-name:x onanimationstart=alert(1)>x</p>",
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)' autofocus='",
    '"><img src=x onerror=alert(1)>',
    "'><svg onload=alert(1)>",
    # Addresses that run
    "<a href=javascript:alert(1)>x</a>",
    '<a href="jav&#x09;ascript:alert(1)">x</a>',
    '<a href="&#106;avascript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    "<form action=javascript:alert(1)><button>x</button></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=data:text/html,x>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    # Markdown
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "![x](javascript:alert(1))",
    "![x](https://evil.example/pixel.gif)",
    '![x" onerror="alert(1)](x)',
    '[x](https://example.org/"onmouseover="alert(1))',
    "[x](https://example.org 'x\" onmouseover=\"alert(1)')",
    "<javascript:alert(1)>",
    "[x]: javascript:alert(1)\n\n[x]",
    '```html"onload=alert(1)\n<script>alert(1)</script>\n```',
    "`<script>alert(1)</script>`",
    # Other languages within HTML
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href=javascript:alert(1)><text>x</text></a></svg>",
    "<math><mtext></p><img src=x onerror=alert(1)></mtext></math>",
    "<style>@import '//evil.example/x.css';</style>",
    '<p style="background:url(javascript:alert(1))">x</p>',
    # Entities, marks of direction, ends of lines, broken texts
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;img src=x onerror=alert(1)&#62;",
    "\u2028<script>alert(1)</script>\u2029",
    "\u202e<script>alert(1)</script>\u202c",
    "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e",
    "<img src=x\u00a0onerror=alert(1)>",
    "<unclosed a='",
    "<!--",
    "<![CDATA[<script>alert(1)</script>",
    "{{ 7|add:7 }}{% debug %}${7*7}",
]  # fmt: skip

RUNNING = {"applet", "base", "embed", "frame", "frameset", "iframe", "math", "object", "style"}
ADDRESSES = {"action", "data", "formaction", "href", "poster", "src", "srcdoc", "xlink:href"}
RUNNING_SCHEMES = ("javascript:", "vbscript:", "data:")
OWN = ("/", "https://localhost/", "#")
#: A script of these types is data, which no browser runs.
DATA = {"application/ld+json", "application/json"}


def dangers(page: str) -> list[str]:
    """What in a page of HTML would run, or would be loaded from another host."""
    root = html.document_fromstring(page)
    return [danger for element in root.iter(etree.Element) for danger in _dangers_of(element)]


def _dangers_of(element: Any) -> Iterator[str]:
    tag = str(element.tag).lower()
    attributes = {str(name).lower(): str(value) for name, value in element.attrib.items()}
    if tag in RUNNING or (tag == "meta" and "http-equiv" in attributes):
        yield f"<{tag}>"
    if tag == "script" and attributes.get("type") not in DATA and "src" not in attributes:
        yield "<script>"
    for name, value in attributes.items():
        plain = re.sub(r"[\x00-\x20]", "", value).lower()
        if name.startswith("on") or name == "style":
            yield f"{tag} {name}"
        if name in ADDRESSES and plain.startswith(RUNNING_SCHEMES):
            yield f"{tag} {name}={value}"
        loads = name in {"src", "poster"} or (tag == "link" and attributes.get("rel") == "stylesheet")
        is_own = value.startswith(OWN) and not value.startswith("//")
        if loads and name in ADDRESSES and not is_own:
            yield f"{tag} {name}={value}"


@pytest.mark.parametrize(
    "attack",
    ["<script>1</script>", "<img src=x onerror=a()>", "<a href=' java\tscript:a()'>x</a>", "<iframe>x",
     "<p style='x'>", "<img src=https://evil.example/x>", "<link rel=stylesheet href=//evil.example/x.css>"],
)  # fmt: skip
def test_the_check_finds_what_would_run(attack: str) -> None:
    assert dangers(f"<html><body><p>Before {attack} after</p></body></html>")


def texts_of(page: str) -> str:
    return " ".join("".join(map(str, html.document_fromstring(page).itertext())).split())


def linked_data(page: str) -> list[Any]:
    scripts = html.document_fromstring(page).xpath("//script[@type='application/ld+json']/text()")
    assert isinstance(scripts, list)
    return [json.loads(str(text)) for text in scripts]


def hostile_records(payload: str) -> None:
    """An event, a person and a source with the payload in every text, all in their first editions."""
    with recording(why="Made to harm"):
        short = payload.replace("\n", " ")
        source = factories.SourceFactory.create(slug="hostile-source", title=short, publisher=short)
        person = factories.PersonFactory.create(
            slug="hostile-person",
            name_en=f"Name {short}",
            description_en=payload,
            body_en=f"Text\n\n{payload}",
        )
        event = factories.EventFactory.create(
            slug="hostile-event",
            title_en=f"Title {short}",
            summary_en=f"Summary {payload}",
            body_en=f"Text {payload}\n\n{payload}\n\nCited [@hostile-source].",
            date_note_en=payload,
        )
        factories.ParticipationFactory.create(event=event, person=person, note_en=payload)
        event.names.create(text=short, language="en", kind="alias")
        claim = factories.ClaimFactory.create(
            slug="hostile-claim", event=event, statement_en=payload, reasoning_en=payload
        )
        factories.ClaimCitationFactory.create(claim=claim, source=source, quotation=payload, note_en=payload)
        event.citations.create(source=source, quotation=payload, note_en=payload)


PAGES = [
    "/en/events/hostile-event/",
    "/en/events/hostile-event/editions/1/",
    "/en/people/hostile-person/",
    "/en/sources/hostile-source/",
    "/en/claims/hostile-claim/",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_text_runs_nowhere(client: Client, payload: str) -> None:
    hostile_records(payload)
    for path in PAGES:
        page = client.get(path)
        assert page.status_code == 200, path
        assert dangers(page.text) == [], path
    data = linked_data(client.get(PAGES[0]).text)
    assert payload.replace("\n", " ") in data[0]["name"]
    feed = etree.fromstring(client.get("/en/feed.atom").content)
    for entry in feed.iterfind("{*}entry"):
        for text in (entry.findtext("{*}summary") or "", entry.findtext("{*}title") or ""):
            # What readers of feeds take for HTML.
            assert dangers(f"<html><body>{_as_feed_readers_see(entry, text)}</body></html>") == []
    answer = client.get("/api/v1/events/hostile-event/")
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    told = answer.json()
    assert told["title"]["en"] == f"Title {payload.replace(chr(10), ' ')}"
    assert dangers(f"<html><body>{told['narrative']['en']['html']}</body></html>") == []
    assert "<img" not in told["narrative"]["en"]["html"]
    slide = client.get("/api/v1/events/hostile-event/?format=timelinejs").json()["events"][0]
    shown = f"{slide['text']['headline']} {slide['text']['text']} {slide.get('group', '')}"
    assert dangers(f"<html><body>{shown}</body></html>") == []
    assert "<img" not in shown
    linked = client.get("/api/v1/events/hostile-event/?format=jsonld").json()["@graph"][0]
    assert linked["name"] == told["title"]["en"]


def _as_feed_readers_see(entry: Any, text: str) -> str:
    """A summary of the type "html" is HTML; a title without a type is plain text."""
    summary = entry.find("{*}summary")
    is_html = summary is not None and summary.get("type") == "html" and summary.text == text
    return text if is_html else text.replace("&", "&amp;").replace("<", "&lt;")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_readers_send_runs_nowhere(client: Client, desk: Client, payload: str) -> None:
    hostile_records(payload)
    short = payload.replace("\n", " ")
    about = find("claim", "hostile-claim")
    assert about is not None
    fields = dict.fromkeys(("wrong", "proposed", "source", "answer"), payload)
    sent = Correction.objects.create(
        kind="claim", slug="hostile-claim", seen=about.seen, language="en", credit=short, status="accepted",
        answered_at=timezone.now(), **fields,
    )  # fmt: skip
    made = ClassSet.objects.create(title=short, note=payload, language="en")
    made.events.create(position=1, slug="hostile-event")
    query = urlencode({"title": short, "note": payload, "event": "hostile-event", "find": "Title"})
    typed = {"wrong": payload, "credit": short, "email": short}
    for path, page in {
        "list": client.get("/en/corrections/"),
        "sent": client.get(sent.get_absolute_url()),
        "form": client.get("/en/corrections/new/?claim=hostile-claim"),
        "typed": client.post("/en/corrections/new/?claim=hostile-claim", typed),
        "set": client.get(f"{made.get_absolute_url()}?languages=en,ru"),
        "composing": client.get(f"/en/sets/new/?{query}"),
        "lost": client.get(f"/en/{quote(payload, safe='')}/"),
        "desk": desk.get(f"/admin/readers/correction/{sent.pk}/change/"),
        "desk, set": desk.get(f"/admin/readers/classset/{made.pk}/change/"),
    }.items():
        assert page.status_code in {200, 400, 404}, path
        assert dangers(page.text) == [], path
    feed = etree.fromstring(client.get("/en/corrections/feed.atom").content)
    for text in feed.findall("{*}entry/{*}summary"):
        assert dangers(f"<html><body>{text.text}</body></html>") == []


@pytest.mark.parametrize("payload", PAYLOADS[::7])
def test_hostile_text_runs_in_no_preview(desk: Client, payload: str) -> None:
    hostile_records(payload)
    for model, slug in ((Event, "hostile-event"), (Person, "hostile-person"), (Source, "hostile-source")):
        record = model.objects.get(slug=slug)
        opts = model._meta
        page = desk.get(f"/admin/{opts.app_label}/{opts.model_name}/{record.pk}/preview/")
        assert page.status_code == 200
        assert dangers(page.text) == [], slug


@pytest.mark.parametrize(
    "payload", ["</code></pre><script>alert(1)</script>", '"><img src=x onerror=alert(1)>']
)
def test_hostile_text_is_text_in_the_documentation_of_the_api(client: Client, payload: str) -> None:
    hostile_records(payload)
    assert dangers(client.get("/api/v1/docs/events/?form=record&slug=hostile-event").text) == []


def test_there_are_sixty_payloads_and_more() -> None:
    assert len(set(PAYLOADS)) >= 60


def test_hostile_text_is_still_there_to_be_read(client: Client) -> None:
    hostile_records("<script>alert(1)</script>")
    page = client.get(PAGES[0]).text
    assert "Title <script>alert(1)</script>" in texts_of(page)
    assert texts_of(page).count("<script>alert(1)</script>") > 5
