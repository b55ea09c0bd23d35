"""What the page of one organization shows; wants an organization loaded `with_public_parts()`."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cubaru.core.date_words import in_words
from cubaru.core.languages import LocalText, best_text, current_language, texts
from cubaru.core.linked_data import exact_day, page_about
from cubaru.core.locale_names import language_name
from cubaru.core.mentions import Mentioned, mentioned, time_order
from people.models import Office, Organization
from people.presentation import in_order_of_start, monogram_names, office_dates
from people.presentation_person import NameRow
from people.succession import holders_by_office
from sources.presentation import Named


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who held an office, as parts/participant.html shows people."""

    name: LocalText
    url: str
    latin: str
    cyrillic: str
    office: str
    role: str


@dataclass(frozen=True, slots=True)
class OfficeOfSeveral:
    """An office, and those who held it."""

    title: LocalText
    holders: list[Holder]


def names_of(organization: Organization) -> list[NameRow]:
    """Its name in each language, then the names it has or had beside them; each text once."""
    own = texts(organization, "name")
    rows: dict[str, dict[str, list[str]]] = {}  # by text, the languages by kind; "" is what it is called now
    for code, text in own.items():
        rows.setdefault(text, {}).setdefault("", []).append(code)
    for name in organization.names.all():
        if own.get(name.language) != name.text:
            rows.setdefault(name.text, {}).setdefault(name.get_kind_display(), []).append(name.language)
    return [NameRow(text, next(iter(kinds.values()))[0], _what_name(kinds)) for text, kinds in rows.items()]


def dates_of(organization: Organization) -> tuple[str, str]:
    """When it was founded and dissolved, in words; "" where that is not known."""
    language = current_language()
    founded, dissolved = organization.founded_date, organization.dissolved_date
    return (
        in_words(founded, language) if founded else "",
        in_words(dissolved, language) if dissolved else "",
    )


def successive_holders(organization: Organization) -> list[OfficeOfSeveral]:
    """The offices of which several holders are known, each with these as time went."""
    groups = [offices for offices in _by_office(organization) if len(offices) > 1]
    return [
        OfficeOfSeveral(
            best_text(offices[0], "title"), [_holder(office, is_titled=False) for office in offices]
        )
        for offices in groups
    ]


def other_holders(organization: Organization) -> list[Holder]:
    """Those who are the only holder of their office that is known, as time went."""
    return [_holder(offices[0]) for offices in _by_office(organization) if len(offices) == 1]


def _by_office(organization: Organization) -> list[list[Office]]:
    return list(holders_by_office(in_order_of_start(organization.offices.all())).values())


def happenings(participations: Iterable[Any]) -> list[Mentioned]:
    """Its events as time went, each once, with its roles."""
    by_event: dict[int, list[Any]] = {}
    for part in participations:
        by_event.setdefault(part.event_id, []).append(part)
    ordered = sorted(by_event.values(), key=lambda parts: time_order(parts[0].event))
    return [
        mentioned(parts[0].event, facts=[", ".join(part.get_role_display() for part in parts)])
        for parts in ordered
    ]


def published_parent(organization: Organization) -> Named | None:
    parent = organization.parent
    return Named(parent.label, parent.get_absolute_url()) if parent and parent.is_published else None


def organization_json_ld(organization: Organization) -> dict[str, Any]:
    """The page and the organization; dates only where they are exact."""
    description = best_text(organization, "description").text
    parent = published_parent(organization)
    entity = {
        "@type": "Organization",
        "name": organization.label.text,
        "alternateName": sorted({name.text for name in names_of(organization)} - {organization.label.text}),
        "description": description,
        "foundingDate": exact_day(organization.founded_date),
        "dissolutionDate": exact_day(organization.dissolved_date),
        "parentOrganization": {"@type": "Organization", "name": parent.title.text} if parent else None,
        "sameAs": organization.same_as,
    }
    return page_about(organization, entity, description=description)


def _what_name(kinds: dict[str, list[str]]) -> str:
    """The languages of a name, and what it is in them: “English, Spanish, other name”."""
    notes = []
    for kind, codes in kinds.items():
        languages = capfirst(", ".join(dict.fromkeys(language_name(code) for code in codes)))
        notes.append(
            _("%(languages)s, %(kind)s") % {"languages": languages, "kind": kind} if kind else languages
        )
    return "; ".join(notes)


def _holder(office: Office, *, is_titled: bool = True) -> Holder:
    person = office.person
    latin, cyrillic = monogram_names(person)
    return Holder(
        name=person.label,
        url=person.get_absolute_url(),
        latin=latin,
        cyrillic=cyrillic,
        office=best_text(office, "title").text if is_titled else "",
        role=office_dates(office) or _("dates not known"),
    )
