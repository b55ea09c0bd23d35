"""What a record's page says of its editions: which one it shows, and what came before."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from cubaru.core.context import absolute
from cubaru.core.date_words import in_words
from cubaru.core.dates import parse
from cubaru.core.documents import kind_named
from cubaru.core.languages import current_language
from cubaru.core.models import Action, LedgerEntry, Record

#: A page names at most so many editions; the others are on the page of all.
SHOWN = 3


@dataclass(frozen=True)
class EditionLink:
    number: int
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
    return History([_link(entry, kind.plural, all_url) for entry in newest], all_url)


def page_citation(record: Record, history: History) -> str:
    """How a page is cited, in a plain line: title, site, edition, day, and the address where it stays."""
    return _(
        "“%(title)s.” cubaru: A Chronicle of Cuban–Russian Relations, "
        "edition %(edition)d, %(day)s. %(address)s"
    ) % {
        "title": record.label.text.rstrip("."),
        "edition": history.newest.number,
        "day": history.newest.day,
        "address": history.permanent_address,
    }


def _link(entry: LedgerEntry, plural: str, all_url: str) -> EditionLink:
    number = entry.edition or 0
    return EditionLink(
        number=number,
        day=day_of(entry),
        why=entry.why,
        url=reverse("edition-detail", args=[plural, entry.slug, number]),
        compare_url=f"{all_url}?from={number - 1}&to={number}" if number > 1 else "",
    )


def day_of(entry: LedgerEntry) -> str:
    """The day of an entry (UTC), in words of the active language."""
    return in_words(parse(entry.at.date().isoformat()), current_language())
