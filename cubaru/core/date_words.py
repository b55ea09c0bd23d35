"""Historical dates in English, Spanish and Russian words, as readers see them.

The words are chosen by rules that differ from language to language (`dates_english.py` and so on), not by
translating sentences: hence tables in code, and the language as an argument.
"""

from cubaru.core.dates import HistoricalDate
from cubaru.core.dates_languages import wording_of
from cubaru.core.dates_precision_words import note_on_precision
from cubaru.core.dates_structure import Calendar, Expression, Point, Span, points_of
from cubaru.core.dates_wording import is_in_both_calendars

__all__ = ["from_to", "in_short_words", "in_words", "precision_in_words", "words_without_year"]


def in_words(date: HistoricalDate, language: str) -> str:
    """The date as a reader of the language would write it: "16–28 October 1962", «около 1961 г.».

    Begins with a small letter unless its first word is a name. Days before 14 February 1918 are given in both
    calendars. Raises LookupError for a language other than en, es, ru.
    """
    return wording_of(language)(date.expression, date.calendar).words()


def in_short_words(date: HistoricalDate, language: str) -> str:
    """The date for lists and tight places: "16–28 Oct 1962", "c. 1961", "1963?".

    Keeps the signs for approximate and uncertain, but not to which component they belong, nor that a month or
    day is stated to be unknown.
    """
    return wording_of(language)(date.expression, date.calendar, short=True).words()


def from_to(
    start: HistoricalDate | None, end: HistoricalDate | None, language: str, *, short: bool = False
) -> str:
    """The time between two dates of their own: "1926 – 25 November 2016", «с июля 1962», "until 1964", or "".

    A date that is None is left unsaid, and so is the end of something that goes on. Two dates in different
    calendars, or not equally sure, are each said in full.
    """
    wording = wording_of(language)
    if end and end.open_end:
        end = None
    if start and end:
        if interval := _interval(start, end):
            return wording(interval, start.calendar, short=short).words()
        return wording.dash.join(
            wording(side.expression, side.calendar, short=short).words() for side in (start, end)
        )
    known = start or end
    if known is None:
        return ""
    preposition = wording.start if start else wording.until
    said = wording(known.expression, known.calendar, short=short)
    if isinstance(known.expression, Point):
        return said.one_sided(preposition, known.expression)
    return f"{preposition} {said.words()}"


def _interval(start: HistoricalDate, end: HistoricalDate) -> Expression | None:
    """The two dates as one expression; None where they have to be said apart."""
    if start.calendar != end.calendar:
        return None
    if start.edtf == end.edtf:
        return start.expression
    if (start.approximate, start.uncertain) != (end.approximate, end.uncertain):
        return None
    if isinstance(start.expression, Point) and isinstance(end.expression, Point):
        return Span(start.expression, end.expression)
    return None


def words_without_year(date: HistoricalDate, language: str) -> str:
    """The words for a page that prints the year of `date.earliest` apart: "16–28 October".

    "" when nothing but the year is known. Where the year alone would not be true of the whole date, the words
    are those of `in_words`: "31 December 1957 – January 1958", "c. 1961", "1960s", "since 1902".
    """
    wording = wording_of(language)
    year = _only_year(date)
    if year is None:
        return in_words(date, language)
    if isinstance(date.expression, Point) and date.expression == Point(f"{year:04}"):
        return ""
    return wording(date.expression, date.calendar, omitted_year=year).words()


def precision_in_words(date: HistoricalDate, language: str) -> str:
    """What a reader may rely on, in a short note: "Known to the day", "Known to the month; approximate"."""
    wording_of(language)
    return note_on_precision(date, language.partition("-")[0])


def _only_year(date: HistoricalDate) -> int | None:
    """The year of `date.earliest` if all named days, months and seasons are of that year."""
    points = points_of(date.expression)
    if any((date.open_start, date.open_end, date.unknown_start, date.unknown_end)):
        return None
    if is_in_both_calendars(date.expression, date.calendar):
        return date.earliest.year if date.earliest.year == date.latest.year else None
    years = {point.year for point in points}
    if years != {f"{date.earliest.year:04}"}:
        return None
    is_bare = any(not point.month for point in points)
    if is_bare and (len(points) > 1 or points[0].is_qualified or date.calendar is Calendar.JULIAN):
        return None
    return date.earliest.year
