"""Dates in what somebody types: “october 1962”, “16 октября 1962”, 1962-10-16..1962-10-28."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from cubaru.core.dates import DateError, parse
from cubaru.core.folding import fold

_MONTHS: tuple[str, ...] = (
    "january jan enero ene января январь янв январе",
    "february feb febrero февраля февраль фев февр феврале",
    "march mar marzo марта март мар марте",
    "april apr abril abr апреля апрель апр апреле",
    "may mayo мая май мае",
    "june jun junio июня июнь июн июне",
    "july jul julio июля июль июл июле",
    "august aug agosto ago августа август авг августе",
    "september sep sept septiembre setiembre set сентября сентябрь сен сент сентябре",
    "october oct octubre октября октябрь окт октябре",
    "november nov noviembre ноября ноябрь ноя нояб ноябре",
    "december dec diciembre dic декабря декабрь дек декабре",
)
_NUMBER = {fold(name): number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_MONTH = "(?P<month>" + "|".join(sorted(_NUMBER, key=len, reverse=True)) + r")\.?"
_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)"
_YEAR_WORD = r"(?:\s*(?:г\.|гг\.|года\b|году\b|год\b|г\b))?"
_OF = r"(?:\s+(?:de|del|of))?,?\s+"
_ISO = r"\d{4}(?:-\d\d(?:-\d\d)?)?"
_START, _END = r"(?<![\w-])", r"(?![\w-])"


@dataclass(frozen=True, slots=True)
class QueryDate:
    """A part of a query, text[start:end], that says a time: its EDTF, and its first and last day."""

    start: int
    end: int
    said: str
    edtf: str
    earliest: date
    latest: date


def _two(digits: str) -> str:
    return digits.zfill(2)


def _day(found: re.Match[str]) -> str:
    return f"{found['year']}-{_two(str(_NUMBER[found['month']]))}-{_two(found['day'])}"


def _month(found: re.Match[str]) -> str:
    return f"{found['year']}-{_two(str(_NUMBER[found['month']]))}"


def _decade(found: re.Match[str]) -> str:
    digits = found["decade"]
    return (digits if len(digits) == 4 else f"19{digits}")[:3] + "X"


def _span(found: re.Match[str]) -> str:
    return f"{found['first'] or '..'}/{found['last'] or '..'}"


_Reading = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]


def _pattern(text: str) -> re.Pattern[str]:
    """A pattern that matches whole words only."""
    return re.compile(_START + text + _END)


_DAY_OF_MONTH = r"(?P<day>\d\d?)(?:st|nd|rd|th)?"
_TENS = r"(?P<decade>1[5-9]\d0|20\d0|\d0)"
_YEARS = rf"{_YEAR.replace('year', 'first')}\s?[-–—]\s?{_YEAR.replace('year', 'last')}{_YEAR_WORD}"

#: In the order in which they are tried: what says more stands first.
_READINGS: tuple[_Reading, ...] = (
    (_pattern(rf"(?P<first>{_ISO})?(?:\.\.|/)(?P<last>{_ISO})?"), _span),
    (_pattern(_YEARS), _span),
    (_pattern(r"(?P<edtf>\d{4}-\d\d(?:-\d\d)?)"), lambda found: found["edtf"]),
    (_pattern(rf"(?P<day>\d\d?)\.(?P<number>\d\d?)\.{_YEAR}"),
     lambda found: f"{found['year']}-{_two(found['number'])}-{_two(found['day'])}"),
    (_pattern(rf"{_DAY_OF_MONTH}{_OF}{_MONTH}{_OF}{_YEAR}{_YEAR_WORD}"), _day),
    (_pattern(rf"{_MONTH}\s+{_DAY_OF_MONTH},?\s+{_YEAR}"), _day),
    (_pattern(rf"{_MONTH}{_OF}{_YEAR}{_YEAR_WORD}"), _month),
    (_pattern(r"(?P<decade>1[5-9]\d0|20\d0)s"), _decade),
    (_pattern(rf"(?:anos|decada de(?: los)?(?: anos)?)\s+{_TENS}"), _decade),
    (_pattern(rf"{_TENS}-(?:е|х|ые|ых)(?:\s+(?:годы|годов|годах|гг\.?|г\.?))?"), _decade),
    (_pattern(r"(?P<decade>1[5-9]\d|20\d)x"), lambda found: f"{found['decade']}X"),
    (_pattern(_YEAR + _YEAR_WORD), lambda found: found["year"]),
)  # fmt: skip


def find_date(text: str) -> QueryDate | None:
    """The first date in a text, by the reading that takes most of it; None if nothing can be read as one."""
    folded = _folded(text)
    for pattern, to_edtf in _READINGS:
        for found in pattern.finditer(folded):
            if not re.search(r"\d", found.group()):
                continue
            if (read := _read(to_edtf(found))) is not None:
                return QueryDate(found.start(), found.end(), text[found.start() : found.end()].strip(), *read)
    return None


def _folded(text: str) -> str:
    """The text folded letter by letter, so that places in it stay those of the text."""
    return "".join(folded if len(folded := fold(letter)) == 1 else letter for letter in text)


def _read(edtf: str) -> tuple[str, date, date] | None:
    try:
        when = parse(edtf)
    except DateError:
        return None
    return edtf, when.earliest, when.latest
