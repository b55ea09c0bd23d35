"""What a correction is about: a claim, a record or another page, as readers see it now."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import Resolver404, resolve

from cubaru.core.documents import kind_named
from cubaru.core.edition_links import EditionLink, edition_link
from cubaru.core.languages import LocalText, current_language
from cubaru.core.models import Action, LedgerEntry, Record
from events.models import Claim
from readers.models import Correction, Subject

#: The kinds that are records, by the parameter that names one.
RECORDS = tuple(kind for kind in Subject.values if kind not in {Subject.CLAIM, Subject.PAGE})
LONGEST_PATH = 200


@dataclass(frozen=True, slots=True)
class About:
    """The subject of a form: what it is called, where it stands, and its newest edition."""

    kind: str
    slug: str
    title: LocalText
    url: str
    seen: LedgerEntry | None

    @property
    def edition(self) -> EditionLink | None:
        return edition_link(self.seen) if self.seen is not None else None

    @property
    def token(self) -> str:
        """What the form's token says: with the edition, so that it is the one that the reader saw."""
        return f"{self.kind}|{self.seen.number if self.seen else ''}|{self.slug}"


def find(kind: str, slug: str) -> About | None:
    """What readers may see under the kind and address; None if that is nothing."""
    # PostgreSQL holds no NUL, and refuses to be asked for one.
    return None if "\x00" in slug else _found(kind, slug)


def _found(kind: str, slug: str) -> About | None:
    if kind == Subject.PAGE:
        return _page(slug)
    if kind == Subject.CLAIM:
        claim = Claim.objects.published().select_related("event", "person").filter(slug=slug).first()
        if claim is None:
            return None
        return About(kind, slug, claim.label, claim.get_absolute_url(), newest(claim.subject))
    if kind not in RECORDS:
        return None
    record = kind_named(kind).model._default_manager.filter(slug=slug, status="published").first()
    if record is None:
        return None
    return About(kind, slug, record.label, record.get_absolute_url(), newest(record))


def of_token(token: str) -> About | None:
    """The subject of a form that was opened, in the edition that was newest then."""
    kind, _mark, rest = token.partition("|")
    number, _mark, slug = rest.partition("|")
    found = find(kind, slug)
    if found is None or not number.isdecimal():
        return found
    seen = LedgerEntry.objects.filter(number=int(number)).first()
    return About(found.kind, found.slug, found.title, found.url, seen)


def newest(record: Record) -> LedgerEntry | None:
    """The newest edition of a record, without its document."""
    editions = LedgerEntry.objects.filter(kind=record.record_kind, record_id=record.pk, action=Action.EDITION)
    return editions.order_by("-number").defer("document").first()


def newest_after(seen: LedgerEntry) -> LedgerEntry | None:
    """The newest edition of the same record, if it is newer."""
    later = LedgerEntry.objects.filter(
        kind=seen.kind, record_id=seen.record_id, action=Action.EDITION, number__gt=seen.number
    )
    return later.order_by("-number").defer("document").first()


def subjects_of(corrections: Iterable[Correction]) -> dict[int, About]:
    """By the key of each correction what it is about, where readers still see that. One query a kind."""
    some = list(corrections)
    found: dict[tuple[str, str], Any] = {}
    for kind in {one.kind for one in some} - {str(Subject.PAGE)}:
        slugs = [one.slug for one in some if one.kind == kind]
        rows: Any = (
            Claim.objects.published()
            if kind == Subject.CLAIM
            else kind_named(kind).model._default_manager.filter(Q(status="published"))
        )
        found |= {(kind, row.slug): row for row in rows.filter(slug__in=slugs)}
    subjects: dict[int, About] = {}
    for one in some:
        row = found.get((one.kind, one.slug))
        if row is not None:
            subjects[one.pk] = About(one.kind, one.slug, row.label, row.get_absolute_url(), None)
        elif one.kind == Subject.PAGE and (page := _page(one.slug)) is not None:
            subjects[one.pk] = page
    return subjects


def _page(path: str) -> About | None:
    """Another page of this site, by its path."""
    if not path.startswith("/") or path.startswith("//") or len(path) > LONGEST_PATH:
        return None
    try:
        resolve(path)
    except Resolver404:
        return None
    return About(Subject.PAGE, path, LocalText(path, current_language(), False), path, None)
