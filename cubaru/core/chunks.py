"""Long lists, a piece at a time."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final, TypeVar

#: How many rows are asked for at a time: bounds memory and stays below SQLite's limit of variables.
CHUNK: Final = 400

ItemT = TypeVar("ItemT")


def chunks(items: Iterable[ItemT], size: int = CHUNK) -> Iterator[list[ItemT]]:
    """The items in lists of `size`, the last one shorter."""
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some
