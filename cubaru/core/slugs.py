"""Addresses made of words."""

from typing import Any, Final

from django.utils.text import slugify

from cubaru.core.folding import fold

#: Leaves room for a number within the 100 characters of the column.
LONGEST: Final = 80


def slug_of(words: str) -> str:
    """An address made of the words, cut between two of them; "" where they have no Latin letter or digit."""
    slug = slugify(fold(words)).replace("_", "-").strip("-")
    if len(slug) > LONGEST:
        slug = slug[: LONGEST + 1].rpartition("-")[0] or slug[:LONGEST]
    return slug


def free_slug(model: Any, words: str) -> str:
    """An address for a new row, made of the words and free; "" where the words have no Latin letter.

    A number is added where another row has the address already.
    """
    slug = slug_of(words)
    if not slug:
        return ""
    taken = set(model._base_manager.filter(slug__startswith=slug).values_list("slug", flat=True))
    candidate, number = slug, 1
    while candidate in taken:
        number += 1
        candidate = f"{slug}-{number}"
    return candidate
