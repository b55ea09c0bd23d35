"""What a record's page says of its editions: which one it shows, and what came before."""

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.urls import reverse

from cubaru.core.context import absolute
from cubaru.core.date_words import in_words
from cubaru.core.dates import parse
from cubaru.core.documents import RecordKind, kind_named
from cubaru.core.languages import current_language
from cubaru.core.models import Action, LedgerEntry, Record

#: A page names at most so many editions; the others are on the page of all.
SHOWN = 3


@dataclass(frozen=True)
class EditionLink:
    slug: str
    number: int
    date: date
    day: str
    why: str
    url: str
    compare_url: str


@dataclass(frozen=True)
class History:
    """The newest editions of a record, newest first, and where all of them are."""

    editions: list[EditionLink]
    all_url: str

    @property
    def newest(self) -> EditionLink:
        return self.editions[0]

    @property
    def permanent_address(self) -> str:
        """Where what the page shows now stays for ever."""
        return absolute(self.newest.url)


def history_of(record: Record) -> History:
    """The history of a published record. One query."""
    kind = kind_named(record.record_kind)
    editions = LedgerEntry.objects.filter(kind=kind.name, record_id=record.pk, action=Action.EDITION)
    all_url = reverse("edition-list", args=[kind.plural, record.slug])
    newest = editions.order_by("-number").defer("document")[:SHOWN]
    return History([edition_link(entry, all_url) for entry in newest], all_url)


def edition_link(entry: LedgerEntry, all_url: str = "") -> EditionLink:
    """An edition and its address; with the page of all editions also where it is compared."""
    number = entry.edition or 0
    return EditionLink(
        slug=entry.slug,
        number=number,
        date=entry.at.date(),
        day=day_of(entry),
        why=entry.why,
        url=reverse("edition-detail", args=[kind_named(entry.kind).plural, entry.slug, number]),
        compare_url=f"{all_url}?from={number - 1}&to={number}" if all_url and number > 1 else "",
    )


def day_of(entry: LedgerEntry) -> str:
    """The day of an entry (UTC), in words of the active language."""
    return in_words(parse(entry.at.date().isoformat()), current_language())


def entries_of(kind: RecordKind, slug: str) -> "models.QuerySet[LedgerEntry]":
    """The ledger of the record that has, or once had, this address; oldest first."""
    owner = LedgerEntry.objects.filter(kind=kind.name, slug=slug).order_by("-number").first()
    if owner is None:
        return LedgerEntry.objects.none()
    return LedgerEntry.objects.filter(kind=kind.name, record_id=owner.record_id).order_by("number")
