"""A person's life in the chronicle over one axis: offices, events, and who else was there."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from cubaru.core.date_words import in_short_words
from cubaru.core.dates import parse
from cubaru.core.languages import LocalText, current_language
from cubaru.core.mentions import Happening, short_date_of
from cubaru.core.templatetags.charts import Companion, EventMark, OfficeBar, PersonAxis, Tick
from people.models import Office, Person
from people.presentation import count_of_events, in_order_of_start, office_dates, office_title
from people.succession import Succession

#: The axis shows so many of those who were at the same events; a table has them all.
MOST_COMPANIONS: Final = 8
#: Marks nearer to each other than this part of the axis are stacked.
COLUMN: Final = 1 / 64
#: A bar's dates stand after it, or before it where it ends nearer to the edge than this.
ROOM_FOR_DATES: Final = 0.14


@dataclass(frozen=True, slots=True)
class Company:
    """Somebody who took part in the same events, and in which of them."""

    person: Person
    name: LocalText
    url: str
    events: Sequence[Happening]


@dataclass(frozen=True, slots=True)
class Span:
    """The years of an axis: from 1 January of `first` to 31 December of `last`."""

    first: int
    last: int

    def at(self, day: date) -> float:
        """Where a day stands, from 0.0 to 1.0; days beyond the axis stand at its ends."""
        start, end = date(self.first, 1, 1).toordinal(), date(self.last, 12, 31).toordinal() + 1
        return min(max((day.toordinal() - start) / (end - start), 0.0), 1.0)


def person_axis(
    offices: Iterable[Office],
    events: Sequence[Happening],
    company: Sequence[Company],
    held: Mapping[int, Succession] | None = None,
) -> PersonAxis | None:
    """The axis; None when neither an office nor an event has a date. `held` as `successions()` has it."""
    dated = [event for event in events if event.date_earliest]
    bars = [office for office in in_order_of_start(offices) if _is_dated(office)]
    span = span_of([*_days_of_offices(bars), *_days_of_events(dated)])
    if span is None:
        return None
    if any(not _has_room_for_dates(office_bar(office, span)) for office in bars):
        span = Span(span.first - 10, span.last)
    return PersonAxis(
        ticks=ticks_of(span),
        offices=[office_bar(office, span, (held or {}).get(office.pk)) for office in bars],
        events=event_marks(dated, span),
        companions=[_companion(one, span) for one in company[:MOST_COMPANIONS]],
        tint=_tint(dated, span),
        events_note=_events_note(events),
    )


def span_of(days: Iterable[date]) -> Span | None:
    """Whole decades around the days; None when there is no day."""
    years = [day.year for day in days if date.min < day < date.max]
    if not years:
        return None
    return Span(min(years) // 10 * 10, max(years) // 10 * 10 + 9)


def ticks_of(span: Span) -> list[Tick]:
    """Every tenth year, or more on a short axis; the first and those of a new century in full, then ’50."""
    length = span.last - span.first + 1
    years = range(span.first, span.last + 1, 10 if length > 30 else 5 if length > 10 else 2)
    in_full = {years[0], *(year for year in years if year % 100 == 0)}
    return [
        Tick(span.at(date(year, 1, 1)), str(year) if year in in_full else f"’{year % 100:02}")
        for year in years
    ]


def office_bar(office: Office, span: Span, held: Succession | None = None) -> OfficeBar:
    """The bar from the first to the last day that the office may have been held.

    An end that is not known is hatched up to the edge; an office still held runs on over it.
    """
    start, end = office.start_date, office.end_date
    goes_on = bool(end and end.open_end)
    first = span.at(start.earliest) if start else 0.0
    last = span.at(end.latest) if end and not goes_on else 1.0
    is_vague = any(side is not None and (side.approximate or side.uncertain) for side in (start, end))
    return OfficeBar(
        title=office_title(office),
        organization=str(office.organization),
        dates=office_dates(office),
        start=first,
        width=last - first,
        is_uncertain=is_vague or start is None or end is None,
        goes_on=goes_on,
        before=_named(held.before if held else None),
        after=_named(held.after if held else None),
    )


def event_marks(events: Iterable[Happening], span: Span) -> list[EventMark]:
    """Marks at the middle of each date, stacked where they would touch."""
    heights: dict[int, int] = defaultdict(int)
    marks = []
    for event in events:
        column = int(_middle(event, span) / COLUMN)
        marks.append(
            EventMark(
                at=min((column + 0.5) * COLUMN, 1 - COLUMN / 2),
                row=heights[column],
                lane=event.lane or "diplomacy",
                title=f"{event.label}, {short_date_of(event)}",
                url=event.get_absolute_url(),
            )
        )
        heights[column] += 1
    return marks


def company_of(person: Person, events: Iterable[Any]) -> list[Company]:
    """Who else took part in the events, those of most events first; wants `participations__person` loaded."""
    shared: dict[int, dict[int, Any]] = defaultdict(dict)
    people: dict[int, Person] = {}
    for event in events:
        for part in event.participations.all():
            if part.person and part.person.is_published and part.person_id != person.pk:
                people[part.person_id] = part.person
                shared[part.person_id][event.pk] = event
    found = [
        Company(people[key], people[key].label, people[key].get_absolute_url(), list(together.values()))
        for key, together in shared.items()
    ]
    return sorted(found, key=lambda one: (-len(one.events), one.person.slug))


def _named(person: Person | None) -> tuple[str, str] | None:
    return (str(person.label), person.get_absolute_url()) if person else None


def _has_room_for_dates(bar: OfficeBar) -> bool:
    return bar.start >= ROOM_FOR_DATES or bar.start + bar.width <= 1 - ROOM_FOR_DATES


def _companion(company: Company, span: Span) -> Companion:
    places = sorted({_middle(event, span) for event in company.events if event.date_earliest})
    return Companion(str(company.name), company.url, len(company.events), places)


def _tint(events: Sequence[Happening], span: Span) -> tuple[float, float] | None:
    bounds = _days_of_events(events)
    if not bounds:
        return None
    start = span.at(date(min(bounds).year, 1, 1))
    return start, span.at(date(max(bounds).year, 12, 31)) - start


def _events_note(events: Sequence[Happening]) -> str:
    years = sorted(day.year for day in _days_of_events(events))
    count = count_of_events(len(events))
    if not years:
        return count
    ends = dict.fromkeys(f"{year:04}" for year in (years[0], years[-1]))
    period = in_short_words(parse("/".join(ends)), current_language())
    return _("%(events)s, %(period)s") % {"events": count, "period": period}


def _middle(event: Happening, span: Span) -> float:
    return (span.at(event.date_earliest) + span.at(event.date_latest)) / 2


def _days_of_events(events: Iterable[Happening]) -> list[date]:
    bounds = [day for event in events for day in (event.date_earliest, event.date_latest)]
    return [day for day in bounds if day and date.min < day < date.max]


def _days_of_offices(offices: Iterable[Office]) -> list[date]:
    dates = [side for office in offices for side in (office.start_date, office.end_date) if side]
    return [day for side in dates for day in (side.earliest, side.latest) if date.min < day < date.max]


def _is_dated(office: Office) -> bool:
    return bool(office.start or office.end)
