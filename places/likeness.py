"""By what places are known, so that two records of one can be found."""

from typing import Final

from cubaru.core.documents import Document
from cubaru.core.likeness import Known, identifiers_of, names_of, watch
from places.documents import PLACE

#: Places of one name that lie further apart are two: about 100 km, in degrees of latitude.
FAR: Final = 1.0

_KEYS = ("name", "names", "identifiers", "country", "latitude", "longitude")


def lie_apart(one: Document, other: Document) -> bool:
    """Whether two places cannot be the same by where they lie, or by their country."""
    if one.get("country", "") != other.get("country", "") and "country" in one and "country" in other:
        return True
    return any(
        key in one and key in other and abs(one[key] - other[key]) > FAR for key in ("latitude", "longitude")
    )


def watch_places() -> None:
    watch(PLACE, Known(_KEYS, identifiers_of, names_of, differ=lie_apart))
