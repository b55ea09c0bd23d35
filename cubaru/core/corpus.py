"""A corpus: a folder of JSON files, one for each kind of record, each a list of documents.

`past_slugs.json`, where there is one, lists former addresses: [{"record", "slug", "now"}].
"""

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any, NoReturn

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from cubaru.core.document_sets import Coming
from cubaru.core.document_values import a_map, a_text, refuse_what_no_database_keeps
from cubaru.core.documents import (
    Document,
    DocumentError,
    RecordKind,
    State,
    kind_named,
    kinds,
    to_document,
)
from cubaru.core.history import recording
from cubaru.core.models import PastSlug
from cubaru.core.models.record import SLUG
from cubaru.core.related import Related

PAST_SLUGS = "past_slugs.json"

#: Called once for each record that was dealt with.
Progress = Callable[[], object]


class CorpusError(Exception):
    """A corpus that cannot be read or loaded, in a sentence that names file, record and key."""


@dataclass
class Entry:
    """A document of a corpus and where it stands."""

    file: str
    kind: RecordKind
    document: Document

    @property
    def slug(self) -> str:
        return str(self.document["slug"])

    def error(self, at: str, message: str) -> CorpusError:
        where = ", ".join(part for part in (self.file, self.slug, at) if part)
        return CorpusError(f"{where}: {message}")


@dataclass
class Outcome:
    """What loading did, or would do: for each state the records, as (plural of the kind, slug).

    `addresses` are the former addresses that are new.
    """

    records: dict[State, list[tuple[str, str]]] = field(
        default_factory=lambda: {state: [] for state in State}
    )
    addresses: list[tuple[str, str]] = field(default_factory=list)

    def count(self, state: State) -> int:
        return len(self.records[state])


def read_corpus(folder: Path) -> list[Entry]:
    """All documents of a corpus, in an order that can be loaded. Raises CorpusError."""
    if not folder.is_dir():
        raise CorpusError(_("%(folder)s is not a folder.") % {"folder": folder})
    expected = [*(f"{kind.plural}.json" for kind in kinds()), PAST_SLUGS]
    found = sorted(path.name for path in folder.glob("*.json"))
    for name in found:
        if name not in expected:
            raise CorpusError(
                _("%(file)s: no kind of record has this file; expected are %(expected)s.")
                % {"file": name, "expected": ", ".join(expected)}
            )
    if not found:
        raise CorpusError(
            _("%(folder)s has no corpus; expected are %(expected)s.")
            % {"folder": folder, "expected": ", ".join(expected)}
        )
    return [entry for kind in kinds() for entry in _read_kind(folder, kind)]


def load_corpus(
    folder: Path, *, dry_run: bool = False, why: str = "", progress: Progress | None = None
) -> Outcome:
    """Makes the records be as the corpus says; all or nothing. Records it does not name stay as they are.

    Loading the same corpus again changes nothing. With `dry_run` nothing is kept, and the outcome says
    what would have been. Raises CorpusError.
    """
    entries = read_corpus(folder)
    outcome = Outcome()
    try:
        with recording(why=why) as changes, _taken_back() if dry_run else nullcontext():
            changes.translations_are_right = True  # a corpus gives each text in all its languages at once
            related = _load(entries, outcome, progress or (lambda: None))
            _load_past_slugs(folder, related, outcome)
    except ValidationError as error:  # a rule that only all records together break
        raise CorpusError(f"{folder}: {' '.join(error.messages)}") from error
    return outcome


@contextmanager
def _taken_back() -> Iterator[None]:
    """Takes back at the end what was written inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def export_corpus(folder: Path, *, progress: Progress | None = None) -> int:
    """Writes all records into `folder` as load_corpus reads them, and says how many.

    Each file is written whole or not at all. Records of every status are written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = 0
    with one_state_of_the_database():
        for kind in kinds():
            documents = _documents(kind, progress or (lambda: None))
            written += _write_json_list(folder / f"{kind.plural}.json", documents)
        _export_past_slugs(folder)
    return written


