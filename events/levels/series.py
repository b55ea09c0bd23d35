"""Where an event stands on the timeline: in which series, on which day, how high.

A series is a set of events that has levels of its own: all events, those of a lane, those of a theme.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from cubaru.core.dates import Calendar
from cubaru.core.documents import Document
from cubaru.core.fields import parsed
from events.choices import Lane
from events.levels.tiles import DEEPEST, day_number
from events.models.theme import Theme

ALL: Final = 0
#: Kept in the database: a number never changes its lane.
LANE_NUMBERS: Final[dict[str, int]] = {
    Lane.DIPLOMACY: 1,
    Lane.DEFENCE: 2,
    Lane.TRADE: 3,
    Lane.PARTY: 4,
    Lane.SCIENCE: 5,
    Lane.CULTURE: 6,
}
#: The lane of events without a theme, which is no series.
NO_LANE: Final = 0
LANES: Final = {number: str(lane) for lane, number in LANE_NUMBERS.items()} | {NO_LANE: ""}
_THEMES_FROM: Final = 1000
_TIE_BITS: Final = 43


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides where an event shows. `day` is None without a date; `lane` is NO_LANE without a theme."""

    series: tuple[int, ...]
    lane: int
    day: int | None
    rank: int


def series_of_theme(theme_id: int) -> int:
    return _THEMES_FROM + theme_id


def rank_of(importance: int, day: int | None, slug: str) -> int:
    """Orders events: importance first, then the earlier day, then a number read from the slug.

    That number is the same on every database, and favours no letter of the alphabet.
    """
    tie = int.from_bytes(hashlib.blake2b(slug.encode(), digest_size=8).digest()) >> (64 - _TIE_BITS)
    return (5 - importance) << (_TIE_BITS + DEEPEST) | (day or 0) << _TIE_BITS | tie


def standing_of(document: Document) -> Standing:
    """Where the event with this published document stands."""
    slugs = document.get("themes", [])
    themes = {theme.slug: theme for theme in Theme.objects.filter(slug__in=slugs)} if slugs else {}
    leads = [(themes[slug].pk, themes[slug].lane) for slug in slugs if slug in themes]
    when = document.get("date", {})
    earliest = parsed(when["edtf"], Calendar(when["calendar"])).earliest if when.get("edtf") else None
    return standing(document["slug"], document["importance"], earliest, leads)


def standing(
    slug: str, importance: int, earliest: date | None, themes: Sequence[tuple[int, str]]
) -> Standing:
    """`themes` are the primary keys and lanes of the published themes, the leading one first."""
    lane = LANE_NUMBERS[themes[0][1]] if themes else NO_LANE
    series = (ALL, *([lane] if lane else []), *(series_of_theme(theme_id) for theme_id, _lane in themes))
    day = day_number(earliest) if earliest is not None else None
    return Standing(series, lane, day, rank_of(importance, day, slug))
