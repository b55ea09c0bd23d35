"""What a search costs in a small and in a large chronicle, for words from everywhere to one event.

    python bench/search.py                                   10,000 and 100,000 events, SQLite
    python bench/search.py --sizes 10000 1000000 --database postgres://root@127.0.0.1/bench_{size}

The events are made up of invented words, as long as those of the starter corpus and a short narrative, and
written straight into the tables of the index. Each size has a database of its own, kept if `--folder` or
`--database` names one, so that a second run only measures. Both sizes are measured in one run; the last two
columns, the larger against the smaller, hardly depend on the machine.
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import django
from django.core.management import call_command
from django.db import connection, transaction

# ruff: noqa: E402 (the tables can be imported only when Django's apps are ready)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cubaru.settings")
django.setup()

from cubaru.core.search import fulltext, vocabulary
from cubaru.core.search.entries import GAP, SUMMARY_MARK, Analysis, Posting, analyse, entries_of
from cubaru.core.search.rows import band_of, row_number
from cubaru.core.search.searching import search
from cubaru.core.search.tables import SearchEntry
from cubaru.core.search.words import stem

SHARES = {"everywhere": 0.45, "often": 0.04, "seldom": 0.002}
#: Words of the same share, so that no answer is only the cache's.
ALIKE = 5
VOCABULARY = 20_000
#: So many different texts; larger chronicles repeat them, which their lists of words do not show.
BASES = 5_000
AT_ONCE = 5_000
NAMES = [
    {"en": "Nikita Khrushchev", "es": "Nikita Jruschov", "ru": "Никита Хрущёв"},
    {"en": "Anastas Mikoyan", "es": "Anastás Mikoyán", "ru": "Анастас Микоян"},
    {"en": "Andrei Gromyko", "es": "Andréi Gromiko", "ru": "Андрей Громыко"},
]
LETTERS = {"en": ("bcdfglmnprst", "aeiou"), "es": ("bcdglmnprst", "aeioáé"), "ru": ("бвгдклмнпрст", "аеиоуы")}
QUERIES = {
    "a word in 45 %": [f"everywhere{chr(97 + n)}" for n in range(ALIKE)],
    "a word in 4 %": [f"often{chr(97 + n)}" for n in range(ALIKE)],
    "a word in 0.2 %": [f"seldom{chr(97 + n)}" for n in range(ALIKE)],
    "a word in one event": [f"single{n}x" for n in range(ALIKE)],
    "two words (45 %, 4 %)": [f"everywhere{chr(97 + n)} often{chr(97 + n)}" for n in range(ALIKE)],
    "a name in 1 %": ["Jruschov", "Mikojan", "Громыко", "Chruschtschow", "Gromiko"],
}


def word(number: int, language: str) -> str:
    """An invented word; the lower its number, the shorter."""
    consonants, vowels = LETTERS[language]
    syllables = []
    number += 40
    while number:
        number, rest = divmod(number, len(consonants) * len(vowels))
        syllables.append(consonants[rest // len(vowels)] + vowels[rest % len(vowels)])
    return "".join(syllables)


def documents() -> Iterator[dict[str, Any]]:
    """Events with words as frequent as those of natural texts (Zipf), the same each time."""
    chance = random.Random(BASES)
    vocabulary = {language: [word(n, language) for n in range(VOCABULARY)] for language in LETTERS}
    weights = [1 / (n + 10) for n in range(VOCABULARY)]
    for number in range(BASES):
        drawn = chance.choices(range(VOCABULARY), weights, k=56)
        texts = {
            language: [words[n] for n in drawn[offset:] + drawn[:offset]]
            for offset, (language, words) in enumerate(vocabulary.items())
        }
        people = {f"person-{n}": name for n, name in enumerate(NAMES) if chance.random() < 0.01}
        yield {
            "record": "event",
            "slug": f"event-{number}",
            "title": {language: " ".join(words[:6]).capitalize() for language, words in texts.items()},
            "summary": {language: " ".join(words[6:26]) + "." for language, words in texts.items()},
            "body": {language: " ".join(words[26:]) + "." for language, words in texts.items()},
            "date": {
                "edtf": date.fromordinal(chance.randrange(695_000, 740_000)).isoformat(),
                "calendar": "gregorian",
            },
            "themes": [f"theme-{chance.randrange(16)}"],
            "labels": {"person": people},
        }


def build(size: int) -> None:
    """Fills the tables of the index; where it was cut off, it goes on.

    The same texts come again, each time with words of its own.
    """
    call_command("migrate", verbosity=0)
    there = SearchEntry.objects.filter(kind="event").count()
    if there < size:
        with connection.cursor() as cursor:
            is_postgres = connection.vendor == "postgresql"
            cursor.execute(
                "DROP INDEX IF EXISTS core_searchtext_tokens" if is_postgres else "PRAGMA synchronous = OFF"
            )
        if not there:
            _add([(entry, analyse(entry)) for entry in _people()])
        bases = [entry for document in documents() for entry in entries_of("event", 1, document)]
        analyses = [analyse(entry) for entry in bases]
        for start in range(there, size, AT_ONCE):
            numbers = range(start, min(start + AT_ONCE, size))
            _add([_row(number, bases, analyses) for number in numbers])
    _tidy()


def _people() -> Iterator[SearchEntry]:
    for number, name in enumerate(NAMES, 1):
        document = {"record": "person", "slug": f"person-{number}", "name": name}
        yield from entries_of("person", number, document)


def _add(rows: list[tuple[SearchEntry, Analysis]]) -> None:
    changes = vocabulary.Changes()
    for _entry, analysis in rows:
        changes.add(analysis)
    with transaction.atomic():
        SearchEntry.objects.bulk_create([entry for entry, _analysis in rows], batch_size=500)
        fulltext.write(analysis.posting for _entry, analysis in rows)
        changes.write()


def _row(number: int, bases: list[SearchEntry], analyses: list[Analysis]) -> tuple[SearchEntry, Analysis]:
    """An event with the texts of one of the bases and with special words."""
    chance = random.Random(number)
    base, analysed = bases[number % len(bases)], analyses[number % len(bases)]
    words = [
        f"{name}{chr(97 + n)}"
        for name, share in SHARES.items()
        for n in range(ALIKE)
        if chance.random() < share
    ]
    if number < ALIKE:
        words.append(f"single{number}x")
    importance = chance.choices([5, 4, 3, 2, 1], [1, 5, 20, 34, 40])[0]
    slug = f"event-{number}"
    row = row_number(band_of(6 - importance, slug), 4, number + 1)
    summary = [[language, f"{text} {' '.join(words)}."] for language, text in base.texts["summary"]]
    entry = SearchEntry(
        id=row, kind="event", slug=slug, owner_kind="event", record_id=number + 1, importance=importance,
        earliest=base.earliest, latest=base.latest, themes=base.themes, titles=base.titles,
        texts=base.texts | {"summary": summary},
    )  # fmt: skip
    terms = [stem(special, "en") for special in words]
    posting = Posting(
        row,
        [*analysed.posting.body, GAP, *terms],
        [*analysed.posting.marks, *(SUMMARY_MARK + term for term in terms)],
    )
    pairs = analysed.pairs | {(special, term): special for special, term in zip(words, terms, strict=True)}
    return entry, Analysis(posting, pairs, analysed.spellings)


def _tidy() -> None:
    """Leaves the tables as a database that has been up for a while has them."""
    tables = ("core_searchtext", "core_searchentry", "core_searchform", "core_searchspelling")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET maintenance_work_mem = '1GB'")
            cursor.execute(
                "CREATE INDEX IF NOT EXISTS core_searchtext_tokens ON core_searchtext USING gin (tokens)"
                " WITH (fastupdate = off)"
            )
            for table in tables:
                cursor.execute(f"VACUUM ANALYZE {table}")
        else:
            cursor.execute("INSERT INTO core_searchtext (core_searchtext) VALUES ('optimize')")
            cursor.execute("ANALYZE")


class Database:
    """A process with a database of one size, which it builds before it answers queries."""

    def __init__(self, url: str, size: int) -> None:
        environment = os.environ | {"DATABASE_URL": url.format(size=size), "SECRET_KEY": "bench"}
        self._process = subprocess.Popen(
            [sys.executable, __file__, "--inside", str(size)], env=environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def milliseconds(self, query: str) -> float:
        """How long a search takes; the first one waits until the database is built."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(query + "\n")
        self._process.stdin.flush()
        return float(self._process.stdout.readline())

    def close(self) -> None:
        self._process.communicate("")


