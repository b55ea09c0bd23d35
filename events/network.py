"""Who took part in the same events, and how often: counted from the participations each time it is asked for.

Nothing is kept of it. The cost is bounded: at most MOST_EVENTS events are read, the most important ones.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import Any, Final, NamedTuple

from django.db.models import QuerySet

from cubaru.core.models import Status
from events.models import Event, Participation

MOST_EVENTS: Final = 2000
#: A list of more people than this says nothing of who met whom, and would make thousands of pairs.
MOST_PEOPLE: Final = 60

Pair = tuple[int, int]


class Dated(NamedTuple):
    """An event, and when it may have happened."""

    key: int
    earliest: date | None
    latest: date | None


@dataclass(slots=True)
class Connection:
    """Two people, by their primary keys, and the events of both as time went, undated ones last."""

    pair: Pair
    events: list[Dated] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.events)

    @property
    def first(self) -> Dated:
        return self.events[0]

    @property
    def last(self) -> Dated:
        """The one that may have happened latest; the first where none is dated."""
        dated = [event for event in self.events if event.latest]
        return max(dated, key=lambda event: (event.latest, event.key)) if dated else self.events[0]

    def other(self, person: int) -> int:
        one, other = self.pair
        return other if one == person else one


@dataclass(frozen=True, slots=True)
class Network:
    """Connections, those of most events first; `is_partial` says that there were more events than read."""

    connections: list[Connection]
    is_partial: bool


def network(events: QuerySet[Event], person: int | None = None) -> Network:
    """Who was with whom at the events; with `person` only who was with them. Asks the database twice."""
    if person is not None:
        among = Participation.objects.filter(person_id=person).values("event_id")
        events = events.filter(pk__in=among)
    columns = ("pk", "date_earliest", "date_latest")
    rows = list(events.order_by("-importance", "slug").values_list(*columns)[: MOST_EVENTS + 1])
    found = [Dated(*row) for row in rows[:MOST_EVENTS]]
    in_time = sorted(
        found, key=lambda event: (event.earliest or date.max, event.latest or date.max, event.key)
    )
    people = _people_of(event.key for event in in_time)
    pairs: dict[Pair, Connection] = {}
    for event in in_time:
        for pair in _pairs(people[event.key], person):
            pairs.setdefault(pair, Connection(pair)).events.append(event)
    ordered = sorted(pairs.values(), key=lambda one: (-one.count, one.pair))
    return Network(ordered, is_partial=len(rows) > MOST_EVENTS)


def _people_of(events: Iterable[int]) -> dict[int, set[int]]:
    """The published people of each event."""
    found: dict[int, set[int]] = defaultdict(set)
    parts = Participation.objects.filter(event_id__in=list(events), person__status=Status.PUBLISHED)
    rows: Iterable[Any] = parts.order_by().values_list("event_id", "person_id")
    for event, person in rows:
        found[event].add(person)
    return found


def _pairs(people: set[int], person: int | None) -> Sequence[Pair]:
    if len(people) > MOST_PEOPLE and person is None:
        return ()
    if person is None:
        return list(combinations(sorted(people), 2))
    return (
        [(min(one, person), max(one, person)) for one in sorted(people - {person})]
        if person in people
        else ()
    )
