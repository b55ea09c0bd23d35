"""Gives a PostgreSQL database the rows of a SQLite database for measurements."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction

from cubaru.core.bulk_rows import write_rows
from cubaru.core.search import fulltext
from cubaru.core.search.entries import Posting
from cubaru.core.search.tables import SearchEntry

APPS = ("core", "sources", "places", "people", "events")


def is_filled() -> bool:
    return SearchEntry.objects.exists()


def copy(like: Path) -> None:
    """Into an empty database."""
    tables = [model for app in APPS for model in apps.get_app_config(app).get_models()]
    with closing(sqlite3.connect(f"file:{like}?mode=ro", uri=True)) as old, connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # the keys were right in the old one
        cursor.execute("SET maintenance_work_mem = '1GB'")
        cursor.execute("SET synchronous_commit = off")
        with transaction.atomic():
            for model in tables:
                columns = [str(column.column) for column in model._meta.concrete_fields]
                write_rows(model, columns, _rows(old, model._meta.db_table, columns))
                print(f"{model._meta.db_table}", flush=True)
            _copy_full_text(old)
            print("core_searchtext", flush=True)
            for statement in connection.ops.sequence_reset_sql(no_style(), tables):
                cursor.execute(statement)
        cursor.execute("VACUUM ANALYZE")


def _rows(old: sqlite3.Connection, table: str, columns: list[str]) -> Iterator[tuple[Any, ...]]:
    names = ", ".join(f'"{column}"' for column in columns)
    yield from old.execute(f'SELECT {names} FROM "{table}"')


def _copy_full_text(old: sqlite3.Connection) -> None:
    rows = old.execute("SELECT rowid, body, marks FROM core_searchtext ORDER BY rowid")
    with fulltext.made_anew() as write:
        write(Posting(row, body.split(), marks.split()) for row, body, marks in rows)
