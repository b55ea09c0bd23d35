"""The timeline as a page shows it: what was asked, and the chart, strip, spine and links for it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Literal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cubaru.core.languages import current_language
from cubaru.core.pages import PAGE_SIZE
from cubaru.core.templatetags.charts import Bin, Lane, NamedEvent, Tick, TimelineChart
from cubaru.core.templatetags.wording import number
from events import choices
from events.levels.series import ALL, LANE_NUMBERS, series_of_theme
from events.models import Event, Participation, Theme
from events.presentation import SpineEvent, count_of_events, short_date_of, spine_event
from events.querysets import EventQuerySet
from events.timeline import Candidate, Placement, name_events, two_lines
from events.timeline_counts import Counts, count_by_unit, in_lane, left_out_between, most_important
from events.timeline_kept import dated as dated_in
from events.timeline_kept import undated as undated_in
from events.timeline_ticks import level_of_bars, ticks_of
from events.timeline_window import (
    Level,
    Window,
    WindowError,
    neighbours,
    read_window,
    unit_around,
    zoomed_out,
)
from people.models import Person

View = Literal["lanes", "together", "list"]
VIEWS: Final[tuple[View, ...]] = ("lanes", "together", "list")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks of the timeline, once it is known to make sense."""

    whole: Window
    window: Window
    theme: Theme | None = None
    person: Person | None = None
    lane: str = ""
    view: View = "lanes"
    #: The name of the page's address, and how it shows the timeline unless asked otherwise.
    page: str = "home"
    usual_view: View = "lanes"

    @property
    def is_whole(self) -> bool:
        return self.window == self.whole

    def address(self, **changes: Any) -> str:
        """The address of the timeline with some of it changed; what is as by default is not written."""
        query = replace(self, **changes).query
        return f"{reverse(self.page)}?{query}" if query else reverse(self.page)

    @property
    def query(self) -> str:
        """What the address asks, in a fixed order."""
        return urlencode(self.period | self.kept)

    @property
    def period(self) -> dict[str, str]:
        return {} if self.is_whole else {"from": self.window.from_text, "to": self.window.to_text}

    @property
    def of_what(self) -> dict[str, str]:
        """The theme or the person whose events are asked for."""
        kept = {"theme": self.theme.slug} if self.theme else {}
        return kept | ({"person": self.person.slug} if self.person else {})

    @property
    def kept(self) -> dict[str, str]:
        """The parameters beside the period."""
        kept = self.of_what
        if self.lane:
            kept["lane"] = self.lane
        return kept | ({"view": self.view} if self.view != self.usual_view else {})


@dataclass(frozen=True, slots=True)
class Wrong:
    """A sentence on what was asked, and the field of the form that it is about."""

    field: str
    text: str


def read_asked(
    query: Mapping[str, str], whole: Window, page: str = "home", usual_view: View = "lanes"
) -> tuple[Asked, list[Wrong]]:
    """What the query asks, and what is wrong with it; what is wrong is left as it is by default."""
    asked = Asked(whole, whole, view=usual_view, page=page, usual_view=usual_view)
    wrong = []
    try:
        window = read_window(query.get("from", "").strip(), query.get("to", "").strip(), whole)
        asked = replace(asked, window=window)
    except WindowError as error:
        wrong.append(Wrong(f"period-{error.field}", str(error)))
    if slug := query.get("theme", ""):
        theme = Theme.objects.published().filter(slug=slug.replace("\x00", "")).first()
        asked = replace(asked, theme=theme)
        if theme is None:
            wrong.append(Wrong("", _("There is no theme “%(theme)s”.") % {"theme": slug[:60]}))
    if slug := query.get("person", ""):
        person = Person.objects.published().filter(slug=slug.replace("\x00", "")).first()
        asked = replace(asked, person=person)
        if person is None:
            wrong.append(Wrong("", _("There is no person “%(person)s”.") % {"person": slug[:60]}))
    if lane := query.get("lane", ""):
        if lane in choices.Lane.values:
            asked = replace(asked, lane=lane)
        else:
            wrong.append(Wrong("", _("There is no group of themes “%(lane)s”.") % {"lane": lane[:60]}))
    if view := query.get("view", ""):
        chosen = next((known for known in VIEWS if known == view), None)
        asked = replace(asked, view=chosen or usual_view)
        if chosen is None:
            wrong.append(Wrong("", _("There is no view “%(view)s” of the timeline.") % {"view": view[:60]}))
    return asked, wrong


def asked_events(asked: Asked) -> EventQuerySet[Event]:
    """The published events of the theme and the lane that were asked for, at any time."""
    events = _of_what(asked)
    return in_lane(events, asked.lane) if asked.lane else events


