"""What the timeline costs at different sizes: a viewport, one event more, a rebuild.

    python bench/timeline.py --database 'sqlite:////tmp/timeline-{size}.sqlite3' --sizes 1000 100000 1000000
    python bench/timeline.py --database 'postgres://root@127.0.0.1/timeline_{size}' --sizes 1000 100000

Without arguments it measures the smallest size on SQLite, in a folder that goes afterwards.
Each size has a database of its own, which must be new (PostgreSQL: created and empty). Events are written
straight into the tables of a migrated database: what is measured is the timeline, not the loading.
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
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

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
    parser.add_argument("--step", choices=["fill", "measure"], help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        setup()
        (fill if options.step == "fill" else measure)(options.sizes[0])
        return
    with tempfile.TemporaryDirectory() as folder:
        measure_all(options.sizes, options.database or f"sqlite:///{folder}/timeline-{{size}}.sqlite3")


def measure_all(sizes: list[int], database: str) -> None:
    for size in sizes:
        address = database.format(size=size)
        environment = os.environ | {"DATABASE_URL": address, "API_READS_A_MINUTE": "0"}
        step = [sys.executable, __file__, "--database", address, "--sizes", str(size), "--step"]
        run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], environment)
        run([*step, "fill"], environment)
        seconds, of_processor, megabytes = run([sys.executable, "manage.py", "rebuild_timeline"], environment)
        print(
            f"{size:>9,} | rebuilt in {seconds:.1f} s, {of_processor:.1f} s of them on the processor,"
            f" with {megabytes:.0f} MB",
            flush=True,
        )
        run([*step, "measure"], environment)


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


# Filling -------------------------------------------------------------------------------------------


def fill(size: int) -> None:
    from django.db import connection, transaction

    from bench.make_corpus import make_events, make_themes
    from cubaru.core.bulk_rows import write_rows
    from cubaru.core.chunks import chunks
    from events.models import Event, EventTheme, Theme

    for document in make_themes():
        Theme.objects.create(
            **{key: document[key] for key in ("slug", "status", "lane")}, **name_of(document)
        )
    themes = dict(Theme.objects.values_list("slug", "pk"))
    columns = [column for column in Event._meta.concrete_fields if column.name != "id"]
    plain = Event(slug="", status="published")
    with transaction.atomic():
        number = 0
        for some in chunks(make_events(size), 20_000):
            events: list[list[Any]] = []
            links = []
            for document in some:
                number += 1
                events.append([number, *row_of(document, columns, plain)])
                links += [(number, themes[slug], place) for place, slug in enumerate(document["themes"])]
            write_rows(Event, ["id", *(str(column.column) for column in columns)], events)
            write_rows(EventTheme, ["event_id", "theme_id", "position"], links)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def name_of(document: dict[str, Any]) -> dict[str, Any]:
    return {f"name_{language}": text for language, text in document["name"].items()}


def row_of(document: dict[str, Any], columns: list[Any], plain: Any) -> Iterator[Any]:
    from cubaru.core.fields import derived_columns

    edtf = document.get("date", {}).get("edtf", "")
    values: dict[str, Any] = {
        "slug": document["slug"],
        "title": document["title"]["en"],
        **{f"title_{language}": text for language, text in document["title"].items()},
        "importance": document["importance"],
        "date": edtf,
        **derived_columns("date", edtf, "gregorian"),
        "identifiers": "{}",
    }
    for column in columns:
        value = values.get(column.name, getattr(plain, column.attname, ""))
        yield value if value is None or isinstance(value, bool | int) else str(value)


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
