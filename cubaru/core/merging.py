"""Two changes of the same state of a record, put together: field by field, part by part.

`base` is the state from which both began, `theirs` and `mine` are what became of it. What only one of
them changed is taken over; where both changed the same differently there is a conflict, to be decided
by a person. Works on documents alone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

from django.db import models

from cubaru.core.document_items import Document, Item, Json, Links, Parts, Texts
from cubaru.core.document_values import without_empty
from cubaru.core.documents import RecordKind
from cubaru.core.merging_parts import SIDES, Row, merged_order, order_in, rows_of
from cubaru.core.reading import HEAD, Path, related_model

#: The last step of the path of a conflict about the order of a list.
ORDER: Final = "order of the list"

What = Literal["value", "part", "order"]


@dataclass(frozen=True)
class Spot:
    """Where something stands: its item, the model of the row it stands in, and that row and those around it.

    `rows` are (list, row) pairs from the outermost to the innermost; `language` is that of a text.
    """

    path: Path
    model: type[models.Model]
    item: Item
    rows: tuple[tuple["Spot", Document], ...] = ()
    language: str = ""


@dataclass(frozen=True)
class Conflict:
    """Something that both changed, differently. None stands for what is not there.

    A "value" is one of the spot's item; a "part" is a row of the list that the spot's item is, deleted by
    one side; "order" has for each side the keys of the list's rows.
    """

    what: What
    spot: Spot
    base: Any
    theirs: Any
    mine: Any

    @property
    def path(self) -> Path:
        return self.spot.path


@dataclass(frozen=True)
class Merged:
    """The merged document; a conflict has left in it what is theirs, or the part that one side deleted."""

    document: Document
    conflicts: list[Conflict]


def merge(
    kind: RecordKind,
    base: Document,
    theirs: Document,
    mine: Document,
    *,
    answers: Mapping[Path, Any] | None = None,
) -> Merged:
    """The record with both changes. All documents are in their normal form.

    `answers` are the values decided on for conflicts, by their paths; such conflicts are none any more.
    """
    merger = _Merger(answers or {})
    document = merger.map(kind.model, [*HEAD, *kind.items], _Three(base, theirs, mine))
    return Merged({"record": kind.name, **document}, merger.conflicts)


@dataclass(frozen=True)
class _Three:
    """Three states of the same thing; None where it is not there."""

    base: Any
    theirs: Any
    mine: Any

    def inside(self, key: str) -> "_Three":
        return _Three(*(None if state is None else state.get(key) for state in self.all))

    @property
    def all(self) -> tuple[Any, Any, Any]:
        return self.base, self.theirs, self.mine

    @property
    def are_maps(self) -> bool:
        return all(state is None or isinstance(state, dict) for state in self.all)

    @property
    def keys(self) -> list[str]:
        return sorted({key for state in self.all for key in state or ()})


@dataclass
class _Merger:
    answers: Mapping[Path, Any]
    conflicts: list[Conflict] = field(default_factory=list)

    def map(
        self, model: type[models.Model], items: Iterable[Item], three: _Three, around: Spot | None = None
    ) -> Document:
        path, rows = (around.path, around.rows) if around else ((), ())
        spots = [Spot((*path, item.key), model, item, rows) for item in items]
        return without_empty((spot.item.key, self._item(spot, three.inside(spot.item.key))) for spot in spots)

    def _item(self, spot: Spot, three: _Three) -> Any:
        if isinstance(spot.item, Parts):
            return self._list(spot, spot.item, three)
        if isinstance(spot.item, Texts):
            return self._by_key(spot, three)
        if isinstance(spot.item, Json) and three.are_maps:
            return spot.item.normal(spot.model, self._by_key(spot, three), "", None)
        return self._value(spot, three)

    def _by_key(self, spot: Spot, three: _Three) -> Document:
        found = {}
        for key in three.keys:
            language = key if isinstance(spot.item, Texts) else ""
            here = replace(spot, path=(*spot.path, key), language=language)
            found[key] = self._value(here, three.inside(key))
        # Empty values may stand inside JSON of others' making; only what is absent goes.
        return {key: value for key, value in found.items() if value is not None}

    def _value(self, spot: Spot, three: _Three) -> Any:
        if three.mine in (three.theirs, three.base):
            return three.theirs
        if three.theirs == three.base:
            return three.mine
        return self._decided("value", spot, three, for_now=three.theirs)

    def _decided(self, what: What, spot: Spot, three: _Three, *, for_now: Any) -> Any:
        if spot.path in self.answers:
            return self.answers[spot.path]
        self.conflicts.append(Conflict(what, spot, *three.all))
        return for_now

    def _list(self, spot: Spot, item: Parts, three: _Three) -> Any:
        base, theirs, mine = (state or [] for state in three.all)
        if mine in (theirs, base):
            return theirs
        if theirs == base:
            return mine
        known = rows_of(item, spot.model, base, theirs, mine)
        kept = {}
        for key, row in known.items():
            value = self._row(replace(spot, path=(*spot.path, key)), item, row)
            if value is not None:
                kept[key] = value
        order = merged_order(known, kept)
        if order is None:
            here = replace(spot, path=(*spot.path, ORDER))
            orders = _Three(*([key for key in order_in(known, side) if key in kept] for side in SIDES))
            decided = self._decided("order", here, orders, for_now=orders.theirs)
            order = merged_order(known, kept, decided)
        return [kept[key] for key in order or ()]

    def _row(self, spot: Spot, item: Parts, row: Row) -> Any:
        three = _Three(row.base, row.theirs, row.mine)
        if row.base is not None and (row.theirs is None or row.mine is None):
            if row.base in (row.theirs, row.mine) or row.theirs is row.mine is None:
                return None
            return self._decided("part", spot, three, for_now=row.theirs or row.mine)
        if isinstance(item, Links):
            return row.theirs or row.mine
        part = related_model(spot.model, item)
        inside = replace(spot, rows=(*spot.rows, (spot, row.mine or row.theirs or row.base)))
        return self.map(part, item.items, three, inside)
