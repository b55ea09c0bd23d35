"""Which offices a person held within some days."""

from datetime import date

from people.models import Office, Person


def offices_held(person: Person, first: date, last: date) -> list[Office]:
    """The offices that the person may have held on a day of first..last, both included, in their order.

    Asks nothing of the database when `offices` and their organizations are loaded. An end that is not known
    hides nothing, but an office of which neither start nor end is known is left out: it would stand
    everywhere. So is one in an organization that readers may not see.
    """
    return [
        office
        for office in person.offices.all()
        if office.organization.is_published and _is_held(office, first, last)
    ]


def _is_held(office: Office, first: date, last: date) -> bool:
    if office.start_earliest is None and office.end_latest is None:
        return False
    begins_in_time = office.start_earliest is None or office.start_earliest <= last
    ends_in_time = office.end_latest is None or office.end_latest >= first
    return begins_in_time and ends_in_time
