"""Writing the index: in the transaction of the change, of what readers may see and nothing else."""

from collections.abc import Iterable, Iterator
from itertools import islice

from django.db import transaction

from cubaru.core.documents import Document
from cubaru.core.search import fulltext, vocabulary
from cubaru.core.search.entries import analyse, entries_of
from cubaru.core.search.tables import SearchEntry

#: A record by its kind and primary key, with what of it is published; None: readers see it no more.
Published = tuple[str, int, Document | None]
CHUNK = 200
#: Where the whole index is made: so many records at once, and so many words that wait to be written.
AT_ONCE, MOST_WAITING = 2000, 200_000

_COMPARED = (
    "id", "kind", "slug", "importance", "earliest", "latest", "themes", "verdicts", "titles", "texts"
)  # fmt: skip


def index(kind: str, record_id: int, document: Document | None) -> None:
    """Makes the index hold the published document of a record, or nothing of it."""
    index_many([(kind, record_id, document)])


def index_many(records: Iterable[Published]) -> None:
    """The same for many, in the order given; reads them in pieces, each written whole or not at all."""
    rest = iter(records)
    while some := list(islice(rest, CHUNK)):
        with transaction.atomic():
            _index(some)


def clear() -> None:
    """Empties the index."""
    fulltext.clear()
    _clear_tables()


def make_anew(records: Iterable[Published]) -> None:
    """Makes an index of the records, each given once, in the place of the old one; in a transaction.

    Nothing is compared with what is there, and the words of many records are counted before they are written.
    """
    _clear_tables()
    changes = vocabulary.Changes()
    rest = iter(records)
    with fulltext.made_anew() as write:
        while some := list(islice(rest, AT_ONCE)):
            entries = [
                entry
                for kind, record_id, document in some
                if document is not None
                for entry in entries_of(kind, record_id, document)
            ]
            analyses = [analyse(entry) for entry in entries]
            for analysis in analyses:
                changes.add(analysis)
            SearchEntry.objects.bulk_create(entries, batch_size=CHUNK)
            write(analysis.posting for analysis in analyses)
            if len(changes.forms) > MOST_WAITING:
                changes.write()
                changes = vocabulary.Changes()
    changes.write()


def _clear_tables() -> None:
    vocabulary.clear()
    SearchEntry.objects.all().delete()


def _index(records: list[Published]) -> None:
    newest = {(kind, record_id): document for kind, record_id, document in records}
    wanted: dict[int, SearchEntry] = {}
    for (kind, record_id), document in newest.items():
        if document is not None:
            wanted |= {entry.id: entry for entry in entries_of(kind, record_id, document)}
    present = {entry.id: entry for entry in _entries_in(newest)}
    gone = [entry for row, entry in present.items() if not same(entry, wanted.get(row))]
    new = [entry for row, entry in wanted.items() if not same(entry, present.get(row))]
    changes = vocabulary.Changes()
    for entry in gone:
        changes.add(analyse(entry), by=-1)
    analyses = [analyse(entry) for entry in new]
    for analysis in analyses:
        changes.add(analysis)
    if gone:
        rows = [entry.id for entry in gone]
        fulltext.remove(rows)
        SearchEntry.objects.filter(id__in=rows).delete()
    SearchEntry.objects.bulk_create(new, batch_size=CHUNK)
    fulltext.write(analysis.posting for analysis in analyses)
    changes.write()


def _entries_in(owners: Iterable[tuple[str, int]]) -> Iterator[SearchEntry]:
    by_kind: dict[str, list[int]] = {}
    for kind, record_id in owners:
        by_kind.setdefault(kind, []).append(record_id)
    for kind, ids in by_kind.items():
        yield from SearchEntry.objects.filter(owner_kind=kind, record_id__in=ids)


def same(one: SearchEntry, other: SearchEntry | None) -> bool:
    """Whether two entries hold the same."""
    return other is not None and all(getattr(one, name) == getattr(other, name) for name in _COMPARED)
