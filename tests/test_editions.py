"""Pages of editions: for ever the same, comparable, citable."""

import json
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils.http import http_date

from cubaru.core.comparing import marked_words
from cubaru.core.history import recording
from cubaru.core.models import LedgerEntry
from tests.factories import EventFactory, ParticipationFactory, PersonFactory, SourceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> object:
    """An event with three editions: as made, with a new summary, with a participant."""
    event = EventFactory.create(slug="visit-of-1960")
    event.summary_en = "He opens the Soviet exhibition, and leaves."
    with recording(why="Summary completed"):
        event.save()
    ParticipationFactory.create(event=event, person=PersonFactory.create(slug="mikoyan-anastas"))
    return event


@pytest.mark.parametrize("language", ["en", "es", "ru"])
@pytest.mark.parametrize(
    "path",
    ["events/missile-crisis-1962", "people/mikoyan", "organizations/gov-cuba", "places/havana",
     "themes/sugar", "sources/essay"],
)  # fmt: skip
def test_every_kind_has_editions_in_every_language(client: Client, language: str, path: str) -> None:
    assert client.get(f"/{language}/{path}/editions/").status_code == 200
    page = client.get(f"/{language}/{path}/editions/1/")
    assert page.status_code == 200
    assert f'<html lang="{language}">' in page.text
    assert not page.cookies


def test_edition_shows_what_was_published_then(client: Client, event: object) -> None:
    first = client.get("/en/events/visit-of-1960/editions/1/").text
    assert "He opens the Soviet exhibition in Havana." in first
    assert "Mikoyan, " not in first
    third = client.get("/en/events/visit-of-1960/editions/3/").text
    assert "and leaves." in third
    assert "Anastas Mikoyan" in third


def test_editions_can_be_compared_word_by_word(client: Client, event: object) -> None:
    page = client.get("/en/events/visit-of-1960/editions/?from=1&to=2").text
    assert "in Havana</del>" in page
    assert "and leaves</ins>" in page.replace("</span>", "")


@pytest.mark.parametrize("query", ["from=1&to=9", "from=x&to=1", "from=1", "to=2", "from=0&to=1"])
def test_comparison_with_an_edition_that_there_is_not_is_refused(
    client: Client, event: object, query: str
) -> None:
    assert client.get(f"/en/events/visit-of-1960/editions/?{query}").status_code == 400


@pytest.mark.parametrize(
    "path", ["events/visit-of-1960/editions/4/", "events/nothing/editions/1/", "events/nothing/editions/",
             "nothing/visit-of-1960/editions/1/"],
)  # fmt: skip
def test_edition_that_there_is_not_answers_404(client: Client, event: object, path: str) -> None:
    assert client.get(f"/en/{path}").status_code == 404


def test_draft_has_no_editions(client: Client) -> None:
    EventFactory.create(slug="a-draft", status="draft")
    assert client.get("/en/events/a-draft/editions/").status_code == 404
    assert client.get("/en/events/a-draft/editions/1/").status_code == 404


def test_editions_of_a_withdrawn_record_stay_citable(client: Client, event: object) -> None:
    event.status = "withdrawn"  # type: ignore[attr-defined]
    event.save()  # type: ignore[attr-defined]
    assert client.get("/en/events/visit-of-1960/").status_code == 410
    assert client.get("/en/events/visit-of-1960/editions/2/").status_code == 200
    assert "withdrawn" in client.get("/en/events/visit-of-1960/editions/").text


def test_edition_stays_under_the_address_it_was_published_at(client: Client, event: object) -> None:
    event.slug = "mikoyan-in-havana"  # type: ignore[attr-defined]
    event.save()  # type: ignore[attr-defined]
    assert client.get("/en/events/visit-of-1960/editions/1/").status_code == 200
    moved = client.get("/en/events/mikoyan-in-havana/editions/1/")
    assert (moved.status_code, moved["Location"]) == (301, "/en/events/visit-of-1960/editions/1/")
    everything = client.get("/en/events/visit-of-1960/editions/")
    assert (everything.status_code, everything["Location"]) == (301, "/en/events/mikoyan-in-havana/editions/")


def test_page_names_its_edition_and_where_it_stays(client: Client, event: object) -> None:
    page = client.get("/en/events/visit-of-1960/")
    assert "Edition 3" in page.text
    assert '<https://localhost/en/events/visit-of-1960/editions/3/>; rel="cite-as"' in page["Link"]
    assert '<meta name="citation_title" content="Mikoyan visits Havana">' in page.text


