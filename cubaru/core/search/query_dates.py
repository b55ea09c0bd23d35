"""Dates in what somebody types: “october 1962”, “16 октября 1962”, “octubre de 1962”, 1962-10-16..1962-10-28."""

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
#: In the order in which they are tried: what says more stands first.
_READINGS: tuple[_Reading, ...] = (
    (re.compile(rf"{_START}(?P<first>{_ISO})?(?:\.\.|/)(?P<last>{_ISO})?{_END}"), _span),
    (re.compile(rf"{_START}(?P<first>1[5-9]\d\d|20\d\d)\s?[-–—]\s?(?P<last>1[5-9]\d\d|20\d\d){_YEAR_WORD}{_END}"),
     _span),
    (re.compile(rf"{_START}(?P<edtf>\d{{4}}-\d\d(?:-\d\d)?){_END}"), lambda found: found["edtf"]),
    (re.compile(rf"{_START}(?P<day>\d\d?)\.(?P<month_number>\d\d?)\.{_YEAR}{_END}"),
     lambda found: f"{found['year']}-{_two(found['month_number'])}-{_two(found['day'])}"),
    (re.compile(rf"{_START}(?P<day>\d\d?)(?:st|nd|rd|th)?{_OF}{_MONTH}{_OF}{_YEAR}{_YEAR_WORD}{_END}"), _day),
    (re.compile(rf"{_START}{_MONTH}\s+(?P<day>\d\d?)(?:st|nd|rd|th)?,?\s+{_YEAR}{_END}"), _day),
    (re.compile(rf"{_START}{_MONTH}{_OF}{_YEAR}{_YEAR_WORD}{_END}"), _month),
    (re.compile(rf"{_START}(?P<decade>1[5-9]\d0|20\d0)s{_END}"), _decade),
    (re.compile(rf"{_START}(?:anos|decada de(?: los)?(?: anos)?)\s+(?P<decade>1[5-9]\d0|20\d0|\d0){_END}"), _decade),
    (re.compile(rf"{_START}(?P<decade>1[5-9]\d0|20\d0|\d0)-(?:е|х|ые|ых)(?:\s+(?:годы|годов|годах|гг\.?|г\.?))?{_END}"),
     _decade),
    (re.compile(rf"{_START}(?P<year>1[5-9]\d|20\d)x{_END}"), lambda found: f"{found['year']}X"),
    (re.compile(rf"{_START}{_YEAR}{_YEAR_WORD}{_END}"), lambda found: found["year"]),
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
