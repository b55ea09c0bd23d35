"""By what sources are known, so that two records of one can be found."""

from collections.abc import Iterator

from cubaru.core.documents import Document
from cubaru.core.likeness import Known, identifiers_of, watch
from sources.documents import SOURCE


def signs_of(document: Document) -> Iterator[str]:
    """Its identifiers, and its title with the day on which it was published, or with whom it is by."""
    yield from identifiers_of(document)
    makers = [creator.get("family") or creator.get("literal", "") for creator in document.get("creators", [])]
    for told in (document.get("issued", {}).get("edtf", ""), *makers):
        if told:
            yield f"{told} {document['title']}"


def watch_sources() -> None:
    watch(SOURCE, Known(("title", "issued", "creators", "identifiers"), signs_of))
