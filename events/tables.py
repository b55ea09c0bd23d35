"""The table of claims: they are parts of events and persons, and have a list of their own."""

from cubaru.core.tables.kinds import PartTable
from events.documents import EVENT
from people.documents import PERSON


def claims_table() -> PartTable:
    """To be made once claims are among the items of persons."""
    return PartTable(key="claims", kinds=[EVENT, PERSON], named_by="statement")