@pytest.mark.parametrize("path", ["events/visit-of-1960/editions/3", "sources/essay"])
def test_citations_are_read_by_reference_managers(client: Client, event: object, path: str) -> None:
    import rispy
    from bibtexparser.entrypoint import parse_string

    bibtex = parse_string(client.get(f"/en/{path}/cite/bibtex/").text)
    ris = rispy.loads(client.get(f"/en/{path}/cite/ris/").text)
    (item,) = json.loads(client.get(f"/en/{path}/cite/csl-json/").text)
    titles = {bibtex.entries[0].fields_dict["title"].value.strip("{}"), ris[0]["title"], item["title"]}
    assert len(titles) == 1
    assert bibtex.entries[0].key.isascii()


def test_citation_of_a_cyrillic_page_is_not_empty_and_has_an_ascii_key(client: Client) -> None:
    text = client.get("/ru/people/mikoyan/editions/1/cite/bibtex/").text
    assert "@online{cubaru-mikoyan-1," in text
    assert "Анастас Микоян" in text


def test_citation_in_an_unknown_format_answers_404(client: Client) -> None:
    assert client.get("/en/people/mikoyan/editions/1/cite/docx/").status_code == 404
    assert client.get("/en/people/mikoyan/editions/9/cite/ris/").status_code == 404


def test_draft_source_has_no_citation(client: Client) -> None:
    SourceFactory.create(slug="a-draft", status="draft")
    assert client.get("/en/sources/a-draft/cite/ris/").status_code == 404


def test_timegate_leads_to_the_edition_of_the_time(client: Client, event: object) -> None:
    for number, year in ((1, 2020), (2, 2022), (3, 2024)):
        LedgerEntry.objects.filter(slug="visit-of-1960", edition=number).update(
            at=datetime(year, 1, 1, tzinfo=UTC)
        )
    gate = "/en/events/visit-of-1960/editions/timegate/"
    for when, number in ((datetime(2019, 1, 1, tzinfo=UTC), 1), (datetime(2023, 1, 1, tzinfo=UTC), 2)):
        answer = client.get(gate, headers={"Accept-Datetime": http_date(when.timestamp())})
        assert (answer.status_code, answer["Vary"]) == (302, "Accept-Datetime")
        assert answer["Location"].endswith(f"/editions/{number}/")
    assert client.get(gate)["Location"].endswith("/editions/3/")
    assert client.get(gate, headers={"Accept-Datetime": "yesterday"}).status_code == 400


def test_timemap_lists_every_edition(client: Client, event: object) -> None:
    answer = client.get("/en/events/visit-of-1960/editions/timemap/")
    assert answer["Content-Type"] == "application/link-format"
    assert answer.text.count('rel="memento"') == 3
    assert "Memento-Datetime" in client.get("/en/events/visit-of-1960/editions/2/").headers


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a b c", "a x c"),
        ("", "new"),
        ("gone", ""),
        ("Хрущёв сказал", "Хрущёв не сказал"),
        ("x" * 9000, "y z"),
    ],
)
def test_marked_words_put_together_are_both_texts(old: str, new: str) -> None:
    pieces = list(marked_words(old, new))
    assert "".join(piece.text for piece in pieces if piece.kind != "old") == new
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == old


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/en/events/?theme=sugar", "Events"),
        ("/ru/people/", "Персоны"),
        ("/es/claims/?verdict=imprecise", "Afirmaciones"),
        ("/en/claims/essay-c04/", "Official diplomatic relations"),
    ],
)
def test_lists_and_claims_are_cited_with_the_version_of_the_chronicle(
    client: Client, path: str, title: str
) -> None:
    from urllib.parse import urlencode

    language = path[1:3]
    answer = client.get(f"/{language}/cite/csl-json/?{urlencode({'of': path})}")
    (item,) = json.loads(answer.text)
    assert item["title"].startswith(title)
    assert item["URL"] == f"https://localhost{path}"
    assert item["version"] == str(LedgerEntry.objects.count())
    assert 'id="cite"' in client.get(path).text


@pytest.mark.parametrize(
    "path", ["", "/admin/", "/en/nothing/", "https://example.org/", "/en/claims/none/", "%00"]
)
def test_what_is_no_page_of_the_chronicle_has_no_citation(client: Client, path: str) -> None:
    assert client.get("/en/cite/ris/", {"of": path}).status_code == 404
