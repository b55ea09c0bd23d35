"""What the page of the network shows: a table of connections, and one person among those met."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cubaru.core.collation import sort_key
from cubaru.core.facets import CHOICES_SHOWN, Choice, Facet, FilteredList
from cubaru.core.languages import LocalText, best_text, current_language
from cubaru.core.pages import address_with
from cubaru.core.templatetags.wording import number
from events.models import Event
from events.network import Connection
from events.presentation import Mention, mention
from people.ego_graph import EgoGraph, Neighbour, ego_graph
from people.models import Person
from sources.presentation import Named

#: How the table can be sorted, and what that is called in its head.
SORTS: Final = {
    "name": gettext_lazy("Person"),
    "events": gettext_lazy("Events in common"),
    "first": gettext_lazy("First"),
    "last": gettext_lazy("Last"),
}
USUAL_SORT: Final = "events"
#: So many people are offered to be chosen.
MOST_OFFERED: Final = 24


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column; `order` is the direction in words of aria-sort, "" where it is not sorted by."""

    label: str
    url: str
    order: str


@dataclass(frozen=True, slots=True)
class Row:
    people: list[Named]
    count: int
    first: Mention | None
    last: Mention | None


def asked_sort(request: HttpRequest) -> str:
    """What `?sort=` asks for; the usual order for what it does not know."""
    asked = request.GET.get("sort", "")
    return asked if asked in SORTS else USUAL_SORT


def columns(request: HttpRequest, sort: str) -> list[Column]:
    directions = {"name": "ascending", "events": "descending", "first": "ascending", "last": "descending"}
    return [
        Column(
            str(label),
            address_with(request, sort=None if name == USUAL_SORT else name),
            directions[name] if name == sort else "",
        )
        for name, label in SORTS.items()
    ]


def in_order(connections: list[Connection], sort: str, person: int | None) -> list[Connection]:
    """Sorted; by name it asks the database for the names of all. Undated ones stand last."""
    if sort == "name":
        names = _names(key for one in connections for key in one.pair)
        turned = [(one, _turned(one, person, names)) for one in connections]
        return [one for one, _pair in sorted(turned, key=lambda pair: [names[key] for key in pair[1]])]
    keys: dict[str, Callable[[Connection], Any]] = {
        "events": lambda one: -one.count,
        "first": lambda one: (one.first.earliest is None, one.first.earliest, one.first.latest),
        "last": lambda one: -one.last.latest.toordinal() if one.last.latest else 1,
    }
    return sorted(connections, key=keys[sort])


def rows(connections: list[Connection], person: int | None) -> list[Row]:
    """The rows of a page, with their people and events. Asks the database twice."""
    people = Person.objects.in_bulk({key for one in connections for key in one.pair})
    keys = {event.key for one in connections for event in (one.first, one.last)}
    events: dict[int, Event] = Event.objects.in_bulk(keys)
    language = current_language()
    names = {key: sort_key(_sorted_by(one).text, language) for key, one in people.items()}
    return [
        Row(
            [Named(people[key].label, network_url(people[key])) for key in _turned(one, person, names)],
            one.count,
            mention(events[one.first.key]),
            mention(events[one.last.key]) if one.count > 1 else None,
        )
        for one in connections
    ]


def graph(person: Person, connections: list[Connection]) -> EgoGraph | None:
    """The person with those whom they met most often around them. Asks the database once."""
    people = Person.objects.in_bulk([one.other(person.pk) for one in connections])
    neighbours = [
        Neighbour(other, network_url(other), one.count, one.first.earliest)
        for one in connections
        for other in [people[one.other(person.pk)]]
    ]
    return ego_graph(person, neighbours, title=_("%(name)s, events in common: %(count)s"))


def network_url(person: Person) -> str:
    return f"{reverse('events:network')}?person={person.slug}"


def person_facet(found: FilteredList) -> Facet:
    """Whose connections: one of those who took part most often, or the one that is chosen."""
    facet = found.facet("person", "participations__person__slug", _("Whose connections"), str)
    choices = [*facet.choices, *facet.further][:MOST_OFFERED]
    people = Person.objects.published().filter(slug__in=[choice.value for choice in choices])
    labels = {person.slug: person.label.text for person in people}
    named = [
        Choice(choice.value, labels[choice.value], choice.count, choice.is_chosen)
        for choice in choices
        if choice.value in labels
    ]
    named.sort(key=lambda choice: not choice.is_chosen)
    return Facet("person", facet.legend, named[:CHOICES_SHOWN], named[CHOICES_SHOWN:])


def count_of_connections(count: int) -> str:
    return ngettext("%(number)s connection", "%(number)s connections", count) % {"number": number(count)}


def _names(keys: Iterable[int]) -> dict[int, Any]:
    language = current_language()
    people = Person.objects.in_bulk(set(keys))
    return {key: sort_key(_sorted_by(person).text, language) for key, person in people.items()}


def _sorted_by(person: Person) -> LocalText:
    return best_text(person, "sort_name") or person.label


def _turned(one: Connection, person: int | None, names: dict[int, Any]) -> list[int]:
    """The people of a row: the other one, or both by name."""
    return sorted(one.pair, key=lambda key: names[key]) if person is None else [one.other(person)]
