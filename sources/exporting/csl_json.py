"""Writes items as CSL-JSON."""

import json
from collections.abc import Iterable, Iterator

from sources.csl import CslItem


def csl_json(items: Iterable[CslItem]) -> Iterator[str]:
    """The list of items as pieces of a file."""
    opening = "["
    for item in items:
        yield f"{opening}\n{json.dumps(item, ensure_ascii=False, indent=1)}"
        opening = ","
    yield "[]\n" if opening == "[" else "\n]\n"
