"""What visitors meet where there is nothing, where something was withdrawn, and where we fail."""

from typing import Any

import pytest
from django.test import Client, RequestFactory

from cubaru import lost_views
from cubaru.core.models import Status
from tests.factories import EventFactory

pytestmark = pytest.mark.django_db


def test_an_address_that_leads_nowhere_becomes_a_question(client: Client) -> None:
    answer = client.get("/en/events/misile-crisis/")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert 'name="q" value="misile crisis"' in page
    assert 'href="/en/events/missile-crisis-1962/"' in page
    assert not answer.cookies


@pytest.mark.parametrize("language", ["es", "ru"])
def test_it_speaks_the_language_of_the_address(client: Client, language: str) -> None:
    page = client.get(f"/{language}/people/mikoyan-anastas/").content.decode()
    assert f'<html lang="{language}">' in page
    assert f'href="/{language}/people/mikoyan/"' in page


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/en/events/missile-crisis-1963/", "missile crisis"),
        ("/ru/события/карибский-кризис/", "события карибский кризис"),
        ("/en/wp-login.php", ""),
        ("/en/.env", ""),
        ("/nothing/here/", ""),
        ("/en/12345/", ""),
        ("/en/" + "a-word-" * 40, "word word word word word word word word"),
    ],
)
def test_words_of_an_address_are_what_it_names(path: str, words: str) -> None:
    assert lost_views.words_of(path) == words


def test_no_draft_is_betrayed(client: Client) -> None:
    EventFactory.create(status=Status.DRAFT, slug="zapolyarny-plan", title_en="Zapolyarny plan")
    assert "Zapolyarny plan" not in client.get("/en/events/zapolyarny-plan/").content.decode()


@pytest.mark.parametrize(
    "path", ["/en/events/" + "x" * 500 + "/", "/en/%00/", "/en/<script>/", "/en/%22%3E/"]
)
def test_hostile_addresses_are_plain_404s(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "<script>/" not in answer.content.decode()


def test_what_was_withdrawn_says_so(client: Client) -> None:
    event = EventFactory.create()
    event.status = Status.WITHDRAWN
    event.save()
    answer = client.get(f"/en/events/{event.slug}/")
    assert answer.status_code == 410
    assert "This page was withdrawn" in answer.content.decode()


def test_a_failure_asks_no_database_and_has_a_reference_that_stands_in_the_log(
    caplog: pytest.LogCaptureFixture, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        answer = lost_views.server_error(RequestFactory().get("/en/"))
    reference = caplog.records[0].getMessage().split("reference ")[1].split(":")[0]
    assert answer.status_code == 500
    assert reference in answer.content.decode()


def test_a_failure_is_told_even_without_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any) -> str:
        raise OSError("no templates")

    monkeypatch.setattr(lost_views, "render_to_string", broken)
    answer = lost_views.server_error(RequestFactory().get("/en/"))
    assert (answer.status_code, b"Something failed" in answer.content) == (500, True)


def test_the_api_has_its_problems_as_before(client: Client) -> None:
    answer = client.get("/api/v1/nothing/")
    assert answer["Content-Type"] == "application/problem+json"
