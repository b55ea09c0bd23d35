"""A form that came without its cookie: told in our own look, in three languages, with how to go on."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from tests.desk_forms import page_of

pytestmark = pytest.mark.django_db

HEADS = {
    "en": "The form was not taken",
    "es": "El formulario no se aceptó",
    "ru": "Форма не принята",
}


@pytest.fixture
def browser(curator: Any) -> Client:
    """Signed in, without the cookie of forms, as seldom happens to one who asks for it."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(curator, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("language", HEADS)
def test_a_reader_is_told_in_their_language(language: str) -> None:
    answer = Client(enforce_csrf_checks=True).post(f"/{language}/about/?page=2", {"words": "Typed"})
    page = page_of(answer.content)
    assert answer.status_code == 403
    assert page.get("lang") == language
    assert page.xpath("//h1")[0].text_content() == HEADS[language]
    assert f"/{language}/about/?page=2" in page.xpath("//main//li/a/@href")
    assert page.find_class("site-header")


@pytest.mark.parametrize("language", HEADS)
def test_a_curator_is_told_at_the_desk(browser: Client, language: str) -> None:
    browser.cookies["django_language"] = language
    address = "/admin/events/theme/add/"
    answer = browser.post(address, {"title_en": "Typed"})
    page = page_of(answer.content)
    assert answer.status_code == 403
    assert page.xpath("//h1")[0].text_content() == HEADS[language]
    assert address in page.xpath("//*[@id='content']//li/a/@href")
    assert page.xpath("//*[@id='user-tools']")


def test_who_is_not_signed_in_is_told_too() -> None:
    answer = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "somebody"})
    assert answer.status_code == 403
    assert HEADS["en"] in answer.text
    assert not get_user_model().objects.filter(username="somebody").exists()


def test_nothing_that_was_sent_comes_back_as_markup() -> None:
    answer = Client(enforce_csrf_checks=True).post("/en/about/?<script>alert(1)</script>", {})
    assert "<script>alert" not in answer.text
