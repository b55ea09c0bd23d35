"""What pages show of people and organizations: their monogram, their offices, who they were on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import ngettext

from cubaru.core.date_words import from_to
from cubaru.core.languages import LocalText, best_text, current_language, texts
from cubaru.core.templatetags.wording import number
from people.models import Office, Organization, Person
from people.offices import offices_held


@dataclass(frozen=True, slots=True)
class Participant:
    """parts/participant.html."""

    name: LocalText
    url: str
    latin: str
    cyrillic: str
    office: str
    role: str
    note: LocalText


def monogram_names(person: Person) -> tuple[str, str]:
    """The names whose first letters make the monogram, in Latin and in Cyrillic letters; "" for none."""
    names = {**texts(person, "name"), **texts(person, "sort_name")}
    return names.get("en") or names.get("es", ""), names.get("ru", "")


def participant(
    record: Person | Organization,
    *,
    role: str,
    note: LocalText,
    first: date | None = None,
    last: date | None = None,
) -> Participant:
    """Somebody in a role, with the offices held on first..last; wants a person's offices loaded."""
    latin, cyrillic = monogram_names(record) if isinstance(record, Person) else ("", "")
    return Participant(
        name=record.label,
        url=record.get_absolute_url(),
        latin=latin,
        cyrillic=cyrillic,
        office=offices_text(record, first, last) if isinstance(record, Person) else "",
        role=role,
        note=note,
    )


def offices_text(person: Person, first: date | None, last: date | None) -> str:
    """The titles held on first..last in one line; "" when the days are not known or there was none."""
    if first is None or last is None:
        return ""
    return "; ".join(dict.fromkeys(office_title(office) for office in offices_held(person, first, last)))


def office_title(office: Office) -> str:
    return best_text(office, "title").text


def office_dates(office: Office) -> str:
    """From when to when, in short words: “1955–1964”, “from 1960”, “until 1964”, or ""."""
    return from_to(office.start_date, office.end_date, current_language(), short=True)


def in_order_of_start(offices: Iterable[Office]) -> list[Office]:
    """Offices as time went; those of unknown start last."""
    return sorted(
        offices, key=lambda office: (office.start_earliest or office.end_latest or date.max, office.pk)
    )


def count_of_events(count: int) -> str:
    return ngettext("%(number)s event", "%(number)s events", count) % {"number": number(count)}
