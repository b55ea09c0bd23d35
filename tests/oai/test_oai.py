"""OAI-PMH as harvesters meet it: six verbs, deletions for ever, lists that go on, the protocol's errors."""

import re
from datetime import UTC, timedelta
from typing import Any

import pytest
from django.test import Client
from lxml import etree

from cubaru.core.documents import kinds
from cubaru.core.models import LedgerEntry
from cubaru.oai import views
from events.models import Event
from tests.factories import EventFactory, SourceFactory

pytestmark = pytest.mark.django_db

GET = "verb=GetRecord&metadataPrefix=oai_dc&identifier="
NAMES = {
    "oai": "http://www.openarchives.org/OAI/2.0/",
    "oai_dc": "http://www.openarchives.org/OAI/2.0/oai_dc/",
    "dc": "http://purl.org/dc/elements/1.1/",
}
#: The fifteen elements of simple Dublin Core.
ELEMENTS = {
    "title", "creator", "subject", "description", "publisher", "contributor", "date", "type", "format",
    "identifier", "source", "language", "relation", "coverage", "rights",
}  # fmt: skip


def ask(client: Client, query: str) -> Any:
    response = client.get(f"/oai/?{query}")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/xml; charset=utf-8"
    root = etree.fromstring(response.content)
    # What the schema of the protocol says of every answer: these three, in this order.
    assert [etree.QName(child).localname for child in root][:2] == ["responseDate", "request"]
    assert len(root) == 3
    assert root[1].text == "https://localhost/oai/"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", root[0].text or "")
    return root


def texts(root: Any, path: str) -> list[str]:
    return [str(text) for text in root.xpath(f"{path}/text()", namespaces=NAMES)]


def error(client: Client, query: str) -> str:
    root = ask(client, query)
    assert etree.QName(root[2]).localname == "error"
    assert root[2].text
    code: str = root[2].get("code")
    assert (dict(root[1].attrib) == {}) == (code in {"badVerb", "badArgument"})
    return code


def harvest(client: Client, query: str) -> list[Any]:
    """All headers or records of a list, page by page."""
    found: list[Any] = []
    start = None
    while True:
        root = ask(client, query)
        verb = root[2]
        found += [child for child in verb if etree.QName(child).localname != "resumptionToken"]
        token = verb.xpath("oai:resumptionToken", namespaces=NAMES)
        if not token or not token[0].text:
            return found
        cursor = int(token[0].get("cursor"))
        start = cursor if start is None else start
        assert cursor - start + len(verb) - 1 == len(found)
        query = f"verb={etree.QName(verb).localname}&resumptionToken={token[0].text}"


def test_identify_says_what_harvesters_need(client: Client) -> None:
    told = ask(client, "verb=Identify")[2]
    assert [etree.QName(child).localname for child in told] == [
        "repositoryName", "baseURL", "protocolVersion", "adminEmail", "earliestDatestamp", "deletedRecord",
        "granularity",
    ]  # fmt: skip
    assert texts(told, "oai:deletedRecord") == ["persistent"]
    assert texts(told, "oai:granularity") == ["YYYY-MM-DDThh:mm:ssZ"]
    first = LedgerEntry.objects.order_by("number")[0].at
    assert texts(told, "oai:earliestDatestamp") == [f"{first:%Y-%m-%dT%H:%M:%SZ}"]


def test_formats_and_sets_are_listed(client: Client) -> None:
    told = ask(client, "verb=ListMetadataFormats&identifier=oai:localhost:events/missile-crisis-1962")
    assert texts(told, "//oai:metadataPrefix") == ["oai_dc"]
    assert texts(ask(client, "verb=ListSets"), "//oai:setSpec") == [kind.plural for kind in kinds()]


