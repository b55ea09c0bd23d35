"""The period that a list of events is narrowed to: its fields, its decades, how sure the list is of it."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils.text import capfirst

from cubaru.core.api.date_filters import Overlap, span_of
from cubaru.core.date_words import from_to, in_short_words
from cubaru.core.dates import DateError, parse
from cubaru.core.facets import FilteredList
from cubaru.core.languages import current_language
from cubaru.core.pages import address_with
from cubaru.core.templatetags.charts import Bin
from cubaru.core.templatetags.wording import number
from events.models import Event
from events.timeline_counts import count_by_unit, whole_range
from events.timeline_window import Level, Window


@dataclass(frozen=True, slots=True)
class DecadeLink:
    """A decade in which something found may have happened, and the list narrowed to it."""

    label: str
    count: int
    url: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Period:
    """parts/period_facet.html."""

    first: str
    last: str
    bins: list[Bin]
    window: tuple[float, float] | None
    decades: list[DecadeLink] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Certainty:
    """parts/certainty.html; the addresses are of the list without and with the uncertain, or ""."""

    words: str
    certainly: str
    possibly: str
    certain_url: str
    all_url: str


def asked_period(found: FilteredList) -> Window | None:
    """The period that the list is narrowed to, None where it is not."""
    try:
        span = span_of(*(parse(text) if text else None for text in ends_of(found.request)))
    except DateError:
        return None
    return Window(*span) if found.is_valid and span else None


def period(found: FilteredList, span: Window | None) -> Period:
    """The fields of the period, over the years of all events with the chosen ones in red."""
    request = found.request
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
    return Period(*ends_of(request), bins, window, _decades(found, whole) if whole else [])


def certainty(found: FilteredList, span: Window | None) -> Certainty | None:
    """How many of the events lie in the period with every day that their dates may mean, and how many may."""
    if span is None:
        return None
    within = Q(date_earliest__gte=span.first, date_latest__lte=span.last)
    counts = (
        found.without("overlap")
        .order_by()
        .aggregate(all=Count("pk", distinct=True), certain=Count("pk", filter=within, distinct=True))
    )
    certain, possible = counts["certain"], counts["all"] - counts["certain"]
    request = found.request
    is_certain = request.GET.get("overlap") == Overlap.CERTAIN
    return Certainty(
        words=capfirst(period_label(*ends_of(request))),
        certainly=number(certain),
        possibly=number(possible) if possible else "",
        certain_url=""
        if is_certain or not possible
        else address_with(request, overlap=Overlap.CERTAIN.value),
        all_url=address_with(request, overlap=None) if is_certain else "",
    )


def _decades(found: FilteredList, whole: Window) -> list[DecadeLink]:
    """The decades in which events that are otherwise found may have happened, in one query."""
    starts = range(whole.first.year // 10 * 10, whole.last.year + 1, 10)
    rows = found.without("from", "to", "overlap").order_by()
    counts = rows.aggregate(**{
        f"from_{start}": Count(
            "pk",
            filter=Q(date_earliest__lte=date(start + 9, 12, 31), date_latest__gte=date(max(start, 1), 1, 1)),
            distinct=True,
        )
        for start in starts
    })  # fmt: skip
    asked = ends_of(found.request)
    links = []
    for start in starts:
        ends = f"{start:04}", f"{start + 9:04}"
        if count := counts[f"from_{start}"]:
            label = in_short_words(parse(f"{start // 10:03}X"), current_language())
            is_chosen = asked == ends
            first, last = (None, None) if is_chosen else ends
            url = address_with(found.request, **{"from": first, "to": last, "overlap": None})
            links.append(DecadeLink(label, count, url, is_chosen))
    return links


def period_label(first: str, last: str) -> str:
    """The period in short words; what cannot be read, as it was typed."""
    try:
        start, end = (parse(text) if text else None for text in (first, last))
    except DateError:
        return " – ".join(filter(None, [first, last]))
    return from_to(start, end, current_language(), short=True)


def ends_of(request: HttpRequest) -> tuple[str, str]:
    return request.GET.get("from", ""), request.GET.get("to", "")
