"""Where the names of events stand above the timeline's bars, so that nothing touches.

A name stands in a row beside a leader, a line from the top of the row down to the axis. Distances are pixels
on an axis of NARROWEST_WITH_NAMES: on a wider one leaders move apart while names keep their size, so what is
apart here stays apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from cubaru.core.templatetags.charts import MOST_NAME_ROWS, NAME_GAP, NARROWEST_WITH_NAMES

MOST_NAMED: Final = 12
#: A line of a name is at most so wide; what needs more than two lines is cut.
WIDEST_LINE: Final = 150
#: A name that is no wider stands in one line.
SHORTEST_BREAK: Final = 90
#: Between a name and the next name or leader.
CLEARANCE: Final = 10
#: Between two leaders, whose discs are eleven pixels wide.
LEADER_CLEARANCE: Final = 13
#: So far from all that is named, an event is lonely enough: then what is prominent goes first.
LONELY: Final = 70
#: How many placements are tried before a name counts as finding no room.
MOST_TRIES: Final = 3000

_NAME_SIZE: Final = 13.5
_DATE_SIZE: Final = 17.0
# Widths in ems that no letter of the group exceeds in Golos Text at weight 500; what is in no group has 0.70
# as a capital and otherwise 0.63. In the narrow type of the dates figures have 0.42 and letters at most 0.58.
_LETTER_WIDTHS: Final = {
    letter: width
    for letters, width in (
        (" 'ijí", 0.28),
        (".,:;’Il", 0.34),
        ("ft-()r", 0.41),
        ("тг1/", 0.51),
        ("zsзь7«»“”?–", 0.56),
        ("cxJхсэчaLkáвяаevyéекёу", 0.59),
        ("GмЛU—ыДOQфОПHNИЙНЦ", 0.78),
        ("южшw%щMМmФ", 0.89),
        ("ЫЮWЖШЩ…@", 1.02),
    )
    for letter in letters
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """An event that could be named: where it stands (0.0 to 1.0), how it ranks, and what would be written.

    `prominence` decides among those of equal importance.
    """

    at: float
    importance: int
    prominence: int
    date: str
    lines: tuple[str, ...]

    @property
    def width(self) -> float:
        return max([date_width(self.date), *(text_width(line) for line in self.lines)])


@dataclass(frozen=True, slots=True)
class Placement:
    """Where the candidate number `index` is named, in pixels: its leader, and the name from start to end."""

    index: int
    row: int
    side: Literal["after", "before"]
    leader: float
    start: float
    end: float

    @property
    def reach(self) -> float:
        """How far to the right it reaches."""
        return max(self.leader, self.end)


def name_events(candidates: Sequence[Candidate], most: int = MOST_NAMED) -> list[Placement]:
    """Names as many candidates as fit, `most` at most, the important first; in order of time.

    Among equals those come first that stand far from all that is named, so that a crowded year does not
    take all the room. What finds no room, even when the others move, stays unnamed.
    """
    named: list[Placement] = []
    waiting = sorted(range(len(candidates)), key=lambda index: (-candidates[index].importance, index))
    while waiting and len(named) < most:
        rank = candidates[waiting[0]].importance
        equals = [index for index in waiting if candidates[index].importance == rank]
        chosen = max(equals, key=lambda index: (*_claim_to_a_name(candidates[index], named), -index))
        waiting.remove(chosen)
        placed = _place_all(candidates, [*(placement.index for placement in named), chosen])
        named = placed or named
    return named


def two_lines(title: str) -> tuple[str, ...]:
    """The title in one line or in two of like width, cut with an ellipsis where that is too little room."""
    words = title.split()
    title = " ".join(words)
    if text_width(title) <= SHORTEST_BREAK:
        return (title,)
    breaks = [(" ".join(words[:index]), " ".join(words[index:])) for index in range(1, len(words))]
    first, second = min(breaks, key=lambda lines: max(map(text_width, lines)), default=(title, ""))
    if max(text_width(first), text_width(second)) > WIDEST_LINE:
        first = _fill(words)
        second = title[len(first) + 1 :]
    return tuple(_cut(line) for line in (first, second) if line)


def text_width(text: str) -> float:
    """At least the width of a line of a name, in pixels."""
    return _NAME_SIZE * sum(_letter_width(letter) for letter in text)


def date_width(text: str) -> float:
    """At least the width of the date above a name, in pixels."""
    return _DATE_SIZE * sum(0.58 if letter.isalpha() else 0.42 for letter in text)


def _letter_width(letter: str) -> float:
    return _LETTER_WIDTHS.get(letter, 0.78 if letter.isupper() else 0.63)


def _claim_to_a_name(candidate: Candidate, named: Sequence[Placement]) -> tuple[float, int]:
    leader = candidate.at * NARROWEST_WITH_NAMES
    distance = min((abs(leader - placement.leader) for placement in named), default=LONELY)
    return min(distance, LONELY), candidate.prominence


def _place_all(candidates: Sequence[Candidate], chosen: Sequence[int]) -> list[Placement] | None:
    """A place for each of the chosen, in order of time; None when there is none, or none is found in time."""
    indices = sorted(chosen, key=lambda index: (candidates[index].at, index))
    leaders = [candidates[index].at * NARROWEST_WITH_NAMES for index in indices]
    if any(right - left < LEADER_CLEARANCE for left, right in pairwise(leaders)):
        return None
    return _Search([_options(index, candidates[index]) for index in indices]).placed()


class _Search:
    """Goes from left to right, back where a name finds no room, and never twice into the same dead end."""

    def __init__(self, options: Sequence[Sequence[Placement]]) -> None:
        self._options = options
        # How far to the left a name or leader of this step or a later one can reach.
        starts = [min((option.start for option in each), default=0.0) for each in options]
        self._reach = [min(starts[step:]) - CLEARANCE for step in range(len(starts))]
        self._dead_ends: set[tuple[Placement, ...]] = set()
        self._tries = MOST_TRIES

    def placed(self, before: tuple[Placement, ...] = ()) -> list[Placement] | None:
        step = len(before)
        if step == len(self._options):
            return list(before)
        # What lies farther left cannot touch what comes: it makes no difference.
        near = tuple(placement for placement in before if placement.reach > self._reach[step])
        state = (*near, self._options[step][0]) if self._options[step] else near
        if state in self._dead_ends:
            return None
        for option in self._options[step]:
            self._tries -= 1
            if self._tries < 0:
                return None
            if any(_touch(option, other) for other in near):
                continue
            found = self.placed((*before, option))
            if found is not None:
                return found
        self._dead_ends.add(state)
        return None


def _options(index: int, candidate: Candidate) -> list[Placement]:
    """Where the name could stand if it were alone, the best first: high, and after its leader."""
    leader, width = candidate.at * NARROWEST_WITH_NAMES, candidate.width
    after = leader + NAME_GAP
    before = leader - NAME_GAP - width
    found: list[Placement] = []
    for row in range(MOST_NAME_ROWS):
        if after + width <= NARROWEST_WITH_NAMES:
            found.append(Placement(index, row, "after", leader, after, after + width))
        if before >= 0:
            found.append(Placement(index, row, "before", leader, before, before + width))
    return found


def _touch(one: Placement, other: Placement) -> bool:
    in_one_row = one.row == other.row
    if in_one_row and one.start < other.end + CLEARANCE and other.start < one.end + CLEARANCE:
        return True
    # A leader begins at the top of its row and crosses all rows below it.
    return _crosses(one, other) or _crosses(other, one)


def _crosses(crossing: Placement, named: Placement) -> bool:
    within = named.start - CLEARANCE < crossing.leader < named.end + CLEARANCE
    return crossing.row <= named.row and within


def _fill(words: Sequence[str]) -> str:
    """As many words as a line holds, and one at least."""
    line = words[0]
    for word in words[1:]:
        if text_width(f"{line} {word}") > WIDEST_LINE:
            break
        line = f"{line} {word}"
    return line


def _cut(line: str) -> str:
    """The line, or as much of it as there is room for with an ellipsis; whole words if that leaves any."""
    if text_width(line) <= WIDEST_LINE:
        return line
    letters = len(line)
    while text_width(f"{line[:letters]}…") > WIDEST_LINE:
        letters -= 1
    kept = line[:letters]
    if " " in kept.strip() and not line[letters].isspace():
        kept = kept.rpartition(" ")[0]
    return f"{kept.rstrip(' ,;:–—')}…"