def test_every_published_record_is_harvested_once(client: Client) -> None:
    records = harvest(client, "verb=ListRecords&metadataPrefix=oai_dc")
    headers = harvest(client, "verb=ListIdentifiers&metadataPrefix=oai_dc")
    identifiers = [texts(record, "oai:header/oai:identifier")[0] for record in records]
    assert identifiers == [texts(header, "oai:identifier")[0] for header in headers]
    published = {
        f"oai:localhost:{kind.plural}/{slug}"
        for kind in kinds()
        for slug in kind.model._default_manager.filter(status="published").values_list("slug", flat=True)
    }
    assert len(identifiers) == len(set(identifiers))
    assert set(identifiers) >= published
    for record in records:
        assert [etree.QName(child).localname for child in record] == ["header", "metadata"]
        inner = record.xpath("oai:metadata/oai_dc:dc", namespaces=NAMES)[0]
        assert {etree.QName(element).localname for element in inner} <= ELEMENTS
        assert all(element.text for element in inner)


def test_a_record_is_told_in_dublin_core(client: Client) -> None:
    told = ask(client, f"{GET}oai:localhost:events/missile-crisis-1962")
    event = Event.objects.get(slug="missile-crisis-1962")
    titles = told.xpath("//dc:title", namespaces=NAMES)
    by_language = {title.get("{http://www.w3.org/XML/1998/namespace}lang"): title.text for title in titles}
    assert by_language == {"en": event.title_en, "es": event.title_es, "ru": event.title_ru}  # type: ignore[attr-defined]
    assert texts(told, "//dc:date") == [event.date]
    assert texts(told, "//dc:identifier") == ["https://localhost/en/events/missile-crisis-1962/"]
    assert texts(told, "//dc:type") == ["Event"]
    assert len(texts(told, "//dc:rights")) == 2


def test_a_source_names_its_makers(client: Client) -> None:
    SourceFactory.create(
        slug="a-book", creators=[{"role": "author", "family": "Ruz", "given": "Ana"}], doi="10.1/x"
    )
    told = ask(client, f"{GET}oai:localhost:sources/a-book")
    assert texts(told, "//dc:creator") == ["Ruz, Ana"]
    assert "https://doi.org/10.1/x" in texts(told, "//dc:identifier")
    assert texts(told, "//dc:language") == ["en"]


def test_what_is_gone_stays_as_deleted(client: Client) -> None:
    event = EventFactory.create(slug="first-slug")
    event.slug = "second-slug"
    event.save()
    event.status = "withdrawn"
    event.save()
    for slug in ("first-slug", "second-slug"):
        told = ask(client, f"{GET}oai:localhost:events/{slug}")
        assert told.xpath("//oai:header/@status", namespaces=NAMES) == ["deleted"]
        assert told.xpath("//oai:metadata", namespaces=NAMES) == []
    deleted = [
        texts(header, "oai:identifier")[0]
        for header in harvest(client, "verb=ListIdentifiers&metadataPrefix=oai_dc&set=events")
        if header.get("status") == "deleted"
    ]
    assert {"oai:localhost:events/first-slug", "oai:localhost:events/second-slug"} <= set(deleted)


def test_lists_are_narrowed_by_time_and_set(client: Client) -> None:
    EventFactory.create(slug="just-now")
    at = LedgerEntry.objects.get(slug="just-now").at.astimezone(UTC)
    second = f"{at:%Y-%m-%dT%H:%M:%SZ}"
    query = "verb=ListIdentifiers&metadataPrefix=oai_dc&set=events"
    for bounds in (f"&from={second}&until={second}", f"&from={second}", f"&from={at:%Y-%m-%d}"):
        found = [texts(header, "oai:identifier")[0] for header in harvest(client, query + bounds)]
        assert "oai:localhost:events/just-now" in found
    before = f"{at - timedelta(seconds=1):%Y-%m-%dT%H:%M:%SZ}"
    earlier = client.get(f"/oai/?{query}&until={before}").content
    assert b"events/just-now<" not in earlier
    assert error(client, f"{query}&from=2200-01-01") == "noRecordsMatch"
    for header in harvest(client, "verb=ListIdentifiers&metadataPrefix=oai_dc&set=places"):
        assert texts(header, "oai:setSpec") == ["places"]


