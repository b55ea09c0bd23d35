"""How an EDTF expression is put into words; what differs from language to language is in the subclasses.

A wording never drops what the expression says: signs, unknown components and open ends all have words.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import date
from enum import Enum, auto
from typing import ClassVar, Self

from cubaru.core.date_bounds import gregorian_day
from cubaru.core.dates_atoms import Atom, Kind, Reading, exact_atom, read_point, third_of
from cubaru.core.dates_structure import Calendar, Component, End, Expression, Group, Point, Span

# The day on which Soviet Russia took up the Gregorian calendar; the day before was 31 January.
CALENDAR_CHANGE = date(1918, 2, 14)


class Case(Enum):
    """What stands before a date: nothing, a preposition ("since", "about"), or "up to"."""

    PLAIN = auto()
    AFTER = auto()
    UP_TO = auto()


def is_in_both_calendars(expression: Expression, calendar: Calendar) -> bool:
    """Whether a date is known to the day and gets both calendars.

    A day typed as Julian always does, whatever the year: the source says so. Others do up to the change.
    """
    points: Sequence[object]
    match expression:
        case Point():
            points = [expression]
        case Span(start, end):
            points = [side for side in (start, end) if not isinstance(side, End)]
        case Group():
            return False
    for point in points:
        if not isinstance(point, Point) or "X" in str(point) or not point.day:
            return False
        day = gregorian_day(int(point.year), int(point.month), int(point.day), calendar)
        if calendar is Calendar.GREGORIAN and day >= CALENDAR_CHANGE:
            return False
    return True


class Wording(ABC):
    """Words for one expression in one language."""

    months: ClassVar[tuple[str, ...]]
    short_months: ClassVar[tuple[str, ...]]
    old_style: ClassVar[str]
    circa: ClassVar[str]
    approximately: ClassVar[str]
    possibly: ClassVar[str]
    approximate_remark: ClassVar[str]
    uncertain_remark: ClassVar[str]
    dash: ClassVar[str]
    since: ClassVar[str]
    until: ClassVar[str]
    start: ClassVar[str]  # "from" of "from ... to ..."
    end: ClassVar[str]
    start_unknown: ClassVar[str]
    end_unknown: ClassVar[str]
    year_unknown: ClassVar[str]
    any_digit: ClassVar[str]
    hemispheres: ClassVar[tuple[str, str]]  # north, south

    def __init__(
        self,
        expression: Expression,
        calendar: Calendar,
        *,
        short: bool = False,
        omitted_year: int | None = None,
    ) -> None:
        self.expression = expression
        self.calendar = calendar
        self.short = short
        self.omitted_year = omitted_year
        self.is_dual = is_in_both_calendars(expression, calendar)

    def words(self) -> str:
        """The whole expression."""
        match self.expression:
            case Point():
                text = self.point(self.expression)
            case Span():
                text = self.span(self.expression)
            case Group():
                text = self.group(self.expression)
        if self.calendar is Calendar.JULIAN and not self.is_dual:
            return f"{text} {self.old_style}"
        return text

    # What each language says in its own way ----------------------------------------------------

    @abstractmethod
    def head(self, atom: Atom, case: Case) -> str:
        """The name of a day, a month or a part of a year, without the year."""

    @abstractmethod
    def days_of_month(self, days: str, month: int) -> str:
        """One or several days' numbers with their month."""

    @abstractmethod
    def with_year(self, head: str, atom: Atom) -> str:
        """A name within a year and the number of the year."""

    @abstractmethod
    def bare(self, atom: Atom, case: Case) -> str:
        """A year, a decade or a century."""

    @abstractmethod
    def third(self, atom: Atom) -> str:
        """Early, mid or late in a month, a year or a decade."""

    @abstractmethod
    def plain_range(self, first: Atom, last: Atom) -> str:
        """From one atom to another, what they share said once."""

    @abstractmethod
    def and_later(self, first: str, kind: Kind) -> str:
        """From a date to a later one in the same month or year."""

    @abstractmethod
    def about(self, atom: Atom) -> str:
        """An approximate date."""

    @abstractmethod
    def between(self, first: str, last: str) -> str:
        """A date from the first to the last of two, both in the case AFTER."""

    @abstractmethod
    def or_earlier(self, point: Point) -> str:
        """A date or any before it."""

    @abstractmethod
    def or_later(self, point: Point) -> str:
        """A date or any after it."""

    @abstractmethod
    def years_listed(self, years: Sequence[int], is_every: bool) -> str:
        """Several years."""

    @abstractmethod
    def joined(self, items: Sequence[str], is_every: bool) -> str:
        """Several things with "and" or "or" before the last."""

    @abstractmethod
    def missing(self, components: Sequence[Component]) -> str:
        """That a month, a day or both are not known."""

    @abstractmethod
    def day_of_some_month(self, day: int) -> str:
        """That the number of a day is known but not its month."""

    @abstractmethod
    def partly(self, components: Sequence[Component], point: Point, is_approximate: bool) -> str:
        """That some components of a date are approximate, or else uncertain."""

    def day_number(self, day: int, _case: Case) -> str:
        """The number of a day in front of a later one in the same month."""
        return str(day)

    # Single dates ------------------------------------------------------------------------------

    def point(self, point: Point) -> str:
        """A single date with all that the curator says about it."""
        reading = read_point(point, self.calendar)
        core = self.core(reading)
        if self.short:
            return self.marked(core, point)
        if self._is_whole(point, point.approximate):
            core = self.about(reading.atom) if reading.atom else f"{self.approximately} {core}"
        text = self._remarked(core, self._remarks(point, reading))
        return f"{self.possibly} {text}" if self._is_whole(point, point.uncertain) else text

    def core(self, reading: Reading) -> str:
        """What a reading says, without signs and remarks."""
        if reading.atom:
            return self.atom(reading.atom)
        if reading.choices:
            if reading.is_run:
                first, last = reading.choices[0], reading.choices[-1]
                return self.between(*self._pair(first, last, Case.AFTER, Case.AFTER))
            return self.listed(reading.choices, is_every=False)
        years = self.year_unknown if reading.years == "XXXX" else self._digits(reading.years)
        return f"{self.head(reading.within, Case.PLAIN)}, {years}" if reading.within else years

    def atom(self, atom: Atom, case: Case = Case.PLAIN) -> str:
        """The name of an atom with its year."""
        if atom.third:
            return self.third(atom)
        if atom.kind is Kind.DAY and self.is_dual:
            return self.both_days(*atom.in_both_calendars(self.calendar), case)
        return self.named(atom, case)

    def named(self, atom: Atom, case: Case = Case.PLAIN) -> str:
        """The name of an atom with its year, as it stands in its own calendar."""
        return self.with_year(self.head(atom, case), atom) if atom.is_within_year else self.bare(atom, case)

    def both_days(self, old: Atom, new: Atom, case: Case) -> str:
        """A day in the Julian and in the Gregorian calendar."""
        old_text = self.head(old, case)
        if old.year != new.year:
            old_text = self.with_year(old_text, old)
        return f"{old_text} {self.old_style} / {self.with_year(self.head(new, Case.PLAIN), new)}"

    def marked(self, text: str, *points: Point) -> str:
        """A short text with the shortest signs that its points are approximate or uncertain."""
        if any(point.approximate for point in points):
            text = f"{self.circa} {text}"
        return f"{text}?" if any(point.uncertain for point in points) else text

    def _digits(self, digits: str) -> str:
        reading = read_point(Point(digits), self.calendar) if len(digits) == 4 else Reading()
        return self.bare(reading.atom, Case.PLAIN) if reading.atom else f"{digits} ({self.any_digit})"

    def _is_whole(self, point: Point, marked: frozenset[Component]) -> bool:
        return marked == frozenset(point.components)

    def _remarks(self, point: Point, reading: Reading) -> list[str]:
        """What is said in brackets behind a date."""
        if self.short:
            return []
        remarks = []
        if reading.missing:
            some_day = self.day_of_some_month(reading.day) if reading.day else ""
            remarks.append(some_day or self.missing(reading.missing))
        if 25 <= point.part <= 32:
            remarks.append(self.hemispheres[point.part >= 29])
        for marked, is_approximate in ((point.approximate, True), (point.uncertain, False)):
            if marked and not self._is_whole(point, marked):
                components = [component for component in Component if component in marked]
                remarks.append(self.partly(components, point, is_approximate))
        return remarks

    def _remarked(self, text: str, remarks: Sequence[str]) -> str:
        return f"{text} ({'; '.join(remarks)})" if remarks else text

    # Intervals ---------------------------------------------------------------------------------

    def span(self, span: Span) -> str:
        """An interval, or a run of dates in a set that holds every one of them."""
        match span.start, span.end:
            case Point() as start, Point() as end:
                return self._closed(start, end)
            case Point() as start, End.OPEN:
                return self.one_sided(self.since, start)
            case Point() as start, _:
                return f"{self.one_sided(self.start, start)}, {self.end_unknown}"
            case End.OPEN, Point() as end:
                return self.one_sided(self.until, end)
            case _, Point() as end:
                return f"{self.one_sided(self.until, end)}, {self.start_unknown}"
        raise AssertionError(span)  # the grammar refuses an interval without any date

    def one_sided(self, preposition: str, point: Point) -> str:
        """A date behind a preposition that asks for the case AFTER."""
        reading = read_point(point, self.calendar)
        text = self.atom(reading.atom, Case.AFTER) if reading.atom else self.core(reading)
        if self.short:
            return f"{preposition} {self.marked(text, point)}"
        text = self._remarked(f"{preposition} {text}", self._remarks(point, reading))
        if self._is_whole(point, point.approximate):
            text = f"{self.approximately} {text}"
        return f"{self.possibly} {text}" if self._is_whole(point, point.uncertain) else text

    def _closed(self, start: Point, end: Point) -> str:
        first, last = read_point(start, self.calendar), read_point(end, self.calendar)
        if not first.atom or not last.atom:
            return f"{self.point(start)}{self.dash}{self.point(end)}"
        remarks = self._remarks(start, first) + self._remarks(end, last)
        if remarks or self._signs(start) != self._signs(end):
            if self.short:
                return f"{self.point(start)}{self.dash}{self.point(end)}"
            return self.from_to(start, end, first.atom, last.atom)
        text = self.range(first.atom, last.atom)
        if self.short:
            return self.marked(text, start, end)
        if start.approximate:
            text = f"{self.approximately} {text}"
        return f"{self.possibly} {text}" if start.uncertain else text

    def range(self, first: Atom, last: Atom) -> str:
        """From one atom to another, in both calendars where those are shown."""
        if first == last:
            return self.atom(first)
        if first.is_start_of(last):
            return self.and_later(self.atom(first), last.kind)
        if self.is_dual:
            old_first, new_first = first.in_both_calendars(self.calendar)
            old_last, new_last = last.in_both_calendars(self.calendar)
            return self.both_ranges((old_first, old_last), (new_first, new_last))
        return self.plain_range(first, last)

    def both_ranges(self, old: tuple[Atom, Atom], new: tuple[Atom, Atom]) -> str:
        """A range of days in the Julian and in the Gregorian calendar."""
        years = {atom.year for atom in old + new}
        old_text = (self.without_year(new[0].year) if len(years) == 1 else self).plain_range(*old)
        return f"{old_text} {self.old_style} / {self.plain_range(*new)}"

    def from_to(self, start: Point, end: Point, first: Atom, last: Atom) -> str:
        """An interval whose ends are not equally sure."""
        texts = self._pair(first, last, Case.AFTER, Case.UP_TO, may_share_month=False)
        ends = [self.hedged(text, point) for text, point in zip(texts, (start, end), strict=True)]
        return f"{self.start} {ends[0]} {self.end} {ends[1]}"

    def hedged(self, text: str, point: Point) -> str:
        """One end of an interval with all remarks in brackets."""
        remarks = self._remarks(point, read_point(point, self.calendar))
        if self.short:
            return self.marked(text, point)
        if self._is_whole(point, point.approximate):
            remarks.append(self.approximate_remark)
        if self._is_whole(point, point.uncertain):
            remarks.append(self.uncertain_remark)
        return self._remarked(text, remarks)

    def _pair(
        self, first: Atom, last: Atom, first_case: Case, last_case: Case, *, may_share_month: bool = True
    ) -> tuple[str, str]:
        """Two atoms in one sentence, in both calendars where those are shown."""
        if self.is_dual:
            return self.atom(first, first_case), self.atom(last, last_case)
        return self.pair_of_names(first, last, first_case, last_case, may_share_month=may_share_month)

    def pair_of_names(
        self, first: Atom, last: Atom, first_case: Case, last_case: Case, *, may_share_month: bool = True
    ) -> tuple[str, str]:
        """Two atoms in one sentence; the month and the year that they share are said with the second."""
        second = self.named(last, last_case)
        if not (first.is_within_year and last.is_within_year and first.year == last.year):
            return self.named(first, first_case), second
        if may_share_month and first.kind is last.kind is Kind.DAY and first.month == last.month:
            return self.day_number(first.day, first_case), second
        return self.head(first, first_case), second

    def _signs(self, point: Point) -> tuple[bool, bool]:
        return bool(point.approximate), bool(point.uncertain)

    def without_year(self, year: int) -> Self:
        """The same wording that leaves out a year."""
        return type(self)(self.expression, self.calendar, short=self.short, omitted_year=year)

    # Sets --------------------------------------------------------------------------------------

    def group(self, group: Group) -> str:
        """One of several dates, or all of them."""
        if third := third_of(group, self.calendar):
            return self.atom(third)
        atoms = [exact_atom(member, self.calendar) for member in group.members]
        exact = [atom for atom in atoms if atom]
        if len(exact) == len(atoms):
            return self.listed(exact, is_every=group.is_every)
        return self.joined([self._member(member, group) for member in group.members], group.is_every)

    def _member(self, member: Point | Span, group: Group) -> str:
        if isinstance(member, Point):
            return self.point(member)
        if group.is_every:
            return self.span(member)
        if isinstance(member.start, Point) and isinstance(member.end, Point):
            return self._run(member.start, member.end) if len(group.members) == 1 else self.span(member)
        if isinstance(member.start, Point):
            return self.or_later(member.start)
        assert isinstance(member.end, Point)
        return self.or_earlier(member.end)

    def _run(self, start: Point, end: Point) -> str:
        """Some date from one to another."""
        # Where a digit is not known, the first of its days bounds the run on one side, the last on the other.
        first = read_point(start, self.calendar).choices[:1]
        last = read_point(end, self.calendar).choices[-1:]
        if not first or not last:
            return f"{self.point(start)}{self.dash}{self.point(end)}"
        texts = self._pair(first[0], last[0], Case.AFTER, Case.AFTER)
        return self.between(self.hedged(texts[0], start), self.hedged(texts[1], end))

    def listed(self, atoms: Sequence[Atom], *, is_every: bool) -> str:
        """Several atoms, the month or year that all share said once."""
        first, last = atoms[0], atoms[-1]
        if {(atom.kind, atom.year, atom.month) for atom in atoms} == {(Kind.DAY, first.year, first.month)}:
            days = self.joined([str(atom.day) for atom in atoms], is_every)
            return self.with_year(self.days_of_month(days, first.month), first)
        if all(atom.is_within_year and atom.year == first.year for atom in atoms):
            heads = self.joined([self.head(atom, Case.PLAIN) for atom in atoms], is_every)
            return self.with_year(heads, last)
        if len(atoms) > 1 and all(atom.kind is Kind.YEAR for atom in atoms):
            return self.years_listed([atom.year for atom in atoms], is_every)
        return self.joined([self.atom(atom) for atom in atoms], is_every)
