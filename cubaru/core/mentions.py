"""How pages of any app mention what happened, without knowing the app that tells of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.utils.translation import gettext as _

from cubaru.core.date_words import in_short_words, in_words
from cubaru.core.dates import HistoricalDate
from cubaru.core.languages import LocalText, current_language


class Happening(Protocol):
    """What is asked of an event to be mentioned; `lane` wants its themes loaded."""

    slug: str
    date_earliest: Any
    date_latest: Any

    @property
    def label(self) -> LocalText: ...

    @property
    def when(self) -> HistoricalDate | None: ...

    @property
    def lane(self) -> str: ...

    def get_absolute_url(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Mentioned:
    """An event in one line; `facts` say what it is to the page."""

    date: str
    title: LocalText
    url: str
    lane: str = ""
    facts: tuple[str, ...] = ()
    note: LocalText | None = None


def date_of(event: Happening) -> str:
    """The date in the reader's words; says so when there is none."""
    return in_words(event.when, current_language()) if event.when else _("Undated")


def short_date_of(event: Happening) -> str:
    return in_short_words(event.when, current_language()) if event.when else _("undated")


def mentioned(event: Happening, *, facts: Iterable[str] = (), note: LocalText | None = None) -> Mentioned:
    shown = tuple(fact for fact in facts if fact)
    return Mentioned(
        short_date_of(event), event.label, event.get_absolute_url(), event.lane, shown, note or None
    )


def time_order(event: Happening) -> tuple[date, date, str]:
    """The key that sorts events as time went, undated ones last."""
    return event.date_earliest or date.max, event.date_latest or date.max, event.slug
