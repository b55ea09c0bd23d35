"""The formats of the API, each read by a program that is not ours."""

import csv
import hashlib
import io
import json
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import feedparser  # type: ignore[import-untyped]
import icalendar
import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from jsonschema import Draft202012Validator
from lxml import etree
from pyld import jsonld  # type: ignore[import-untyped]

from cubaru.api import KINDS
from cubaru.core.api.formats import Format
from tests.factories import EventFactory, EventPlaceFactory, PlaceFactory, SourceFactory

pytestmark = pytest.mark.django_db

OFFERED = [(plural, one) for plural, view in KINDS.items() for one in view.formats]
POSITION = {
    "type": "array", "minItems": 2, "maxItems": 2,
    "prefixItems": [
        {"type": "number", "minimum": -180, "maximum": 180},
        {"type": "number", "minimum": -90, "maximum": 90},
    ],
}  # fmt: skip
#: The shape of RFC 7946, as far as points need it.
GEOJSON = {
    "type": "object",
    "required": ["type", "features"],
    "properties": {
        "type": {"const": "FeatureCollection"},
        "features": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["type", "geometry", "properties"],
                "properties": {
                    "type": {"const": "Feature"},
                    "id": {"type": ["string", "number"]},
                    "properties": {"type": ["object", "null"]},
                    "geometry": {
                        "oneOf": [
                            {"required": ["type", "coordinates"],
                             "properties": {"type": {"const": "Point"}, "coordinates": POSITION}},
                            {"required": ["type", "coordinates"],
                             "properties": {"type": {"const": "MultiPoint"},
                                            "coordinates": {"type": "array", "items": POSITION}}},
                        ]
                    },
                },
            },
        },
    },
}  # fmt: skip


def ask(client: Client, path: str) -> Any:
    response = client.get(path)
    assert response.status_code == 200, response.content[:400]
    return response


# Which format an answer has -----------------------------------------------------------------------


@pytest.mark.parametrize(("plural", "one"), OFFERED)
def test_format_is_given_by_name_and_by_accept_header(client: Client, plural: str, one: type[Format]) -> None:
    slug = client.get(f"/api/v1/{plural}/?page_size=1").json()["results"][0]["slug"]
    for path in (f"/api/v1/{plural}/", f"/api/v1/{plural}/{slug}/"):
        named = ask(client, f"{path}?format={one.format}")
        accepted = client.get(path, headers={"accept": f"{one.media_type}, application/json;q=0.5"})
        assert named.headers["Content-Type"].split(";")[0] == one.media_type
        assert accepted.content == named.content
        # A token sees more at the address of a record; claims are parts of records.
        vary = "Accept" if plural == "claims" else "Accept, Authorization"
        assert accepted.headers["Vary"] == vary
        assert accepted.headers["ETag"] != client.get(path).headers["ETag"]
        again = client.get(path, {"format": one.format}, headers={"if-none-match": named.headers["ETag"]})
        assert again.status_code == 304


@pytest.mark.parametrize(
    ("accept", "given"),
    [
        ("text/calendar;q=0.4, application/geo+json;q=0.7", "application/geo+json"),
        ("application/json;q=0.2, text/csv", "text/csv"),
        ("text/*", "text/csv"),
        ("*/*", "application/json"),
        ("TEXT/CSV", "text/csv"),
    ],
)
def test_weights_of_the_accept_header_count(client: Client, accept: str, given: str) -> None:
    response = client.get("/api/v1/events/?page_size=1", headers={"accept": accept})
    assert response.headers["Content-Type"].split(";")[0] == given


@pytest.mark.parametrize("plural", KINDS)
def test_browser_and_whoever_takes_anything_get_json(client: Client, plural: str) -> None:
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    response = client.get(f"/api/v1/{plural}/", headers={"accept": accept})
    assert response.headers["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    ("path", "accept"),
    [
        ("/api/v1/events/?format=bibtex", ""),
        ("/api/v1/sources/?format=ics", ""),
        ("/api/v1/events/?format=pdf", ""),
        ("/api/v1/people/?format=geojson", ""),
        ("/api/v1/editions/?format=csv", ""),
        ("/api/v1/people/", "text/calendar"),
        ("/api/v1/events/", "text/html"),
    ],
)
def test_format_that_is_not_offered_is_406_and_names_those_that_are(
    client: Client, path: str, accept: str
) -> None:
    response = client.get(path, headers={"accept": accept} if accept else {})
    assert response.status_code == 406
    assert response.headers["Content-Type"] == "application/problem+json"
    assert "application/json" in response.json()["detail"]


