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
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from cubaru.core.document_items import (
    Document,
    DocumentError,
    Item,
    Parts,
    Related,
    State,
    save_checked,
)
from cubaru.core.document_values import refuse_what_no_database_keeps, without_empty
from cubaru.core.folding import fold
from cubaru.core.models.record import Record, Status, address_taken

__all__ = [
    "Document", "DocumentError", "RecordKind", "State", "apply_document", "canonical", "create_bare",
    "digest", "kind_named", "kinds", "normal_document", "register", "to_document", "words_of",
]  # fmt: skip


#: A rule over a whole record: raises ValidationError, by key, if the document breaks it.
Rule = Callable[[Document], None]

#: Keeps rows beside a record that are read from its document; called in the transaction of each change.
Derivation = Callable[[Record, Document], None]


@dataclass
class RecordKind:
    """A kind of record: its model, the items of its document in order, and the rules over its whole.

    `searched` are the keys whose words find it while readers do not see it, such as "claims.statement".
    """

    name: str
    plural: str
    model: type[Record]
    items: list[Item]
    searched: tuple[str, ...]
    rules: list[Rule] = field(default_factory=list)
    derive: list[Derivation] = field(default_factory=list)

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
    return {
        "record": kind.name,
        "slug": record.slug,
        "status": str(record.status),
        **without_empty((item.key, item.read(record)) for item in kind.items),
    }


def normal_document(document: object, *, related: Related | None = None) -> Document:
    """The document as `to_document` would give it: keys in order, nothing empty, defaults filled in.

    With `related` the records that it names are looked up, and named by their present slugs.
    Raises DocumentError, naming the key, if the document is malformed or names a record that is not there.
    """
    if not isinstance(document, dict):
        raise DocumentError("", _("A document is a map in curly brackets."))
    refuse_what_no_database_keeps(document)
    kind = kind_named(document.get("record"))
    _check_keys(kind, document)
    return {
        "record": kind.name,
        "slug": document["slug"],
        "status": document["status"],
        **without_empty(
            (item.key, item.normal(kind.model, document.get(item.key), item.key, related))
            for item in kind.items
        ),
    }


def apply_document(
    document: object, record: Record | None = None, *, related: Related | None = None
) -> tuple[Record, State]:
    """Makes the record be as the document says, wholly: what the document lacks, the record loses.

    Without `record` it is the one with the document's slug, past or present, or a new one. With a record
    that was deleted it comes back under its primary key. Returns the record as it is now in the database
    (read anew, so not the same object), and whether it is new, changed or unchanged; an unchanged one is
    not written.
    Raises DocumentError, naming the key, and changes nothing, if the document is malformed, names a record
    that is not there, or breaks a rule of its kind or of the database.
    """
    from cubaru.core.history import recording

    related = related or Related()
    wanted = normal_document(document)
    kind = kind_named(wanted["record"])
    found = _as_it_is(kind, wanted["slug"], record, related)
    before = to_document(found) if found is not None else None
    if found is not None and before == wanted:
        return found, State.UNCHANGED
    wanted = normal_document(wanted, related=related)
    if found is not None and before == wanted:
        return found, State.UNCHANGED
    _check_rules(kind, wanted)
    with recording(), transaction.atomic():  # a savepoint: who catches the error keeps nothing of this
        # A record that links to itself has been made by then, if `related` makes what is to come.
        start = found or related.find(kind.model, wanted["slug"]) or record or kind.model()
        written = _write_own(kind, wanted, start, related, with_links=True)
        for item in kind.items:
            if isinstance(item, Parts):
                item.write(written, wanted.get(item.key), item.key, related, is_new=found is None)
    # What was prefetched before the parts were written is stale now.
    written._prefetched_objects_cache = {}  # type: ignore[attr-defined]
    related.learn(written)
    return written, State.NEW if found is None else State.CHANGED


def create_bare(document: object, related: Related, key: int | None = None) -> Record:
    """A new record with its own columns only, for others in the same set to link to.

    With the primary key of a record that was deleted it is that one again.
    """
    wanted = normal_document(document)
    kind = kind_named(wanted["record"])
    start = kind.model()
    start.pk = key
    with transaction.atomic():
        record = _write_own(kind, wanted, start, related, with_links=False)
    related.learn(record)
    return record


def _as_it_is(kind: RecordKind, slug: str, record: Record | None, related: Related) -> Record | None:
    """The record in the database, read whole; None if there is none."""
    found = related.find(kind.model, slug)
    if record is not None:
        if not isinstance(record, kind.model):
            raise DocumentError("record", _("The document is of another kind than the record."))
        if found is not None and found.pk != record.pk:
            raise DocumentError("slug", address_taken(slug))
        found = found or kind.model._base_manager.filter(pk=record.pk).first()
    if found is not None:
        prefetch_related_objects([found], *kind.prefetch())
    return found


def _write_own(
    kind: RecordKind, document: Document, record: Record, related: Related, *, with_links: bool
) -> Record:
    record.slug, record.status = document["slug"], document["status"]
    for item in kind.items:
        if not isinstance(item, Parts) and (with_links or not item.is_link):
            item.write(record, document.get(item.key), item.key, related)
    save_checked(record, "", kind.items)
    return record


def _check_keys(kind: RecordKind, document: Document) -> None:
    known = ["record", "slug", "status", *(item.key for item in kind.items)]
    for key in document:
        if key not in known:
            raise DocumentError(
                key, _("There is no such key; known are %(known)s.") % {"known": ", ".join(known)}
            )
    if not isinstance(document.get("slug"), str) or not document["slug"]:
        raise DocumentError("slug", _("A document needs a slug, in quotation marks."))
    if document.get("status") not in Status.values:
        raise DocumentError(
            "status",
            _("“%(value)s” is not a status; known are %(known)s.")
            % {"value": document.get("status"), "known": ", ".join(Status.values)},
        )


def _check_rules(kind: RecordKind, document: Document) -> None:
    for rule in kind.rules:
        try:
            rule(document)
        except ValidationError as error:
            key = next(iter(error.error_dict)) if hasattr(error, "error_dict") else ""
            raise DocumentError(key, " ".join(error.messages)) from error


def canonical(document: Document) -> bytes:
    """The document in the canonical form of RFC 8785, the same bytes for the same content."""
    return rfc8785.dumps(document)


def digest(document: Document) -> str:
    """SHA-256 of the canonical form, in hexadecimal digits."""
    return hashlib.sha256(canonical(document)).hexdigest()


def words_of(document: Document, paths: Iterable[str]) -> str:
    """The folded words under the paths: each text once, a line each; none of what readers see.

    Curators find by them what is not in the index of search.
    """
    if document["status"] == Status.PUBLISHED:
        return ""
    found = dict.fromkeys(fold(text) for path in paths for text in _texts_at(document, path))
    return "\n".join(found)


def _texts_at(value: Any, path: str) -> Iterator[str]:
    """All texts under a path of keys; lists are gone through, at the end of the path language maps too."""
    if isinstance(value, list):
        for inner in value:
            yield from _texts_at(inner, path)
    elif isinstance(value, dict):
        key, _dot, rest = path.partition(".")
        for inner in [value.get(key)] if path else value.values():
            yield from _texts_at(inner, rest)
    elif isinstance(value, str) and not path:
        yield value
