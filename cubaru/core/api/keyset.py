"""Reading an ordered list from a place in it, at the same cost wherever that place is.

A page is found by the values of its neighbour ("after 1962-10-22, slug x"), never by counting rows, so
that rows that come or go meanwhile make no doubles and no gaps.
"""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, QuerySet

LONGEST_CURSOR = 4000


class CursorError(ValueError):
    """A cursor that was not made by this site, or for another order."""


@dataclass(frozen=True)
class Key:
    """One column of an order. Rows without a value stand last, whatever the direction.

    A nullable column that is not the first is empty in just those rows in which the first is.
    """

    column: str
    field: "models.Field[Any, Any]"
    nullable: bool = False

    @property
    def is_coarse(self) -> bool:
        """Whether many rows have the same value."""
        return isinstance(self.field, models.PositiveSmallIntegerField)


@dataclass(frozen=True)
class Order:
    """The columns by which a list is ordered, the last of them unique, all in one direction.

    One direction lets an index on the columns serve both it and its reverse.
    """

    name: str
    keys: tuple[Key, ...]
    descending: bool = False

    def values_of(self, row: Any) -> list[Any]:
        return [getattr(row, key.column) for key in self.keys]


@dataclass(frozen=True)
class Cursor:
    """A place between two rows: just after (or, backwards, just before) the row with these values."""

    values: tuple[Any, ...]
    backwards: bool = False


def encode(cursor: Cursor, order: Order) -> str:
    plain = [order.name, cursor.backwards, *(_to_text(value) for value in cursor.values)]
    return base64.urlsafe_b64encode(orjson.dumps(plain)).rstrip(b"=").decode()


def decode(text: str, order: Order) -> Cursor:
    """Raises CursorError. A cursor is no secret, it only says where to go on: it is checked, not signed."""
    try:
        if len(text) > LONGEST_CURSOR:
            raise CursorError
        padded = text.encode("ascii") + b"=" * (-len(text) % 4)
        name, backwards, *values = orjson.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        if name != order.name or not isinstance(backwards, bool):
            raise CursorError
        read = [_from_text(value, key) for value, key in zip(values, order.keys, strict=True)]
    except (ValueError, TypeError, binascii.Error, ValidationError) as error:
        raise CursorError from error
    return Cursor(tuple(read), backwards)


def _to_text(value: Any) -> str | None:
    if value is None:
        return None
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _from_text(text: object, key: Key) -> Any:
    if text is None and key.nullable:
        return None
    if not isinstance(text, str) or "\x00" in text:
        raise CursorError
    value = key.field.to_python(text)
    if isinstance(key.field, models.IntegerField) and not -(2**31) <= value < 2**31:
        raise CursorError
    return value


def rows_from(
    queryset: QuerySet[Any], order: Order, cursor: Cursor | None, most: int
) -> tuple[list[Any], bool]:
    """At most `most` rows beside the cursor, in the list's order, and whether more follow that way."""
    backwards = cursor is not None and cursor.backwards
    rows: list[Any] = []
    for stretch in _stretches(queryset, order, cursor, backwards):
        rows += stretch[: most + 1 - len(rows)]
        if len(rows) > most:
            break
    more = len(rows) > most
    rows = rows[:most]
    if backwards:
        rows.reverse()
    return rows, more


def _stretches(
    queryset: QuerySet[Any], order: Order, cursor: Cursor | None, backwards: bool
) -> list[QuerySet[Any]]:
    """The rows beside the cursor, in their order from it, in one query or two.

    Rows without a first value are read on their own: neither database can read "NULLS LAST" off an index
    that is not made for it. So are those that share a coarse first value with the cursor: PostgreSQL would
    read all that share it from the first on.
    """
    descending = order.descending != backwards

    def stretch(rows: QuerySet[Any], keys: Sequence[Key], values: Sequence[Any] = ()) -> QuerySet[Any]:
        columns = [f"-{key.column}" if descending else key.column for key in keys]
        return rows.filter(_beyond(keys, values, descending)).order_by(*columns)

    keys, values = order.keys, cursor.values if cursor else ()
    first = keys[0].column
    if not keys[0].nullable:
        if not values or not keys[0].is_coarse:
            return [stretch(queryset, keys, values)]
        same = queryset.filter(**{first: values[0]})
        beyond = queryset.filter(**{f"{first}__{'lt' if descending else 'gt'}": values[0]})
        return [stretch(same, keys[1:], values[1:]), stretch(beyond, keys)]
    with_value = queryset.filter(**{f"{first}__isnull": False})
    without = queryset.filter(**{f"{first}__isnull": True})
    if cursor is None or values[0] is not None:
        return [stretch(with_value, keys, values), *([] if backwards else [stretch(without, keys[1:])])]
    at_cursor = stretch(without, keys[1:], values[1:])
    return [at_cursor, stretch(with_value, keys)] if backwards else [at_cursor]


def _beyond(keys: Sequence[Key], values: Sequence[Any], descending: bool) -> Q:
    """The condition of standing after the row with these values; none without values."""
    comparison = "lt" if descending else "gt"
    beyond, same = Q(), Q()
    for key, value in zip(keys, values, strict=False):
        if value is None:
            same &= Q(**{f"{key.column}__isnull": True})
        else:
            beyond |= same & Q(**{f"{key.column}__{comparison}": value})
            same &= Q(**{key.column: value})
    if values and values[0] is not None:
        # Follows from the rest, but lets the database enter an index on the first column here.
        beyond &= Q(**{f"{keys[0].column}__{comparison}e": values[0]})
    return beyond
