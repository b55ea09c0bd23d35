"""The drawing of whom somebody met: few, in order of time, and the same each time."""

from datetime import date
from itertools import pairwise

import pytest

from people.ego_graph import MOST_NEIGHBOURS, Neighbour, ego_graph
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db

TITLE = "%(name)s, events in common: %(count)s"


def neighbour(name: str, count: int = 1, year: int | None = None, sort_name: str = "") -> Neighbour:
    person = PersonFactory.create(name_en=name, sort_name_en=sort_name or name)
    return Neighbour(person, person.get_absolute_url(), count, date(year, 1, 1) if year else None)


def test_those_around_stand_clockwise_as_time_went() -> None:
    met = [neighbour("Undated"), neighbour("Later", year=1970), neighbour("Sooner", year=1960)]
    graph = ego_graph(PersonFactory.create(), met, title=TITLE)
    assert graph is not None
    assert [node.name.text for node in graph.nodes] == ["Sooner", "Later", "Undated"]
    assert [node.anchor for node in graph.nodes] == ["start", "start", "end"]


def test_at_most_so_many_are_drawn_and_the_rest_is_told() -> None:
    met = [neighbour(f"Number {number}", count=number) for number in range(1, MOST_NEIGHBOURS + 4)]
    graph = ego_graph(PersonFactory.create(), met, title=TITLE)
    assert graph is not None
    assert len(graph.nodes) == MOST_NEIGHBOURS
    assert graph.left_out == 3
    assert "Number 1" not in {node.name.text for node in graph.nodes}


def test_the_drawing_does_not_depend_on_the_order_in_which_they_come() -> None:
    person, met = PersonFactory.create(), [neighbour(f"Number {number}") for number in range(9)]
    assert ego_graph(person, met, title=TITLE) == ego_graph(person, met[::-1], title=TITLE)


def test_rows_do_not_run_into_each_other() -> None:
    met = [neighbour(f"Number {number}") for number in range(15)]
    graph = ego_graph(PersonFactory.create(), met, title=TITLE)
    assert graph is not None
    for anchor in ("start", "end"):
        heights = sorted(float(node.y) for node in graph.nodes if node.anchor == anchor)
        assert min(two - one for one, two in pairwise(heights)) >= 24
        assert 0 < heights[0] < heights[-1] < float(graph.height)


def test_people_of_one_surname_are_told_apart() -> None:
    met = [neighbour("Raúl Castro", sort_name="Castro, Raúl"), neighbour("Che", sort_name="Guevara, Ernesto")]
    person = PersonFactory.create(name_en="Fidel Castro", sort_name_en="Castro, Fidel")
    graph = ego_graph(person, met, title=TITLE)
    assert graph is not None
    assert graph.short == "Castro F."
    assert {node.short for node in graph.nodes} == {"Castro R.", "Guevara"}


def test_whoever_met_nobody_has_no_drawing() -> None:
    assert ego_graph(PersonFactory.create(), [], title=TITLE) is None