@pytest.mark.parametrize("one", ["timelinejs", "jsonld", "csv", "ics", "atom", "geojson"])
def test_errors_are_problems_in_every_format(client: Client, one: str) -> None:
    EventFactory.create(slug="gone", status="withdrawn")
    EventFactory.create(slug="not-yet", status="draft")
    for path, status in (("gone/", 410), ("not-yet/", 404), ("", 400)):
        response = client.get(f"/api/v1/events/{path}?format={one}{'&x=1' if status == 400 else ''}")
        assert response.status_code == status
        assert response.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(("plural", "one"), OFFERED)
def test_fields_are_chosen_only_where_there_are_any(client: Client, plural: str, one: type[Format]) -> None:
    response = client.get(f"/api/v1/{plural}/?format={one.format}&fields=slug")
    assert response.status_code == (200 if one.takes_fields else 400)


@pytest.mark.parametrize(("plural", "one"), OFFERED)
def test_draft_is_in_no_format(client: Client, plural: str, one: type[Format]) -> None:
    if plural not in {"events", "sources"}:
        pytest.skip("the lists of the other kinds come from the same queryset")
    factory = EventFactory if plural == "events" else SourceFactory
    factory.create(
        slug="aaa-secret", status="draft", **({"date": "1902-01-01"} if plural == "events" else {})
    )
    ordered = f"/api/v1/{plural}/?format={one.format}&page_size=100&ordering=slug"
    assert b"aaa-secret" not in ask(client, ordered).content


@pytest.mark.parametrize(("plural", "one"), OFFERED)
def test_longer_page_asks_the_database_no_more_often(client: Client, plural: str, one: type[Format]) -> None:
    counts = []
    for size in (3, 60):
        with CaptureQueriesContext(connection) as queries:
            ask(client, f"/api/v1/{plural}/?format={one.format}&page_size={size}")
        counts.append(len(queries))
    # A short page may lack a kind of part altogether, and then does not ask for what is beneath it.
    assert counts[1] <= counts[0] + 3
    assert counts[1] <= 18


def test_pages_are_linked_in_every_format(client: Client) -> None:
    response = ask(client, "/api/v1/events/?format=csv&page_size=2")
    link = response.headers["Link"]
    assert link.startswith("<https://localhost/api/v1/events/?")
    assert "format=csv" in link
    assert 'rel="next"' in link


# Tables ---------------------------------------------------------------------------------------------


def table(client: Client, path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(ask(client, path).content.decode(), newline="")))


@pytest.mark.parametrize("plural", KINDS)
def test_table_has_a_row_for_each_record(client: Client, plural: str) -> None:
    rows = table(client, f"/api/v1/{plural}/?format=csv&page_size=100")
    records = client.get(f"/api/v1/{plural}/?page_size=100").json()["results"]
    assert [row["slug"] for row in rows] == [record["slug"] for record in records]
    assert all(None not in row and None not in row.values() for row in rows)


def test_table_has_columns_for_languages_and_dates(client: Client) -> None:
    row = table(client, "/api/v1/events/missile-crisis-1962/?format=csv")[0]
    event = client.get("/api/v1/events/missile-crisis-1962/").json()
    assert row["title.ru"] == event["title"]["ru"]
    assert row["date.earliest"] == event["date"]["earliest"]
    assert row["date.display.es"] == event["date"]["display"]["es"]
    assert row["themes"] == "; ".join(theme["slug"] for theme in event["themes"])


def test_table_in_one_language_has_one_column_for_a_text(client: Client) -> None:
    columns = table(client, "/api/v1/events/?format=csv&lang=es&page_size=1")[0]
    assert {"title", "date.display"} <= set(columns)
    assert not {"title.es", "date.display.es"} & set(columns)
    chosen = table(client, "/api/v1/events/?format=csv&fields=slug,title.ru,date.edtf&page_size=1")[0]
    assert list(chosen) == ["slug", "title.ru", "date.edtf"]


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "|calc", "\t=1+1", " =1+1", '"=1+1', "＝1+1", '=HYPERLINK("//x")',
     "=cmd|' /C calc'!A0", "%0A=1"],
)  # fmt: skip
def test_table_holds_no_formula(client: Client, text: str) -> None:
    EventFactory.create(slug="formula", title_en=text, title_es="", title_ru="")
    cell = table(client, "/api/v1/events/formula/?format=csv")[0]["title.en"]
    assert cell == f"'{text}"


def test_table_keeps_numbers_as_numbers(client: Client) -> None:
    PlaceFactory.create(slug="southern", latitude=-33.4, longitude=-70.6)
    assert table(client, "/api/v1/places/southern/?format=csv")[0]["latitude"] == "-33.4"


# Maps ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["places/?", "places/?lang=ru&", "events/?", "events/?ordering=-importance&"]
)
def test_map_is_geojson(client: Client, path: str) -> None:
    answer = ask(client, f"/api/v1/{path}format=geojson&page_size=100").json()
    assert list(Draft202012Validator(GEOJSON).iter_errors(answer)) == []
    assert len(answer["features"]) > 10


