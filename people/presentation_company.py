"""Who was at the same events as a person: rows of a table, and the drawing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from cubaru.core.languages import LocalText
from cubaru.core.mentions import Mentioned, mentioned, time_order
from people.axis import Company
from people.ego_graph import EgoGraph, Neighbour, ego_graph
from people.models import Person

#: The page of a person shows so many; the network has them all.
MOST_ROWS: Final = 12


@dataclass(frozen=True, slots=True)
class CompanyRow:
    """Somebody, how many events were in common, the first of them and, of several, the last."""

    name: LocalText
    url: str
    count: int
    first: Mentioned
    last: Mentioned | None


def company_rows(company: Sequence[Company]) -> list[CompanyRow]:
    return [_row(one) for one in company[:MOST_ROWS]]


def company_graph(person: Person, company: Sequence[Company]) -> EgoGraph | None:
    neighbours = [
        Neighbour(one.person, one.url, len(one.events), min(one.events, key=time_order).date_earliest)
        for one in company
    ]
    return ego_graph(person, neighbours, title=_("%(name)s, events in common: %(count)s"))


def _row(one: Company) -> CompanyRow:
    first = min(one.events, key=time_order)
    last = max(one.events, key=lambda event: (event.date_latest or date.min, event.slug))
    is_several = len(one.events) > 1
    return CompanyRow(
        one.name, one.url, len(one.events), mentioned(first), mentioned(last) if is_several else None
    )
