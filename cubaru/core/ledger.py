"""The ledger: the ordered, hash-chained list of all that readers could notice.

`enter` is called by the history, in the transaction of the change, for the records that were written. A
record whose published document differs from its newest edition gets a new edition; one that readers saw
and see no more gets a withdrawal; one that moved gets a new address first.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import rfc8785
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.models import Max
from django.utils import timezone

from cubaru.core.documents import Document, RecordKind, canonical, kind_named, to_document
from cubaru.core.models.ledger_entry import Action, LedgerEntry
from cubaru.core.models.record import Record, Status
from cubaru.core.published import Readers

#: Any number that nothing else in the database locks: writers of the ledger wait for each other on it.
_LOCK = 1902

Owner = tuple[str, int]

#: A record by its kind and primary key, with what readers see of it now; None: nothing any more.
Noticed = tuple[str, int, Document | None]
Follower = Callable[[str, int, Document | None], None]

#: After such an entry readers see the record no more.
GONE: Final = frozenset({Action.WITHDRAWAL, Action.MERGE})

#: What keeps tables of its own in step with what is published: each is called once for every edition and
#: every withdrawal, in the transaction of the change and after its entries are written.
FOLLOWERS: list[Follower] = []

#: What takes up the entries themselves: each is called with those of one change, or of one batch of a load in
#: bulk, in the transaction of the change and after they are written.
KEEPERS: list[Callable[[Sequence[LedgerEntry]], object]] = []


def content_version() -> int:
    """The number of the newest entry; 0 while nothing has been published."""
    return LedgerEntry.objects.aggregate(newest=Max("number"))["newest"] or 0


@dataclass
class _Chain:
    """The end of the ledger while entries are added to it."""

    at: datetime
    by: str
    why: str
    number: int
    hash: str
    entries: list[LedgerEntry] = field(default_factory=list)
    noticed: list[Noticed] = field(default_factory=list)

    def add(self, action: Action, kind: str, record_id: int, slug: str, **more: Any) -> None:
        self.number += 1
        entry = LedgerEntry(
            number=self.number, action=action, kind=kind, record_id=record_id, slug=slug, at=self.at,
            by=self.by, why=self.why, previous_hash=self.hash, **more,
        )  # fmt: skip
        entry.hash = self.hash = entry_hash(entry)
        self.entries.append(entry)

    def publish(self, kind: RecordKind, pk: int, document: Document, *, edition: int) -> None:
        text = canonical(document)
        self.add(
            Action.EDITION, kind.name, pk, document["slug"], document=text.decode(), edition=edition,
            digest=hashlib.sha256(text).hexdigest(),
        )  # fmt: skip
        # As it can be read from the ledger for ever, keys in canonical order: followers that are brought
        # up to date later from there must come to the same.
        self.noticed.append((kind.name, pk, json.loads(text)))

    def write(self) -> None:
        LedgerEntry.objects.bulk_create(self.entries, batch_size=200)
        for keeper in KEEPERS:
            keeper(self.entries)


def entry_hash(entry: LedgerEntry) -> str:
    """SHA-256 over what the entry says and over the hash before it."""
    said: dict[str, Any] = {
        "number": entry.number,
        "action": str(entry.action),
        "record": entry.kind,
        "slug": entry.slug,
        "target": entry.target,
        "edition": entry.edition,
        "digest": entry.digest,
        "at": entry.at.isoformat(),
        "by": entry.by,
        "why": entry.why,
        "previous": entry.previous_hash,
    }
    return hashlib.sha256(rfc8785.dumps(said)).hexdigest()


def enter(
    touched: Iterable[Owner], *, by: str = "", why: str = "", joined: Mapping[Owner, str] | None = None
) -> None:
    """Adds to the ledger what readers can notice of the change to these records.

    Those that are gone because they were merged into another are `joined`, with the address of that one.

    When a record appears, disappears or moves, the records that link to it change for readers too, and
    get editions of their own. What it is called is kept with those that link to it, and changes nothing.
    """
    chain: _Chain | None = None
    seen: set[Owner] = set()
    waiting = set(touched)
    while waiting:
        seen |= waiting
        appeared: set[Owner] = set()
        for kind, ids in _by_kind(waiting):
            if chain is None and not _concerns_readers(kind, ids):
                continue
            # The chain is locked before anything is compared: what is read now, nobody else can change.
            chain = chain or _open_chain(by, why)
            appeared |= _States(kind, ids, joined or {}).enter(chain)
        waiting = linking_to(appeared) - seen
    if chain is not None:
        chain.write()
        for kind_name, record_id, document in chain.noticed:
            for follower in FOLLOWERS:
                follower(kind_name, record_id, document)


def enter_new(
    kind: RecordKind, documents: Mapping[int, Document], *, by: str = "", why: str = ""
) -> list[Noticed]:
    """Adds the first editions of many new records, by primary key; returns what readers see of them.

    Quicker than `enter` because nothing can link to them yet but what comes with them, and nothing is
    compared. The followers are not told: whoever loads in bulk brings what they keep up to date at once.
    """
    chain = _open_chain(by, why)
    published = {pk: one for pk, one in documents.items() if one["status"] == Status.PUBLISHED}
    readers = Readers((kind, document) for document in published.values())
    for pk, document in published.items():
        public = readers.document(kind, document)
        _check_rules(kind, public)
        chain.publish(kind, pk, public, edition=1)
    chain.write()
    return chain.noticed


def _concerns_readers(kind: RecordKind, ids: Sequence[int]) -> bool:
    """Whether readers see, or saw, any of these records: a change of drafts waits for nobody."""
    return any(
        kind.model._base_manager.filter(pk__in=some, status="published").exists()
        or LedgerEntry.objects.filter(kind=kind.name, record_id__in=some).exists()
        for some in (ids[start : start + 400] for start in range(0, len(ids), 400))
    )


class _States:
    """Records of one kind as they are now, beside what the ledger says of them."""

    def __init__(self, kind: RecordKind, ids: Sequence[int], joined: Mapping[Owner, str]) -> None:
        self.kind, self.ids, self.joined = kind, ids, joined
        self.records: dict[int, Record] = {}
        for start in range(0, len(ids), 400):
            some = kind.model._base_manager.filter(pk__in=ids[start : start + 400], status="published")
            self.records |= {record.pk: record for record in some.prefetch_related(*kind.prefetch())}
        self.newest = newest_entries(kind.name, ids)

    def enter(self, chain: _Chain) -> set[Owner]:
        """Adds the entries, and returns the records that became visible or invisible, or moved."""
        documents = {pk: to_document(record) for pk, record in self.records.items()}
        readers = Readers((self.kind, document) for document in documents.values())
        editions = newest_editions(self.kind.name, self.ids)
        crossed: set[Owner] = set()
        for pk in self.ids:
            last = self.newest.get(pk)
            was_public = last is not None and last.action not in GONE
            if pk in documents:
                document = readers.document(self.kind, documents[pk])
                _check_rules(self.kind, document)
                self._publish(chain, pk, document, last, editions.get(pk))
            elif last is not None and was_public:
                self._withdraw(chain, pk, _address(last))
                chain.noticed.append((self.kind.name, pk, None))
            moved = pk in documents and last is not None and _address(last) != documents[pk]["slug"]
            if moved or was_public != (pk in documents):
                crossed.add((self.kind.name, pk))
        return crossed

    def _withdraw(self, chain: _Chain, pk: int, slug: str) -> None:
        target = self.joined.get((self.kind.name, pk), "")
        chain.add(Action.MERGE if target else Action.WITHDRAWAL, self.kind.name, pk, slug, target=target)

    def _publish(
        self,
        chain: _Chain,
        pk: int,
        document: Document,
        last: LedgerEntry | None,
        edition: LedgerEntry | None,
    ) -> None:
        slug = document["slug"]
        if last is not None and _address(last) != slug:
            chain.add(Action.NEW_SLUG, self.kind.name, pk, _address(last), target=slug)
        back_again = last is not None and last.action in GONE
        if edition is None or back_again or not same_content(document, json.loads(edition.document)):
            chain.publish(self.kind, pk, document, edition=1 + ((edition and edition.edition) or 0))


def _check_rules(kind: RecordKind, document: Document) -> None:
    """What readers see keeps the rules too: evidence that they do not see does not count.

    Raises ValidationError naming the record, which may be one that links to the record that was changed.
    """
    for rule in kind.rules:
        try:
            rule(document | {"status": Status.PUBLISHED})
        except ValidationError as error:
            raise ValidationError(
                [f"{kind.plural}/{document['slug']}: {message}" for message in error.messages]
            ) from error


def _address(entry: LedgerEntry) -> str:
    """Where the record was to be found after the entry; one that was merged away, where it was before."""
    return entry.slug if entry.action == Action.MERGE else entry.target or entry.slug


def same_content(one: Document, other: Document) -> bool:
    """Whether two published documents say the same, whatever other records were called."""
    return one | {"labels": None} == other | {"labels": None}


def newest_entries(kind: str, ids: Sequence[int]) -> dict[int, LedgerEntry]:
    """The newest entry of each record, without its document."""
    return _newest(LedgerEntry.objects.filter(kind=kind), ids, LedgerEntry.objects.defer("document"))


def newest_editions(kind: str, ids: Sequence[int]) -> dict[int, LedgerEntry]:
    """The newest edition of each record that has one."""
    return _newest(
        LedgerEntry.objects.filter(kind=kind, action=Action.EDITION), ids, LedgerEntry.objects.all()
    )


def _newest(
    among: "models.QuerySet[LedgerEntry]", ids: Sequence[int], loaded: "models.QuerySet[LedgerEntry]"
) -> dict[int, LedgerEntry]:
    found: dict[int, LedgerEntry] = {}
    for start in range(0, len(ids), 400):
        some = among.filter(record_id__in=ids[start : start + 400])
        numbers = some.order_by().values("record_id").annotate(newest=Max("number"))
        newest = list(numbers.values_list("newest", flat=True))
        found |= {entry.record_id: entry for entry in loaded.filter(number__in=newest)}
    return found


def last_withdrawal(kind: str, slug: str) -> LedgerEntry | None:
    """The withdrawal with which what was last at this address went, whether or not the record is still there.

    None if nothing ever was at the address, if it is published, or if it leads elsewhere.
    """
    here = LedgerEntry.objects.filter(kind=kind, slug=slug).defer("document").order_by("-number").first()
    return here if here is not None and here.action == Action.WITHDRAWAL else None


def lock() -> None:
    """Lets nobody else add to the ledger before this transaction ends."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    # SQLite's transactions are IMMEDIATE (settings): there is only one writer at a time.


def _open_chain(by: str, why: str) -> _Chain:
    """The end of the chain; no other writer can add to it before this transaction ends."""
    lock()
    last = LedgerEntry.objects.order_by("-number").defer("document").first()
    return _Chain(timezone.now(), by, why, last.number if last else 0, last.hash if last else "")


def _by_kind(owners: Iterable[Owner]) -> list[tuple[RecordKind, list[int]]]:
    by_kind: dict[str, list[int]] = {}
    for kind, pk in sorted(owners):
        by_kind.setdefault(kind, []).append(pk)
    return [(kind_named(kind), ids) for kind, ids in by_kind.items()]


def linking_to(records: Iterable[Owner]) -> set[Owner]:
    """The records that link to these, whether themselves or by a part."""
    from cubaru.core.history import owners

    found: set[Owner] = set()
    for kind, ids in _by_kind(records):
        for relation in kind.model._meta.related_objects:
            model, name = relation.related_model, relation.field.name
            for start in range(0, len(ids), 400):
                keys = model._base_manager.filter(**{f"{name}__in": ids[start : start + 400]})
                found.update(owners(model, list(keys.values_list("pk", flat=True))))
    return found - set(records)
