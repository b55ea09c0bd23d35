"""Makes databases of any size for measurements.

    python bench/fill.py sqlite:////tmp/million.sqlite3 --events 1000000
    python bench/fill.py postgres://root@127.0.0.1/million --events 1000000 --like /tmp/million.sqlite3

A database gets the events of bench/make_corpus.py with texts of bench/databases/texts.py, their themes and
people, an edition of each in the ledger, the index of search and the levels of the timeline; no revisions.
What is there already is left as it is, and one that was cut off goes on. Rows are written straight into the
tables, and the texts, which come again every 5,000 events, are analysed once. PostgreSQL (created and empty)
gets the rows of a SQLite database. Without arguments this only says how quick it is.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("database", nargs="?", default="", help="DATABASE_URL")
    parser.add_argument("--events", type=int, default=1000)
    parser.add_argument("--like", type=Path, help="SQLite file whose rows PostgreSQL gets")
    options = parser.parse_args()
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        url = options.database or f"sqlite:///{folder}/filled.sqlite3"
        if url.startswith("sqlite"):
            set_up(url)
            from bench.databases.filling import fill

            fill(options.events)
        else:
            set_up(url)
            from bench.databases.copying import copy, is_filled

            if not is_filled():
                like = options.like or Path(folder) / "like.sqlite3"
                fill_first = [sys.executable, __file__, f"sqlite:///{like}", "--events", str(options.events)]
                subprocess.run(fill_first, check=True)
                copy(like)
    print(f"{options.events:,} events in {time.perf_counter() - started:.0f} s: {url}")


def set_up(url: str) -> None:
    """Django on this database, with all its tables."""
    import django

    os.environ |= {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "cubaru.settings"}
    os.environ.setdefault("SECRET_KEY", "bench")
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


if __name__ == "__main__":
    main()
