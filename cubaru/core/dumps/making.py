"""Making a dump: everything from one state of the database, into a folder that appears only when whole."""

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final

import orjson
from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.urls import get_resolver
from django.utils import timezone, translation

from cubaru.core.api.expanding import VIEWS
from cubaru.core.chunks import chunks
from cubaru.core.corpus import one_state_of_the_database
from cubaru.core.documents import RecordKind, kinds
from cubaru.core.dumps.tables import Table, rows_of, tables_of
from cubaru.core.dumps.writers import Csv, JsonLd, JsonLines, Parquet, Sqlite, TableWriter, parquet_is_there
from cubaru.core.ledger import content_version
from cubaru.core.models.ledger_entry import Action, LedgerEntry

#: Called once for each record.
Progress = Callable[[], object]

MANIFEST: Final = "manifest.json"
CHECKSUMS: Final = "SHA256SUMS"
#: Under which terms texts and data may be used, as the page about the chronicle says.
LICENCES: Final = {
    "texts": "https://creativecommons.org/licenses/by/4.0/",
    "data": "https://creativecommons.org/publicdomain/zero/1.0/",
}
#: What is told of each change; the documents are with the records.
CHANGE: Final = (
    "number", "action", "kind", "slug", "target", "edition", "digest", "at", "why", "previous_hash", "hash",
)  # fmt: skip
#: How each kind of file is called on the web.
MEDIA_TYPES: Final = {
    ".jsonl": "application/jsonl", ".csv": "text/csv", ".json": "application/json",
    ".jsonld": "application/ld+json", ".sqlite3": "application/vnd.sqlite3",
    ".parquet": "application/vnd.apache.parquet",
}  # fmt: skip


class DumpExistsError(Exception):
    """The newest state has its dump already; a dump is never made anew."""


def make_dump(folder: Path, progress: Progress | None = None) -> Path:
    """Makes the dump of the present state in a new folder within `folder`, and returns it.

    It is named by day and content version. Raises DumpExistsError, OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with one_state_of_the_database():
        version = content_version()
        if existing := next(folder.glob(f"????-??-??-{version}"), None):
            raise DumpExistsError(existing)
        target = folder / f"{timezone.now():%Y-%m-%d}-{version}"
        with _appearing_whole(target) as unfinished:
            counts = _write(unfinished, progress or (lambda: None))
            _describe(unfinished, target.name, version, counts)
    return target


@contextmanager
def _appearing_whole(target: Path) -> Iterator[Path]:
    """A folder beside the target that takes its place at the end, and is gone if anything fails."""
    unfinished = Path(tempfile.mkdtemp(prefix=".unfinished-", dir=target.parent))
    try:
        yield unfinished
        for path in unfinished.iterdir():
            path.chmod(0o444)
        unfinished.chmod(0o755)
        unfinished.rename(target)
    except BaseException:
        shutil.rmtree(unfinished)
        raise


def _write(folder: Path, progress: Progress) -> dict[str, int]:
    tables = {kind.name: tables_of(kind) for kind in kinds()}
    every_table = [table for some in tables.values() for table in some]
    counts: dict[str, int] = {}
    with ExitStack() as stack:
        writers: list[TableWriter] = [
            Csv(folder, every_table, {"dc:license": LICENCES["data"]}),
            Sqlite(folder / "chronicle.sqlite3", every_table),
            *([Parquet(folder, every_table)] if parquet_is_there() else []),
        ]
        for writer in writers:
            stack.callback(writer.close)
        for kind in kinds():
            counts[kind.plural] = _write_kind(folder, kind, tables[kind.name], writers, progress)
    _write_changes(folder)
    _write_linked_data(folder)
    return counts


def _write_kind(
    folder: Path, kind: RecordKind, tables: list[Table], writers: list[TableWriter], progress: Progress
) -> int:
    lines, count = JsonLines(folder / f"{kind.plural}.jsonl"), 0
    try:
        for entry in published_editions(kind):
            document = orjson.loads(entry.document)
            lines.write(
                {"number": entry.number, "edition": entry.edition, "at": entry.at, "digest": entry.digest,
                 "document": orjson.Fragment(entry.document)}
            )  # fmt: skip
            for table, row in rows_of(kind, tables, document, entry.edition or 0):
                for writer in writers:
                    writer.write(table, row)
            count += 1
            progress()
    finally:
        lines.close()
    return count


def published_editions(kind: RecordKind) -> Iterator[LedgerEntry]:
    """The newest edition of each published record of the kind, in the order of their slugs."""
    newest = LedgerEntry.objects.filter(
        kind=kind.name, record_id=OuterRef("pk"), action=Action.EDITION
    ).order_by("-number")
    published = kind.model._default_manager.filter(status="published").order_by("slug")
    numbers = published.annotate(newest=Subquery(newest.values("number")[:1])).values_list(
        "newest", flat=True
    )
    for some in chunks(numbers.iterator(chunk_size=1000)):
        entries = LedgerEntry.objects.in_bulk([number for number in some if number])
        yield from (entries[number] for number in some if number)


def _write_changes(folder: Path) -> None:
    """The ledger without its documents: what was withdrawn or merged, and when."""
    lines = JsonLines(folder / "changes.jsonl")
    names = (
        "number",
        "action",
        "kind",
        "slug",
        "target",
        "edition",
        "digest",
        "at",
        "why",
        "previous_hash",
        "hash",
    )
    for entry in LedgerEntry.objects.order_by("number").values(*names).iterator(chunk_size=1000):
        lines.write(entry)
    lines.close()


def _write_linked_data(folder: Path) -> None:
    _ = get_resolver().url_patterns  # the views of all kinds are known once the addresses are
    file = JsonLd(folder / "chronicle.jsonld")
    with translation.override("en"):
        for kind in kinds():
            view = VIEWS[kind.name]()
            for row in view.as_described().iterator(chunk_size=200):
                file.write(view.linked_data(row))
    file.close()


def _describe(folder: Path, name: str, version: int, counts: dict[str, int]) -> None:
    files = [
        {
            "name": path.name,
            "bytes": path.stat().st_size,
            "sha256": sha256_of(path),
            "media_type": MEDIA_TYPES[path.suffix],
        }
        for path in sorted(folder.iterdir())
    ]
    manifest: dict[str, Any] = {
        "name": name, "site": settings.SITE_URL, "made_at": timezone.now(), "content_version": version,
        "licences": LICENCES, "records": counts, "files": files,
    }  # fmt: skip
    (folder / MANIFEST).write_bytes(orjson.dumps(manifest, option=orjson.OPT_INDENT_2))
    lines = [f"{file['sha256']}  {file['name']}\n" for file in files]
    lines.append(f"{sha256_of(folder / MANIFEST)}  {MANIFEST}\n")
    (folder / CHECKSUMS).write_text("".join(lines), encoding="utf-8")


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def records_to_dump() -> int:
    return sum(kind.model._default_manager.filter(status="published").count() for kind in kinds())
