"""Which offices a person held at a time."""

from datetime import date

from people.models import Office, Person


def offices_held(person: Person, first_day: date, last_day: date) -> list[Office]:
    """The offices that the person may have held on some day within first_day..last_day, both included.

    A vague beginning or end ("1955") counts with all its days. Where no end is known, the office is vouched
    for up to the last day on which it may have begun; where no beginning is, from the first day on which it
    may have ended; where neither is, not at all: nobody is given an office that no source gives them.
    Offices in organizations that are not published are left out. Asks nothing of the database when
    `offices__organization` is prefetched.
    """
    return [
        office
        for office in person.offices.all()
        if office.organization.is_published and _is_held(office, first_day, last_day)
    ]


def _is_held(office: Office, first_day: date, last_day: date) -> bool:
    begins = office.start_earliest or office.end_earliest
    ends = office.end_latest or office.start_latest
    return begins is not None and ends is not None and begins <= last_day and first_day <= ends
