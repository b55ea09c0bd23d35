"""A corpus: a folder of JSON files, one for each kind of record, each a list of documents.

`past_slugs.json`, where there is one, lists former addresses: [{"record", "slug", "now"}].
"""

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cubaru.core.documents import (
    Document,
    DocumentError,
    RecordKind,
    State,
    apply_document,
    create_bare,
    kinds,
    to_document,
)
from cubaru.core.document_items import Related
from cubaru.core.history import recording
from cubaru.core.models import PastSlug

PAST_SLUGS = "past_slugs.json"

#: Called once for each record that was dealt with.
Progress = Callable[[], None]


class CorpusError(Exception):
    """A corpus that cannot be read or loaded, in a sentence that names file, record and key."""


@dataclass
class Entry:
    """A document of a corpus and where it stands."""

    file: str
    kind: RecordKind
    document: Document

    def error(self, at: str, message: str) -> CorpusError:
        where = ", ".join(part for part in (self.file, str(self.document.get("slug", "")), at) if part)
        return CorpusError(f"{where}: {message}")


@dataclass
class Outcome:
    """What loading did, or would do: for each state the records, as (plural of the kind, slug)."""

    records: dict[State, list[tuple[str, str]]] = field(
        default_factory=lambda: {state: [] for state in State}
    )

    def count(self, state: State) -> int:
        return len(self.records[state])


class _Undo(Exception):
    """Leaves a dry run, taking everything back."""


def read_corpus(folder: Path) -> list[Entry]:
    """All documents of a corpus, in an order that can be loaded. Raises CorpusError."""
    if not folder.is_dir():
        raise CorpusError(_("%(folder)s is not a folder.") % {"folder": folder})
    entries = [entry for kind in kinds() for entry in _read_kind(folder, kind)]
    if not entries:
        raise CorpusError(
            _("%(folder)s has no corpus: files such as %(files)s are expected.")
            % {"folder": folder, "files": ", ".join(f"{kind.plural}.json" for kind in kinds())}
        )
    return entries


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
        with recording(why=why):
            _load(entries, outcome, progress or (lambda: None))
            _load_past_slugs(folder)
            if dry_run:
                raise _Undo
    except _Undo:
        pass
    except ValidationError as error:  # a rule over a whole record, checked at the end
        raise CorpusError(f"{folder}: {' '.join(error.messages)}") from error
    return outcome


def export_corpus(folder: Path, *, progress: Progress | None = None) -> int:
    """Writes all records into `folder` as load_corpus reads them, and says how many.

    Each file is written whole or not at all. Records of every status are written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = 0
    for kind in kinds():
        documents = _documents(kind, progress or (lambda: None))
        written += _write_json_list(folder / f"{kind.plural}.json", documents)
    _export_past_slugs(folder)
    return written


def _load(entries: list[Entry], outcome: Outcome, progress: Progress) -> None:
    related = Related()
    new = set()
    for entry in entries:
        if related.find(entry.kind.model, entry.document["slug"]) is None:
            _told(entry, lambda entry=entry: create_bare(entry.document, related))
            new.add((entry.kind.name, entry.document["slug"]))
    for entry in entries:
        slug = entry.document["slug"]
        _record, state = _told(entry, lambda entry=entry: apply_document(entry.document, related=related))
        if (entry.kind.name, slug) in new:
            state = State.NEW
        outcome.records[state].append((entry.kind.plural, slug))
        progress()


def _told(entry: Entry, action: Callable[[], Any]) -> Any:
    """Runs the action; what is wrong with the document is told with its place in the corpus."""
    try:
        return action()
    except DocumentError as error:
        raise entry.error(error.at, error.message) from error


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
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(
            f"{path.name}: " + _("The file cannot be read (%(why)s).") % {"why": error}
        ) from error
    except json.JSONDecodeError as error:
        raise CorpusError(
            f"{path.name}: "
            + _("Line %(line)d is not JSON (%(why)s).") % {"line": error.lineno, "why": error.msg}
        ) from error
    if not isinstance(content, list):
        raise CorpusError(f"{path.name}: " + _("The file must hold a list in square brackets."))
    return content


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


def _load_past_slugs(folder: Path) -> None:
    path = folder / PAST_SLUGS
    if not path.exists():
        return
    by_name = {kind.name: kind for kind in kinds()}
    for entry in _read_json_list(path):
        kind = by_name.get(entry.get("record"))
        record = kind and kind.model._base_manager.filter(slug=entry.get("now")).first()
        if kind is None or record is None:
            raise CorpusError(f"{PAST_SLUGS}: " + _("%(entry)s leads to no record.") % {"entry": entry})
        PastSlug.objects.get_or_create(kind=kind.name, slug=entry["slug"], defaults={"record_id": record.pk})


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