def test_map_shows_longitude_first_and_all_places_of_an_event(client: Client) -> None:
    event = EventFactory.create(slug="journey", title_en="Journey")
    for longitude in (10.5, 20.5):
        EventPlaceFactory.create(event=event, place=PlaceFactory.create(latitude=50, longitude=longitude))
    EventPlaceFactory.create(event=event, place=PlaceFactory.create(latitude=None, longitude=None))
    feature = ask(client, "/api/v1/events/journey/?format=geojson&lang=en").json()["features"][0]
    assert feature["geometry"] == {"type": "MultiPoint", "coordinates": [[10.5, 50.0], [20.5, 50.0]]}
    assert feature["properties"]["title"] == "Journey"


def test_what_has_no_place_is_not_on_the_map(client: Client) -> None:
    EventFactory.create(slug="nowhere")
    assert ask(client, "/api/v1/events/nowhere/?format=geojson").json()["features"] == []


# Linked data ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("plural", KINDS)
def test_linked_data_expands_with_nothing_but_the_sites_own_context(client: Client, plural: str) -> None:
    def load(url: str, options: Any) -> Any:
        assert url == "https://localhost/api/v1/context/1/"
        response = ask(client, urlsplit(url).path)
        content_type = response.headers["Content-Type"]
        named = {"contentType": content_type, "contextUrl": None, "documentUrl": url}
        return {**named, "document": response.json()}

    answer = ask(client, f"/api/v1/{plural}/?format=jsonld&page_size=20").json()
    expanded = jsonld.expand(answer, {"documentLoader": load})
    assert len(expanded) == len(answer["@graph"]) > 5
    for thing in expanded:
        assert thing["@type"][0].startswith("http://schema.org/")
        assert thing["@id"].startswith("https://localhost/en/")
        assert thing["http://schema.org/url"][0]["@id"] == thing["@id"]


def test_context_of_a_version_never_changes(client: Client) -> None:
    response = ask(client, "/api/v1/context/1/")
    assert response.headers["Content-Type"] == "application/ld+json"
    assert "immutable" in response.headers["Cache-Control"]
    digest = "4d9eeee5233b3d6d0faf9752251f8573e2acc1173777beab91d242439cb9e318"
    assert hashlib.sha256(response.content).hexdigest() == digest, "another meaning is another version"
    assert client.get("/api/v1/context/2/").status_code == 404


def test_linked_data_is_in_the_language_asked_for(client: Client) -> None:
    page = ask(client, "/api/v1/events/missile-crisis-1962/?format=jsonld&lang=ru")
    thing = page.json()["@graph"][0]
    assert (thing["inLanguage"], page.headers["Content-Language"]) == ("ru", "ru")
    assert thing["name"] == client.get("/api/v1/events/missile-crisis-1962/").json()["title"]["ru"]


# Timelines, calendars, feeds --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edtf", "start", "end"),
    [
        ("1962-10-22", {"year": 1962, "month": 10, "day": 22}, None),
        ("1962-10-16/1962-10-28", {"year": 1962, "month": 10, "day": 16},
         {"year": 1962, "month": 10, "day": 28}),
        ("1962-10", {"year": 1962, "month": 10}, None),
        ("1962-10-22~", {"year": 1962, "month": 10}, None),
        ("1962-21", {"year": 1962}, None),
        ("1962", {"year": 1962}, None),
        ("196X", {"year": 1960}, {"year": 1969}),
        ("1960/1964", {"year": 1960}, {"year": 1964}),
        ("1902/..", {"year": 1902}, None),
        ("../1902", {"year": 1902}, None),
        ("/1902", {"year": 1902}, None),
    ],
)  # fmt: skip
def test_timeline_says_no_more_of_a_date_than_is_known(
    client: Client, edtf: str, start: dict[str, int], end: dict[str, int] | None
) -> None:
    EventFactory.create(slug="dated", date=edtf)
    slide = ask(client, "/api/v1/events/dated/?format=timelinejs").json()["events"][0]
    shown = client.get("/api/v1/events/dated/?lang=en").json()["date"]["display"]
    assert (slide["start_date"], slide.get("end_date"), slide["display_date"]) == (start, end, shown)


def test_timeline_has_what_timelinejs_needs(client: Client) -> None:
    slides = ask(client, "/api/v1/events/?format=timelinejs&page_size=100&lang=ru").json()["events"]
    assert len({slide["unique_id"] for slide in slides}) == len(slides) > 90
    for slide in slides:
        assert slide["display_date"]
        assert slide["text"]["headline"]
        assert set(slide) <= {"unique_id", "start_date", "end_date", "display_date", "group", "text"}
        date(*(slide["start_date"].get(part, 1) for part in ("year", "month", "day")))


