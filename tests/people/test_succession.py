"""Who held an office before and after: said only where the dates leave no doubt."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from people.models import Office
from people.succession import Succession, successions
from tests.factories import OfficeFactory, OrganizationFactory, PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_database")]


def offices(*terms: tuple[str, str]) -> list[Office]:
    """The same office, held by one person a term."""
    organization = OrganizationFactory.create()
    return [
        OfficeFactory.create(
            person=PersonFactory.create(),
            organization=organization,
            title_en="Ambassador",
            start=start,
            end=end,
        )
        for start, end in terms
    ]


def of(office: Office) -> Succession:
    return successions([office])[office.pk]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("1960-08", "1962"), ("1962", "1968")),
        (("1964-10", "1982-11-10"), ("1982-11-12", "1984")),
        (("1991", "1999-12-31"), ("2000", "2008")),
        (("1941-11", "1943-08"), ("1943", "1946")),
    ],
)
def test_who_left_as_another_came_is_the_one_before(first: tuple[str, str], second: tuple[str, str]) -> None:
    one, other = offices(first, second)
    assert of(other) == Succession(before=one.person)
    assert of(one) == Succession(after=other.person)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("1982-11", "1984"), ("1985-03", "1991")),  # months between: a third held it
        (("1952", "1959-01-01"), ("1959-07", "1976")),
        (("1960", "1962"), ("1970", "1975")),
        (("1960", ""), ("1962", "1968")),  # no end is known
        (("1960", "1961/.."), ("1962", "1968")),  # it went on
        (("", ""), ("1962", "1968")),
        (("1962", "1965"), ("1962", "1968")),  # who came first cannot be told
        (("196X", "197X"), ("196X", "1980")),
    ],
)
def test_nobody_is_named_where_there_is_doubt(first: tuple[str, str], second: tuple[str, str]) -> None:
    one, other = offices(first, second)
    assert of(other) == Succession()
    assert of(one) == Succession()


def test_of_three_only_neighbours_follow_each_other() -> None:
    first, second, third = offices(("1960", "1962"), ("1962-06", "1962-11"), ("1962-12", "1970"))
    assert of(second).before == first.person
    assert of(third).before == second.person
    assert of(first).after == second.person


def test_an_office_that_several_hold_at_a_time_has_no_succession() -> None:
    terms = offices(("1960", "1964"), ("1961", "1966"), ("1964", "1970"))
    assert {of(office) for office in terms} == {Succession()}


def test_whoever_returns_is_their_own_predecessor_never() -> None:
    one, other, again = offices(("2000", "2008"), ("2008", "2012"), ("2012", "2018"))
    again.person = one.person
    again.save()
    assert of(other) == Succession(one.person, one.person)
    assert of(again).before == other.person


def test_another_title_another_organization_and_drafts_are_other_matters() -> None:
    office, same = offices(("1962", "1968"), ("1968", "1970"))
    for changes in (
        {"title_en": "Consul", "organization": office.organization},
        {"title_en": "Ambassador"},
        {"organization": office.organization, "person": PersonFactory.create(status="draft")},
    ):
        OfficeFactory.create(**{"title_en": "Ambassador", "start": "1960", "end": "1962", **changes})
    assert of(office) == Succession(after=same.person)


def test_the_database_is_asked_once_for_all_offices() -> None:
    held = offices(("1960", "1962"), ("1962", "1968"), ("1968", "1970"))
    with CaptureQueriesContext(connection) as asked:
        successions(held)
    assert len(asked) == 1
    assert successions([]) == {}


def test_pages_name_who_was_before_and_after_with_links(client: Client) -> None:
    one, other = offices(("1960", "1962"), ("1962", "1968"))
    html = client.get(other.person.get_absolute_url()).content.decode()
    assert "Predecessor:" in html
    assert f'href="{one.person.get_absolute_url()}"' in html
    assert "Successor:" not in html


def test_an_organization_shows_the_holders_of_an_office_in_order(client: Client) -> None:
    later, earlier = offices(("1962", "1968"), ("1960", "1962"))
    OfficeFactory.create(organization=later.organization, title_en="Clerk", person=PersonFactory.create())
    html = client.get(later.organization.get_absolute_url()).content.decode()
    assert re.search(r"<h3>Ambassador\s*</h3>", html)
    people = [html.index(f'href="{one.person.get_absolute_url()}"') for one in (earlier, later)]
    assert people == sorted(people)
    assert people[-1] < html.index("Clerk")
