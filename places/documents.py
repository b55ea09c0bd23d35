"""The document of a place."""

from cubaru.core.document_items import Link, Plain, Texts, identifiers, names
from cubaru.core.documents import RecordKind
from places.models import Place

PLACE = RecordKind(
    name="place",
    plural="places",
    model=Place,
    items=[
        Texts("name"),
        Texts("description"),
        Plain("country"),
        Plain("latitude"),
        Plain("longitude"),
        Link("parent"),
        names(),
        identifiers(),
    ],
    searched=("name", "names.text", "description"),
)
