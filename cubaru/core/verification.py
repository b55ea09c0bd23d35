"""Checks of the whole database: what must be true of it beyond what its constraints hold."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from cubaru.core.documents import Document, RecordKind, canonical, digest, kinds, to_document, words_of
from cubaru.core.fields import HistoricalDateField, historical_date_fields
from cubaru.core.ledger import GONE, entry_hash, newest_editions, newest_entries, same_content
from cubaru.core.models import PastSlug, Record, Revision
from cubaru.core.models.ledger_entry import Action, LedgerEntry
from cubaru.core.published import Readers

#: Called once for each thing that was looked at.
Progress = Callable[[], object]
CHUNK = 200


@dataclass
class Finding:
    """One check: how many things it looked at, and a sentence for each fault."""

    name: str
    counted: int = 0
    faults: list[str] = field(default_factory=list)


#: A check yields once for each thing it looks at: a sentence if there is a fault, else "".
Check = Callable[[], Iterator[str]]


def verify(progress: Progress = lambda: None) -> list[Finding]:
    """Runs all checks. Reads the database in pieces, so that memory stays the same for any size."""
    findings = []
    for name, check in checks().items():
        finding = Finding(name)
        for fault in check():
            finding.counted += 1
            if fault:
                finding.faults.append(fault)
            progress()
        findings.append(finding)
    return findings


def checks() -> dict[str, Check]:
    """The checks by what they count; an app adds its own to `MORE`."""
    return {
        _("ledger entries in one unbroken chain"): check_ledger,
        _("published records equal to their newest edition"): _records,
        _("revisions with their digest"): _revisions,
        _("rows with historical dates"): _dates,
        _("former addresses that lead to a record"): _past_slugs,
        **{str(name): check for name, check in MORE.items()},
    }


#: Checks of what apps keep beside the records, by what they count (translated when it is said).
MORE: dict[str | Promise, Check] = {}


def check_ledger() -> Iterator[str]:
    """One answer for each entry, oldest first."""
    expected, previous = 1, ""
    editions: dict[tuple[str, int], int] = {}
    for entry in LedgerEntry.objects.order_by("number").iterator(chunk_size=CHUNK):
        yield _fault_of_entry(entry, expected, previous, editions)
        expected, previous = entry.number + 1, entry.hash


def _fault_of_entry(
    entry: LedgerEntry, expected: int, previous: str, editions: dict[tuple[str, int], int]
) -> str:
    name = {"entry": entry.number}
    if entry.number != expected or entry.previous_hash != previous:
        return _("Entry %(entry)d of the ledger is not chained to the one before.") % name
    if entry.hash != entry_hash(entry):
        return _("Entry %(entry)d of the ledger was changed: its hash is another.") % name
    if entry.action == Action.EDITION:
        owner = (entry.kind, entry.record_id)
        editions[owner] = editions.get(owner, 0) + 1
        text = entry.document.encode()
        if entry.edition != editions[owner]:
            return _("Entry %(entry)d of the ledger has the wrong number of edition.") % name
        if hashlib.sha256(text).hexdigest() != entry.digest or _canonical(entry.document) != text:
            return _("The document of entry %(entry)d of the ledger was changed.") % name
    return ""


def _canonical(text: str) -> bytes | None:
    try:
        return canonical(json.loads(text))
    except ValueError:
        return None


def _records() -> Iterator[str]:
    """Each record: published ones equal their newest edition, others are withdrawn or were never public."""
    for kind in kinds():
        records = kind.model._base_manager.order_by("pk").prefetch_related(*kind.prefetch())
        for some in _in_pieces(records):
            ids = [record.pk for record in some]
            newest, editions = newest_entries(kind.name, ids), newest_editions(kind.name, ids)
            documents = {record.pk: to_document(record) for record in some}
            readers = Readers((kind, document) for document in documents.values())
            for record in some:
                told = _Told(newest.get(record.pk), editions.get(record.pk), readers)
                yield _fault_of_record(kind, record, documents[record.pk], told)


@dataclass(frozen=True)
class _Told:
    """What the ledger says of a record, and what readers see of others."""

    last: LedgerEntry | None
    edition: LedgerEntry | None
    readers: Readers


def _fault_of_record(kind: RecordKind, record: Record, document: Document, told: _Told) -> str:
    where = {"record": f"{kind.name}/{record.slug}"}
    is_public = told.last is not None and told.last.action not in GONE
    if is_public != record.is_published or (is_public and told.edition is None):
        return _("%(record)s: the ledger and the status disagree on whether it is published.") % where
    if is_public and told.edition is not None:
        published = told.readers.document(kind, document)
        if not same_content(published, json.loads(told.edition.document)):
            return _("%(record)s: the record is not as its newest edition has it.") % where
    if record.folded != words_of(document, kind.searched):
        return _("%(record)s: the words it is found by are not those it has.") % where
    return _broken_rule(kind, document, where)


def _broken_rule(kind: RecordKind, document: Document, where: dict[str, str]) -> str:
    for rule in kind.rules:
        try:
            rule(document)
        except ValidationError as error:
            return f"{where['record']}: {' '.join(error.messages)}"
    return ""


def _revisions() -> Iterator[str]:
    owner: tuple[str, int] | None = None
    number = 0
    for revision in Revision.objects.order_by("kind", "record_id", "number").iterator(chunk_size=CHUNK):
        number = number + 1 if owner == (revision.kind, revision.record_id) else 1
        owner = (revision.kind, revision.record_id)
        if revision.number != number:
            yield _("%(revision)s: a revision before it is missing.") % {"revision": revision}
        elif digest(revision.document) != revision.digest:
            yield _("%(revision)s: the document was changed: its digest is another.") % {"revision": revision}
        else:
            yield ""


def _dates() -> Iterator[str]:
    for model in apps.get_models():
        fields = historical_date_fields(model)
        if not fields:
            continue
        for row in model._base_manager.order_by("pk").iterator(chunk_size=CHUNK):
            yield next((fault for one in fields if (fault := _fault_of_date(row, one))), "")


def _fault_of_date(row: Any, field: HistoricalDateField) -> str:
    try:
        expected = field.derived_columns(getattr(row, field.name), getattr(row, f"{field.name}_calendar"))
    except ValidationError as error:
        return f"{row._meta.label} {row.pk}: {' '.join(error.messages)}"
    if all(getattr(row, column) == value for column, value in expected.items()):
        return ""
    return _("%(row)s: the days derived from its date are not those of the date.") % {
        "row": f"{row._meta.label} {row.pk}"
    }


def _past_slugs() -> Iterator[str]:
    models_by_kind = {kind.name: kind.model for kind in kinds()}
    for past in PastSlug.objects.order_by("pk").iterator(chunk_size=CHUNK):
        model = models_by_kind.get(past.kind)
        leads = model is not None and model._base_manager.filter(pk=past.record_id).exists()
        yield "" if leads else _("%(address)s leads to no record.") % {"address": past}


def _in_pieces(rows: Any) -> Iterator[list[Any]]:
    piece: list[Any] = []
    for row in rows.iterator(chunk_size=CHUNK):
        piece.append(row)
        if len(piece) == CHUNK:
            yield piece
            piece = []
    if piece:
        yield piece
