"""What page 10,000 of the list of events costs, beside page 1.

    python bench/lists.py --database sqlite:////tmp/bench/1000000.sqlite3 --events 1000000
    python bench/lists.py --database postgres://root@127.0.0.1/bench_1000000 --events 1000000

Without arguments it measures 5,000 events on SQLite, whose last page is taken. bench/fill.py fills an empty
database. Pages are asked for in turn; the ratio hardly depends on the machine.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

ROUNDS: Final = 40
PAGE: Final = 10_000
ORDERINGS: Final = ("date", "-date", "importance", "-modified")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--database", default="", help="DATABASE_URL")
    parser.add_argument("--events", type=int, default=5000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = options.database or f"sqlite:///{folder}/lists.sqlite3"
        fill = [sys.executable, str(ROOT / "bench/fill.py"), url, "--events", str(options.events)]
        subprocess.run(fill, check=True, stdout=subprocess.DEVNULL)
        os.environ |= {"API_READS_A_MINUTE": "0", "SECRET_KEY": "bench", "SITE_URL": "http://localhost"}
        from bench.fill import set_up

        set_up(url)
        for size in (25, 100):
            for ordering in ORDERINGS:
                measure(ordering, size)


def measure(ordering: str, size: int) -> None:
    from events.models import Event

    events = Event.objects.published().count()
    page = min(PAGE, events // size)
    pages = {1: {}, page: {"cursor": cursor_before(ordering, (page - 1) * size)}}
    taken: dict[int, list[float]] = {1: [], page: []}
    for turn in range(2 * ROUNDS + 2):
        number = (1, page)[turn % 2]
        milliseconds = ask({"ordering": ordering, "page_size": str(size), **pages[number]}, size)
        if turn > 1:  # the first of each warms caches up
            taken[number].append(milliseconds)
    first, far = (statistics.median(taken[number]) for number in (1, page))
    print(
        f"{events:>9,} events, {ordering:<10} {size:>3} a page | page 1: {first:5.1f} ms |"
        f" page {page:,}: {far:5.1f} ms | ratio {far / first:.2f}",
        flush=True,
    )


def ask(parameters: dict[str, str], size: int) -> float:
    import json

    from django.test import Client

    started = time.perf_counter()
    answer = Client(headers={"host": "localhost"}).get("/api/v1/events/", parameters, secure=True)
    milliseconds = 1000 * (time.perf_counter() - started)
    assert answer.status_code == 200, answer.content
    assert len(json.loads(answer.content)["results"]) == size
    return milliseconds


def cursor_before(ordering: str, row: int) -> str:
    """The cursor with which the page begins whose first row is the one with this number, from 0."""
    from django.test import RequestFactory
    from rest_framework.request import Request

    from cubaru.core.api.keyset import Cursor, encode, rows_from
    from events.api.viewsets import EventViewSet
    from events.models import Event

    view: Any = EventViewSet()
    view.request = Request(RequestFactory().get("/", {"ordering": ordering}))
    keys = [key.column for key in view.order.keys]
    rows, _more = rows_from(Event.objects.published().only(*keys), view.order, None, row)
    return encode(Cursor(tuple(view.order.values_of(rows[-1]))), view.order)


if __name__ == "__main__":
    main()
