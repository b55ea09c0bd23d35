"""The pages on the chronicle and its method, as visitors meet them."""

import re
from pathlib import Path

import pytest
from django.test import Client

from events.choices import Verdict
from events.models import Claim, Event
from sources.models import Source
from tests.factories import ClaimFactory, EventFactory

pytestmark = pytest.mark.django_db


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    assert not answer.cookies
    return answer.content.decode()


@pytest.mark.parametrize("language", ["en", "es", "ru"])
@pytest.mark.parametrize("page", ["about", "method", "licence", "accessibility"])
def test_the_pages_are_there_in_each_language(client: Client, language: str, page: str) -> None:
    html = text_of(client, f"/{language}/{page}/")
    assert re.search(rf'<link rel="canonical" href="[^"]+/{language}/{page}/">', html)
    assert len(re.findall(r"<h1", html)) == 1
    assert '<meta name="description" content="' in html


def test_about_counts_what_readers_can_see(client: Client) -> None:
    EventFactory.create(status="draft")
    published = Event.objects.published().count()
    html = text_of(client, "/en/about/")
    assert re.search(rf'href="/en/events/"><span class="figures__number">{published}</span> events', html)


def test_about_leads_to_the_essay_only_where_there_is_one(client: Client) -> None:
    assert 'href="/en/sources/essay/"' in text_of(client, "/en/about/")
    essay = Source.objects.get(slug="essay")
    essay.status = "withdrawn"
    essay.save()
    assert "/en/sources/essay/" not in text_of(client, "/en/about/")


def test_method_shows_each_verdict_with_its_number_and_an_example(client: Client) -> None:
    html = text_of(client, "/en/method/")
    for verdict in Verdict.values:
        section = re.search(rf'<section class="group" id="{verdict}".*?</section>', html, re.DOTALL)
        assert section is not None, verdict
        count = Claim.objects.published().filter(verdict=verdict).count()
        assert f"{count} claim" in section.group(), verdict
        assert 'class="claim"' in section.group(), verdict


@pytest.mark.usefixtures("empty_database")
def test_method_can_be_read_while_no_claim_has_a_verdict(client: Client) -> None:
    ClaimFactory.create(event=EventFactory.create(status="draft"), verdict="disputed")
    assert text_of(client, "/en/method/").count("No claim has this verdict at present.") == len(Verdict)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "late August 1968"), ("es", "finales de agosto de 1968"), ("ru", "конец августа 1968")],
)
def test_method_says_dates_in_the_language_of_the_page(client: Client, language: str, words: str) -> None:
    assert words in text_of(client, f"/{language}/method/").replace("\u00a0", " ")


def test_method_shows_days_in_both_calendars(client: Client) -> None:
    html = text_of(client, "/en/method/")
    assert "7 May (O.S.) / 20 May 1902" in html
    assert "25 October (O.S.) / 7 November 1917" in html


def test_the_terms_are_those_of_the_licence(client: Client) -> None:
    licence = (Path(__file__).parents[1] / "LICENSE").read_text(encoding="utf-8")
    for page in ("licence", "about", "data"):
        html = text_of(client, f"/en/{page}/")
        for address in re.findall(r"https://creativecommons\.org/\S+", licence):
            assert f'href="{address}"' in html, page


def test_whoever_is_hindered_can_say_so(client: Client) -> None:
    link = re.search(r'href="(/en/corrections/new/\?page=[^"]+)"', text_of(client, "/en/accessibility/"))
    assert link is not None
    assert "/en/accessibility/" in text_of(client, link[1])
