"""The facets of the lists of events and claims: what can be chosen, the most frequent first."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db.models import Q
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cubaru.core.api.date_filters import span_of
from cubaru.core.date_words import from_to
from cubaru.core.dates import DateError, parse
from cubaru.core.facets import Choice, ChosenFilter, Facet, FilteredList
from cubaru.core.languages import current_language
from cubaru.core.models import Record
from cubaru.core.pages import address_with
from cubaru.core.templatetags.charts import Bin
from events.choices import Verdict
from events.models import Event, Theme
from events.timeline_counts import count_by_unit, whole_range
from events.timeline_window import Level, Window
from people.models import Organization, Person
from places.models import Place
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


@dataclass(frozen=True, slots=True)
class Period:
    """parts/period_facet.html."""

    first: str
    last: str
    bins: list[Bin]
    window: tuple[float, float] | None


def event_facets(found: FilteredList) -> list[Facet]:
    return [
        theme_facet(found, "theme_links__theme"),
        _of_records(found, "person", "participations__person", _("Person"), Person),
        _of_records(found, "place", "place_links__place", _("Place"), Place),
        verdict_facet(found, "claims__verdict", _("Verdict on a claim")),
    ]


def claim_facets(found: FilteredList) -> list[Facet]:
    return [
        verdict_facet(found, "verdict", _("Verdict")),
        theme_facet(found, "event__theme_links__theme"),
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
    by_value = {choice.value: choice for choice in facet.choices}
    return replace(
        facet,
        choices=[
            GlyphChoice(
                verdict.value,
                capfirst(str(verdict.label)),
                by_value[verdict.value].count,
                by_value[verdict.value].is_chosen,
                verdict=verdict.value,
            )
            for verdict in Verdict
            if verdict.value in by_value
        ],
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


def asked_period(found: FilteredList) -> Window | None:
    """The period that the list is narrowed to, None where it is not."""
    try:
        span = span_of(*(parse(text) if text else None for text in _ends(found.request)))
    except DateError:
        return None
    return Window(*span) if found.is_valid and span else None


def period(request: HttpRequest, span: Window | None) -> Period:
    """The fields of the period, over the years of all events with the chosen ones in red."""
    events = Event.objects.published()
    whole = whole_range(events)
    bins, window = [], None
    if whole is not None:
        counts = count_by_unit(events, whole, Level.YEAR)
        bins = [
            Bin(whole.place_of(year.first), year.days / whole.days, counts.by_unit[index], "")
            for index, year in enumerate(counts.units)
        ]
        if span is not None and span.overlaps(whole):
            shown = span.within(whole)
            window = (whole.place_of(shown.first), shown.days / whole.days)
    return Period(*_ends(request), bins, window)


def further_filters(request: HttpRequest) -> list[ChosenFilter]:
    """What the list is narrowed by beside its facets: period, words, records that other pages lead from."""
    chosen = []
    first, last = _ends(request)
    if first or last:
        chosen.append(
            ChosenFilter(_period_label(first, last), address_with(request, **{"from": None, "to": None}))
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


def _period_label(first: str, last: str) -> str:
    """The period in short words; what cannot be read, as it was typed."""
    try:
        start, end = (parse(text) if text else None for text in (first, last))
    except DateError:
        return " – ".join(filter(None, [first, last]))
    return from_to(start, end, current_language(), short=True)


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


def _ends(request: HttpRequest) -> tuple[str, str]:
    return request.GET.get("from", ""), request.GET.get("to", "")


def _facet(found: FilteredList, name: str, path: str, legend: str) -> Facet:
    return found.facet(name, f"{path}__slug", legend, str, only=Q(**{f"{path}__status": "published"}))


def _published(model: type[Record], slugs: Iterable[str]) -> Iterable[Any]:
    published: Callable[..., Any] = model._default_manager.published
    # PostgreSQL refuses to look for NUL.
    return list(published().filter(slug__in=[slug for slug in slugs if "\x00" not in slug]))