def test_a_list_goes_on_while_records_change(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """What changes meanwhile comes again later; nothing is left out."""
    monkeypatch.setattr(views, "PAGE", 50)
    query = "verb=ListIdentifiers&metadataPrefix=oai_dc&set=events"
    first = ask(client, query)
    token = texts(first, "//oai:resumptionToken")[0]
    seen = texts(first, "//oai:identifier")
    assert len(seen) == 50
    last: Any = Event.objects.published().order_by("-pk")[0]
    last.summary_en = "Told anew."
    last.save()
    rest = harvest(client, f"verb=ListIdentifiers&resumptionToken={token}")
    seen += [texts(header, "oai:identifier")[0] for header in rest]
    published = Event.objects.published().values_list("slug", flat=True)
    assert {f"oai:localhost:events/{slug}" for slug in published} <= set(seen)


def test_what_readers_cannot_see_is_not_harvested(client: Client) -> None:
    EventFactory.create(slug="a-draft", status="draft")
    assert error(client, f"{GET}oai:localhost:events/a-draft") == ("idDoesNotExist")


def test_a_question_may_be_posted(client: Client) -> None:
    response = client.post("/oai/", {"verb": "ListSets"})
    assert response.status_code == 200
    assert b"<setSpec>events</setSpec>" in response.content


def test_control_characters_do_not_break_the_answer(client: Client) -> None:
    EventFactory.create(slug="odd", title_en="One\x0btwo\x1b & <three>")
    told = ask(client, f"{GET}oai:localhost:events/odd")
    assert texts(told, "//dc:title")[0] == "One two  & <three>"


LIST = "verb=ListRecords&metadataPrefix=oai_dc"


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "badVerb"),
        ("verb=Nope", "badVerb"),
        ("verb=Identify&verb=Identify", "badVerb"),
        ("verb=Identify&set=events", "badArgument"),
        ("verb=ListRecords", "badArgument"),
        ("verb=GetRecord&metadataPrefix=oai_dc", "badArgument"),
        (f"{LIST}&set=events&set=people", "badArgument"),
        (f"{LIST}&from=1962", "badArgument"),
        (f"{LIST}&from=2026-13-01", "badArgument"),
        (f"{LIST}&from=2026-01-02&until=2026-01-01", "badArgument"),
        (f"{LIST}&from=2026-01-02&until=2026-02-01T00:00:00Z", "badArgument"),
        (f"{LIST}&until=9999-12-31", "badArgument"),
        (f"{LIST}&resumptionToken=x", "badArgument"),
        ("verb=ListRecords&metadataPrefix=marc21", "cannotDisseminateFormat"),
        ("verb=GetRecord&metadataPrefix=marc21&identifier=x", "cannotDisseminateFormat"),
        (f"{GET}x", "idDoesNotExist"),
        (f"{GET}oai:localhost:events/%00", "idDoesNotExist"),
        (f"{GET}oai:other:events/missile-crisis-1962", "idDoesNotExist"),
        ("verb=ListMetadataFormats&identifier=x", "idDoesNotExist"),
        ("verb=ListRecords&resumptionToken=x", "badResumptionToken"),
        ("verb=ListRecords&resumptionToken=%E2%82%AC", "badResumptionToken"),
        ("verb=ListRecords&resumptionToken=W10", "badResumptionToken"),
        ("verb=ListSets&resumptionToken=x", "badResumptionToken"),
        (f"{LIST}&set=dragons", "noRecordsMatch"),
        (f"{LIST}&until=1900-01-01", "noRecordsMatch"),
    ],
)  # fmt: skip
def test_errors_are_those_of_the_protocol(client: Client, query: str, code: str) -> None:
    assert error(client, query) == code
