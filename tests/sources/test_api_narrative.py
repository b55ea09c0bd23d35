"""The narratives of events and people in the API."""

from typing import Any

import pytest
from django.db.models import QuerySet
from django.test import Client

from cubaru.core.models import Status
from sources.models import Source
from tests.factories import EventFactory, PersonFactory, SourceFactory

pytestmark = pytest.mark.django_db

TEXT = "It began on the **22nd** [see @blue-book, doc. 84; @red-book]. It ended [@red-book]."


@pytest.fixture
def told() -> Any:
    """An event whose text cites two sources, in English and Russian."""
    for slug in ("blue-book", "red-book"):
        SourceFactory.create(slug=slug, title=slug.title())
    return EventFactory.create(slug="told", body_en=TEXT, body_es="", body_ru="Началось 22-го [@red-book].")


def one(client: Client, query: str = "") -> Any:
    response = client.get(f"/api/v1/events/told/?{query}")
    assert response.status_code == 200
    return response.json()


def test_narrative_has_html_and_numbered_footnotes_in_each_language(client: Client, told: Any) -> None:
    answer = one(client)
    assert answer["body"]["en"] == TEXT
    assert list(answer["narrative"]) == ["en", "ru"]
    english = answer["narrative"]["en"]
    assert "<strong>22nd</strong>" in english["html"]
    assert 'href="#note-1"' in english["html"]
    assert [
        [(cited["prefix"], cited["source"]["slug"], cited["locator"]) for cited in note["citations"]]
        for note in english["footnotes"]
    ] == [[("see", "blue-book", "doc. 84"), ("", "red-book", "")], [("", "red-book", "")]]
    assert [note["number"] for note in english["footnotes"]] == [1, 2]
    assert english["footnotes"][0]["citations"][0]["source"]["title"] == "Blue-Book"
    assert len(answer["narrative"]["ru"]["footnotes"]) == 1


def test_narrative_in_one_language_is_plain_and_falls_back(client: Client, told: Any) -> None:
    assert one(client, "lang=ru")["narrative"]["html"].startswith("<p>Началось")
    spanish = client.get("/api/v1/events/told/?lang=es&fields=narrative")
    assert "<strong>22nd</strong>" in spanish.json()["narrative"]["html"]
    assert spanish.headers["Content-Language"] == "es, en"


def test_narrative_can_be_chosen_from(client: Client, told: Any) -> None:
    assert list(one(client, "fields=narrative.ru.html")["narrative"]["ru"]) == ["html"]
    assert client.get("/api/v1/events/told/?fields=narrative.fr").status_code == 400


def test_record_without_a_text_has_no_narrative(client: Client) -> None:
    EventFactory.create(slug="told", body_en="", body_es="", body_ru="")
    assert one(client)["narrative"] == {}
    assert one(client, "lang=en")["narrative"] is None


def test_person_has_a_narrative_too(client: Client) -> None:
    SourceFactory.create(slug="red-book")
    PersonFactory.create(slug="teller", body_en="Born in Tula [@red-book, p. 7].")
    answer = client.get("/api/v1/people/teller/").json()
    cited = answer["narrative"]["en"]["footnotes"][0]["citations"][0]
    assert (cited["source"]["slug"], cited["locator"]) == ("red-book", "p. 7")


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN])
def test_unpublished_source_is_not_told_of_in_a_footnote(client: Client, told: Any, status: str) -> None:
    # Past the rules, which do not let a published record cite what is not published.
    QuerySet(Source).filter(slug="blue-book").update(status=status)
    footnotes = one(client)["narrative"]["en"]["footnotes"]
    assert [note["number"] for note in footnotes] == [1, 2]
    assert [cited["source"]["slug"] for cited in footnotes[0]["citations"]] == ["red-book"]
    assert "Blue-Book" not in client.get("/api/v1/events/told/").text
