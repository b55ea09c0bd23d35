"""A small document of an event and of its parts, for tests that change one thing in it."""

from copy import deepcopy
from typing import Any

from cubaru.core.documents import Document

EVENT: Document = {
    "record": "event",
    "slug": "mikoyan-visit",
    "status": "draft",
    "title": {"en": "Mikoyan visits Havana"},
    "date": {"edtf": "1960-02-04/1960-02-13", "calendar": "gregorian"},
    "importance": 4,
    "verification": "seen",
}
CITED: Document = {"source": "frus", "stance": "supports"}
CLAIM: Document = {"slug": "claim-one", "statement": {"en": "He came."}, "verdict": "unverified"}
NAME: Document = {"text": "Визит Микояна", "language": "ru", "script": "Cyrl", "kind": "alias"}


def event(**changes: Any) -> Document:
    return deepcopy(EVENT) | changes
