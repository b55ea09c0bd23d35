"""By what events are known, so that two records of one can be found."""

from collections.abc import Iterator

from cubaru.core.documents import Document
from cubaru.core.likeness import Known, identifiers_of, watch
from events.documents import EVENT


def signs_of(document: Document) -> Iterator[str]:
    """Its identifiers, and what it is called together with its date."""
    yield from identifiers_of(document)
    date = document.get("date", {}).get("edtf", "")
    names = {*document["title"].values(), *(name["text"] for name in document.get("names", []))}
    yield from (f"{date} {name}" for name in sorted(names))


def watch_events() -> None:
    watch(EVENT, Known(("title", "names", "date", "identifiers"), signs_of))