def timeline(asked: Asked) -> dict[str, Any]:
    """The context of templates/events/parts/timeline.html: links and words, and what is drawn."""
    series = kept_series(replace(asked, lane="")) if asked.theme is None or asked.view != "lanes" else None
    counts = count_by_unit(_of_what(asked), asked.window, level_of_bars(asked.window), series)
    shown = counts.by_lane.get(asked.lane, Counter()) if asked.lane else counts.by_unit
    title = asked.window.in_words(current_language())
    context = {
        "asked": asked,
        "title": title,
        "total": shown.total(),
        "undated": undated(asked),
        "controls": controls(asked, counts),
        "chosen": chosen_filters(asked),
        "strip": None if asked.is_whole else _strip(asked),
    }
    if asked.view == "list":
        return {**context, "status": count_of_events(shown.total())}
    important = most_important(asked_events(asked), asked.window, kept_series(asked))
    candidates = [_candidate(event, asked.window) for event in important]
    placements = name_events(candidates)
    named = [important[placement.index] for placement in placements]
    chart = TimelineChart(
        title=_("Events by time, %(period)s") % {"period": title},
        bins=_bars(asked, counts, shown),
        ticks=_ticks(asked),
        named=[
            _named(important[placement.index], candidates[placement.index], placement)
            for placement in placements
        ],
        lanes=_lanes(asked, counts) if asked.view == "lanes" else (),
    )
    return {
        **context,
        "chart": chart if asked.window.level is not Level.DAY else None,
        "status": _status(asked.window, len(named), shown.total()),
        "spine": _spine(asked, important, named, shown.total()),
    }


def undated(asked: Asked) -> dict[str, Any] | None:
    """How many events have no date and so stand in no period, and where the list has them; None for none."""
    series = kept_series(asked)
    count = asked_events(asked).undated().count() if series is None else undated_in(series)
    if not count:
        return None
    query = asked.of_what
    dated = kept_series(replace(asked, lane=""))
    before = _of_what(asked).filter(date_earliest__isnull=False).count() if dated is None else dated_in(dated)
    page = before // PAGE_SIZE + 1
    query |= {"page": str(page)} if page > 1 else {}
    address = reverse("events:event-list")
    return {"count": count, "url": f"{address}?{urlencode(query)}" if query else address}


def chosen_filters(asked: Asked) -> list[dict[str, str]]:
    """What parts/filters.html shows: the theme and the lane, each with the timeline without it."""
    chosen = []
    if asked.theme:
        chosen.append({"label": asked.theme.label.text, "url": asked.address(theme=None)})
    if asked.person:
        chosen.append({"label": asked.person.label.text, "url": asked.address(person=None)})
    if asked.lane:
        label = str(choices.Lane(asked.lane).label)
        chosen.append({"label": label, "url": asked.address(lane="")})
    return chosen


def kept_series(asked: Asked) -> int | None:
    """The series of the levels that has just the events asked for; None where there is none of them."""
    if asked.person or (asked.theme and asked.lane):
        return None
    if asked.theme:
        return series_of_theme(asked.theme.pk)
    return LANE_NUMBERS[choices.Lane(asked.lane)] if asked.lane else ALL


def _of_what(asked: Asked) -> EventQuerySet[Event]:
    events: EventQuerySet[Event] = Event.objects.published()
    if asked.theme:
        events = events.filter(theme_links__theme=asked.theme)
    if asked.person:
        of_person = Participation.objects.filter(person=asked.person)
        events = events.filter(pk__in=of_person.values("event_id"))
    return events


def controls(asked: Asked, counts: Counts) -> dict[str, Any]:
    """What parts/timeline_controls.html shows."""
    before, after = neighbours(asked.window, asked.whole)
    wider = zoomed_out(asked.window, asked.whole)
    closer = _zoomed_in(asked, counts)
    words = {"lanes": _("By theme"), "together": _("All together"), "list": _("As a list")}
    return {
        "action": reverse(asked.page),
        "clear_url": reverse(asked.page),
        "first": asked.window.from_text,
        "last": asked.window.to_text,
        "hidden": [{"name": name, "value": value} for name, value in asked.kept.items()],
        "views": [
            {
                "name": view,
                "label": words[view],
                "url": asked.address(view=view),
                "is_current": view == asked.view,
            }
            for view in VIEWS
        ],
        "all_url": "" if asked.is_whole else asked.address(window=asked.whole),
        "zoom_in_url": asked.address(window=closer) if closer else "",
        "zoom_out_url": asked.address(window=wider) if wider else "",
        "earlier_url": asked.address(window=before) if before else "",
        "later_url": asked.address(window=after) if after else "",
    }


def _zoomed_in(asked: Asked, counts: Counts) -> Window | None:
    """The next narrower unit in which most begins; None at a day, or where nothing begins."""
    if not counts.total or asked.window.level is Level.DAY:
        return None
    finer = Level(asked.window.level + 1)
    sizes: dict[Window, int] = {}
    for index, count in counts.by_unit.items():
        unit = unit_around(counts.units[index].first, finer).within(asked.whole)
        sizes[unit] = sizes.get(unit, 0) + count
    closest = max(sizes, key=lambda unit: (sizes[unit], -unit.first.toordinal()))
    return closest if closest != asked.window else None


