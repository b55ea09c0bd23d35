"""One record, one document: the whole of a record as plain JSON, and back.

Each kind of record describes its document once, as a `RecordKind` made of items (see
`cubaru.core.document_items`), in `documents.py` of its app. `to_document` and `apply_document` read
and write by that description, so the two can never say different things.

In a document, absent means empty: keys whose value would be "", null, [] or {} are left out, so that
a new field leaves the documents, and the digests, of older states as they were.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import rfc8785
from django.utils.translation import gettext as _

from cubaru.core.document_items import (
    Document,
    DocumentError,
    Item,
    Links,
    Parts,
    Related,
    State,
    save_checked,
)
from cubaru.core.folding import fold
from cubaru.core.models.record import Record, Status

__all__ = [
    "Document", "DocumentError", "RecordKind", "State", "apply_document", "canonical", "create_bare", "digest",
    "kind_named", "kinds", "register", "to_document", "words_of",
]  # fmt: skip

#: A rule over a whole record: raises ValidationError if the document breaks it.
Rule = Callable[[Document], None]


@dataclass
class RecordKind:
    """A kind of record: its model, the items of its document in order, and the rules over its whole.

    `searched` are the keys whose words find the record.
    """

    name: str
    plural: str
    model: type[Record]
    items: list[Item]
    searched: tuple[str, ...]
    rules: list[Rule] = field(default_factory=list)

    def add(self, item: Item, *, before: str) -> None:
        """Adds an item that an app above this one brings (claims about a person)."""
        keys = [present.key for present in self.items]
        if item.key not in keys:
            self.items.insert(keys.index(before), item)

    def prefetch(self) -> list[str]:
        """What to load with a record so that reading its document asks nothing more of the database."""
        return [lookup for item in self.items for lookup in item.prefetch()]


_kinds: dict[str, RecordKind] = {}


def register(kind: RecordKind) -> RecordKind:
    _kinds[kind.name] = kind
    return kind


def kinds() -> list[RecordKind]:
    """All kinds, in an order in which each stands after those it links to (events after people)."""
    return list(_kinds.values())


def kind_named(name: object) -> RecordKind:
    """Raises DocumentError if there is no such kind."""
    kind = _kinds.get(name) if isinstance(name, str) else None
    if kind is None:
        raise DocumentError(
            "record",
            _("“%(name)s” is not a kind of record; known are %(known)s.")
            % {"name": name, "known": ", ".join(_kinds)},
        )
    return kind


def to_document(record: Record) -> Document:
    """The document of a record as it is now. Prefetch `RecordKind.prefetch()` for many."""
    kind = kind_named(record.record_kind)
    document: Document = {"record": kind.name, "slug": record.slug, "status": record.status}
    for item in kind.items:
        value = item.read(record)
        if value not in ("", None, [], {}):
            document[item.key] = value
    return document


def apply_document(
    document: Document, record: Record | None = None, *, related: Related | None = None
) -> tuple[Record, State]:
    """Makes the record be as the document says, wholly: what the document lacks, the record loses.

    Without `record` it is the one with the document's slug, past or present, or a new one. Returns the
    record and whether it is new, changed or unchanged; an unchanged one is not written.
    Raises DocumentError, naming the key, if the document is malformed or names a record that is not there.
    """
    from cubaru.core.history import recording

    kind = kind_named(document.get("record"))
    _check_keys(kind, document)
    related = related or Related()
    record = record or related.find(kind.model, document["slug"])
    if record is not None and record.pk and to_document(record) == document:
        return record, State.UNCHANGED
    with recording():
        state = State.CHANGED if record is not None and record.pk else State.NEW
        record = _write_own(kind, document, record or kind.model(), related, with_links=True)
        for item in kind.items:
            if isinstance(item, Parts | Links):
                item.write(record, document.get(item.key), item.key, related)
    # What was prefetched before the parts were written is stale now.
    record._prefetched_objects_cache = {}  # type: ignore[attr-defined]
    return record, state


def create_bare(document: Document, related: Related) -> Record:
    """A new record with its own columns only, for others in the same set to link to."""
    kind = kind_named(document.get("record"))
    _check_keys(kind, document)
    record = _write_own(kind, document, kind.model(), related, with_links=False)
    related.learn(record)
    return record


def _write_own(
    kind: RecordKind, document: Document, record: Record, related: Related, *, with_links: bool
) -> Record:
    record.slug, record.status = document["slug"], document["status"]
    for item in kind.items:
        if not isinstance(item, Parts | Links) and (with_links or not item.is_link):
            item.write(record, document.get(item.key), item.key, related)
    save_checked(record, "")
    return record


def _check_keys(kind: RecordKind, document: Document) -> None:
    known = ["record", "slug", "status", *(item.key for item in kind.items)]
    for key in document:
        if key not in known:
            raise DocumentError(
                key, _("There is no such key; known are %(known)s.") % {"known": ", ".join(known)}
            )
    if not isinstance(document.get("slug"), str):
        raise DocumentError("slug", _("A document needs a slug, in quotation marks."))
    if document.get("status") not in Status.values:
        raise DocumentError(
            "status",
            _("“%(value)s” is not a status; known are %(known)s.")
            % {"value": document.get("status"), "known": ", ".join(Status.values)},
        )


def canonical(document: Document) -> bytes:
    """The document in the canonical form of RFC 8785, the same bytes for the same content."""
    return rfc8785.dumps(document)


def digest(document: Document) -> str:
    """SHA-256 of the canonical form, in hexadecimal digits."""
    return hashlib.sha256(canonical(document)).hexdigest()


def words_of(document: Document, keys: Iterable[str]) -> str:
    """The folded words under the keys, for `RecordQuerySet.matching`: each text once, a line each."""
    found = dict.fromkeys(fold(text) for key in keys for text in _texts_in(document.get(key)))
    return "\n".join(found)


#: Keys of parts that are codes, not words.
_CODES = {"language", "script", "kind", "scheme", "role", "source", "event", "position"}


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in _CODES:
                yield from _texts_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts_in(inner)
