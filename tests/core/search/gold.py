"""How well names are found in the spellings of the gold set."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

GOLD = Path(__file__).resolve().parents[2] / "gold" / "names.json"
FIRST_FIVE = 5


def gold_names() -> list[dict[str, Any]]:
    names: list[dict[str, Any]] = json.loads(GOLD.read_text())["names"]
    return names


@dataclass
class Report:
    """Of each name and spelling the place of the right record, 0 where it was not found."""

    places: list[int] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    @property
    def among_first_five(self) -> float:
        return sum(1 for place in self.places if 0 < place <= FIRST_FIVE) / len(self.places)

    @property
    def first(self) -> float:
        return sum(1 for place in self.places if place == 1) / len(self.places)

    @property
    def mean_reciprocal_rank(self) -> float:
        return sum(1 / place for place in self.places if place) / len(self.places)

    def __str__(self) -> str:
        return (
            f"{len(self.places)} spellings: right among the first five {self.among_first_five:.1%}, "
            f"first {self.first:.1%}, mean reciprocal rank {self.mean_reciprocal_rank:.3f}; "
            f"missed: {'; '.join(self.missed)}"
        )


def measure(
    find: Callable[[str, str], Iterator[str]], kinds: tuple[str, ...] = (), *, every: int = 1
) -> Report:
    """`find(text, kind)` gives "kind/slug" of hits in order; of the spellings each `every`th is tried."""
    report = Report()
    for name in gold_names():
        if kinds and name["kind"] not in kinds:
            continue
        wanted = f"{name['kind']}/{name['slug']}"
        for spelling in name["spellings"][::every]:
            found = list(find(spelling["text"], name["kind"]))[:20]
            place = found.index(wanted) + 1 if wanted in found else 0
            report.places.append(place)
            if not 0 < place <= FIRST_FIVE:
                report.missed.append(
                    f"{spelling['text']} ({spelling['by']}) → {name['slug']}, {place or 'none'}"
                )
    return report
