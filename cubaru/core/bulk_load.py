"""Loads documents by the million: new records are written many at a time, with all that belongs to them.

A folder has a file for each kind of record, events.jsonl, people.jsonl and so on, with one document a line.
They are read in pieces of BATCH lines, each loaded whole or not at all, so that memory stays the same for any
size and a load that failed can be run again: what is there and unchanged is passed over.
A document may link to records that are there, of an earlier file, of an earlier line, or of its own batch.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import orjson
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cubaru.core import ledger
from cubaru.core.bulk_records import make_records
from cubaru.core.chunks import chunks
from cubaru.core.database_rules import BrokenRule
from cubaru.core.documents import (
    Document,
    DocumentError,
    RecordKind,
    State,
    apply_document,
    digest,
    kinds,
    normal_document,
)
from cubaru.core.history import Changes, Kept, recording, tell_followers
from cubaru.core.ledger import Noticed
from cubaru.core.models import PastSlug, Record, Revision
from cubaru.core.published import targets
from cubaru.core.related import Related
from cubaru.core.search.indexing import index_many

BATCH: Final = 1000

#: Called once for each document.
Progress = Callable[[], object]

#: What keeps tables of its own in step with what is published: told of each batch in its transaction, in the
#: place of the ledger's followers.
TOGETHER: list[Callable[[Sequence[Noticed]], object]] = [index_many]
#: What is quicker made anew than kept right record by record: called once, when all is loaded.
AFTERWARDS: list[Callable[[], object]] = []


class BulkLoadError(Exception):
    """What cannot be loaded, in a sentence that names file, line, record and key."""


@dataclass
class Line:
    """A document and where it stands."""

    file: str
    number: int
    kind: RecordKind
    document: Document

    @property
    def slug(self) -> str:
        slug: str = self.document["slug"]
        return slug

    def error(self, at: str, message: str) -> BulkLoadError:
        where = ", ".join(part for part in (f"{self.file}:{self.number}", self.slug, at) if part)
        return BulkLoadError(f"{where}: {message}")


@dataclass
class Loaded:
    """How many records are new, changed, unchanged."""

    counts: dict[State, int] = field(default_factory=lambda: dict.fromkeys(State, 0))


def count_lines(folder: Path) -> int:
    """How many documents there are, by the ends of lines. Raises BulkLoadError."""
    total = 0
    for _kind, path in files_of(folder):
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                total += block.count(b"\n")
    return total


def files_of(folder: Path) -> list[tuple[RecordKind, Path]]:
    """The files of a folder in the order in which they can be loaded. Raises BulkLoadError."""
    if not folder.is_dir():
        raise BulkLoadError(_("%(folder)s is not a folder.") % {"folder": folder})
    expected = [f"{kind.plural}.jsonl" for kind in kinds()]
    found = {path.name for path in folder.glob("*.jsonl")}
    wrong = sorted(found - set(expected))
    if wrong or not found:
        raise BulkLoadError(
            _("%(folder)s: expected are files named %(expected)s; found was %(found)s.")
            % {"folder": folder, "expected": ", ".join(expected), "found": ", ".join(wrong) or "—"}
        )
    return [(kind, folder / f"{kind.plural}.jsonl") for kind in kinds() if f"{kind.plural}.jsonl" in found]


def bulk_load(
    folder: Path, *, dry_run: bool = False, why: str = "", progress: Progress = lambda: None
) -> Loaded:
    """Loads the documents of a folder, batch by batch. With `dry_run` nothing is kept.

    Raises BulkLoadError; the batches before it stay loaded.
    """
    loaded = Loaded()
    try:
        with transaction.atomic() if dry_run else nullcontext():
            for kind, path in files_of(folder):
                for lines in chunks(_read(kind, path), BATCH):
                    _load_batch(kind, lines, loaded, why)
                    for _line in lines:
                        progress()
            if dry_run:
                transaction.set_rollback(True)
    finally:
        if not dry_run and loaded.counts[State.NEW]:
            for make_anew in AFTERWARDS:
                make_anew()
    return loaded


def _read(kind: RecordKind, path: Path) -> Iterator[Line]:
    with path.open("rb") as file:
        for number, text in enumerate(file, start=1):
            if not text.strip():
                continue
            where = f"{path.name}:{number}"
            try:
                document = orjson.loads(text)
            except orjson.JSONDecodeError as error:
                message = _("%(where)s: this line is not JSON (%(error)s).") % {
                    "where": where,
                    "error": error,
                }
                raise BulkLoadError(message) from error
            slug = document.get("slug") if isinstance(document, dict) else None
            if not isinstance(slug, str) or document.get("record") != kind.name:
                message = _("%(where)s: expected is the document of a record of kind “%(kind)s”.")
                raise BulkLoadError(message % {"where": where, "kind": kind.name})
            yield Line(path.name, number, kind, document)


def _load_batch(kind: RecordKind, lines: list[Line], loaded: Loaded, why: str) -> None:
    by_slug: dict[str, Line] = {}
    for line in lines:
        if by_slug.setdefault(line.slug, line) is not line:
            raise line.error("slug", _("The same record stands twice in one batch."))
    present = _present(kind, by_slug)
    new = [line for line in lines if line.slug not in present]
    counts = dict.fromkeys(State, 0)
    try:
        with transaction.atomic():
            if new:
                _write_new(kind, new, why)
                counts[State.NEW] = len(new)
            if present:
                _apply(kind, [line for line in lines if line.slug in present], counts, why)
    except (IntegrityError, DataError) as error:
        raise BulkLoadError(
            _("%(file)s, lines %(first)d to %(last)d: %(message)s")
            % {
                "file": lines[0].file,
                "first": lines[0].number,
                "last": lines[-1].number,
                "message": BrokenRule(error, kind.model).message,
            }
        ) from error
    except ValidationError as error:
        raise BulkLoadError(f"{lines[0].file}: {' '.join(error.messages)}") from error
    for state, count in counts.items():
        loaded.counts[state] += count


def _present(kind: RecordKind, slugs: Iterable[str]) -> set[str]:
    """Which of the slugs lead to a record already, or did once."""
    found: set[str] = set()
    for some in chunks(slugs):
        found |= set(kind.model._base_manager.filter(slug__in=some).values_list("slug", flat=True))
        found |= set(PastSlug.objects.filter(kind=kind.name, slug__in=some).values_list("slug", flat=True))
    return found


def _apply(kind: RecordKind, lines: list[Line], counts: dict[State, int], why: str) -> None:
    """What is there already goes the ordinary way."""
    related = Related()
    related.preload(kind.model, [line.slug for line in lines], kind.prefetch())
    with recording(why=why):
        for line in lines:
            try:
                _record, state = apply_document(line.document, related=related)
            except DocumentError as error:
                raise line.error(error.at, error.message) from error
            counts[state] += 1


def _write_new(kind: RecordKind, lines: list[Line], why: str) -> None:
    related = Related()
    normal = [_normal(line) for line in lines]
    own = {line.slug for line in lines}
    linked: dict[type[Record], set[str]] = {}
    for document in normal:
        for model, slug in targets(kind.model, kind.items, document):
            if model is not kind.model or slug not in own:
                linked.setdefault(model, set()).add(slug)
    for model, slugs in linked.items():
        related.preload(model, sorted(slugs), [])

    def fault(index: int, error: DocumentError) -> Exception:
        return lines[index].error(error.at, error.message)

    made = make_records(kind, normal, related, fault)
    documents = {record.pk: document for record, document in made}
    _keep_history(kind, documents, why)
    noticed = ledger.enter_new(kind, documents, why=why)
    for tell in TOGETHER:
        tell(noticed)


def _normal(line: Line) -> Document:
    try:
        return normal_document(line.document)
    except DocumentError as error:
        raise line.error(error.at, error.message) from error


def _keep_history(kind: RecordKind, documents: dict[int, Document], why: str) -> None:
    now = timezone.now()
    rows: models.QuerySet[Revision] = models.QuerySet(Revision)
    revisions = [
        Revision(
            kind=kind.name, record_id=pk, number=1, slug=document["slug"], document=document,
            digest=digest(document), saved_at=now, why=why,
        )
        for pk, document in documents.items()
    ]  # fmt: skip
    rows.bulk_create(revisions, batch_size=500)
    tell_followers(kind, [Kept(revision, None) for revision in revisions], Changes(why=why))
