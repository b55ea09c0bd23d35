"""The search page: what is found, what is marked and counted, what was understood, what is refused."""

import re
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from cubaru.core.models import Status
from cubaru.core.search.highlights import Piece
from cubaru.search.rows import marked
from events.choices import Verdict
from tests.factories import ClaimFactory, EventFactory, PersonFactory, PersonNameFactory, SourceFactory
from tests.pages import text_of

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


def words_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_what_was_found_is_marked_and_nothing_of_it_is_markup() -> None:
    assert marked([Piece("<b> & ", False), Piece("<i>", True)]) == "&lt;b&gt; &amp; <mark>&lt;i&gt;</mark>"


@pytest.mark.parametrize("query", ["mikoyan", "MIKOYÁN", "Микоян", "Mikojan", "микояна"])
def test_a_record_is_found_in_any_language_and_spelling(client: Client, query: str) -> None:
    person = PersonFactory.create()

    assert person.get_absolute_url() in text_of(client, f"/en/search/?q={query}&kind=people")


def test_a_person_is_found_by_any_name_which_is_shown(client: Client) -> None:
    name = PersonNameFactory.create(
        text="Анастас Ованесович Микоян", person=PersonFactory.create(slug="the-one")
    )
    name.person.save()

    html = text_of(client, "/en/search/?q=Ованесович&kind=people")

    assert "/people/the-one/" in html
    assert '<span lang="ru">Анастас Ованесович Микоян</span>' in html


def test_all_words_must_occur(client: Client) -> None:
    EventFactory.create(slug="wanted", title_en="Zubrowka treaty of sugar")
    EventFactory.create(slug="unwanted", title_en="Zubrowka alone")

    html = text_of(client, "/en/search/?q=zubrowka sugar")

    assert "/events/wanted/" in html
    assert "/events/unwanted/" not in html


def test_the_best_match_comes_first_with_its_names_dates_and_events(client: Client) -> None:
    html = text_of(client, "/en/search/?q=Jruschov")

    best, _section, rest = html.partition('<section class="section"')
    assert '<h2 class="best__title"><a href="/en/people/khrushchev/">' in best
    assert "Никита Сергеевич Хрущёв" in best
    assert "1894–1971" in best
    assert re.search(r'<a href="/en/events/\?person=khrushchev">\d+ events</a>', best)
    assert "/en/people/khrushchev/" not in rest.partition("</section>")[0]


def test_results_are_grouped_and_counted_by_kind(client: Client) -> None:
    EventFactory.create(title_en="Zubrowka one")
    EventFactory.create(title_en="Zubrowka two")
    SourceFactory.create(title="Zubrowka in print")
    ClaimFactory.create(statement_en="The Zubrowka was sweet.")

    html = text_of(client, "/en/search/?q=zubrowka")

    # The claim is part of its event, which is found by it.
    assert re.search(r"All 5 Events 3 Claims 1 Sources 1", words_of(html))
    assert sorted(re.findall(r'<h2 id="found-(\w+)">', html)) == ["claims", "events", "sources"]


def test_more_of_a_kind_are_on_pages_of_their_own(client: Client) -> None:
    for number in range(23):
        EventFactory.create(title_en=f"Zubrowka number {number}")

    assert "All 23 results" in words_of(text_of(client, "/en/search/?q=zubrowka"))
    first = text_of(client, "/en/search/?q=zubrowka&kind=events")
    second = text_of(client, "/en/search/?q=zubrowka&kind=events&page=2")
    assert "1–20 of 23" in first
    assert "21–23 of 23" in second
    assert len(re.findall(r"number \d+\s*</a>", second)) == 3
    text_of(client, "/en/search/?q=zubrowka&kind=events&page=3", 404)


def test_results_can_be_narrowed_by_theme_and_time_with_counts(client: Client) -> None:
    html = text_of(client, "/en/search/?q=castro&theme=missile-crisis&from=1962&to=1962")

    assert re.search(r'value="missile-crisis" checked> .*?<span class="choice__count">\d+</span>', html)
    assert re.search(r"Within these dates: certainly \d+", html)
    assert 'href="/en/search/?q=castro&amp;from=1962&amp;to=1962"' in html
    assert 'href="/en/search/?q=castro&amp;theme=missile-crisis"' in html


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Verdict on a claim Imprecise 2 Disputed 2"),
        ("es", "Valoración de una afirmación Imprecisa 2 Controvertida 2"),
        ("ru", "Вывод проверки утверждения Неточно 2 Спорно 2"),
    ],
)
def test_results_can_be_narrowed_by_verdict_with_counts(client: Client, language: str, words: str) -> None:
    sour = ClaimFactory.create(statement_en="The Zubrowka was sour.", verdict=Verdict.IMPRECISE)
    sweet = ClaimFactory.create(statement_en="The Zubrowka was sweet.", verdict=Verdict.DISPUTED)

    html = text_of(client, f"/{language}/search/?q=zubrowka&verdict=imprecise")

    assert words in words_of(html)
    assert sour.get_absolute_url() in html
    assert sour.event.get_absolute_url() in html
    assert sweet.get_absolute_url() not in html
    assert 'name="verdict" value="imprecise" checked' in html


