"""What an EDTF expression is made of, once its text has been read."""

from dataclasses import dataclass
from enum import Enum, StrEnum, auto

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Calendar(TextChoices):
    """The calendar in which a source counts its days."""

    GREGORIAN = "gregorian", _("Gregorian calendar")
    JULIAN = "julian", _("Julian calendar")


class Component(StrEnum):
    """The three places of a date that EDTF can qualify one by one."""

    YEAR = auto()
    MONTH = auto()
    DAY = auto()


class End(Enum):
    """The side of an interval that names no date."""

    OPEN = ".."
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One date: its digits as typed, "X" for each that is not known, "" for what is not given.

    A month from 21 on is a season or another part of the year.
    """

    year: str
    month: str = ""
    day: str = ""
    uncertain: frozenset[Component] = frozenset()
    approximate: frozenset[Component] = frozenset()

    @property
    def components(self) -> tuple[Component, ...]:
        """The components that are given, the year first."""
        given = (self.year, self.month, self.day)
        return tuple(component for component, digits in zip(Component, given, strict=True) if digits)

    @property
    def part(self) -> int:
        """The code (21 to 41) of a season or another part of the year; 0 for anything else."""
        return int(self.month) if self.month.isdigit() and int(self.month) > 12 else 0

    @property
    def is_qualified(self) -> bool:
        """Whether any component bears one of the signs ~ ? %."""
        return bool(self.uncertain or self.approximate)

    def __str__(self) -> str:
        return "-".join(digits for digits in (self.year, self.month, self.day) if digits)


@dataclass(frozen=True, slots=True)
class Span:
    """From one date to another: an interval, or a run of dates ("..") inside a set."""

    start: Point | End
    end: Point | End


@dataclass(frozen=True, slots=True)
class Group:
    """A set of dates: every one of them ("{}"), or one that is not known which ("[]")."""

    members: tuple[Point | Span, ...]
    is_every: bool


Expression = Point | Span | Group


def points_of(expression: Expression | End) -> tuple[Point, ...]:
    """All dates named in an expression, in the order of its text."""
    match expression:
        case Point():
            return (expression,)
        case Span(start, end):
            return points_of(start) + points_of(end)
        case Group(members):
            return tuple(point for member in members for point in points_of(member))
        case _:
            return ()
