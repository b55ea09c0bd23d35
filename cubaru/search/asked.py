"""What a search asks for in its address: words, a kind, themes, verdicts, a time, a page."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cubaru.core.dates import DateError, HistoricalDate, parse
from cubaru.core.search.queries import QueryError
from cubaru.core.search.words import clean

#: The kinds of record by the name that addresses have for them, in the order of the tabs.
KINDS: Final[dict[str, tuple[str, Promise]]] = {
    "events": ("event", gettext_lazy("Events")),
    "people": ("person", gettext_lazy("People")),
    "organizations": ("organization", gettext_lazy("Organizations")),
    "places": ("place", gettext_lazy("Places")),
    "themes": ("theme", gettext_lazy("Themes")),
    "claims": ("claim", gettext_lazy("Claims")),
    "sources": ("source", gettext_lazy("Sources")),
}
PLURALS: Final = {kind: plural for plural, (kind, _title) in KINDS.items()}
#: Parameters that make a search another one, in the order of addresses.
PARAMETERS: Final = ("q", "kind", "theme", "verdict", "from", "to", "page")
REPEATABLE: Final = {"theme", "verdict"}
MOST_THEMES: Final = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """`kind` is spelled as in addresses, "" for all; `first` and `last` are dates as they were typed.

    With `is_typing` the last word may go on.
    """

    query: str
    kind: str
    themes: tuple[str, ...]
    verdicts: tuple[str, ...]
    first: str
    last: str
    is_typing: bool

    @property
    def is_empty(self) -> bool:
        return not (self.query or self.is_narrowed)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.themes or self.verdicts or self.first or self.last)

    @property
    def kinds(self) -> list[str]:
        """The kinds as the search names them. Raises QueryError."""
        if not self.kind:
            return []
        if self.kind not in KINDS:
            raise QueryError(
                _("“%(kind)s” is no kind of record to search; known are %(known)s.")
                % {"kind": self.kind[:80], "known": ", ".join(KINDS)}
            )
        return [KINDS[self.kind][0]]

    @property
    def window(self) -> tuple[date | None, date | None]:
        """From the first day that the beginning may mean to the last of the end. Raises QueryError."""
        first, last = _date(self.first), _date(self.last)
        return first.earliest if first else None, last.latest if last else None


def read_asked(query: QueryDict) -> Asked:
    return Asked(
        query=" ".join(clean(query.get("q", "")).split()),
        kind=query.get("kind", ""),
        themes=tuple(dict.fromkeys(slug for slug in query.getlist("theme") if slug))[:MOST_THEMES],
        verdicts=tuple(dict.fromkeys(verdict for verdict in query.getlist("verdict") if verdict)),
        first=query.get("from", "").strip(),
        last=query.get("to", "").strip(),
        is_typing=query.get("typing") == "1",
    )


def _date(text: str) -> HistoricalDate | None:
    if not text:
        return None
    try:
        return parse(text)
    except DateError as error:
        raise QueryError(str(error)) from error
