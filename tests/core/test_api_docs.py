"""The pages that document the API."""

import html
import re
from html.parser import HTMLParser

import pytest
from django.test import Client

from cubaru.api import KINDS

pytestmark = pytest.mark.django_db

PAGES = ["/api/v1/docs/", *(f"/api/v1/docs/{plural}/" for plural in KINDS)]


class Page(HTMLParser):
    """The tags of a page, the anchors in it, and the labels and fields of its forms."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def every(self, tag: str, attribute: str) -> list[str]:
        return [attrs[attribute] or "" for name, attrs in self.tags if name == tag and attribute in attrs]

    @property
    def anchors(self) -> list[str]:
        return [attrs["id"] or "" for _name, attrs in self.tags if "id" in attrs]


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["en", "es", "ru"])
def test_a_page_is_whole_in_each_language(client: Client, path: str, language: str) -> None:
    read = Page(page(client, f"{path}?in={language}"))
    assert read.every("html", "lang") == [language]
    assert len([tag for tag, _attrs in read.tags if tag == "h1"]) == 1
    assert len(read.anchors) == len(set(read.anchors))
    for target in read.every("a", "href"):
        if target.startswith("#"):
            assert target[1:] in read.anchors


@pytest.mark.parametrize("path", PAGES)
def test_a_page_keeps_the_content_security_policy(client: Client, path: str) -> None:
    text = page(client, path)
    read = Page(text)
    assert all(src.startswith("/static/") for src in read.every("script", "src"))
    assert all(href.startswith(("/", "https://localhost")) for href in read.every("link", "href"))
    assert not re.search(r"<script(?![^>]*src)|<style|\sstyle=|\son[a-z]+=", text)


@pytest.mark.parametrize("plural", KINDS)
def test_every_field_of_a_form_has_its_label(client: Client, plural: str) -> None:
    read = Page(page(client, f"/api/v1/docs/{plural}/"))
    labelled = set(read.every("label", "for"))
    fields = [attrs["id"] for tag, attrs in read.tags if tag in {"input", "select"} and "name" in attrs and (
        str(attrs.get("id", "")).startswith(("list-", "record-"))
    )]  # fmt: skip
    assert len(fields) > 6
    assert set(fields) <= labelled


def test_the_examples_are_real_answers(client: Client) -> None:
    text = html.unescape(page(client, "/api/v1/docs/events/"))
    first = client.get("/api/v1/events/?page_size=1").json()["results"][0]
    assert first["title"]["ru"] in text
    assert f"/api/v1/events/{first['slug']}/" in text


def test_what_is_filled_in_is_asked(client: Client) -> None:
    text = html.unescape(page(client, "/api/v1/docs/events/?form=list&from=1962-10-22&to=&q=&lang=es"))
    assert 'href="https://localhost/api/v1/events/?from=1962-10-22&lang=es"' in text
    assert 'value="1962-10-22"' in text


def test_a_wrong_value_is_answered_on_the_page(client: Client) -> None:
    text = html.unescape(page(client, "/api/v1/docs/events/?form=list&from=1962-13"))
    assert "status 400" in text
    assert "Month 13 does not exist" in text


def test_the_record_asked_for_is_shown(client: Client) -> None:
    text = page(client, "/api/v1/docs/people/?form=record&slug=castro-fidel&lang=ru&fields=slug")
    assert "/api/v1/people/castro-fidel/?lang=ru" in html.unescape(text)
    assert "status 404" in page(client, "/api/v1/docs/people/?form=record&slug=nobody-at-all")


@pytest.mark.parametrize(
    "query",
    [
        "form=list&q=<script>alert(1)</script>",
        "form=list&lang=</pre>",
        "form=record&slug=%00",
        "form=record&slug=../x",
        "form=zzz&in=xx",
        "in=%00",
    ],
)
def test_hostile_values_are_shown_as_text(client: Client, query: str) -> None:
    text = page(client, f"/api/v1/docs/events/?{query}")
    assert "<script>alert" not in text
    assert text.count("</pre>") == text.count("<pre")


def test_problem_types_lead_to_their_explanations(client: Client) -> None:
    anchors = Page(page(client, "/api/v1/docs/")).anchors
    assert {"bad-parameters", "withdrawn", "too-many-requests"} <= set(anchors)


def test_the_page_is_in_the_language_of_the_browser(client: Client) -> None:
    response = client.get("/api/v1/docs/", headers={"accept-language": "ru"})
    assert Page(response.content.decode()).every("html", "lang") == ["ru"]
    assert "Accept-Language" in response.headers["Vary"]