def test_timeline_leaves_out_what_has_no_date(client: Client) -> None:
    EventFactory.create(slug="undated", date="")
    assert ask(client, "/api/v1/events/undated/?format=timelinejs").json() == {"events": []}


def entries(client: Client, path: str) -> list[Any]:
    return list(icalendar.Calendar.from_ical(ask(client, path).content).walk("VEVENT"))


def test_calendar_holds_what_is_known_to_the_day(client: Client) -> None:
    EventFactory.create(
        slug="days", date="1962-10-16/1962-10-28", title_en="Crisis; of, missiles\\", summary_en="Ты, и я"
    )
    entry = entries(client, "/api/v1/events/days/?format=ics")[0]
    assert (entry.decoded("dtstart"), entry.decoded("dtend")) == (date(1962, 10, 16), date(1962, 10, 29))
    assert str(entry["summary"]) == "Crisis; of, missiles\\"
    assert str(entry["description"]) == "Ты, и я"
    assert entry["uid"] == "days@localhost"
    assert entry["url"] == "https://localhost/en/events/days/"


@pytest.mark.parametrize("edtf", ["1962-10", "1962", "1962-10-22~", "1962-10-22?", "1962-10-22/..", ""])
def test_calendar_leaves_out_vague_dates(client: Client, edtf: str) -> None:
    EventFactory.create(slug="vague", date=edtf)
    assert entries(client, "/api/v1/events/vague/?format=ics") == []


def test_calendar_of_the_corpus_is_read_whole(client: Client) -> None:
    path = "/api/v1/events/?format=ics&page_size=100&lang=ru"
    found = entries(client, path)
    assert len({str(entry["uid"]) for entry in found}) == len(found) > 20
    assert all(len(line) <= 75 for line in ask(client, path).content.split(b"\r\n"))


def test_feed_is_read_by_feed_readers(client: Client) -> None:
    content = ask(client, "/api/v1/events/?format=atom&ordering=-modified&page_size=50&lang=es").content
    etree.fromstring(content)
    feed = feedparser.parse(content)
    assert (feed.bozo, feed.version, len(feed.entries)) == (False, "atom10", 50)
    assert len({entry.id for entry in feed.entries}) == 50
    assert all(entry.title and entry.updated and "/es/events/" in entry.link for entry in feed.entries)


@pytest.mark.parametrize("one", ["atom", "ics"])
def test_control_characters_break_neither_feed_nor_calendar(client: Client, one: str) -> None:
    EventFactory.create(
        slug="odd", title_en="One\x0btwo\x1b", summary_en="A\x0cb\nBEGIN:VEVENT", date="1962-10-22"
    )
    content = ask(client, f"/api/v1/events/odd/?format={one}").content
    if one == "atom":
        assert not feedparser.parse(content).bozo
    else:
        assert len(icalendar.Calendar.from_ical(content).walk("VEVENT")) == 1


# Reference managers -----------------------------------------------------------------------------------


def test_sources_are_read_by_reference_managers(client: Client) -> None:
    path = "/api/v1/sources/?page_size=100&format="
    count = len(client.get("/api/v1/sources/?page_size=100").json()["results"])
    library = parse_string(ask(client, f"{path}bibtex").content.decode())
    assert (len(library.entries), library.failed_blocks) == (count, [])
    assert all(entry.key.isascii() and entry["title"] for entry in library.entries)
    assert len(rispy.loads(ask(client, f"{path}ris").content.decode())) == count
    items = json.loads(ask(client, f"{path}csl-json").content)
    assert len(items) == count
    assert all(item["id"] and item["type"] for item in items)


def test_source_in_cyrillic_is_whole_in_every_format(client: Client) -> None:
    SourceFactory.create(slug="pravda", title="Визит А. И. Микояна", language="ru", publisher="Правда")
    for one in ("bibtex", "ris", "csl-json"):
        assert "Визит А. И. Микояна" in ask(client, f"/api/v1/sources/pravda/?format={one}").content.decode()


@pytest.mark.parametrize(
    ("path", "name"),
    [("sources/essay/?format=bibtex", "essay.bib"), ("events/?format=ics", "events.ics"),
     ("people/?format=csv", "people.csv")],
)  # fmt: skip
def test_files_have_names(client: Client, path: str, name: str) -> None:
    assert ask(client, f"/api/v1/{path}").headers["Content-Disposition"] == f'attachment; filename="{name}"'


@pytest.mark.parametrize(("plural", "one"), OFFERED)
def test_a_list_of_nothing_is_still_of_its_format(client: Client, plural: str, one: type[Format]) -> None:
    response = ask(client, f"/api/v1/{plural}/?q=zzzxqwyy&format={one.format}")
    assert response.headers["Content-Type"].split(";")[0] == one.media_type
