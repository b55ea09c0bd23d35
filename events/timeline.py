"""Where the names of events stand above the timeline's bars, so that nothing touches.

A name stands in a row beside a leader, a line from the top of the row down to the axis. Distances are pixels
on an axis of NARROWEST_WITH_NAMES: on a wider one leaders move apart while names keep their size, so what is
apart here stays apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from cubaru.core.templatetags.charts import MOST_NAME_ROWS, NAME_GAP, NARROWEST_WITH_NAMES

MOST_NAMED: Final = 12
#: A line of a name is at most so wide; what needs more than two lines is cut.
WIDEST_LINE: Final = 170
#: Between a name and the next name or leader.
CLEARANCE: Final = 10
#: Between two leaders, whose discs are eleven pixels wide.
LEADER_CLEARANCE: Final = 13

_NAME_SIZE: Final = 13.5
_DATE_SIZE: Final = 17.0
# Widths in ems that no letter of the group exceeds in Golos Text at weight 500; of other capitals 0.78,
# and of what else there is 0.63. In the narrow type of the dates figures have 0.42 and letters at most 0.58.
_LETTER_WIDTHS: Final = {
    letter: width
    for letters, width in (
        (" '’.,:;ijíIl", 0.34),
        ("ftr()-–/1г", 0.54),
        ("мыфюжшщwц%", 0.86),
        ("mMWМФЫЮЖШЩ@…", 1.02),
    )
    for letter in letters
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """An event that could be named: where it stands (0.0 to 1.0), how it ranks, and what would be written."""

    at: float
    importance: int
    date: str
    lines: tuple[str, ...]

    @property
    def width(self) -> float:
        return max([date_width(self.date), *(text_width(line) for line in self.lines)])


@dataclass(frozen=True, slots=True)
class Placement:
    """Where the candidate number `index` is named."""

    index: int
    row: int
    side: Literal["after", "before"]
    leader: float
    start: float
    end: float


def name_events(candidates: Sequence[Candidate], most: int = MOST_NAMED) -> list[Placement]:
    """Names as many candidates as fit, `most` at most: the important first, and among equals the loneliest.

    Loneliest is what stands farthest from all that is named: otherwise a crowded year would take all
    the room. What finds no room stays unnamed.
    """
    named: list[Placement] = []
    waiting = sorted(range(len(candidates)), key=lambda index: (-candidates[index].importance, index))
    while waiting and len(named) < most:
        rank = candidates[waiting[0]].importance
        equals = [index for index in waiting if candidates[index].importance == rank]
        chosen = max(equals, key=lambda index: (_loneliness(candidates[index].at, named), -index))
        waiting.remove(chosen)
        placement = _place(chosen, candidates[chosen], named)
        if placement is not None:
            named.append(placement)
    return sorted(named, key=lambda placement: placement.leader)


def two_lines(title: str) -> tuple[str, ...]:
    """The title in one or two lines, cut with an ellipsis where that is too little room."""
    words = title.split()
    first = _fill(words)
    rest = words[len(first) :]
    second = _fill(rest)
    lines = [" ".join(first)]
    if second:
        lines.append(" ".join(second))
    if len(second) < len(rest):
        lines[-1] = _cut(lines[-1])
    return tuple(_cut(line) if text_width(line) > WIDEST_LINE else line for line in lines)


def text_width(text: str) -> float:
    """At least the width of a line of a name, in pixels."""
    return _NAME_SIZE * sum(_letter_width(letter) for letter in text)


def date_width(text: str) -> float:
    """At least the width of the date above a name, in pixels."""
    return _DATE_SIZE * sum(0.58 if letter.isalpha() else 0.42 for letter in text)


def _letter_width(letter: str) -> float:
    return _LETTER_WIDTHS.get(letter, 0.78 if letter.isupper() else 0.63)


def _loneliness(at: float, named: Sequence[Placement]) -> float:
    return min((abs(at * NARROWEST_WITH_NAMES - placement.leader) for placement in named), default=2.0)


def _place(index: int, candidate: Candidate, named: Sequence[Placement]) -> Placement | None:
    leader = candidate.at * NARROWEST_WITH_NAMES
    if any(abs(leader - other.leader) < LEADER_CLEARANCE for other in named):
        return None
    width = candidate.width
    after = ("after", leader + NAME_GAP, leader + NAME_GAP + width)
    before = ("before", leader - NAME_GAP - width, leader - NAME_GAP)
    for row in range(MOST_NAME_ROWS):
        for side, start, end in (after, before):
            placement = Placement(index, row, "after" if side == "after" else "before", leader, start, end)
            if (
                start >= 0
                and end <= NARROWEST_WITH_NAMES
                and not any(_touch(placement, other) for other in named)
            ):
                return placement
    return None


def _touch(one: Placement, other: Placement) -> bool:
    in_one_row = one.row == other.row
    if in_one_row and one.start < other.end + CLEARANCE and other.start < one.end + CLEARANCE:
        return True
    # A leader begins at the top of its row and crosses all rows below it.
    return _crosses(one, other) or _crosses(other, one)


def _crosses(crossing: Placement, named: Placement) -> bool:
    within = named.start - CLEARANCE < crossing.leader < named.end + CLEARANCE
    return crossing.row <= named.row and within


def _fill(words: Sequence[str]) -> list[str]:
    """As many words as a line holds, and one at least."""
    line: list[str] = []
    for word in words:
        if line and text_width(" ".join([*line, word])) > WIDEST_LINE:
            break
        line.append(word)
    return line


def _cut(line: str) -> str:
    while line and text_width(f"{line}…") > WIDEST_LINE:
        line = line[:-1]
    return f"{line.rstrip(' ,;:–—')}…"
