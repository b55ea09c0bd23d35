"""What can be said about a single date in plain words, before any language comes into play.

An atom is a stretch of time that has a name: a day, a month, a season, a year, a decade, a century,
or the early, middle or late third of a month, a year or a decade.
"""

from dataclasses import dataclass, replace
from enum import IntEnum

from cubaru.core.date_bounds import days_in_month, days_of, gregorian_day, julian_day, months_of
from cubaru.core.dates_structure import Calendar, Component, Group, Point, Span

THIRDS_OF_YEAR = {(1, 4): 1, (5, 8): 2, (9, 12): 3}
THIRDS_OF_DECADE = {(0, 3): 1, (4, 6): 2, (7, 9): 3}


class Kind(IntEnum):
    """The finer kinds first; those up to PART are named within a year."""

    DAY = 1
    MONTH = 2
    PART = 3
    YEAR = 4
    DECADE = 5
    CENTURY = 6


@dataclass(frozen=True, slots=True)
class Atom:
    """A named stretch of time. `year` is the first one of a decade or century.

    `month` is the code of a part of the year where the kind is PART; `third` is 1, 2, 3 for early, mid, late.
    """

    kind: Kind
    year: int
    month: int = 0
    day: int = 0
    third: int = 0

    @property
    def is_within_year(self) -> bool:
        """Whether a year's number has to be said beside the name."""
        return self.kind <= Kind.PART

    def is_start_of(self, other: "Atom") -> bool:
        """Whether it lies inside `other`, a month or year of no third."""
        if self.third or other.third or self.year != other.year or self.kind >= other.kind:
            return False
        if other.kind is Kind.MONTH:
            return self.month == other.month
        return other.kind is Kind.YEAR

    def in_both_calendars(self, calendar: Calendar) -> tuple["Atom", "Atom"]:
        """The day of `calendar` in the Julian calendar, then in the Gregorian one."""
        day = gregorian_day(self.year, self.month, self.day, calendar)
        old = julian_day(day)
        return (
            replace(self, year=old.year, month=old.month, day=old.day),
            replace(self, year=day.year, month=day.month, day=day.day),
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """How a point can be said.

    Either `choices` holds the atoms of which it is one (mostly a single one), or, where the year is not
    known well enough, `within` names the month or day and `years` the digits of the year.
    `missing` are components that the curator states to be unknown; `day` is a day whose month is.
    """

    choices: tuple[Atom, ...] = ()
    missing: tuple[Component, ...] = ()
    within: Atom | None = None
    years: str = ""
    day: int = 0

    @property
    def atom(self) -> Atom | None:
        """The atom, if there is a single one."""
        return self.choices[0] if len(self.choices) == 1 else None

    @property
    def is_run(self) -> bool:
        """Whether the choices are three or more days of a month, or months of a year, without a gap."""
        first, last = self.choices[0], self.choices[-1]
        return (
            len(self.choices) > 2
            and (last.month + last.day) - (first.month + first.day) == len(self.choices) - 1
        )


def read_point(point: Point, calendar: Calendar) -> Reading:
    """The reading of a point whose days exist in `calendar`."""
    missing = tuple(
        component
        for component, digits in ((Component.MONTH, point.month), (Component.DAY, point.day))
        if digits == "XX"
    )
    base = _base(point.year)
    if base and (not point.month or missing == point.components[1:]):
        return Reading((base,), missing)
    if base and point.month == "XX" and point.day.isdigit():
        return Reading((base,), missing, day=int(point.day))
    if base and base.kind is Kind.YEAR:
        return _within_known_year(base.year, point, missing, calendar)
    if point.month.isdigit() and (not point.day or point.day.isdigit() or missing):
        return Reading(missing=missing, within=_within(point), years=point.year)
    is_year_alone = not point.month.replace("X", "") and not point.day.replace("X", "")
    return Reading(missing=missing, years=point.year) if is_year_alone else Reading(years=str(point))


def _within_known_year(
    year: int, point: Point, missing: tuple[Component, ...], calendar: Calendar
) -> Reading:
    if not point.day.replace("X", ""):
        return Reading(_months(year, point), missing)
    if point.month.isdigit():
        return Reading(_days(year, point, calendar))
    return Reading(years=str(point))


def _base(digits: str) -> Atom | None:
    """The year, decade or century that a year's digits name, if any."""
    known = digits.rstrip("X")
    if not known.isdigit() or len(known) < 2:
        return None
    kind = {4: Kind.YEAR, 3: Kind.DECADE, 2: Kind.CENTURY}[len(known)]
    return Atom(kind, int(known) * 10 ** (4 - len(known)))


def _within(point: Point) -> Atom:
    if point.part:
        return Atom(Kind.PART, 0, point.part)
    if point.day.isdigit():
        return Atom(Kind.DAY, 0, int(point.month), int(point.day))
    return Atom(Kind.MONTH, 0, int(point.month))


def _months(year: int, point: Point) -> tuple[Atom, ...]:
    if point.part:
        return (Atom(Kind.PART, year, point.part),)
    return tuple(Atom(Kind.MONTH, year, month) for month in months_of(point))


def _days(year: int, point: Point, calendar: Calendar) -> tuple[Atom, ...]:
    month = int(point.month)
    last = days_in_month(year, month, calendar)
    return tuple(Atom(Kind.DAY, year, month, day) for day in days_of(point) if day <= last)


def exact_atom(point: object, calendar: Calendar) -> Atom | None:
    """The atom of a point that has neither a sign nor a missing component nor several readings."""
    if not isinstance(point, Point) or point.is_qualified:
        return None
    reading = read_point(point, calendar)
    return None if reading.missing else reading.atom


def third_of(group: Group, calendar: Calendar) -> Atom | None:
    """The third of a month, a year or a decade that a set such as [1968-08-21..1968-08-31] spells."""
    if group.is_every or len(group.members) != 1 or not isinstance(group.members[0], Span):
        return None
    first = exact_atom(group.members[0].start, calendar)
    last = exact_atom(group.members[0].end, calendar)
    if first is None or last is None or first.kind is not last.kind:
        return None
    if first.kind is Kind.DAY and (first.year, first.month) == (last.year, last.month):
        ends_month = last.day == days_in_month(last.year, last.month, calendar)
        thirds = {(1, 10): 1, (11, 20): 2, (21, last.day if ends_month else 0): 3}
        third = thirds.get((first.day, last.day), 0)
        return Atom(Kind.MONTH, first.year, first.month, third=third) if third else None
    if first.kind is Kind.MONTH and first.year == last.year:
        third = THIRDS_OF_YEAR.get((first.month, last.month), 0)
        return Atom(Kind.YEAR, first.year, third=third) if third else None
    if first.kind is Kind.YEAR and first.year // 10 == last.year // 10:
        third = THIRDS_OF_DECADE.get((first.year % 10, last.year % 10), 0)
        return Atom(Kind.DECADE, first.year // 10 * 10, third=third) if third else None
    return None
