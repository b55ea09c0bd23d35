"""What a search costs in a small and in a large chronicle, for words from everywhere to one event.

    python bench/search.py                                   1,000 and 10,000 events, SQLite
    python bench/search.py --sizes 10000 1000000 --database sqlite:////tmp/bench/{size}.sqlite3
    python bench/search.py --sizes 10000 1000000 --database postgres://root@127.0.0.1/bench_{size}

Each size has a database of its own, which bench/fill.py fills if it is empty. Both are asked in turn, so that
other load slows both alike; the last two columns, the larger against the smaller, hardly depend on the
machine.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.databases.site import be_a_server  # noqa: E402 (not found before)
from bench.databases.texts import ALIKE  # noqa: E402 (not found before)

QUERIES: Final = {
    "a word in 45 %": [f"everywhere{chr(97 + n)}" for n in range(ALIKE)],
    "a word in 4 %": [f"often{chr(97 + n)}" for n in range(ALIKE)],
    "a word in 0.2 %": [f"seldom{chr(97 + n)}" for n in range(ALIKE)],
    "a word in one event": [f"single{n}x" for n in range(ALIKE)],
    "two words (45 %, 4 %)": [f"everywhere{chr(97 + n)} often{chr(97 + n)}" for n in range(ALIKE)],
    "a name in 1 %": ["Jruschov", "Mikojan", "Громыко", "Chruschtschow", "Gromiko"],
}


class Database:
    """A process that puts queries to a database of one size."""

    def __init__(self, url: str, size: int) -> None:
        address = url.format(size=size)
        fill = [sys.executable, str(ROOT / "bench/fill.py"), address, "--events", str(size)]
        subprocess.run(fill, check=True, stdout=subprocess.DEVNULL)
        self._process = subprocess.Popen(
            [sys.executable, __file__, "--inside", address], text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ | {"SECRET_KEY": "bench"},
        )  # fmt: skip

    def milliseconds(self, query: str) -> float:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(query + "\n")
        self._process.stdin.flush()
        return float(self._process.stdout.readline())

    def close(self) -> None:
        self._process.communicate("")


def inside(url: str) -> None:
    """What that process does."""
    from bench.fill import set_up

    set_up(url)
    be_a_server()
    from django.db import connection

    from cubaru.core.search.searching import search

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
    parser.add_argument("--sizes", type=int, nargs=2, default=(1_000, 10_000))
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--database", help="DATABASE_URL with {size} in it")
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        inside(options.inside)
        return
    with tempfile.TemporaryDirectory() as folder:
        url = options.database or f"sqlite:///{folder}/{{size}}.sqlite3"
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
