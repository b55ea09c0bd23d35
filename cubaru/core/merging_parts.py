"""The rows of a list of parts in three states: which of them are the same row, and in what order they come.

A row is known again by the identity of its part, as `Parts.write` knows it. One whose identity was
changed (another role, another page of the same book) is known by what is left of it, if that tells.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from django.db import models
from django.db.models import UniqueConstraint

from cubaru.core.document_items import Links, Parts
from cubaru.core.document_values import is_empty
from cubaru.core.reading import by_identity, free_key, related_model

Side = Literal["base", "theirs", "mine"]
SIDES: Final[tuple[Side, ...]] = ("base", "theirs", "mine")
_CHANGED: Final[tuple[Side, ...]] = ("theirs", "mine")


@dataclass
class Row:
    """A row in each of the states, None where it is not there, and its place in the lists that have it."""

    base: Any = None
    theirs: Any = None
    mine: Any = None
    places: dict[Side, int] = field(default_factory=dict)

    def put(self, side: Side, place: int, value: Any) -> None:
        setattr(self, side, value)
        self.places[side] = place


def rows_of(
    item: Parts, model: type[models.Model], base: list[Any], theirs: list[Any], mine: list[Any]
) -> dict[str, Row]:
    """All rows of the three lists by a key: that of the base, or of the row itself where it is new."""
    known: dict[str, Row] = {}
    for place, (key, value) in enumerate(_keyed(item, base)):
        known[key] = Row()
        known[key].put("base", place, value)
    before = dict(known)
    new_of_theirs = _known_again(item, before, "theirs", theirs, others=mine)
    new_of_mine = _known_again(item, before, "mine", mine, others=theirs)
    for (place, value), twin in _twins(item, model, new_of_theirs, new_of_mine):
        row = known[free_key(_identity(item, value), known)] = Row()
        row.put("theirs", place, value)
        if twin is not None:
            row.put("mine", *twin)
            new_of_mine.remove(twin)
    for place, value in new_of_mine:
        row = known[free_key(_identity(item, value), known)] = Row()
        row.put("mine", place, value)
    return known


def merged_order(
    known: dict[str, Row], kept: Collection[str], decided: Sequence[str] | None = None
) -> list[str] | None:
    """The kept rows in order: as whoever moved them has it, new ones behind what they stood behind.

    None if both sides sorted the rows that all know, differently, and no order was `decided`.
    """
    common = [key for key in order_in(known, "base") if key in kept and len(known[key].places) == 3]
    theirs, mine = ([key for key in order_in(known, side) if key in common] for side in _CHANGED)
    if mine in (theirs, common):
        spine = theirs
    elif theirs == common:
        spine = mine
    elif decided is not None:
        spine = sorted(common, key=lambda key: decided.index(key) if key in decided else len(decided))
    else:
        return None
    return list(_woven(known, kept, spine))


def order_in(known: dict[str, Row], side: Side) -> list[str]:
    """The keys of the rows that a side has, in its order."""
    return sorted(
        (key for key in known if side in known[key].places), key=lambda key: known[key].places[side]
    )


def _woven(known: dict[str, Row], kept: Collection[str], spine: list[str]) -> Iterator[str]:
    """The spine with the other rows, each behind the row of the spine that it follows on its side."""
    gaps: dict[str, int] = {}
    runs: dict[int, dict[Side, list[str]]] = defaultdict(lambda: {"theirs": [], "mine": []})
    for side in _CHANGED:
        gap = 0
        for key in order_in(known, side):
            if key in spine:
                gap = spine.index(key) + 1
            elif key in kept:
                gaps[key] = min(gap, gaps.get(key, gap))
                runs[gap][side].append(key)
    for gap in range(len(spine) + 1):
        # Whose come first must not depend on who saved first: the same two changes give the same list.
        first, second = sorted(runs[gap].values())
        yield from dict.fromkeys(key for key in [*first, *second] if gaps[key] == gap)
        yield from spine[gap : gap + 1]


Placed = tuple[int, Any]


def _known_again(
    item: Parts, before: dict[str, Row], side: Side, values: list[Any], *, others: list[Any]
) -> list[Placed]:
    """Puts the rows of a side to those of the base that they come from; returns the new ones."""
    new: list[Placed] = list(enumerate(values))
    taken = {_identity(item, value) for value in [*(row.base for row in before.values()), *others]}
    for tells in _tells(item, taken):
        free: dict[str, list[Row]] = defaultdict(list)
        for row in before.values():
            if side not in row.places:
                free[tells.of_base(row.base)].append(row)
        asked: dict[str, list[Placed]] = defaultdict(list)
        for place, value in new:
            asked[tells.of_side(value)].append((place, value))
        for mark, rows in asked.items():
            if mark and (not tells.must_be_sole or len(rows) == len(free[mark]) == 1):
                for placed, row in zip(rows, free[mark], strict=False):
                    row.put(side, *placed)
                    new.remove(placed)
    return new


class _Tells:
    """By what a row is known again: rows with the same mark are the same; "" tells nothing."""

    must_be_sole = False

    def __init__(self, item: Parts) -> None:
        self.item = item

    def of_base(self, value: Any) -> str:
        return _identity(self.item, value)

    def of_side(self, value: Any) -> str:
        return self.of_base(value)


class _Content(_Tells):
    def of_base(self, value: Any) -> str:
        return _text(value)


class _PartOfIdentity(_Tells):
    """One value of the identity, where only one row on either side has it and the new identity is free."""

    must_be_sole = True

    def __init__(self, item: Parts, name: str, taken: set[str]) -> None:
        super().__init__(item)
        self.name, self.taken = name, taken

    def of_base(self, value: Any) -> str:
        inner = value.get(self.name)
        return "" if is_empty(inner) else _text(inner)

    def of_side(self, value: Any) -> str:
        return "" if _identity(self.item, value) in self.taken else self.of_base(value)


def _tells(item: Parts, taken: set[str]) -> list[_Tells]:
    if isinstance(item, Links):
        return [_Content(item)]
    return [_Content(item), _Tells(item), *(_PartOfIdentity(item, name, taken) for name in item.identity)]


def _twins(
    item: Parts, model: type[models.Model], theirs: list[Placed], mine: list[Placed]
) -> list[tuple[Placed, Placed | None]]:
    """Each new row of theirs with that of mine which is the same.

    Rows of one identity are the same if they are equal, or if the database lets only one of them stand.
    """
    marks = [_text]
    if stands_once(related_model(model, item)):
        marks.append(lambda value: _identity(item, value))
    free, found = list(mine), {}
    for mark in marks:
        for place, value in theirs:
            twin = next((one for one in free if mark(one[1]) == mark(value)), None)
            if place not in found and twin is not None:
                found[place] = twin
                free.remove(twin)
    return [((place, value), found.get(place)) for place, value in theirs]


def stands_once(part: type[models.Model]) -> bool:
    """Whether the database lets a part with the same identity stand only once."""
    return any(isinstance(rule, UniqueConstraint) for rule in part._meta.constraints) or any(
        getattr(column, "unique", False) and not column.primary_key for column in part._meta.concrete_fields
    )


def _keyed(item: Parts, values: list[Any]) -> Iterator[tuple[str, Any]]:
    if isinstance(item, Links):
        used: set[str] = set()
        for value in values:
            key = free_key(value, used)
            used.add(key)
            yield key, value
    else:
        yield from by_identity(item, values)


def _identity(item: Parts, value: Any) -> str:
    return str(value) if isinstance(item, Links) else next(by_identity(item, [value]))[0]


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True)
