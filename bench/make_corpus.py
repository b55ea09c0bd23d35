"""Makes a synthetic corpus of any size, as JSON Lines that bulk_load takes.

    python bench/make_corpus.py FOLDER --events 100000

Without a folder it only says how quickly it makes them.
Nothing in it is history: titles are made of a few words and a number. What is true to a chronicle of this
kind is its shape: most events lie between 1960 and 1991, crowded around a few years and thinning out by a
power law; few are important; some have only a month, a year or no date; titles are in three languages.
"""

import argparse
import json
import random
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any, Final

FIRST_YEAR, LAST_YEAR = 1902, 2026
PEAKS: Final = {1962: 1.0, 1972: 0.5, 1980: 0.5, 1991: 0.4}
THEMES: Final = {
    "synthetic-talks": "diplomacy",
    "synthetic-visits": "diplomacy",
    "synthetic-defence": "defence",
    "synthetic-trade": "trade",
    "synthetic-energy": "trade",
    "synthetic-parties": "party",
    "synthetic-science": "science",
    "synthetic-culture": "culture",
}
WORDS: Final = {
    "en": (["Talks", "A visit", "An agreement", "A delegation", "A letter", "A shipment", "An exhibition"],
           ["on sugar", "on oil", "on credits", "on shipping", "on science", "on schools", "on music"]),
    "es": (["Negociaciones", "Una visita", "Un convenio", "Una delegación", "Una carta", "Un envío",
            "Una exposición"],
           ["sobre azúcar", "sobre petróleo", "sobre créditos", "sobre navegación", "sobre ciencia",
            "sobre escuelas", "sobre música"]),
    "ru": (["Переговоры", "Визит", "Соглашение", "Делегация", "Письмо", "Поставка", "Выставка"],
           ["о сахаре", "о нефти", "о кредитах", "о судоходстве", "о науке", "о школах", "о музыке"]),
}  # fmt: skip


def weight_of_year(year: int) -> float:
    """How crowded a year is: power laws around the peaks, and little outside of 1960 to 1991."""
    crowd: float = sum(height / (1 + abs(year - peak)) ** 1.1 for peak, height in PEAKS.items())
    return crowd if 1960 <= year <= 1991 else crowd / 6


def make_themes() -> Iterator[dict[str, Any]]:
    for position, (slug, lane) in enumerate(THEMES.items()):
        name = slug.replace("-", " ").capitalize()
        yield {"record": "theme", "slug": slug, "status": "published", "name": {"en": name}, "lane": lane,
               "position": 100 + position}  # fmt: skip


def make_events(count: int, seed: int = 1902) -> Iterator[dict[str, Any]]:
    """The same events for the same seed, whatever the count: more only adds to them."""
    chance = random.Random(seed)
    years = list(range(FIRST_YEAR, LAST_YEAR + 1))
    weights = list(accumulate(weight_of_year(year) for year in years))
    themes = list(THEMES)
    for number in range(count):
        first, second = chance.randrange(7), chance.randrange(7)
        event: dict[str, Any] = {
            "record": "event",
            "slug": f"synthetic-{number}",
            "status": "published",
            "title": {
                language: f"{beginnings[first]} {ends[second]} {number}"
                for language, (beginnings, ends) in WORDS.items()
            },
            "importance": chance.choices([5, 4, 3, 2, 1], cum_weights=[1, 6, 20, 50, 100])[0],
            "verification": "unverified",
            "themes": chance.sample(themes, chance.choices([1, 2], cum_weights=[70, 100])[0]),
        }
        if edtf := _date(chance, chance.choices(years, cum_weights=weights)[0]):
            event["date"] = {"edtf": edtf, "calendar": "gregorian"}
        yield event


def _date(chance: random.Random, year: int) -> str:
    day = date(year, 1, 1) + timedelta(days=chance.randrange(365))
    precision = chance.choices(["day", "span", "month", "year", "none"], cum_weights=[82, 87, 95, 99, 100])[0]
    if precision == "span":
        return f"{day.isoformat()}/{(day + timedelta(days=chance.randrange(1, 30))).isoformat()}"
    return {"day": day.isoformat(), "month": f"{day:%Y-%m}", "year": f"{year}", "none": ""}[precision]


def write(path: Path, documents: Iterator[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for document in documents:
            file.write(json.dumps(document, ensure_ascii=False) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--events", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1902)
    options = parser.parse_args()
    if options.folder is None:
        started = time.perf_counter()
        made = sum(1 for _event in make_events(options.events, options.seed))
        print(f"{made / (time.perf_counter() - started):,.0f} events a second")
        return
    options.folder.mkdir(parents=True, exist_ok=True)
    write(options.folder / "themes.jsonl", make_themes())
    write(options.folder / "events.jsonl", make_events(options.events, options.seed))


if __name__ == "__main__":
    main()
