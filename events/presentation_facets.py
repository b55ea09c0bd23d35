"""The facets of the lists of events and claims: what can be chosen, the most frequent first."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db.models import Q
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cubaru.core.facets import Choice, ChosenFilter, Facet, FilteredList
from cubaru.core.models import Record, Status
from cubaru.core.pages import address_with
from events.choices import Verdict
from events.models import Theme
from events.presentation_period import ends_of, period_label
from people.models import Organization, Person
from places.models import Place
from sources.choices import SourceKind
from sources.models import Source

#: Of people, places and sources so many are folded away; rarer ones are left to the search.
MOST_FURTHER: Final = 24

#: Parameters that lead here from other pages and have no facet of their own.
CARRIED: Final[dict[str, type[Record]]] = {"organization": Organization, "source": Source}


@dataclass(frozen=True, slots=True)
class GlyphChoice(Choice):
    """A choice with the glyph of a lane or of a verdict."""

    lane: str = ""
    verdict: str = ""


def event_facets(found: FilteredList) -> list[Facet]:
    return [
        theme_facet(found, "theme_links__theme"),
        _of_records(found, "person", "participations__person", _("Person"), Person),
        _of_records(found, "place", "place_links__place", _("Place"), Place),
        verdict_facet(found, "claims__verdict", _("Verdict on a claim")),
        source_kind_facet(found),
    ]


def claim_facets(found: FilteredList) -> list[Facet]:
    return [
        verdict_facet(found, "verdict", _("Verdict")),
        theme_facet(found, "event__theme_links__theme"),
        _of_records(found, "person", "person", _("Person"), Person),
        _of_records(found, "place", "event__place_links__place", _("Place"), Place),
        _of_records(found, "source", "citations__source", _("Source"), Source),
    ]


def theme_facet(found: FilteredList, path: str) -> Facet:
    """All themes that are found, in the order of themes, with the glyphs of their lanes."""
    facet = _facet(found, "theme", path, _("Theme"))
    by_slug = {choice.value: choice for choice in (*facet.choices, *facet.further)}
    themes = Theme.objects.published().filter(slug__in=by_slug)
    return replace(
        facet,
        choices=[
            GlyphChoice(theme.slug, theme.label.text, choice.count, choice.is_chosen, lane=theme.lane)
            for theme in themes
            for choice in [by_slug[theme.slug]]
        ],
        further=[],
    )


def verdict_facet(found: FilteredList, column: str, legend: str) -> Facet:
    """The verdicts in their order."""
    facet = found.facet("verdict", column, legend, str)
    counts = {choice.value: choice.count for choice in facet.choices}
    chosen = {choice.value for choice in facet.choices if choice.is_chosen}
    return replace(facet, choices=verdict_choices(counts, chosen))


def verdict_choices(counts: Mapping[str, int], chosen: Collection[str]) -> list[Choice]:
    return [
        GlyphChoice(
            verdict.value,
            capfirst(str(verdict.label)),
            counts[verdict.value],
            verdict.value in chosen,
            verdict=verdict.value,
        )
        for verdict in Verdict
        if verdict.value in counts
    ]


def source_kind_facet(found: FilteredList) -> Facet:
    return found.facet(
        "source_kind",
        "citations__source__kind",
        _("Kind of source"),
        lambda kind: capfirst(str(SourceKind(kind).label)) if kind in SourceKind.values else kind,
        only=Q(citations__source__status=Status.PUBLISHED),
    )


def importance_facet(found: FilteredList) -> Facet:
    """From which importance on: one choice, each counted with all that is more important."""
    exact = found.facet("importance_min", "importance", _("Importance"), str)
    found_levels = [choice for choice in exact.choices if choice.value.isdecimal()]
    counts = {int(choice.value): choice.count for choice in found_levels}
    chosen = found.request.GET.get("importance_min", "") if found.is_valid else ""
    levels = {
        1: _("Any"),
        3: _("3 or more of 5"),
        4: _("4 or more of 5"),
        5: _("Turning points only"),
    }
    if chosen in {"", "1"}:
        chosen = "1"
    elif chosen == "2":
        levels |= {2: _("2 or more of 5")}
    return Facet(
        exact.name,
        exact.legend,
        [
            Choice(
                "" if level == 1 else str(level),
                label,
                sum(count for importance, count in counts.items() if importance >= level),
                chosen == str(level),
            )
            for level, label in sorted(levels.items())
        ],
        [],
    )


def importance_filter(request: HttpRequest, facet: Facet) -> list[ChosenFilter]:
    """The importance asked for, if any is."""
    return [
        ChosenFilter(choice.label, address_with(request, importance_min=None))
        for choice in facet.choices
        if choice.is_chosen and choice.value
    ]


def further_filters(request: HttpRequest) -> list[ChosenFilter]:
    """What the list is narrowed by beside its facets: period, words, records that other pages lead from."""
    chosen = []
    first, last = ends_of(request)
    if first or last:
        chosen.append(
            ChosenFilter(
                period_label(first, last),
                address_with(request, **{"from": None, "to": None, "overlap": None}),
            )
        )
    if words := request.GET.get("q", ""):
        chosen.append(ChosenFilter(_("“%(words)s”") % {"words": words}, address_with(request, q=None)))
    for name, model in CARRIED.items():
        slugs = request.GET.getlist(name)
        if slugs:
            labels = {record.slug: record.label.text for record in _published(model, slugs)}
            label = ", ".join(labels.get(slug, slug) for slug in slugs)
            chosen.append(ChosenFilter(label, address_with(request, **{name: None})))
    return chosen


def carried(request: HttpRequest) -> list[dict[str, str]]:
    """Hidden fields of the form: parameters that have no facet but stay in force."""
    return [
        {"name": name, "value": value}
        for name in (*CARRIED, "q")
        for value in request.GET.getlist(name)
        if value
    ]


def _of_records(found: FilteredList, name: str, path: str, legend: str, model: type[Record]) -> Facet:
    """The most frequent records, and those that are chosen."""
    facet = _facet(found, name, path, legend)
    further = facet.further[:MOST_FURTHER]
    labels = {
        record.slug: record.label.text
        for record in _published(model, [choice.value for choice in (*facet.choices, *further)])
    }

    def named(choices: Iterable[Choice]) -> list[Choice]:
        return [replace(choice, label=labels.get(choice.value, choice.value)) for choice in choices]

    return replace(facet, choices=named(facet.choices), further=named(further))


def _facet(found: FilteredList, name: str, path: str, legend: str) -> Facet:
    return found.facet(name, f"{path}__slug", legend, str, only=Q(**{f"{path}__status": "published"}))


def _published(model: type[Record], slugs: Iterable[str]) -> Iterable[Any]:
    published: Callable[..., Any] = model._default_manager.published
    # PostgreSQL refuses to look for NUL.
    return list(published().filter(slug__in=[slug for slug in slugs if "\x00" not in slug]))
