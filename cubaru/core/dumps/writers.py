"""The formats of dumps: each takes documents or rows as they come, and holds none of them for long."""

import csv
import sqlite3
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final, Protocol

import orjson

from cubaru.core.api.formats import CONTEXT, cell
from cubaru.core.dumps.tables import SEPARATOR, Column, Table

#: So many rows are held before Parquet writes them.
ROWS_HELD: Final = 5_000
CSVW: Final = "http://www.w3.org/ns/csvw"


class TableWriter(Protocol):
    def write(self, table: Table, row: list[Any]) -> None: ...

    def close(self) -> None: ...


class JsonLines:
    """One value a line."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")

    def write(self, value: Any) -> None:
        self._file.write(orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE))

    def close(self) -> None:
        self._file.close()


class JsonLd:
    """One document of linked data, with its context in it: a file must make sense without the site."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self._file.write(b'{"@context":' + orjson.dumps(CONTEXT) + b',"@graph":[\n')
        self._separator = b""

    def write(self, value: Any) -> None:
        self._file.write(self._separator + orjson.dumps(value))
        self._separator = b",\n"

    def close(self) -> None:
        self._file.write(b"\n]}\n")
        self._file.close()


class Csv:
    """A file for each table, and what CSV on the Web says of all of them."""

    def __init__(self, folder: Path, tables: Sequence[Table], about: dict[str, Any]) -> None:
        self._files, self._writers = ExitStack(), {}
        for table in tables:
            path = folder / f"{table.name}.csv"
            file = self._files.enter_context(path.open("w", encoding="utf-8", newline=""))
            self._writers[table.name] = csv.writer(file, lineterminator="\r\n")
            self._writers[table.name].writerow(column.name for column in table.all_columns)
        described = {"@context": CSVW, **about, "tables": [_described(table) for table in tables]}
        (folder / "csv-metadata.json").write_bytes(orjson.dumps(described, option=orjson.OPT_INDENT_2))

    def write(self, table: Table, row: list[Any]) -> None:
        self._writers[table.name].writerow(cell(value) for value in row)

    def close(self) -> None:
        self._files.close()


def _described(table: Table) -> dict[str, Any]:
    keys = [_name(column) for column in table.keys]
    schema: dict[str, Any] = {
        "columns": [_column(column) for column in table.all_columns],
        "primaryKey": keys,
    }
    owner = table.name.rpartition(".")[0]
    if owner:
        reference = {
            "resource": f"{owner}.csv",
            "columnReference": keys[:-1] if len(table.path) > 1 else ["slug"],
        }
        schema["foreignKeys"] = [{"columnReference": keys[:-1], "reference": reference}]
    return {"url": f"{table.name}.csv", "tableSchema": schema}


def _column(column: Column) -> dict[str, Any]:
    more = {"lang": column.language} if column.language else {}
    separator = {"separator": SEPARATOR} if column.lists else {}
    return {
        "name": _name(column), "titles": column.name, "datatype": column.datatype, **more, **separator,
    }  # fmt: skip


def _name(column: Column) -> str:
    """A name as CSV on the Web and SQL take it."""
    return column.name.replace(".", "_")


class Sqlite:
    """The tables as a database."""

    _TYPES = {"integer": "INTEGER", "double": "REAL", "boolean": "INTEGER"}

    def __init__(self, path: Path, tables: Sequence[Table]) -> None:
        self._database = sqlite3.connect(path)
        self._inserts = {}
        for table in tables:
            name = table.name.replace(".", "_")
            columns = [
                f'"{_name(column)}" {self._TYPES.get(column.datatype, "TEXT")}'
                for column in table.all_columns
            ]
            key = ", ".join(f'"{_name(column)}"' for column in table.keys)
            self._database.execute(f"CREATE TABLE {name} ({', '.join(columns)}, PRIMARY KEY ({key}))")
            marks = ", ".join("?" * len(columns))
            self._inserts[table.name] = f"INSERT INTO {name} VALUES ({marks})"  # noqa: S608 names are ours

    def write(self, table: Table, row: list[Any]) -> None:
        values = [SEPARATOR.join(value) if isinstance(value, list) else value for value in row]
        self._database.execute(self._inserts[table.name], values)

    def close(self) -> None:
        self._database.commit()
        self._database.execute("VACUUM")
        self._database.close()


class Parquet:
    """A file for each table. Wants pyarrow, which the site does not need to run."""

    def __init__(self, folder: Path, tables: Sequence[Table]) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        types = {"integer": pa.int64(), "double": pa.float64(), "boolean": pa.bool_()}

        def type_of(column: Column) -> Any:
            return pa.list_(pa.string()) if column.lists else types.get(column.datatype, pa.string())

        self._pa = pa
        self._schemas = {
            table.name: pa.schema([(column.name, type_of(column)) for column in table.all_columns])
            for table in tables
        }
        self._writers = {
            name: pq.ParquetWriter(folder / f"{name}.parquet", schema)
            for name, schema in self._schemas.items()
        }
        self._held: dict[str, list[list[Any]]] = {name: [] for name in self._schemas}

    def write(self, table: Table, row: list[Any]) -> None:
        held = self._held[table.name]
        held.append(row)
        if len(held) >= ROWS_HELD:
            self._flush(table.name)

    def _flush(self, name: str) -> None:
        schema, held = self._schemas[name], self._held[name]
        columns = [
            self._pa.array([row[index] for row in held], type=schema.field(index).type)
            for index in range(len(schema))
        ]
        self._writers[name].write_table(self._pa.Table.from_arrays(columns, schema=schema))
        self._held[name] = []

    def close(self) -> None:
        for name, writer in self._writers.items():
            if self._held[name]:
                self._flush(name)
            writer.close()


def parquet_is_there() -> bool:
    from importlib.util import find_spec

    return find_spec("pyarrow") is not None
