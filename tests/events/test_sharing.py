"""What other sites and search engines are told of pages: pictures, languages, structured data."""

import json
import re
from io import BytesIO
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation
from hypothesis import given
from hypothesis import settings as trials
from hypothesis import strategies as st
from PIL import Image, ImageChops

from cubaru.core.models import Status
from cubaru.core.posters import Poster, draw
from tests.factories import (
    EventCitationFactory,
    EventFactory,
    OfficeFactory,
    PersonCitationFactory,
    PersonFactory,
    ThemeFactory,
)

KINDS: dict[str, Any] = {"events": EventFactory, "people": PersonFactory, "themes": ThemeFactory}


def picture(client: Client, path: str) -> Image.Image:
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    return Image.open(BytesIO(answer.content))


def meta(html: str) -> dict[str, str]:
    return dict(re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)">', html))


def linked_data(client: Client, path: str) -> dict[str, Any]:
    html = client.get(path).content.decode()
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    data: dict[str, Any] = json.loads(text)
    return data


# Pictures ------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["en", "es", "ru"])
def test_a_record_has_a_picture_in_each_language(client: Client, kind: str, language: str) -> None:
    record = KINDS[kind].create()
    made = picture(client, f"/{language}/{kind}/{record.slug}/picture.png")
    assert made.size == (1200, 630)
    assert len(made.convert("RGB").getcolors(1200 * 630) or []) > 10


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN])
def test_what_readers_do_not_see_has_no_picture(client: Client, kind: str, status: Status) -> None:
    record = KINDS[kind].create(status=status)
    assert client.get(f"/en/{kind}/{record.slug}/picture.png").status_code == 404


@pytest.mark.django_db
def test_a_picture_is_kept_until_something_is_published(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = EventFactory.create()
    address = f"/en/events/{event.slug}/picture.png"
    first = client.get(address)
    assert first["Cache-Control"] == "public, max-age=86400"
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 304
    monkeypatch.setattr("events.views_pictures.draw", lambda poster: pytest.fail("drawn again"))
    assert client.get(f"{address}?edition=1&whatever=2").content == first.content
    monkeypatch.undo()
    event.title_en = "Another title"
    event.save()
    assert client.get(address)["ETag"] != first["ETag"]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_names_its_picture_with_size_and_words(client: Client, kind: str) -> None:
    record = KINDS[kind].create()
    said = meta(client.get(f"/en/{kind}/{record.slug}/").content.decode())
    address = f"{settings.SITE_URL}/en/{kind}/{record.slug}/picture.png?edition=1"
    assert said["og:image"] == address
    assert (said["og:image:width"], said["og:image:height"]) == ("1200", "630")
    assert record.label.text in said["og:image:alt"]
    assert said["twitter:card"] == "summary_large_image"
    assert picture(client, address.removeprefix(settings.SITE_URL)).size == (1200, 630)


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["", "events/", "people/", "sources/", "on-this-day/10-22/", "method/"])
def test_other_pages_have_the_picture_of_the_site(client: Client, page: str) -> None:
    said = meta(client.get(f"/ru/{page}").content.decode())
    assert said["og:image"] == f"{settings.SITE_URL}/ru/picture.png"
    assert (said["og:locale"], said["og:url"]) == ("ru_RU", f"{settings.SITE_URL}/ru/{page}")
    assert picture(client, "/ru/picture.png").size == (1200, 630)


def test_cyrillic_is_drawn_as_russian_has_it() -> None:
    # The font's own т and п are Bulgarian, which look like m and n: those are other pictures.
    drawn = [Image.open(BytesIO(draw(Poster("x", words=words)))) for words in ("тпвгд", "mnвгд")]
    assert ImageChops.difference(*(one.convert("RGB") for one in drawn)).getbbox()


@trials(max_examples=25, deadline=None)
@given(
    st.text(alphabet="aÑß жЁѣő—1̈\u0301😀\n", max_size=300),
    st.sampled_from(["", "1962", "1926–1991", "1–9999"]),
)
def test_any_title_is_drawn(title: str, figure: str) -> None:
    assert Image.open(BytesIO(draw(Poster(title, figure, words=title[:80])))).size == (1200, 630)


# Structured data -----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_an_event_is_told_as_a_page_in_an_edition_with_what_it_cites(client: Client) -> None:
    event = EventFactory.create(date="1962-10-22", title_en="The quarantine")
    citation = EventCitationFactory.create(event=event)
    event.title_en = "The quarantine of Cuba"
    event.save()

    data = linked_data(client, f"/en/events/{event.slug}/")

    assert (data["@context"], data["@type"], data["inLanguage"]) == ("https://schema.org", "WebPage", "en")
    assert data["version"] == str(event_edition(client, event.slug))
    assert [work["name"] for work in data["citation"]] == [citation.source.title]
    happened = data["mainEntity"]
    assert (happened["@type"], happened["name"]) == ("Event", "The quarantine of Cuba")
    assert (happened["startDate"], happened["endDate"]) == ("1962-10-22", "1962-10-22")


def event_edition(client: Client, slug: str) -> int:
    html = client.get(f"/en/events/{slug}/").content.decode()
    return max(int(number) for number in re.findall(rf"/en/events/{slug}/editions/(\d+)/", html))


@pytest.mark.django_db
def test_a_person_is_told_with_roles_for_the_offices(client: Client) -> None:
    person = PersonFactory.create()
    OfficeFactory.create(person=person, start="1955-02-28", end="1964")
    citation = PersonCitationFactory.create(person=person)

    data = linked_data(client, f"/en/people/{person.slug}/")

    assert data["version"].isdecimal()
    assert [work["name"] for work in data["citation"]] == [citation.source.title]
    (role,) = data["mainEntity"]["hasOccupation"]
    assert (role["@type"], role["startDate"], role["hasOccupation"]["@type"]) == (
        "Role",
        "1955-02-28",
        "Occupation",
    )
    assert "endDate" not in role


@pytest.mark.django_db
def test_the_data_are_told_as_a_data_set(client: Client) -> None:
    data = linked_data(client, "/en/data/")
    assert data["@type"] == "Dataset"
    assert {"name", "description", "license", "creator", "temporalCoverage"} <= set(data)


# Languages -----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_letter_of_one_alphabet_has_no_counterpart_in_another(client: Client) -> None:
    with translation.override("ru"):
        html = client.get("/ru/people/?letter=Ж").content.decode()
    assert 'rel="alternate" hreflang' not in html
    assert 'href="http' in html
    for language in ("en", "es"):
        assert f"/{language}/people/?letter" not in html
        assert f'/{language}/people/"' in html
