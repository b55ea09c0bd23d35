"""The languages in which dates can be said."""

from cubaru.core.dates_atoms import Atom, Kind
from cubaru.core.dates_english import English
from cubaru.core.dates_russian import Russian
from cubaru.core.dates_spanish import Spanish
from cubaru.core.dates_structure import Calendar, Point
from cubaru.core.dates_wording import Case, Wording

WORDINGS: dict[str, type[Wording]] = {"en": English, "es": Spanish, "ru": Russian}


def wording_of(language: str) -> type[Wording]:
    """The wording of a language; a region ("es-cu") makes no difference. Raises LookupError."""
    wording = WORDINGS.get(language.partition("-")[0])
    if wording is None:
        raise LookupError(f"Dates have no words in the language “{language}”, only in {', '.join(WORDINGS)}.")
    return wording


def calendar_day(year: int, month: int, day: int, language: str) -> str:
    """The name of a day, which need not exist: "30 February 1962"."""
    return _name(Atom(Kind.DAY, year, month, day), language)


def calendar_month(year: int, month: int, language: str) -> str:
    """The name of a month: "February 1962"."""
    return _name(Atom(Kind.MONTH, year, month), language)


def _name(atom: Atom, language: str) -> str:
    # A month's expression, so that no calendars are compared: the day may exist in none.
    wording = wording_of(language)(Point(f"{atom.year:04}", f"{atom.month:02}"), Calendar.GREGORIAN)
    return wording.with_year(wording.head(atom, Case.PLAIN), atom)
