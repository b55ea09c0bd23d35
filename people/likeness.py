"""By what persons and organizations are known, so that two records of one can be found."""

from cubaru.core.dates import Calendar, parse
from cubaru.core.documents import Document
from cubaru.core.likeness import Known, identifiers_of, names_of, watch
from people.documents import ORGANIZATION, PERSON

_KEYS = ("name", "names", "identifiers", "birth", "death")


def lived_at_other_times(one: Document, other: Document) -> bool:
    """Whether two persons were born, or died, on days that cannot be the same."""
    return any(_cannot_be_one(one.get(key, {}), other.get(key, {})) for key in ("birth", "death"))


def _cannot_be_one(one: dict[str, str], other: dict[str, str]) -> bool:
    if not ("edtf" in one and "edtf" in other):
        return False
    first, second = (parse(date["edtf"], Calendar(date["calendar"])) for date in (one, other))
    return first.latest < second.earliest or second.latest < first.earliest


def watch_people() -> None:
    watch(PERSON, Known(_KEYS, identifiers_of, names_of, shortened=True, differ=lived_at_other_times))
    watch(ORGANIZATION, Known(("name", "names", "identifiers"), identifiers_of, names_of))