def inside(size: int) -> None:
    """What that process does."""
    build(size)
    # SQLite works in this process, so that its own time can be told from what the machine does besides.
    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    for line in sys.stdin:
        start = clock()
        found = search(line.strip(), language="en")
        taken = clock() - start
        assert found.hits, line
        print(taken * 1000, flush=True)


def measure(databases: list[Database], queries: list[str], rounds: int) -> list[tuple[float, float]]:
    """For each database median and 99th percentile; asked in turn, so that other load slows all alike."""
    taken: list[list[float]] = [[] for _database in databases]
    for turn in range((rounds + 1) * len(queries)):
        for database, found in zip(databases, taken, strict=True):
            found.append(database.milliseconds(queries[turn % len(queries)]))
    warm = [found[len(queries) :] for found in taken]
    return [(statistics.median(found), statistics.quantiles(found, n=100)[98]) for found in warm]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--sizes", type=int, nargs=2, default=(10_000, 100_000))
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--database", help="address of databases that are there, {size} in it")
    parser.add_argument("--folder", type=Path, help="where to keep SQLite databases")
    parser.add_argument("--inside", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        inside(options.inside)
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        url = options.database or f"sqlite:///{folder}/search_{{size}}.sqlite3"
        databases = [Database(url, size) for size in options.sizes]
        print(
            f"{'milliseconds':<24}"
            + "".join(f"{size:>12,} median     p99" for size in options.sizes)
            + "   ratios"
        )
        for name, queries in QUERIES.items():
            (median, slowest), (median_large, slowest_large) = measure(databases, queries, options.rounds)
            print(
                f"{name:<24}{median:>19.1f}{slowest:>8.1f}{median_large:>19.1f}{slowest_large:>8.1f}"
                f"{median_large / median:>9.1f}{slowest_large / slowest:>6.1f}",
                flush=True,
            )
        for database in databases:
            database.close()


if __name__ == "__main__":
    main()
