"""On how many sources, and on which sides, each year and theme rests."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Count, Exists, F, OuterRef, QuerySet
from django.db.models.functions import ExtractYear

from events.models import Event, EventCitation, EventTheme, Theme
from sources.sides import KNOWN, side_column

#: Fewer sources than this are few for a year or a theme, however few its events are.
FEW: Final = 3
#: One side has the word when it has so large a part of the sources of known origin.
ONE_SIDED: Final = 0.8


@dataclass(frozen=True)
class Ground:
    """What a year or a theme rests on: its published events, those with a second source, sources by side."""

    key: int
    events: int
    with_second: int
    sides: dict[str, int] = field(default_factory=dict)

    @property
    def sources(self) -> int:
        return sum(self.sides.values())

    @property
    def known(self) -> int:
        return sum(self.sides.get(side, 0) for side in KNOWN)

    @property
    def is_few(self) -> bool:
        return self.sources < FEW

    @property
    def one_side(self) -> str:
        """The side that has the word; "" where none has, or where too little is known of the origins."""
        most = max(KNOWN, key=lambda side: self.sides.get(side, 0))
        enough = self.known >= FEW and self.known * 2 >= self.sources
        return most.value if enough and self.sides.get(most, 0) >= ONE_SIDED * self.known else ""

    @property
    def is_mostly_unknown(self) -> bool:
        return self.known * 2 < self.sources

    @property
    def is_weak(self) -> bool:
        return self.is_few or bool(self.one_side)


@dataclass(frozen=True)
class Evidence:
    """The ground of each year, and of each theme by its primary key."""

    years: list[Ground]
    themes: list[Ground]

    def decades(self) -> Iterator[tuple[int, int, int]]:
        """For each decade its first year, its events, and those with a second source."""
        counts: dict[int, list[int]] = defaultdict(lambda: [0, 0])
        for year in self.years:
            counts[year.key // 10 * 10][0] += year.events
            counts[year.key // 10 * 10][1] += year.with_second
        for decade, (events, with_second) in sorted(counts.items()):
            yield decade, events, with_second

    @property
    def weak(self) -> int:
        return sum(ground.is_weak for ground in (*self.years, *self.themes))


def evidence() -> Evidence:
    """Counted from the citations of published events themselves; six queries."""
    return Evidence(_by_year(), _by_theme())


def _with_second() -> Any:
    """Whether an event cites a second source."""
    of_event = EventCitation.objects.filter(event=OuterRef("pk"), source__status="published").order_by()
    return Exists(of_event.values("event").annotate(n=Count("source", distinct=True)).filter(n__gte=2))


def _by_year() -> list[Ground]:
    dated = Event.objects.published().filter(date_earliest__isnull=False, date_earliest__year__gt=1)
    years = dated.annotate(year=ExtractYear("date_earliest")).order_by().values_list("year")
    events = dict(years.annotate(n=Count("pk")))
    second = dict(years.filter(_with_second()).annotate(n=Count("pk")))
    rows = (
        _cited().filter(event__date_earliest__isnull=False).annotate(key=ExtractYear("event__date_earliest"))
    )
    return _grounds(events, second, rows)


def _by_theme() -> list[Ground]:
    links = EventTheme.objects.filter(event__status="published", theme__status="published").order_by()
    events = dict(links.values_list("theme").annotate(n=Count("event")))
    second = dict(
        Theme.objects.published()
        .filter(event_links__event__in=Event.objects.published().filter(_with_second()))
        .order_by()
        .values_list("pk")
        .annotate(n=Count("event_links__event", distinct=True))
    )
    rows = _cited().filter(event__theme_links__isnull=False).annotate(key=F("event__theme_links__theme"))
    return _grounds(events, second, rows)


def _cited() -> "QuerySet[Any]":
    """The citations of published events of published sources, with the side of each."""
    shown = EventCitation.objects.filter(event__status="published", source__status="published")
    return shown.order_by().annotate(side=side_column())


def _grounds(events: dict[int, int], second: dict[int, int], cited: "QuerySet[Any]") -> list[Ground]:
    sides: dict[int, dict[str, int]] = defaultdict(dict)
    for key, side, count in cited.values_list("key", "side").annotate(n=Count("source", distinct=True)):
        sides[key][side] = count
    return [
        Ground(key, count, second.get(key, 0), sides.get(key, {})) for key, count in sorted(events.items())
    ]
