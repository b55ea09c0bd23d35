"""Facets of lists: what can be chosen, how often each choice would be found, and links that take one away.

A facet is a parameter of the list's set of filters, the same as in the API; here are only its choices.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, QueryDict
from django_filters import FilterSet

from cubaru.core.pages import address_with, canonical_query

#: A facet shows so many choices before it folds the others away.
CHOICES_SHOWN: Final = 8


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """parts/facet.html; `further` choices are folded away, which chosen ones never are."""

    name: str
    legend: str
    choices: list[Choice]
    further: list[Choice]


@dataclass(frozen=True, slots=True)
class ChosenFilter:
    """What a list is filtered by, with the address of the list without it."""

    label: str
    url: str


class FilteredList:
    """The rows of a list as the request narrows them; none where it asks what cannot be read."""

    def __init__(self, request: HttpRequest, filters: type[FilterSet], rows: QuerySet[Any]) -> None:
        self.request, self._filters, self._rows = request, filters, rows
        applied = filters(request.GET, queryset=rows, request=request)
        self.is_valid: bool = applied.is_valid()
        self.rows: QuerySet[Any] = applied.qs if self.is_valid else rows.none()
        self._filter_fields = applied.filters
        self.errors = [
            {"field": "", "text": str(message)}
            for messages in applied.errors.values()
            for message in messages
        ]

    @property
    def status(self) -> int:
        return 200 if self.is_valid else 400

    def canonical_query(self, *others: str) -> str:
        """What makes this list another one: filters, then `others` and the page; "" where it is wrong."""
        if not self.is_valid:
            return ""
        repeatable = {
            name for name, field in self._filter_fields.items() if getattr(field, "is_repeatable", False)
        }
        names = [*self._filter_fields, *others, "page"]
        return canonical_query(self.request.GET, names, repeatable=repeatable)

    def facet(
        self, name: str, column: str, legend: str, label: Callable[[str], str], *, only: Q | None = None
    ) -> Facet:
        """The values of `column` that the parameter `name` can be: chosen ones first, then the most frequent.

        Each is counted as if no other value of this facet had been chosen. Empty values are left out, and
        with `only` those of rows that do not meet it.
        """
        found = (
            self.without(name)
            .filter(only or Q())
            .order_by()
            .values(column)
            .annotate(n=Count("pk", distinct=True))
        )
        counts = {str(row[column]): row["n"] for row in found if row[column]}
        chosen = self.request.GET.getlist(name) if self.is_valid else []
        counts |= {value: 0 for value in chosen if value and value not in counts}
        choices = [Choice(value, label(value), count, value in chosen) for value, count in counts.items()]
        choices.sort(key=lambda choice: (not choice.is_chosen, -choice.count, choice.label))
        shown = max(CHOICES_SHOWN, sum(choice.is_chosen for choice in choices))
        # A fold that hides a single choice would take as much room as the choice.
        shown = len(choices) if len(choices) == shown + 1 else shown
        return Facet(name, legend, choices[:shown], choices[shown:])

    def chosen(self, facets: Iterable[Facet]) -> list[ChosenFilter]:
        """One for each choice made, with the address that unmakes it."""
        return [
            ChosenFilter(choice.label, self._address_without(facet.name, choice.value))
            for facet in facets
            for choice in facet.choices
            if choice.is_chosen
        ]

    def without(self, *names: str) -> QuerySet[Any]:
        """The rows as all other parameters narrow them; all rows where one asks what cannot be read."""
        if not self.is_valid:
            return self._rows
        query: QueryDict = self.request.GET.copy()
        for name in names:
            query.pop(name, None)
        narrowed: QuerySet[Any] = self._filters(query, queryset=self._rows, request=self.request).qs
        return narrowed

    def _address_without(self, name: str, value: str) -> str:
        others = [other for other in self.request.GET.getlist(name) if other != value]
        return address_with(self.request, **{name: others or None})