def _bars(asked: Asked, counts: Counts, shown: Mapping[int, int]) -> list[Bin]:
    language = current_language()
    bars = []
    for index, unit in enumerate(counts.units):
        part = unit.within(asked.window)
        count = shown.get(index, 0)
        label = f"{unit.in_words(language)}: {count_of_events(count)}"
        url = asked.address(window=unit.within(asked.whole))
        bars.append(Bin(asked.window.place_of(part.first), part.days / asked.window.days, count, label, url))
    return bars


def _ticks(asked: Asked) -> list[Tick]:
    return [
        Tick(
            at,
            label,
            asked.address(window=unit.within(asked.whole)),
            unit.within(asked.whole).in_words(current_language()),
        )
        for at, label, unit in ticks_of(asked.window)
    ]


def _lanes(asked: Asked, counts: Counts) -> list[Lane]:
    lanes = []
    for lane in choices.Lane:
        by_unit = counts.by_lane.get(lane.value, Counter())
        is_chosen = asked.lane == lane.value
        lanes.append(
            Lane(
                lane=lane.value,
                name=str(lane.label),
                count=counts.of_lane(lane.value),
                url=asked.address(lane="" if is_chosen else lane.value),
                bins=_bars(asked, counts, by_unit),
                is_chosen=is_chosen,
            )
        )
    return lanes


def _candidate(event: Event, window: Window) -> Candidate:
    assert event.date_earliest is not None, "undated events are in no window"
    day = max(event.date_earliest, window.first)
    return Candidate(
        at=window.place_of(day) + 0.5 / window.days,
        importance=event.importance,
        prominence=getattr(event, "prominence", 0),
        date=short_date_of(event),
        lines=two_lines(event.label.text),
    )


def _named(event: Event, candidate: Candidate, placement: Placement) -> NamedEvent:
    return NamedEvent(
        at=candidate.at,
        row=placement.row,
        date=candidate.date,
        lines=candidate.lines,
        url=event.get_absolute_url(),
        side=placement.side,
        language=event.label.language if event.label.is_fallback else "",
    )


def _spine(asked: Asked, important: list[Event], named: list[Event], total: int) -> list[SpineEvent]:
    """The named events down the page, and between them how many are left out, with a link to those."""
    shown = named if total > len(important) or total > 24 else important
    shown = sorted(shown, key=lambda event: (event.date_earliest, event.date_latest, event.slug))
    if len(shown) == total:
        return [spine_event(event) for event in shown]
    gaps = left_out_between(asked_events(asked), asked.window, shown, kept_series(asked))
    starts = [asked.window.first, *(max(event.date_earliest, asked.window.first) for event in shown)]  # type: ignore[type-var]
    ends = [*starts[1:], asked.window.last]
    spine: list[SpineEvent] = []
    for index, gap in enumerate(gaps):
        if index:
            spine.append(spine_event(shown[index - 1]))
        if gap:
            between = Window(starts[index], ends[index])  # type: ignore[arg-type]
            years = Window(
                unit_around(between.first, Level.YEAR).first, unit_around(between.last, Level.YEAR).last
            )
            window = (years if asked.window.level <= Level.DECADE else between).within(asked.window)
            spine.append(
                SpineEvent(
                    more=gap,
                    url=asked.address(window=window, view="list"),
                    period=window.in_words(current_language()),
                )
            )
    return spine


def _strip(asked: Asked) -> dict[str, Any]:
    """All years with the window in red."""
    counts = count_by_unit(asked_events(asked), asked.whole, Level.YEAR, kept_series(asked))
    start = asked.whole.place_of(asked.window.first)
    # A day among a hundred years would be a hair.
    width = max(asked.window.days / asked.whole.days, 0.004)
    return {
        "bins": [
            Bin(asked.whole.place_of(unit.first), unit.days / asked.whole.days, counts.by_unit[index], "")
            for index, unit in enumerate(counts.units)
        ],
        "ticks": [Tick(at, label) for at, label, _unit in ticks_of(asked.whole)],
        "window": (min(start, 1 - width), width),
    }


def _status(window: Window, named: int, total: int) -> str:
    bars = {
        Level.YEAR: pgettext("bars of the timeline", "Years"),
        Level.MONTH: pgettext("bars of the timeline", "Months"),
        Level.DAY: pgettext("bars of the timeline", "Days"),
    }[level_of_bars(window)]
    if named >= total:
        return f"{bars} · {count_of_events(total)}"
    words = _("%(bars)s · %(named)s of %(events)s named; zoom in for more")
    return words % {"bars": bars, "named": number(named), "events": count_of_events(total)}
