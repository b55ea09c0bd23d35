"""Where the texts of a document stood in the one before: parts are known again though they moved."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from cubaru.core.document_items import Document, Item, Links, Parts, Texts
from cubaru.core.document_values import inside
from cubaru.core.documents import canonical


def former_places(items: Sequence[Item], before: Document, after: Document) -> dict[str, str]:
    """For each place of a translated text in `after` its place in `before`, where it had one."""
    return dict(_places(items, (before, ""), (after, "")))


def _places(
    items: Sequence[Item], before: tuple[Document, str], after: tuple[Document, str]
) -> Iterator[tuple[str, str]]:
    for item in items:
        old_at, new_at = inside(before[1], item.key), inside(after[1], item.key)
        if isinstance(item, Texts):
            yield new_at, old_at
        elif isinstance(item, Parts) and not isinstance(item, Links):
            old, new = before[0].get(item.key, []), after[0].get(item.key, [])
            for position, former in _matches(item, old, new).items():
                yield from _places(
                    item.items,
                    (old[former], f"{old_at}[{former}]"),
                    (new[position], f"{new_at}[{position}]"),
                )


def _matches(item: Parts, before: list[Document], after: list[Document]) -> dict[int, int]:
    """For each part of `after` the one of `before` that became it.

    An equal one, else one with its identity, else one that shares a text with it: a title that was
    translated anew in one language is the same title still.
    """
    if before == after:
        return {position: position for position in range(len(after))}
    found: dict[int, int] = {}
    for signs_of in (_whole, lambda one: _identity(item, one), lambda one: _shared(item, one)):
        taken = set(found.values())
        free: dict[Any, list[int]] = defaultdict(list)
        for position, one in enumerate(before):
            if position not in taken:
                for sign in signs_of(one):
                    free[sign].append(position)
        for position, one in enumerate(after):
            if position not in found:
                fitting = (old for sign in signs_of(one) for old in free[sign] if old not in taken)
                if (match := next(fitting, None)) is not None:
                    found[position] = match
                    taken.add(match)
    return found


def _whole(one: Document) -> list[bytes]:
    return [canonical(one)]


def _identity(item: Parts, one: Document) -> list[bytes]:
    values = {key: one[key] for key in item.identity if key in one}
    return [canonical(values)] if values else []


def _shared(item: Parts, one: Document) -> list[tuple[str, str, str]]:
    return [
        (inner.key, language, text)
        for inner in item.items
        if isinstance(inner, Texts)
        for language, text in one.get(inner.key, {}).items()
    ]