def test_a_verdict_stays_when_words_or_kind_change_until_it_is_taken_away(client: Client) -> None:
    verdicts = "&amp;verdict=contradicted&amp;verdict=imprecise"
    html = text_of(client, "/en/search/?q=castro&verdict=contradicted&verdict=imprecise")

    assert html.count('<input type="hidden" name="verdict" value="contradicted">') == 1
    assert f'href="/en/search/?q=castro{verdicts}&amp;kind=claims"' in html
    assert 'href="/en/search/?q=castro&amp;verdict=imprecise"' in html
    assert f"/en/search/feed.atom?q=castro{verdicts}" in html
    assert 'href="/en/search/?q=castro"' in html


def test_a_verdict_alone_is_a_search(client: Client) -> None:
    html = text_of(client, "/en/search/?verdict=disputed&kind=claims")

    assert html.count('<span class="verdict verdict--disputed">') >= 2
    assert '<span class="verdict verdict--contradicted">' not in html.partition('<ol class="rows">')[2]


def test_a_date_in_the_query_is_shown_as_it_was_understood(client: Client) -> None:
    EventFactory.create(title_en="Zubrowka of the day", date="1962-10-16")
    EventFactory.create(title_en="Zubrowka of the year", date="1962")

    words = words_of(text_of(client, "/en/search/?q=zubrowka october 1962"))

    assert "October 1962 : certainly 1, possibly 1 more" in words.replace("October 1962:", "October 1962 :")


def test_a_word_that_nobody_wrote_is_put_right_and_said(client: Client) -> None:
    html = text_of(client, "/en/search/?q=quarentine")

    assert 'Did you mean <a class="strong-link" href="/en/search/?q=quarantine">quarantine</a>?' in html


def test_other_spellings_are_named_and_can_be_left_out(client: Client) -> None:
    html = text_of(client, "/en/search/?q=Jruschov")

    assert "Also found as <b>Khrushchev</b>" in html
    assert 'href="/en/search/?q=%22Jruschov%22">Only this spelling' in html


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN])
def test_what_is_not_published_is_not_found_and_there_is_a_way_on(client: Client, status: Status) -> None:
    EventFactory.create(title_en="Zubrowka", status=status)
    ClaimFactory.create(statement_en="Of Zubrowka.", event=EventFactory.create(status=status))

    html = text_of(client, "/en/search/?q=zubrowka&kind=events")

    assert "Nothing for “zubrowka”." in html
    assert 'href="/en/search/?q=zubrowka">Search everything, without filters' in html
    assert 'href="/en/events/"' in html


def test_a_search_for_nothing_finds_nothing_and_says_what_can_be_found(client: Client) -> None:
    for query in ("", "q=", "q=%20%20"):
        html = text_of(client, f"/en/search/?{query}")
        assert "<mark>" not in html
        assert "Search events, people" in html


def test_a_word_that_goes_on_is_found_while_it_is_typed_and_no_address_says_so(client: Client) -> None:
    html = text_of(client, "/en/search/?q=khrushch&typing=1")

    assert "/en/people/khrushchev/" in html
    assert "typing" not in html.replace("data-typing", "")


def test_a_search_has_a_feed_of_what_it_finds_with_what_changed_last_first(client: Client) -> None:
    EventFactory.create(slug="older", title_en="Zubrowka one")
    EventFactory.create(slug="newer", title_en="Zubrowka two & <more>")

    html = text_of(client, "/en/search/?q=zubrowka&kind=events")
    assert 'type="application/atom+xml" title="Search for “zubrowka”"' in html
    feed = ET.fromstring(client.get("/en/search/feed.atom?q=zubrowka&kind=events").content)

    links = [entry.find(f"{ATOM}link").attrib["href"] for entry in feed.iter(f"{ATOM}entry")]  # type: ignore[union-attr]
    assert [link.rsplit("/", 2)[1] for link in links] == ["newer", "older"]
    assert feed.find(f"{ATOM}entry/{ATOM}title").text == "Zubrowka two & <more>"  # type: ignore[union-attr]
    assert client.get("/en/search/feed.atom").status_code == 404


def test_a_search_can_be_cited_as_it_is(client: Client) -> None:
    html = text_of(client, "/en/search/?q=castro&kind=people")

    assert 'id="cite"' in html
    assert "/en/search/?q=castro&amp;kind=people" in html


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        (f"q={'a' * 501}", "A search has at most 500 characters"),
        ("q=-castro", "Say also what to look for"),
        ("q=castro&kind=nothing", "“nothing” is no kind of record"),
        ("q=castro&verdict=nothing", "“nothing” is no verdict on claims"),
        ("q=castro&from=nineteen", "nineteen"),
        ("q=castro&from=1963&to=1962", "ends before it begins"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(client: Client, query: str, sentence: str) -> None:
    assert sentence in text_of(client, f"/en/search/?{query}", 400)


@pytest.mark.parametrize("page", ["0", "x", "99", "²"])
def test_a_page_that_there_is_not_is_404(client: Client, page: str) -> None:
    text_of(client, f"/en/search/?q=castro&kind=events&page={page}", 404)
