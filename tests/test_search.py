"""The search page: what is found, what is marked, what is refused."""

import re

import pytest
from django.test import Client

from cubaru.core.models import Status
from cubaru.search import marked
from tests.factories import ClaimFactory, EventFactory, PersonFactory, PersonNameFactory, SourceFactory

pytestmark = pytest.mark.django_db


def text_of(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Никита Хрущёв", ["хрущев"], "Никита <mark>Хрущёв</mark>"),
        ("Anastás Mikoyán", ["mikoyan"], "Anastás <mark>Mikoyán</mark>"),
        ("one two one", ["one"], "<mark>one</mark> two <mark>one</mark>"),
        ("aaa", ["aa"], "<mark>aaa</mark>"),
        ("nothing", ["else"], "nothing"),
        ("<b> & b", ["b"], "&lt;<mark>b</mark>&gt; &amp; <mark>b</mark>"),
        ("Straße", ["strasse"], "<mark>Straße</mark>"),
        ("", ["a"], ""),
    ],
)
def test_what_was_looked_for_is_marked_whatever_accents_and_case(
    text: str, words: list[str], expected: str
) -> None:
    assert marked(text, words) == expected


@pytest.mark.parametrize("query", ["mikoyan", "MIKOYÁN", "Микоян"])
def test_a_record_is_found_in_any_language_and_spelling(client: Client, query: str) -> None:
    person = PersonFactory.create()

    assert person.get_absolute_url() in text_of(client, f"/en/search/?q={query}&kind=people")


def test_a_person_is_found_by_any_name_which_is_shown(client: Client) -> None:
    name = PersonNameFactory.create(
        text="Анастас Ованесович Микоян", person=PersonFactory.create(slug="the-one")
    )
    name.person.save()

    html = text_of(client, "/en/search/?q=Ованесович")

    assert "/people/the-one/" in html
    assert '<span lang="ru">Анастас <mark>Ованесович</mark> Микоян</span>' in html


def test_all_words_must_occur(client: Client) -> None:
    EventFactory.create(slug="wanted", title_en="Zubrowka treaty of sugar")
    EventFactory.create(slug="unwanted", title_en="Zubrowka alone")

    html = text_of(client, "/en/search/?q=zubrowka sugar")

    assert "/events/wanted/" in html
    assert "/events/unwanted/" not in html


def test_results_are_counted_by_kind(client: Client) -> None:
    EventFactory.create(title_en="Zubrowka one")
    EventFactory.create(title_en="Zubrowka two")
    SourceFactory.create(title="Zubrowka in print")
    ClaimFactory.create(statement_en="The Zubrowka was sweet.")

    html = re.sub(r"<[^>]+>", "", text_of(client, "/en/search/?q=zubrowka"))

    # The claim is part of its event, which is found by it.
    assert re.search(r"All 5 ?Events 3 ?Claims 1 ?Sources 1", html)


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN])
def test_what_is_not_published_is_not_found(client: Client, status: Status) -> None:
    EventFactory.create(title_en="Zubrowka", status=status)
    ClaimFactory.create(statement_en="Of Zubrowka.", event=EventFactory.create(status=status))

    assert "Nothing for “zubrowka”." in text_of(client, "/en/search/?q=zubrowka")


def test_a_search_for_nothing_finds_nothing_and_says_what_can_be_found(client: Client) -> None:
    for query in ("", "q=", "q=%20%20"):
        html = text_of(client, f"/en/search/?{query}")
        assert "<mark>" not in html
        assert "Search events, people" in html


def test_too_long_a_search_is_refused_in_a_sentence(client: Client) -> None:
    html = text_of(client, f"/en/search/?q={'a' * 201}", 400)

    assert "At most 200 characters can be searched for." in html


@pytest.mark.parametrize(
    "query", ["%00", "'", '"', "%", "_", "\\", "%F0%9F%8F%9D", "<script>", "q&kind=nothing"]
)
def test_no_search_breaks_the_page(client: Client, query: str) -> None:
    answer = client.get(f"/en/search/?q={query}")

    assert answer.status_code in {200, 400}
    assert b"<script>" not in answer.content.replace(b"<script type", b"")
