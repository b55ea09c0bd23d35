"""What the timeline counts and names, asked of the database in a fixed number of queries."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Max, Min, OuterRef, Q, Subquery
from django.db.models.functions import ExtractYear

from cubaru.core.querysets import how_many
from events.models import Claim, Event, EventRelation, Theme
from events.querysets import EventQuerySet
from events.timeline_kept import begun_before, highest, is_kept, starts_by_unit
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

    def add_all(self, unit: int, counted: Mapping[str, int]) -> None:
        """Adds events of all lanes, with "" for the sum of them."""
        of_lanes = {lane: count for lane, count in counted.items() if lane}
        without = counted[""] - sum(of_lanes.values())
        for lane, count in {**of_lanes, "": without}.items():
            if count:
                self.add(unit, lane, count)

    def add(self, unit: int, lane: str, count: int) -> None:
        self.by_unit[unit] += count
        self.by_lane.setdefault(lane, Counter())[unit] += count


def whole_range(events: EventQuerySet[Event]) -> Window | None:
    """From the year of the first event to that of the last, in whole years; None when none is dated.

    Ends that are open or not known reach to the years 1 and 9999, which say nothing about the chronicle.
    Each bound is asked for by itself, so that an index answers.
    """
    starts = events.filter(date_earliest__gt=date.min)
    bounds = [
        starts.aggregate(day=Min("date_earliest"))["day"],
        starts.aggregate(day=Max("date_earliest"))["day"],
        events.longer_than_a_day().filter(date_latest__lt=date.max).aggregate(day=Max("date_latest"))["day"],
    ]
    if bounds[0] is None:
        bounds.append(events.aggregate(day=Min("date_latest"))["day"])
    known = [day for day in bounds if day is not None and day != date.max]
    return year_window(min(known).year, max(known).year) if known else None


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


def count_by_unit(
    events: EventQuerySet[Event], window: Window, level: Level, series: int | None = None
) -> Counts:
    """Counts each event of the window once, in the unit of its first day there.

    `series` says that the events are those of a series, whose counts are kept ready; lanes are told apart
    in that of all events only.
    """
    bins = units(window, level)
    counts = Counts(bins)
    if series is not None and is_kept(window):
        rows = events.going_on(window.first)
        for unit, begun in enumerate(starts_by_unit(series, bins, window, level)):
            counts.add_all(unit, begun)
    else:
        rows = events.overlapping(window.first, window.last)
    by_year = {unit.first.year: index for index, unit in enumerate(bins)}
    start = ExtractYear("date_earliest") if level is Level.YEAR else F("date_earliest")
    lanes = with_lane(rows).annotate(start=start).values("start", "lane_of_theme")
    for row in lanes.annotate(count=Count("pk")).order_by():
        unit = by_year.get(row["start"], 0) if level is Level.YEAR else _index(bins, row["start"])
        counts.add(unit, row["lane_of_theme"] or "", row["count"])
    return counts


def most_important(events: EventQuerySet[Event], window: Window, series: int | None = None) -> list[Event]:
    """The events of the window among which names are chosen, with their themes and their `prominence`.

    Prominent is what many other events are related to and many claims are about. `series` as in
    `count_by_unit`.
    """
    if series is not None and is_kept(window):
        going_on = events.going_on(window.first).order_by("-importance", "date_earliest", "slug")
        keys = [*highest(series, window), *going_on.values_list("pk", flat=True)[:MOST_CANDIDATES]]
        found = events.filter(pk__in=keys).with_themes()
    else:
        found = events.overlapping(window.first, window.last).with_themes()
    return list(
        found.annotate(
            prominence=how_many(EventRelation._base_manager.all(), "from_event")
            + how_many(EventRelation._base_manager.all(), "to_event")
            + how_many(Claim._base_manager.all(), "event")
        ).order_by("-importance", "date_earliest", "slug")[:MOST_CANDIDATES]
    )


def left_out_between(
    events: EventQuerySet[Event], window: Window, shown: Sequence[Event], series: int | None = None
) -> list[int]:
    """How many events of the window begin before the first shown one, between two, and after the last.

    `series` as in `count_by_unit`.
    """
    starts = [window.first, *(_start(event, window) for event in shown)]
    ends = [*starts[1:], window.last + timedelta(days=1)]
    if series is not None and is_kept(window):
        begun = begun_before([series], [*starts, ends[-1]])
        gaps = [begun[series, end] - begun[series, start] for start, end in zip(starts, ends, strict=True)]
        gaps[0] += events.going_on(window.first).count()
        for event in shown:
            gaps[_gap_of(event, ends)] -= 1
        return gaps
    rest = events.overlapping(window.first, window.last).exclude(pk__in=[event.pk for event in shown])
    aggregates = {
        f"gap_{index}": Count("pk", filter=_starting(start, end, is_first=index == 0))
        for index, (start, end) in enumerate(zip(starts, ends, strict=True))
    }
    found = rest.aggregate(**aggregates)
    return [found[f"gap_{index}"] for index in range(len(starts))]


def _gap_of(event: Event, ends: Sequence[date]) -> int:
    """The index of the gap in which an event begins; what began before the window is in the first."""
    assert event.date_earliest is not None, "undated events are in no window"
    return bisect_right(ends, event.date_earliest)


def _starting(start: date, end: date, *, is_first: bool) -> Q:
    before_end = Q(date_earliest__lt=end)
    return before_end if is_first else before_end & Q(date_earliest__gte=start)


def _start(event: Event, window: Window) -> date:
    assert event.date_earliest is not None, "undated events are in no window"
    return max(event.date_earliest, window.first)


def _index(bins: Sequence[Window], start: date) -> int:
    return max(bisect_right(bins, start, key=lambda unit: unit.first) - 1, 0)
