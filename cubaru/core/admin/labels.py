"""Labels that tell records apart where one is chosen, and dates as readers see them."""

from django.db import models

from cubaru.core.date_words import from_to, in_short_words, in_words
from cubaru.core.fields import historical_date
from cubaru.core.languages import best_text, current_language, texts


def joined(*parts: str) -> str:
    """The parts that are not empty, with dots between."""
    return " · ".join(part for part in parts if part)


def other_script(row: models.Model, field: str) -> str:
    """What the record is called in the other of the two scripts, "" if it is not."""
    other = "en" if current_language() == "ru" else "ru"
    text = texts(row, field).get(other, "")
    return "" if text == best_text(row, field).text else text


def day(row: models.Model, field: str) -> str:
    """A historical date in the words of the active language, "" when undated."""
    date = historical_date(row, field)
    return in_words(date, current_language()) if date else ""


def short_day(row: models.Model, field: str) -> str:
    date = historical_date(row, field)
    return in_short_words(date, current_language()) if date else ""


def span(row: models.Model, first: str, last: str) -> str:
    """The time between two dates: "1925 – 25 Dec 1991", "from Feb 1959", "until 1971", or ""."""
    dates = historical_date(row, first), historical_date(row, last)
    return from_to(*dates, current_language(), short=True)
