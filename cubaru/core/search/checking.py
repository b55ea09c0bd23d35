"""Checks the index against what is published, and makes it anew from that."""

import json
from collections.abc import Iterator

from django.db import connection, transaction
from django.utils.translation import gettext as _

from cubaru.core.documents import RecordKind, kinds
from cubaru.core.ledger import GONE, lock, newest_editions, newest_entries
from cubaru.core.search import fulltext, indexing
from cubaru.core.search.entries import Posting, analyse, entries_of
from cubaru.core.search.indexing import Published
from cubaru.core.search.tables import SearchEntry

CHUNK = 200


def published_records() -> Iterator[Published]:
    """All records with their newest edition, or None for those that readers do not see; in pieces."""
    for kind in kinds():
        for ids in _ids(kind):
            newest = newest_entries(kind.name, ids)
            editions = newest_editions(kind.name, ids)
            for pk in ids:
                last, edition = newest.get(pk), editions.get(pk)
                is_public = last is not None and last.action not in GONE and edition is not None
                yield kind.name, pk, json.loads(edition.document) if is_public and edition else None


def count_records() -> int:
    return sum(kind.model._base_manager.count() for kind in kinds())


def _ids(kind: RecordKind) -> Iterator[list[int]]:
    last = 0
    while True:
        some = kind.model._base_manager.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)
        ids = list(some[:CHUNK])
        if not ids:
            return
        yield ids
        last = ids[-1]


def rebuild(records: Iterator[Published]) -> None:
    """Makes the index anew, whole or not at all; readers go on searching the old one until then.

    Whoever publishes meanwhile waits, so that nothing is missed.
    """
    with transaction.atomic():
        lock()
        indexing.make_anew(records)


def verify() -> Iterator[str]:
    """For each record, and each entry of the index, a sentence if the two do not agree, else ""."""
    for kind, record_id, document in published_records():
        present = {
            entry.id: entry for entry in SearchEntry.objects.filter(owner_kind=kind, record_id=record_id)
        }
        wanted = (
            {} if document is None else {entry.id: entry for entry in entries_of(kind, record_id, document)}
        )
        where = {"record": f"{kind}/{document['slug'] if document else record_id}"}
        if any(row not in wanted for row in present):
            yield _("%(record)s: the search index holds what readers do not see.") % where
        elif any(not indexing.same(entry, present.get(row)) for row, entry in wanted.items()):
            yield _("%(record)s: the search index does not hold it as its newest edition has it.") % where
        elif not _full_text_agrees([analyse(entry).posting for entry in present.values()]):
            yield _("%(record)s: it is not found by the words it has.") % where
        else:
            yield ""
    yield from _strays()


def _full_text_agrees(postings: list[Posting]) -> bool:
    with connection.cursor() as cursor:
        for posting in postings:
            if connection.vendor == "postgresql":
                cursor.execute(
                    "SELECT tokens = %s::tsvector FROM core_searchtext WHERE id = %s",
                    [fulltext.tsvector_of(posting), posting.row],
                )
                if cursor.fetchone() != (True,):
                    return False
            else:
                cursor.execute("SELECT body, marks FROM core_searchtext WHERE rowid = %s", [posting.row])
                if cursor.fetchone() != (" ".join(posting.body), " ".join(posting.marks)):
                    return False
    return True


def _strays() -> Iterator[str]:
    """Entries of records that are gone, and full texts without an entry."""
    for kind in kinds():
        there = kind.model._base_manager.values("pk")
        for entry in SearchEntry.objects.filter(owner_kind=kind.name).exclude(record_id__in=there):
            yield _("%(record)s: the search index holds a record that is gone.") % {"record": entry}
    column = "id" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {column} FROM core_searchtext"  # noqa: S608
            f" WHERE {column} NOT IN (SELECT id FROM core_searchentry) ORDER BY 1 LIMIT 1000"
        )
        for (row,) in cursor.fetchall():
            yield _("Row %(row)d of the search index belongs to no entry.") % {"row": row}
