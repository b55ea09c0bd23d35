"""What the page of one person shows; wants a person loaded `with_public_parts()`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cubaru.core.context import absolute
from cubaru.core.date_words import from_to, in_short_words, in_words
from cubaru.core.languages import LocalText, best_text, current_language, texts
from cubaru.core.linked_data import exact_day, page_about, without_empty
from cubaru.core.locale_names import language_name
from cubaru.core.mentions import Mentioned, mentioned, time_order
from cubaru.core.models.name import NameKind
from people.models import Office, Person, PersonName
from people.presentation import in_order_of_start, office_dates, office_title, offices_text
from people.succession import Succession
from sources.presentation import Named, SourceRow, source_rows


@dataclass(frozen=True, slots=True)
class NameRow:
    """A name as it is written, and what it is: “Spanish”, “German, transliteration”."""

    text: str
    language: str
    note: str


@dataclass(frozen=True, slots=True)
class LifePlace:
    term: str
    title: LocalText
    url: str


@dataclass(frozen=True, slots=True)
class Life:
    """Birth and death in words; `unverified` says which of the dates no source was seen for."""

    dates: str
    places: list[LifePlace]
    unverified: str


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """An office of the table."""

    title: LocalText
    organization: Named
    dates: str
    before: Named | None
    after: Named | None
    sources: list[SourceRow]


def own_name(person: Person) -> LocalText | None:
    """The fullest name in the person's own language, where the page does not say it already."""
    natives = [name for name in person.names.all() if name.kind == NameKind.NATIVE]
    if not natives:
        return None
    of_language = [name for name in natives if name.language == natives[0].language]
    fullest = max(of_language, key=lambda name: len(name.text))
    if fullest.text == person.label.text:
        return None
    return LocalText(fullest.text, fullest.language, fullest.language != current_language())


def other_names(person: Person) -> list[NameRow]:
    """All other spellings, each once, with the languages that write it so."""
    own = own_name(person)
    said = {person.label.text, own.text if own else ""}
    by_text: dict[str, list[PersonName]] = {}
    for name in person.names.all():
        if name.text not in said:
            by_text.setdefault(name.text, []).append(name)
    for language, text in texts(person, "name").items():
        if text not in said and text not in by_text:
            by_text[text] = [PersonName(text=text, language=language, kind=NameKind.TRANSLITERATION)]
    return [NameRow(text, names[0].language, _what_name(names)) for text, names in by_text.items()]


def life(person: Person) -> Life | None:
    """When and where the person lived; None where nothing of it is known."""
    places = [
        LifePlace(term, place.label, place.get_absolute_url())
        for term, place in ((_("Born in"), person.birth_place), (_("Died in"), person.death_place))
        if place and place.is_published
    ]
    dates = life_dates(person)
    return Life(dates, places, _unverified(person)) if dates or places else None


def life_dates(person: Person, *, short: bool = False) -> str:
    """From when to when the person lived, in words; "" where neither is known."""
    language = current_language()
    birth, death = person.birth_date, person.death_date
    if birth and death:
        return from_to(birth, death, language, short=short)
    words = in_short_words if short else in_words
    if birth:
        return _("born %(date)s") % {"date": words(birth, language)}
    return _("died %(date)s") % {"date": words(death, language)} if death else ""


def happenings(person: Person, participations: Iterable[Any]) -> list[Mentioned]:
    """The person's events as time went, each once, with the roles and the offices held then."""
    by_event: dict[int, list[Any]] = {}
    for part in participations:
        by_event.setdefault(part.event_id, []).append(part)
    ordered = sorted(by_event.values(), key=lambda parts: time_order(parts[0].event))
    return [_happening(person, parts) for parts in ordered]


def office_rows(person: Person, held: Mapping[int, Succession] | None = None) -> list[OfficeRow]:
    """All offices with their sources, dated or not; `held` as `successions()` has it."""
    return [
        _office_row(office, (held or {}).get(office.pk, Succession()))
        for office in in_order_of_start(person.offices.all())
    ]


def person_json_ld(person: Person) -> dict[str, Any]:
    """The page and the person; dates only where they are exact."""
    names = {name.text for name in person.names.all()} | set(texts(person, "name").values())
    description = best_text(person, "description").text
    offices = in_order_of_start(person.offices.all())
    entity = {
        "@type": "Person",
        "@id": f"{absolute(person.get_absolute_url())}#person",
        "name": person.label.text,
        "alternateName": sorted(names - {person.label.text}),
        "description": description,
        "birthDate": exact_day(person.birth_date),
        "deathDate": exact_day(person.death_date),
        "birthPlace": _place(person.birth_place),
        "deathPlace": _place(person.death_place),
        "hasOccupation": [_occupation(office) for office in offices],
        "worksFor": [_membership(office) for office in offices],
        "sameAs": person.same_as,
    }
    return page_about(person, entity, description=description)


def _what_name(names: list[PersonName]) -> str:
    languages = ", ".join(dict.fromkeys(language_name(name.language) for name in names))
    first = names[0]
    if first.kind in {NameKind.ALIAS, NameKind.BIRTH}:
        return _("%(languages)s, %(kind)s") % {"languages": languages, "kind": first.get_kind_display()}
    return f"{languages}, {first.scheme}" if first.scheme else languages


def _unverified(person: Person) -> str:
    birth = bool(person.birth) and not person.birth_verified
    death = bool(person.death) and not person.death_verified
    if birth and death:
        return _("dates not seen in a source")
    if birth:
        return _("date of birth not seen in a source")
    return _("date of death not seen in a source") if death else ""


def _happening(person: Person, parts: list[Any]) -> Mentioned:
    event = parts[0].event
    roles = ", ".join(dict.fromkeys(part.get_role_display() for part in parts))
    notes = [note for part in parts if (note := best_text(part, "note"))]
    office = offices_text(person, event.date_earliest, event.date_latest)
    return mentioned(event, facts=[office, roles], note=notes[0] if notes else None)


def _office_row(office: Office, held: Succession) -> OfficeRow:
    organization = office.organization
    return OfficeRow(
        title=best_text(office, "title"),
        organization=Named(organization.label, organization.get_absolute_url()),
        dates=office_dates(office) or _("dates not known"),
        before=_holder(held.before),
        after=_holder(held.after),
        sources=source_rows(office.citations.all()),
    )


def _holder(person: Person | None) -> Named | None:
    return Named(person.label, person.get_absolute_url()) if person else None


def _place(place: Any) -> dict[str, Any] | None:
    if place is None or not place.is_published:
        return None
    return {"@type": "Place", "name": place.label.text, "url": absolute(place.get_absolute_url())}


def _occupation(office: Office) -> dict[str, Any]:
    return {
        "@type": "Role",
        "roleName": office_title(office),
        **_term(office),
        "hasOccupation": {"@type": "Occupation", "name": office_title(office)},
    }


def _membership(office: Office) -> dict[str, Any]:
    organization = office.organization
    return {
        "@type": "OrganizationRole",
        "roleName": office_title(office),
        **_term(office),
        "worksFor": {
            "@type": "Organization",
            "name": organization.label.text,
            "url": absolute(organization.get_absolute_url()),
        },
    }


def _term(office: Office) -> dict[str, Any]:
    return without_empty({"startDate": exact_day(office.start_date), "endDate": exact_day(office.end_date)})
