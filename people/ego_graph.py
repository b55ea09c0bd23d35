"""Whom somebody met, as a drawing: the person in the middle, the others around as time went.

Only lines to the middle are drawn, however many of the others met each other: it stays a star.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import pi, sin
from typing import Final, NamedTuple

from cubaru.core.languages import LocalText, best_text
from cubaru.core.templatetags.wording import number
from people.models import Person

#: So many of those met most often are drawn; a table has them all.
MOST_NEIGHBOURS: Final = 24
#: From one of them down to the next, in pixels.
ROW: Final = 38
LEAST_HEIGHT: Final = 120


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Somebody met at `count` events, the first of which began on `first` at the earliest."""

    person: Person
    url: str
    count: int
    first: date | None


@dataclass(frozen=True, slots=True)
class Node:
    """One of those around; lengths are texts, as charts.py says why."""

    name: LocalText
    short: str
    url: str
    count: str
    title: str
    x: str
    y: str
    name_x: str
    anchor: str
    thickness: str


@dataclass(frozen=True, slots=True)
class EgoGraph:
    """people/parts/ego_graph.html."""

    name: LocalText
    short: str
    height: str
    middle: str
    name_y: str
    nodes: list[Node]
    left_out: int


def ego_graph(person: Person, neighbours: Sequence[Neighbour], *, title: str) -> EgoGraph | None:
    """The drawing; None where there is nobody to draw. `title` is what a node is called: “%(name)s: …”."""
    if not neighbours:
        return None
    nearest = sorted(neighbours, key=lambda one: (-one.count, one.person.slug))[:MOST_NEIGHBOURS]
    in_time = sorted(nearest, key=lambda one: (one.first or date.max, one.person.slug))
    right = (len(in_time) + 1) // 2
    height = max(ROW * right + 12, LEAST_HEIGHT)
    names = _short_names([person, *(one.person for one in in_time)])
    nodes = [
        _node(one, names[one.person.pk], title, _Place(at, right, (height - ROW * right) / 2, is_left))
        for is_left, side in ((False, in_time[:right]), (True, in_time[right:][::-1]))
        for at, one in enumerate(side)
    ]
    # By keyboard they are met in the same order, clockwise from the top.
    clockwise = [*nodes[:right], *nodes[right:][::-1]]
    return EgoGraph(
        name=person.label,
        short=names[person.pk],
        height=str(height),
        middle=f"{height / 2:.1f}",
        name_y=f"{height / 2 + 30:.1f}",
        nodes=clockwise,
        left_out=len(neighbours) - len(nearest),
    )


class _Place(NamedTuple):
    """The row of a node, of how many, how far down the first begins, and on which side of the middle."""

    row: int
    rows: int
    top: float
    is_left: bool


def _node(one: Neighbour, short: str, title: str, place: _Place) -> Node:
    away = 7 + 12 * sin(pi * (place.row + 0.5) / place.rows)
    name = one.person.label
    return Node(
        name=name,
        short=short,
        url=one.url,
        count=number(one.count),
        title=title % {"name": name.text, "count": number(one.count)},
        x=f"{50 - away if place.is_left else 50 + away:.2f}%",
        y=f"{ROW * (place.row + 0.5) + place.top:.1f}",
        name_x="-18" if place.is_left else "18",
        anchor="end" if place.is_left else "start",
        thickness=str(min(one.count, 9)),
    )


def _short_names(people: Iterable[Person]) -> dict[int, str]:
    """Surnames; with the first letter of what follows where two are alike."""
    parts = {}
    for person in people:
        surname, _comma, rest = (best_text(person, "sort_name") or person.label).text.partition(",")
        parts[person.pk] = (surname.strip(), rest.strip())
    seen = Counter(surname for surname, _rest in parts.values())
    return {
        key: f"{surname} {rest[0]}." if rest and seen[surname] > 1 else surname
        for key, (surname, rest) in parts.items()
    }
