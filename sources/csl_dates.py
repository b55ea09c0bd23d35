"""Dates of CSL-JSON, and the historical dates that they stand for.

CSL knows days, months, years, four seasons, ranges and "circa". What else an EDTF expression can say goes
out in English words (`literal`), which programs print as they are.
"""

from functools import lru_cache
from typing import Any

from cubaru.core.date_words import in_short_words
from cubaru.core.dates import Calendar, HistoricalDate, parse
from cubaru.core.dates_structure import End, Expression, Point, Span

CslDate = dict[str, Any]

#: As a document has it: {"edtf", "calendar", "words"}.
DocumentDate = dict[str, str]

#: The numbers of the seasons in EDTF begin after this one; CSL begins with 1.
_BEFORE_SEASONS = 20


def csl_date(date: DocumentDate) -> CslDate:
    """The date of a document as CSL has it; {} where there is none."""
    found = historical(date)
    if found is None:
        words = date.get("words") or date.get("edtf")
        return {"literal": words} if words else {}
    return _structured(found) or {"literal": in_short_words(found, "en")}


def historical(date: DocumentDate) -> HistoricalDate | None:
    """The date of a document, parsed; None where it has no EDTF that can be read."""
    edtf, calendar = date.get("edtf"), date.get("calendar", Calendar.GREGORIAN)
    return _parsed(edtf, str(calendar)) if isinstance(edtf, str) and isinstance(calendar, str) else None


@lru_cache(maxsize=4096)
def _parsed(edtf: str, calendar: str) -> HistoricalDate | None:
    """Remembered: in a bibliography the same days, of publication and of reading, come again and again."""
    try:
        return parse(edtf, Calendar(calendar))
    except ValueError:
        return None


def document_date(value: object) -> DocumentDate:
    """The date that a CSL date stands for; words where it is only in words; {} where it cannot be read."""
    if not isinstance(value, dict):
        return {}
    text = _edtf_of_parts(value)
    if text is None:
        text = next((value[key] for key in ("raw", "literal") if isinstance(value.get(key), str)), "").strip()
    if found := dated(text):
        return found
    return {"words": text} if text and len(text) <= 200 and "date-parts" not in value else {}


def dated(edtf: str) -> DocumentDate:
    """The document's form of a date in EDTF; {} where it is not one."""
    date = {"edtf": edtf, "calendar": str(Calendar.GREGORIAN)}
    return date if historical(date) else {}


def with_numbers(value: object) -> object:
    """The CSL date with its parts as numbers: some programs write them as texts."""
    if not isinstance(value, dict) or not isinstance(value.get("date-parts"), list):
        return value
    parts = [[_number(part) for part in one] if isinstance(one, list) else one for one in value["date-parts"]]
    return value | {"date-parts": parts}


def _number(part: object) -> object:
    is_number = isinstance(part, str) and part.isascii() and part.isdigit() and len(part) < 5
    return int(str(part)) if is_number else part


def _structured(date: HistoricalDate) -> CslDate | None:
    expression: Expression = date.expression
    circa = {"circa": True} if date.approximate or date.uncertain else {}
    match expression:
        case Point() if expression.part:
            season = expression.part - _BEFORE_SEASONS
            known = season <= 4 and expression.year.isdigit()
            return {"date-parts": [[int(expression.year)]], "season": season, **circa} if known else None
        case Point():
            parts = _parts(expression)
            return {"date-parts": [parts], **circa} if parts else None
        case Span(Point() as start, Point() as end):
            both = [_parts(start), _parts(end)]
            return {"date-parts": both, **circa} if all(both) else None
        case Span(Point() as start, End.OPEN):
            parts = _parts(start)
            return {"date-parts": [parts, [0]], **circa} if parts else None
        case _:
            return None


def _parts(point: Point) -> list[int]:
    """Year, month, day as far as given; [] where a digit is not known, or for a season."""
    digits = [part for part in (point.year, point.month, point.day) if part]
    return [int(part) for part in digits] if all(map(str.isdigit, digits)) and not point.part else []


def _edtf_of_parts(value: CslDate) -> str | None:
    """The EDTF of a date in parts; None where it has none, "" where they make no date."""
    dates = value.get("date-parts")
    if not isinstance(dates, list) or not 1 <= len(dates) <= 2:
        return None
    texts = [_edtf_of_one(one) for one in dates]
    season = value.get("season")
    if len(texts) == 1 and len(dates[0]) == 1 and str(season) in {"1", "2", "3", "4"}:
        texts[0] += f"-{_BEFORE_SEASONS + int(str(season))}"
    if not texts[0] or "" in texts:
        return ""
    sign = "~" if value.get("circa") else ""
    return "/".join(text if text == ".." else text + sign for text in texts)


def _edtf_of_one(parts: object) -> str:
    if not isinstance(parts, list) or not 1 <= len(parts) <= 3:
        return ""
    numbers = [_number(part) for part in parts]
    if not all(isinstance(number, int) and not isinstance(number, bool) for number in numbers):
        return ""
    if set(numbers) == {0}:
        return ".."
    return "-".join(f"{number:0{width}}" for number, width in zip(numbers, (4, 2, 2), strict=False))
