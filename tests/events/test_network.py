"""Who took part in the same events: what counts, how it is sorted, and what the page shows."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from events import network as counting
from events.models import Event
from events.network import network
from people.models import Person
from tests.factories import EventFactory, EventThemeFactory, ParticipationFactory, PersonFactory, ThemeFactory
from tests.pages import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_database")]


def person(name: str, **fields: Any) -> Any:
    return PersonFactory.create(name_en=name, sort_name_en=name, slug=name.lower(), **fields)


def meeting(date: str, *people: Person, **fields: Any) -> Any:
    event = EventFactory.create(date=date, **fields)
    for one in people:
        ParticipationFactory.create(event=event, person=one)
    return event


def met(of: Person | None = None) -> list[tuple[set[int], int]]:
    found = network(Event.objects.published(), of.pk if of else None)
    return [(set(one.pair), one.count) for one in found.connections]


def names_in(html: str) -> list[list[str]]:
    heads = re.findall(r'<th role="rowheader" scope="row">(.*?)</th>', html, re.DOTALL)
    return [re.findall(r"<a [^>]*>(.*?)\s*</a>", head, re.DOTALL) for head in heads]


# Counting ------------------------------------------------------------------------------------------


def test_those_of_most_events_in_common_come_first() -> None:
    one, two, three = person("Ann"), person("Bob"), person("Cid")
    meeting("1960", one, two)
    meeting("1962", one, two, three)
    assert met() == [({one.pk, two.pk}, 2), ({one.pk, three.pk}, 1), ({two.pk, three.pk}, 1)]
    assert met(three) == [({one.pk, three.pk}, 1), ({two.pk, three.pk}, 1)]


def test_somebody_in_two_roles_is_met_once() -> None:
    one, two = person("Ann"), person("Bob")
    event = meeting("1960", one, two)
    ParticipationFactory.create(event=event, person=one, role="signatory")
    assert met() == [({one.pk, two.pk}, 1)]


def test_what_readers_do_not_see_counts_nowhere() -> None:
    one, two = person("Ann"), person("Bob")
    meeting("1960", one, person("Secret", status="draft"))
    meeting("1961", one, two, status="draft")
    meeting("1962", one, two, status="withdrawn")
    assert met() == met(one) == []


def test_first_and_last_follow_the_dates_and_undated_events_come_last() -> None:
    one, two = person("Ann"), person("Bob")
    undated, late, early = meeting("", one, two), meeting("1970", one, two), meeting("1960-02-04", one, two)
    [found] = network(Event.objects.published()).connections
    assert (found.first.key, found.last.key) == (early.pk, late.pk)
    assert [event.key for event in found.events] == [early.pk, late.pk, undated.pk]


def test_a_crowd_says_nothing_of_who_met_whom(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "MOST_PEOPLE", 2)
    one, two, three = person("Ann"), person("Bob"), person("Cid")
    meeting("1960", one, two, three)
    assert met() == []
    assert len(met(one)) == 2


def test_at_most_so_many_events_are_read_the_most_important_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "MOST_EVENTS", 1)
    one, two, three = person("Ann"), person("Bob"), person("Cid")
    meeting("1960", one, two, importance=5)
    assert not network(Event.objects.published()).is_partial
    meeting("1961", one, three, importance=1)
    assert network(Event.objects.published()).is_partial
    assert met() == [({one.pk, two.pk}, 1)]


# The page ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("", [["Ann", "Cid"], ["Bob", "Cid"], ["Ann", "Bob"]]),
        ("name", [["Ann", "Bob"], ["Ann", "Cid"], ["Bob", "Cid"]]),
        ("first", [["Ann", "Bob"], ["Bob", "Cid"], ["Ann", "Cid"]]),
        ("last", [["Ann", "Cid"], ["Bob", "Cid"], ["Ann", "Bob"]]),
        ("nonsense", [["Ann", "Cid"], ["Bob", "Cid"], ["Ann", "Bob"]]),
    ],
)
def test_the_table_can_be_sorted(client: Client, sort: str, names: list[list[str]]) -> None:
    ann, bob, cid = person("Ann"), person("Bob"), person("Cid")
    meeting("1950", ann, bob)
    meeting("1955", bob, cid)
    meeting("1956", bob, cid, status="draft")
    for year in ("1960", "1961"):
        meeting(year, ann, cid)
    html = text_of(client, f"/en/network/?sort={sort}")
    shown = names_in(html)
    if sort in {"", "nonsense"}:
        assert shown[0] == names[0]
        assert sorted(shown) == sorted(names)
    else:
        assert shown == names
    assert html.count("aria-sort=") == 1


def test_the_network_of_one_person_has_a_table_first_and_then_a_drawing(client: Client) -> None:
    ann, bob, cid = person("Ann"), person("Bob"), person("Cid")
    meeting("1950", ann, bob)
    meeting("1955", bob, cid)
    html = text_of(client, "/en/network/?person=ann")
    assert names_in(html) == [["Bob"]]
    assert html.index("<table") < html.index('class="ego__node" href="/en/network/?person=bob"')
    assert 'aria-label="Bob, events in common: 1"' in html
    assert "Cid" not in html[html.index("<table") : html.index("</table")]


def test_it_can_be_narrowed_to_a_period_and_a_theme(client: Client) -> None:
    ann, bob, cid = person("Ann"), person("Bob"), person("Cid")
    theme = ThemeFactory.create()
    EventThemeFactory.create(event=meeting("1950", ann, bob), theme=theme)
    meeting("1970", ann, cid)
    assert names_in(text_of(client, f"/en/network/?theme={theme.slug}")) == [["Ann", "Bob"]]
    assert names_in(text_of(client, "/en/network/?from=1960&to=1980")) == [["Ann", "Cid"]]


@pytest.mark.parametrize("query", ["person=nobody-of-this-name", "from=once", "theme=%00", "page=9"])
def test_what_cannot_be_read_is_said(client: Client, query: str) -> None:
    assert client.get(f"/en/network/?{query}").status_code in {400, 404}


def test_nobody_found_offers_a_way_out(client: Client) -> None:
    assert "Nobody took part in the same events." in text_of(client, "/en/network/")


def test_names_cannot_break_out_of_the_page(client: Client) -> None:
    evil = '"><script>alert(1)</script>'
    one, two = person("Ann"), PersonFactory.create(name_en=evil, sort_name_en=evil)
    meeting("1960", one, two, title_en=evil)
    for path in ("/en/network/", "/en/network/?person=ann", "/en/people/ann/"):
        assert "<script>alert" not in text_of(client, path)


@pytest.mark.parametrize("query", ["", "?sort=name", "?person=ann"])
def test_a_large_network_asks_the_database_no_more_often_than_a_small_one(client: Client, query: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            text_of(client, f"/en/network/{query}")
        return len(asked)

    ann = person("Ann")
    meeting("1960", ann, person("Bob"))
    few = queries()
    for number in range(6):
        meeting(f"196{number}", ann, *(person(f"P{number}x{other}") for other in range(4)))
    assert queries() == few <= 20


def test_the_page_of_a_person_shows_whom_they_met(client: Client) -> None:
    ann, bob = person("Ann"), person("Bob")
    meeting("1960", ann, bob, title_en="The first")
    meeting("1970", ann, bob, title_en="The last")
    html = text_of(client, "/en/people/ann/")
    section = html[html.index('id="company"') :]
    assert section.index("<table") < section.index('class="ego__node" href="/en/people/bob/"')
    assert section.index("The first") < section.index("The last")
    assert 'href="/en/network/?person=ann"' in section
