"""What the timeline costs at different sizes: a viewport, one event more, a rebuild.

    python bench/timeline.py --database 'sqlite:////tmp/bench/{size}.sqlite3' --sizes 1000 100000 1000000
    python bench/timeline.py --database 'postgres://root@127.0.0.1/bench_{size}' --sizes 1000 100000

Without arguments it measures the smallest size on SQLite, in a folder that goes afterwards.
Each size has a database of its own, which bench/fill.py fills if it is empty (PostgreSQL: created first).
"""

import argparse
import gzip
import json
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

VIEWPORTS: Final = {
    "whole span": {},
    "the 1960s": {"from": "1960", "to": "1969"},
    "1962": {"from": "1962", "to": "1962"},
    "October 1962": {"from": "1962-10", "to": "1962-10"},
    "one lane": {"lane": "trade"},
    "one theme": {"theme": "synthetic-trade", "from": "1960", "to": "1991"},
}
ROUNDS: Final = 40


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--database", default="", help="DATABASE_URL with {size} in it")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000])
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        setup()
        measure(options.sizes[0])
        return
    with tempfile.TemporaryDirectory() as folder:
        measure_all(options.sizes, options.database or f"sqlite:///{folder}/timeline-{{size}}.sqlite3")


def measure_all(sizes: list[int], database: str) -> None:
    for size in sizes:
        address = database.format(size=size)
        environment = os.environ | {
            "DATABASE_URL": address, "API_READS_A_MINUTE": "0", "SECRET_KEY": "bench", "SITE_URL": "http://localhost",
        }  # fmt: skip
        run([sys.executable, "bench/fill.py", address, "--events", str(size)], environment)
        seconds, of_processor, megabytes = run([sys.executable, "manage.py", "rebuild_timeline"], environment)
        print(
            f"{size:>9,} | rebuilt in {seconds:.1f} s, {of_processor:.1f} s of them on the processor,"
            f" with {megabytes:.0f} MB",
            flush=True,
        )
        run([sys.executable, __file__, "--measure", "--sizes", str(size)], environment)


def run(command: list[str], environment: dict[str, str]) -> tuple[float, float, float]:
    """What a program takes: seconds, seconds on the processor, and MB of memory at most."""
    started = time.perf_counter()
    program = subprocess.Popen(command, cwd=ROOT, env=environment)
    _pid, status, usage = os.wait4(program.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command)} failed")
    of_processor = usage.ru_utime + usage.ru_stime
    return time.perf_counter() - started, of_processor, usage.ru_maxrss / 1024


def setup() -> None:
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "cubaru.settings"
    django.setup()
    from bench.databases.site import be_a_server

    be_a_server()


# Measuring -----------------------------------------------------------------------------------------


def measure(size: int) -> None:
    from django.core.cache import cache
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    for name, parameters in VIEWPORTS.items():
        times, of_processor = [], []
        for _round in range(ROUNDS):
            cache.clear()
            started, before = time.perf_counter(), time.process_time()
            answer = client.get("/api/v1/timeline/", parameters, secure=True)
            times.append(1000 * (time.perf_counter() - started))
            of_processor.append(1000 * (time.process_time() - before))
            assert answer.status_code == 200, answer.content
        shown = json.loads(answer.content)
        print(
            f"{size:>9,} | {name:<13} | level {shown['level']:>2} | {len(shown['events']):>3} of"
            f" {shown['total']:>9,} events | {len(answer.content) / 1000:5.1f} kB,"
            f" {len(gzip.compress(answer.content)) / 1000:4.1f} kB gzip |"
            f" best {min(times):5.1f} ms, median {statistics.median(times):5.1f} ms,"
            f" {statistics.median(of_processor):4.1f} ms of the processor",
            flush=True,
        )
    upkeep(size)


def upkeep(size: int) -> None:
    from django.db import transaction

    from bench.make_corpus import make_events
    from events.levels.series import standing_of
    from events.levels.upkeep import place

    added, gone = [], []
    new = [one for one in make_events(size + 60) if int(one["slug"].rpartition("-")[2]) >= size]
    before = time.process_time()
    for number, document in enumerate(new, start=size + 1):
        document["importance"] = 1 + number % 5
        started = time.perf_counter()
        with transaction.atomic():
            place(number, standing_of(document))
        added.append(1000 * (time.perf_counter() - started))
    for number in range(size + 1, size + 1 + len(new)):
        started = time.perf_counter()
        with transaction.atomic():
            place(number, None)
        gone.append(1000 * (time.perf_counter() - started))
    each = 1000 * (time.process_time() - before) / (len(added) + len(gone))
    print(f"{size:>9,} | each change takes {each:.1f} ms of the processor", flush=True)
    for what, times in {"one more": added, "one less": gone}.items():
        print(
            f"{size:>9,} | {what:<13} | median {statistics.median(times):5.1f} ms,"
            f" worst {max(times):5.1f} ms",
            flush=True,
        )


if __name__ == "__main__":
    main()
