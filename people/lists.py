"""Registers of people and organizations: rows in the order of the alphabet, and their letters."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cubaru.core.collation import first_letter, in_order_of_name, sort_key
from cubaru.core.context import alternates
from cubaru.core.date_words import from_to, in_short_words
from cubaru.core.languages import LANGUAGES, LocalText, best_of, best_text, current_language
from cubaru.core.pages import address_with
from people.models import Person
from people.presentation import count_of_events, monogram_names


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of the register; without `url` it is the one that is open."""

    letter: str
    url: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """parts/row.html."""

    title: LocalText
    url: str
    text: LocalText
    facts: list[str] = field(default_factory=list)
    aside: str = ""
    latin: str = ""
    cyrillic: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """The primary keys of the rows in order, and the letters among them."""

    keys: list[int]
    letters: list[Letter]
    chosen: str

    def languages(self, request: HttpRequest) -> dict[str, Any]:
        """What to tell of the page in other languages: a letter of one alphabet is none of another."""
        if not self.chosen:
            return {}
        return {"alternates": alternates(address_with(request, letter=None)), "canonical_alternates": []}


def register(request: HttpRequest, rows: QuerySet[Any], *fields: str) -> Register:
    """The rows by name, narrowed to `?letter=`; the first of the `fields` that is filled is the name.

    Only the names are loaded: sorting needs them all, a page shows few.
    """
    language = current_language()
    columns = [f"{name}_{code}" for name in fields for code in LANGUAGES]
    names = [
        (_name(dict(zip(columns, values, strict=True)), fields, language), key)
        for key, *values in rows.order_by().values_list("pk", *columns).distinct()
    ]
    chosen = request.GET.get("letter", "")[:1].upper()
    found = {first_letter(name.text, language) for name, _key in names} - {""}
    letters = [
        Letter(letter, address_with(request, letter=None if letter == chosen else letter), letter == chosen)
        for letter in sorted(found, key=lambda letter: sort_key(letter, language))
    ]
    if chosen:
        names = [pair for pair in names if first_letter(pair[0].text, language) == chosen]
    return Register(in_order_of_name(names, language), letters, chosen)


def rows_in_order(rows: QuerySet[Any], keys: list[int]) -> list[Any]:
    """The rows of the keys, in their order."""
    by_key = rows.in_bulk(keys)
    return [by_key[key] for key in keys]


def person_row(person: Any, country: str) -> RegisterRow:
    """A person of the list; wants `event_count`."""
    latin, cyrillic = monogram_names(person)
    return RegisterRow(
        title=person.label,
        url=person.get_absolute_url(),
        text=best_text(person, "description"),
        facts=_filled([lived(person), country, _events(person)]),
        latin=latin,
        cyrillic=cyrillic,
    )


def organization_row(organization: Any) -> RegisterRow:
    """An organization of the list; wants `event_count`."""
    return RegisterRow(
        title=organization.label,
        url=organization.get_absolute_url(),
        text=best_text(organization, "description"),
        facts=_filled([capfirst(organization.get_category_display()), _events(organization)]),
    )


def _name(row: dict[str, str], fields: Iterable[str], language: str) -> LocalText:
    """The first field that has a text in the language, or else the first that has one at all."""
    found = [best_of({code: row[f"{name}_{code}"] or "" for code in LANGUAGES}, language) for name in fields]
    return min(found, key=lambda text: (not text, text.is_fallback))


def lived(person: Person) -> str:
    """When a person lived, in short words: "1894 – 11 Sep 1971", "born 1931", or ""."""
    language = current_language()
    birth, death = person.birth_date, person.death_date
    if birth and death:
        return from_to(birth, death, language, short=True)
    if birth:
        return _("born %(date)s") % {"date": in_short_words(birth, language)}
    return _("died %(date)s") % {"date": in_short_words(death, language)} if death else ""


def _events(record: Any) -> str:
    return count_of_events(record.event_count) if record.event_count else ""


def _filled(facts: Iterable[str]) -> list[str]:
    return [fact for fact in facts if fact]
