"""What the timeline counts and names, asked of the database in a fixed number of queries."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Max, Min, Model, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, ExtractYear

from events.models import Claim, Event, EventRelation, Theme
from events.querysets import EventQuerySet
from events.timeline_window import Level, Window, units, year_window

#: So many of the most important events are looked at for the names.
MOST_CANDIDATES = 80


@dataclass(frozen=True, slots=True)
class Counts:
    """How many events begin in each unit of a window, in all and by lane; "" is the lane of no theme."""

    units: list[Window]
    by_unit: Counter[int] = field(default_factory=Counter)
    by_lane: dict[str, Counter[int]] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return self.by_unit.total()

    def of_lane(self, lane: str) -> int:
        return self.by_lane[lane].total() if lane in self.by_lane else 0

    def add(self, unit: int, lane: str, count: int) -> None:
        self.by_unit[unit] += count
        self.by_lane.setdefault(lane, Counter())[unit] += count


def whole_range(events: EventQuerySet[Event]) -> Window | None:
    """From the year of the first event to that of the last, in whole years; None when none is dated.

    Ends that are open or not known reach to the years 1 and 9999, which say nothing about the chronicle.
    """
    bounds = events.aggregate(
        first=Min("date_earliest", filter=Q(date_earliest__gt=date.min)),
        last_start=Max("date_earliest"),
        last=Max("date_latest", filter=Q(date_latest__lt=date.max)),
        first_end=Min("date_latest"),
    )
    first = bounds["first"] or bounds["first_end"]
    last = bounds["last"] or bounds["last_start"]
    return year_window(min(first, last).year, max(first, last).year) if first and last else None


def with_lane(events: EventQuerySet[Event]) -> EventQuerySet[Event]:
    """Adds `lane_of_theme`: that of the first published theme, NULL where there is none."""
    leading = Theme.objects.published().filter(event_links__event=OuterRef("pk"))
    lane = leading.order_by("event_links__position", "event_links__pk").values("lane")[:1]
    annotated: EventQuerySet[Any] = events.annotate(lane_of_theme=Subquery(lane))
    return annotated


def in_lane(events: EventQuerySet[Event], lane: str) -> EventQuerySet[Event]:
    """The events that run in a lane."""
    annotated: EventQuerySet[Any] = with_lane(events)
    return annotated.filter(lane_of_theme=lane)


def count_by_unit(events: EventQuerySet[Event], window: Window, level: Level) -> Counts:
    """Counts each event of the window once, in the unit of its first day there."""
    bins = units(window, level)
    counts = Counts(bins)
    rows = with_lane(events.overlapping(window.first, window.last))
    by_year = {unit.first.year: index for index, unit in enumerate(bins)}
    start = ExtractYear("date_earliest") if level is Level.YEAR else F("date_earliest")
    grouped = rows.annotate(start=start).values("start", "lane_of_theme").annotate(count=Count("pk"))
    for row in grouped.order_by():
        unit = by_year.get(row["start"], 0) if level is Level.YEAR else _index(bins, row["start"])
        counts.add(unit, row["lane_of_theme"] or "", row["count"])
    return counts


def most_important(events: EventQuerySet[Event], window: Window) -> list[Event]:
    """The events of the window among which names are chosen, with their themes and their `prominence`.

    Prominent is what many other events are related to and many claims are about.
    """
    found = events.overlapping(window.first, window.last).with_themes()
    return list(
        found.annotate(
            prominence=_how_many(EventRelation, "from_event")
            + _how_many(EventRelation, "to_event")
            + _how_many(Claim, "event")
        ).order_by("-importance", "date_earliest", "slug")[:MOST_CANDIDATES]
    )


def left_out_between(events: EventQuerySet[Event], window: Window, shown: Sequence[Event]) -> list[int]:
    """How many events of the window begin before the first shown one, between two, and after the last."""
    starts = [window.first, *(_start(event, window) for event in shown)]
    ends = [*starts[1:], window.last + timedelta(days=1)]
    rest = events.overlapping(window.first, window.last).exclude(pk__in=[event.pk for event in shown])
    aggregates = {
        f"gap_{index}": Count("pk", filter=_starting(start, end, is_first=index == 0))
        for index, (start, end) in enumerate(zip(starts, ends, strict=True))
    }
    found = rest.aggregate(**aggregates)
    return [found[f"gap_{index}"] for index in range(len(starts))]


def _starting(start: date, end: date, *, is_first: bool) -> Q:
    before_end = Q(date_earliest__lt=end)
    return before_end if is_first else before_end & Q(date_earliest__gte=start)


def _start(event: Event, window: Window) -> date:
    assert event.date_earliest is not None, "undated events are in no window"
    return max(event.date_earliest, window.first)


def _index(bins: Sequence[Window], start: date) -> int:
    return max(bisect_right(bins, start, key=lambda unit: unit.first) - 1, 0)


def _how_many(model: type[Model], link: str) -> Coalesce:
    """How many rows of the model lead to the event by the link."""
    rows = model._base_manager.filter(**{link: OuterRef("pk")}).order_by().values(link)
    return Coalesce(Subquery(rows.annotate(count=Count("pk")).values("count")), 0)
