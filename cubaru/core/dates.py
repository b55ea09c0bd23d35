"""Historical dates: an EDTF expression with the days that it may touch.

`docs/dates.md` says what is accepted, how it is read, and what is refused and why.
Source: ISO 8601-2:2019 (EDTF); https://www.loc.gov/standards/datetime/
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from cubaru.core.date_bounds import BeyondYearsError, point_bounds
from cubaru.core.dates_errors import DateError, Explained, no_such_day
from cubaru.core.dates_grammar import read
from cubaru.core.dates_structure import Calendar, End, Expression, Group, Point, Span, points_of

__all__ = ["Calendar", "DateError", "HistoricalDate", "Precision", "first_known_day", "parse"]


class Precision(TextChoices):
    """How much of a date is known."""

    DAY = "day", _("Day")
    MONTH = "month", _("Month")
    SEASON = "season", _("Season or part of a year")
    YEAR = "year", _("Year")
    DECADE = "decade", _("Decade")
    CENTURY = "century", _("Century")
    UNKNOWN = "unknown", _("Year not known")
    INTERVAL = "interval", _("From one date to another")
    SET = "set", _("One or several of some dates")


@dataclass(frozen=True, slots=True)
class HistoricalDate:
    """A date as a source gives it. Made by `parse`.

    `edtf` is the text exactly as typed. `earliest` and `latest` are the first and the last day that the
    expression may touch: Gregorian whatever the calendar, both inclusive, and not widened by ~ or ?.
    Where an end is open (`1902/..`) or unknown (`1902/`) they are the last day of the year 9999 or the
    first of the year 1; the two stay apart in `open_end` and `unknown_end`.
    """

    edtf: str
    calendar: Calendar
    earliest: date
    latest: date
    precision: Precision
    approximate: bool
    uncertain: bool
    open_start: bool
    open_end: bool
    unknown_start: bool
    unknown_end: bool
    expression: Expression

    def __str__(self) -> str:
        return self.edtf


def parse(text: str, calendar: Calendar = Calendar.GREGORIAN) -> HistoricalDate:
    """The historical date that a text spells in EDTF; `calendar` is the one that its days are counted in.

    Raises DateError, whose sentence is meant for whoever typed the text.
    """
    calendar = Calendar(calendar)
    expression = read(text)
    earliest, latest = _bounds(expression, calendar)
    points = points_of(expression)
    ends = _ends(expression)
    return HistoricalDate(
        edtf=text,
        calendar=calendar,
        earliest=earliest,
        latest=latest,
        precision=_precision(expression),
        approximate=any(point.approximate for point in points),
        uncertain=any(point.uncertain for point in points),
        open_start=ends[0] is End.OPEN,
        open_end=ends[1] is End.OPEN,
        unknown_start=ends[0] is End.UNKNOWN,
        unknown_end=ends[1] is End.UNKNOWN,
        expression=expression,
    )


def _bounds(expression: Expression, calendar: Calendar) -> tuple[date, date]:
    match expression:
        case Point():
            return _point_bounds(expression, calendar)
        case Span(start, end):
            return _span_bounds(start, end, calendar)
        case Group(members):
            bounds = [_bounds(member, calendar) for member in members]
            return min(first for first, _last in bounds), max(last for _first, last in bounds)


def _point_bounds(point: Point, calendar: Calendar) -> tuple[date, date]:
    try:
        bounds = point_bounds(point, calendar)
    except BeyondYearsError:
        raise DateError(Explained.BEYOND, text=str(point)) from None
    if bounds is None:
        raise no_such_day(point, calendar)
    return bounds


def _span_bounds(start: Point | End, end: Point | End, calendar: Calendar) -> tuple[date, date]:
    earliest = date.min if isinstance(start, End) else _point_bounds(start, calendar)[0]
    latest = date.max if isinstance(end, End) else _point_bounds(end, calendar)[1]
    # The widest reading decides: 1915-03-13/1915-03 ends on one of the days after the 13th.
    if latest < earliest:
        raise DateError(Explained.REVERSED, start=str(start), end=str(end))
    return earliest, latest


def _ends(expression: Expression) -> tuple[Point | End | None, Point | End | None]:
    """The two outer sides of an interval or a set; None where there is no side to speak of."""
    match expression:
        case Span(start, end):
            return start, end
        case Group(members):
            return _ends(members[0])[0], _ends(members[-1])[1]
        case _:
            return None, None


def _precision(expression: Expression) -> Precision:
    match expression:
        case Point():
            return point_precision(expression)
        case Span():
            return Precision.INTERVAL
        case Group():
            return Precision.SET


def point_precision(point: Point) -> Precision:
    """How much is known of a single date; what follows an unknown digit counts for nothing."""
    known_digits = len(point.year.partition("X")[0])
    if known_digits < 4:
        return {3: Precision.DECADE, 2: Precision.CENTURY}.get(known_digits, Precision.UNKNOWN)
    if point.part:
        return Precision.SEASON
    if not point.month.isdigit():
        return Precision.YEAR
    return Precision.DAY if point.day.isdigit() else Precision.MONTH


def first_known_day(when: HistoricalDate) -> date | None:
    """The day on which it began, where that is known for certain, whatever is known of its end."""
    expression = when.expression
    first = expression.start if isinstance(expression, Span) else expression
    if not isinstance(first, Point) or first.approximate or first.uncertain:
        return None
    return when.earliest if point_precision(first) is Precision.DAY else None
