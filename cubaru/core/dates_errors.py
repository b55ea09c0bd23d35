"""What a curator is told about a date that cannot be kept."""

from typing import Any

from django.utils.functional import Promise, lazy
from django.utils.translation import get_language, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from cubaru.core.date_bounds import days_in_month
from cubaru.core.dates_languages import calendar_day, calendar_month
from cubaru.core.dates_structure import Calendar, Point


class DateError(ValueError):
    """A text is not a date of the chronicle; says in one sentence what is wrong and how to mend it.

    `message` and `params` can be handed on to Django's ValidationError: the sentence is put
    into the reader's language when it is shown.
    """

    def __init__(self, message: str | Promise, **params: Any) -> None:
        super().__init__(message, params)
        self.message = message
        self.params = params

    def __str__(self) -> str:
        # Whether a lazy plural is filled in or a lazy text is made first is up to Django's "%".
        return str(self.message % self.params)


class Explained:
    """The sentences; each tells one thing."""

    EMPTY = _("There is no date: write one such as 1962-10-16, 1962-10 or 1962.")
    TOO_LONG = _("The date is longer than %(limit)d characters: write it shorter.")
    BLANKS = _("A date has no blanks before, after or inside it: take them out.")
    DASH = _("A date is written with the plain hyphen-minus (-): replace the dash “%(sign)s”.")
    SMALL_X = _("A digit that is not known is written as a capital X, as in 196X or 1962-XX.")
    YEARS = _("A chronicle of days needs a year from 0001 to 9999, written with four digits.")
    TIME = _("A chronicle of days keeps no time of day: leave out the T and what follows it.")
    RANGE = _("A range is written with a slash between its first and its last date, as in 1962/1963.")
    MALFORMED = _("“%(text)s” is not a date in EDTF: write the year, month and day as in 1962-10-16.")
    MONTH = _(
        "Month %(month)s does not exist: months run from 01 to 12, seasons and parts of a year from 21 to 41."
    )
    DAY = _("Day %(day)s does not exist: days run from 01 to 31.")
    DAY_OF_PART = _("“%(text)s” is a day in a season: write either the month and day or the season alone.")
    NO_DAY = _("No day fits “%(text)s”: check the month and the day.")
    ONLY_JULIAN = _(
        "%(day)s exists only in the Julian calendar: choose that calendar if the source counts by it."
    )
    BEYOND = _(
        "“%(text)s” reaches beyond the years 0001 to 9999 of the Gregorian calendar: choose a narrower date."
    )
    SLASHES = _(
        "An interval has one slash, between its first and its last date, as in 1962-10-16/1962-10-28."
    )
    NO_ENDS = _("An interval or a run of dates needs a date on at least one side, as in 1902/.. or ../1902.")
    REVERSED = _("The end (%(end)s) is before the start (%(start)s): put the earlier date first.")
    SET_IN_INTERVAL = _(
        "A set in brackets cannot be the end of an interval: write either the set or the interval."
    )
    BRACKET = _(
        "A set of dates starts and ends with the same kind of bracket, as in [1933,1934] or {1960,1961}."
    )
    EMPTY_MEMBER = _("A set has a date before and after each comma, as in [1933,1934]: fill the gap.")
    OPEN_MEMBER = _(
        "Only the first date of a set may start and only the last may end with “..”: change their order."
    )
    TWO_RUNS = _(
        "A run of dates in a set has one “..”, between its first and its last date: take out the others."
    )
    RUN_OUTSIDE = _(
        "Two dots join dates only inside brackets: write an interval with a slash, as in 1962/1963."
    )


def no_such_day(point: Point, calendar: Calendar) -> DateError:
    """The error for a date that can be no day in its calendar."""
    if "X" in str(point):
        return DateError(Explained.NO_DAY, text=str(point))
    year, month, day = int(point.year), int(point.month), int(point.day)
    if calendar is Calendar.GREGORIAN and day <= days_in_month(year, month, Calendar.JULIAN):
        return DateError(Explained.ONLY_JULIAN, day=_lazy_day(year, month, day))
    return DateError(
        ngettext_lazy(
            "%(day)s does not exist: %(month)s has %(count)d day.",
            "%(day)s does not exist: %(month)s has %(count)d days.",
            "count",
        ),
        day=_lazy_day(year, month, day),
        month=_lazy_month(year, month),
        count=days_in_month(year, month, calendar),
    )


def _day(year: int, month: int, day: int) -> str:
    return calendar_day(year, month, day, get_language() or "en")


def _month(year: int, month: int) -> str:
    return calendar_month(year, month, get_language() or "en")


_lazy_day = lazy(_day, str)
_lazy_month = lazy(_month, str)