@contextmanager
def one_state_of_the_database() -> Iterator[None]:
    """Shows everything as it was at the beginning, so that no record links to one that is not there yet."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def _load(entries: list[Entry], outcome: Outcome, progress: Progress) -> Related:
    coming = Coming(entries)
    related = coming.related
    done: dict[tuple[str, int], str] = {}
    for kind, of_kind in groupby(entries, key=lambda entry: entry.kind.name):
        some = list(of_kind)
        # Read whole, and only now: those before may have changed what these link to.
        related.preload(some[0].kind.model, [entry.slug for entry in some], some[0].kind.prefetch())
        for entry, record, state in coming.apply_all(some, progress):
            other = done.setdefault((kind, record.pk), entry.slug)
            if other != entry.slug:
                message = _("This and “%(other)s” lead to the same record.") % {"other": other}
                raise entry.error("slug", message)
            outcome.records[state].append((entry.kind.plural, entry.slug))
    return related


def _read_kind(folder: Path, kind: RecordKind) -> Iterator[Entry]:
    path = folder / f"{kind.plural}.json"
    if not path.exists():
        return
    seen: set[str] = set()
    for number, document in enumerate(_read_json_list(path), start=1):
        if not isinstance(document, dict) or not isinstance(document.get("slug"), str):
            raise CorpusError(f"{path.name}: " + _("Entry %(number)d has no slug.") % {"number": number})
        entry = Entry(path.name, kind, document)
        if document.get("record") != kind.name:
            raise entry.error("record", _("“%(kind)s” is expected in this file.") % {"kind": kind.name})
        if document["slug"] in seen:
            raise entry.error("slug", _("The slug stands twice in this file."))
        seen.add(document["slug"])
        yield entry


def _read_json_list(path: Path) -> list[Any]:
    try:
        content = json.loads(
            path.read_text(encoding="utf-8"), object_pairs_hook=_map, parse_constant=_refuse_constant
        )
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(
            f"{path.name}: " + _("The file cannot be read (%(why)s).") % {"why": error}
        ) from error
    except json.JSONDecodeError as error:
        raise CorpusError(
            f"{path.name}: "
            + _("Line %(line)d is not JSON (%(why)s).") % {"line": error.lineno, "why": error.msg}
        ) from error
    except (ValueError, RecursionError) as error:  # a key that stands twice, a number of 5,000 digits
        raise CorpusError(f"{path.name}: {error}") from error
    if not isinstance(content, list):
        raise CorpusError(f"{path.name}: " + _("The file must hold a list in square brackets."))
    return content


def _map(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _value in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(
            _("The key “%(key)s” stands twice in one map, of which the slug is “%(slug)s”.")
            % {"key": twice, "slug": found.get("slug", "")}
        )
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(_("%(name)s is not JSON.") % {"name": name})


def _documents(kind: RecordKind, progress: Progress) -> Iterator[Document]:
    records = kind.model._base_manager.order_by("slug").prefetch_related(*kind.prefetch())
    for record in records.iterator(chunk_size=200):
        yield to_document(record)
        progress()


def _write_json_list(path: Path, items: Iterable[Any]) -> int:
    """Writes the items as they come, and puts the file in its place only when it is whole."""
    count = 0
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
        temporary = Path(file.name)
        try:
            file.write("[")
            for item in items:
                text = json.dumps(item, ensure_ascii=False, indent=1)
                file.write(("," if count else "") + "\n " + text.replace("\n", "\n "))
                count += 1
            file.write("\n]\n" if count else "]\n")
        except BaseException:
            temporary.unlink()
            raise
    temporary.chmod(0o644)
    temporary.replace(path)
    return count


def _load_past_slugs(folder: Path, related: Related, outcome: Outcome) -> None:
    path = folder / PAST_SLUGS
    for number, entry in enumerate(_read_json_list(path) if path.exists() else [], start=1):
        try:
            kind, past = _read_past_slug(entry, related)
        except DocumentError as error:
            where = ", ".join(part for part in (PAST_SLUGS, _("entry %d") % number, error.at) if part)
            raise CorpusError(f"{where}: {error.message}") from error
        if past._state.adding:
            past.save()
            outcome.addresses.append((kind.plural, past.slug))


def _read_past_slug(entry: Any, related: Related) -> tuple[RecordKind, PastSlug]:
    """The kind of record and the former address, new or as it is. Raises DocumentError."""
    refuse_what_no_database_keeps(entry)
    given = a_map(entry, "", ("record", "slug", "now"))
    kind = kind_named(given.get("record"))
    slug = a_text(given.get("slug"), "slug")
    try:
        SLUG(slug)
    except ValidationError as error:
        raise DocumentError("slug", " ".join(error.messages)) from error
    if kind.model._base_manager.filter(slug=slug).exists():
        raise DocumentError("slug", _("A record has this address now."))
    record = related.get(kind.model, a_text(given.get("now"), "now"), "now")
    past = PastSlug.objects.filter(kind=kind.name, slug=slug).first()
    if past is not None and past.record_id != record.pk:
        raise DocumentError("slug", _("This address leads to another record here."))
    return kind, past or PastSlug(kind=kind.name, slug=slug, record_id=record.pk)


def _export_past_slugs(folder: Path) -> None:
    entries = []
    for kind in kinds():
        past = PastSlug.objects.filter(kind=kind.name).order_by("slug")
        now = dict(kind.model._base_manager.filter(pk__in=past.values("record_id")).values_list("pk", "slug"))
        entries += [
            {"record": kind.name, "slug": one.slug, "now": now[one.record_id]}
            for one in past
            if one.record_id in now
        ]
    if entries:
        _write_json_list(folder / PAST_SLUGS, entries)
    else:
        (folder / PAST_SLUGS).unlink(missing_ok=True)
