"""Applying many documents that link to each other, in whatever order they come."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Generic, Protocol, TypeVar

from cubaru.core.document_items import Related
from cubaru.core.document_values import TakenError
from cubaru.core.documents import Document, DocumentError, RecordKind, State, apply_document, create_bare
from cubaru.core.models.record import Record


class Entry(Protocol):
    """A document, and how to tell what is wrong with it together with where it comes from."""

    @property
    def kind(self) -> RecordKind: ...

    @property
    def document(self) -> Document: ...

    def error(self, at: str, message: str) -> Exception: ...


EntryT = TypeVar("EntryT", bound=Entry)
Address = tuple[str, str]


class Coming(Generic[EntryT]):
    """The records of a set, each made without its links when another, applied earlier, links to it.

    `returning` has the primary keys under which deleted records come back.
    """

    def __init__(self, entries: Sequence[EntryT], returning: Mapping[Address, int] | None = None) -> None:
        self.entries = {(entry.kind.name, str(entry.document["slug"])): entry for entry in entries}
        self.returning = returning or {}
        self.made: set[Address] = set()
        self.related = Related(self.make)

    def make(self, model: type[Record], slug: str) -> Record | None:
        address = (model.record_kind, slug)
        entry = self.entries.get(address)
        if entry is None:
            return None
        with told(entry):
            record = create_bare(entry.document, self.related, self.returning.get(address))
        self.made.add(address)
        return record

    def apply(self, entry: EntryT) -> tuple[Record, State]:
        """Raises DocumentError."""
        address = (entry.kind.name, str(entry.document["slug"]))
        key = self.returning.get(address)
        start: Record | None = None
        if key is not None and address not in self.made:
            start = entry.kind.model()
            start.pk = key
        record, state = apply_document(entry.document, start, related=self.related)
        return record, State.NEW if address in self.made else state

    def apply_all(
        self, entries: Sequence[EntryT], progress: Callable[[], object] = lambda: None
    ) -> Iterator[tuple[EntryT, Record, State]]:
        """Applies the documents. One that takes what another of them gives up (a claim) waits for that one.

        Raises what `error` of the entry makes of a DocumentError.
        """
        waiting = entries
        while waiting:
            refused: list[tuple[EntryT, TakenError]] = []
            for entry in waiting:
                with told(entry):
                    try:
                        record, state = self.apply(entry)
                    except TakenError as error:
                        refused.append((entry, error))
                        continue
                progress()
                yield entry, record, state
            if len(refused) == len(waiting):
                first, reason = refused[0]
                raise first.error(reason.at, reason.message) from reason
            waiting = [entry for entry, _reason in refused]


@contextmanager
def told(entry: Entry) -> Iterator[None]:
    """Tells what is wrong with a document together with where it comes from."""
    try:
        yield
    except DocumentError as error:
        raise entry.error(error.at, error.message) from error
