"""A class set as it is read and printed: its events in one language or two, and numbered references."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Any, Final

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString

from cubaru.core.context import absolute
from cubaru.core.edition_links import EditionLink, edition_link
from cubaru.core.languages import LANGUAGES, OWN_NAMES, LocalText, best_text, current_language
from cubaru.core.ledger import newest_editions
from cubaru.core.models import PastSlug, Status
from cubaru.core.querysets import public_parts
from events.models import Event
from events.presentation import date_of
from readers.models import ClassSet
from sources.choices import Stance
from sources.models import Citation, Source
from sources.presentation import Link, reference_of, source_links

#: Two columns are what a sheet of paper holds.
MOST_LANGUAGES: Final = 2


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation as a number in the list of references, and the place in the source."""

    number: int
    locator: str


@dataclass(frozen=True, slots=True)
class EventIn:
    """An event in one language."""

    language: str
    date: str
    title: LocalText
    summary: LocalText


@dataclass(frozen=True, slots=True)
class ClaimOfSet:
    """A claim: its statement in each language, its verdict, and what speaks for and against it."""

    verdict: str
    statements: list[tuple[str, LocalText]]
    supports: list[Cited]
    contradicts: list[Cited]
    asserts: list[Cited]


@dataclass(frozen=True, slots=True)
class EventOfSet:
    """An event of the set, or the line in its place: withdrawn (then `gone_url`), or not there at present."""

    number: int
    slug: str
    url: str = ""
    columns: Sequence[EventIn] = ()
    claims: Sequence[ClaimOfSet] = ()
    sources: Sequence[Cited] = ()
    edition: EditionLink | None = None
    permanent_address: str = ""
    gone_url: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A source of the numbered list, with all its addresses written out."""

    number: int
    reference: SafeString
    url: str
    address: str
    links: list[Link]


@dataclass(frozen=True, slots=True)
class LanguageChoice:
    label: str
    url: str
    is_chosen: bool


class References:
    """Gives each source a number when it is first cited."""

    def __init__(self) -> None:
        self._numbers: dict[int, int] = {}
        self._sources: list[Source] = []

    def cite(self, citations: Iterable[Citation]) -> list[Cited]:
        return [Cited(self._number(one.source), one.locator) for one in citations]

    def _number(self, source: Source) -> int:
        if source.pk not in self._numbers:
            self._sources.append(source)
            self._numbers[source.pk] = len(self._sources)
        return self._numbers[source.pk]

    def listed(self) -> list[Reference]:
        if self._sources:
            prefetch_related_objects(self._sources, public_parts(Source, "access"))
        return [
            Reference(
                number=self._numbers[source.pk],
                reference=reference_of(source),
                url=source.get_absolute_url(),
                address=absolute(source.get_absolute_url()),
                links=source_links(source),
            )
            for source in self._sources
        ]


def read_languages(text: str) -> list[str] | None:
    """One or two languages as `?languages=en,ru` has them; without any the reader's. None: no such."""
    if not text:
        return [current_language()]
    asked = text.split(",")
    is_known = all(one in LANGUAGES for one in asked)
    return asked if is_known and len(set(asked)) == len(asked) <= MOST_LANGUAGES else None


def language_choices(path: str, chosen: list[str]) -> list[LanguageChoice]:
    """Each language alone, then in pairs with the reader's first."""
    here = current_language()
    alone = [[code] for code in sorted(LANGUAGES, key=lambda code: code != here)]
    pairs = [list(pair) for pair in permutations(LANGUAGES, 2) if pair[0] == here]
    others = [[one, other] for one, other in permutations(LANGUAGES, 2) if here not in {one, other}][:1]
    return [
        LanguageChoice(
            " + ".join(OWN_NAMES[code] for code in codes),
            path if codes == [here] else f"{path}?languages={','.join(codes)}",
            codes == chosen,
        )
        for codes in [*alone, *pairs, *others]
    ]


def events_of(class_set: ClassSet, languages: list[str], references: References) -> list[EventOfSet]:
    """The events as they are now, in their order; a merged one is the one that it was merged into."""
    slugs = list(class_set.events.values_list("slug", flat=True))
    events = _by_slug(slugs)
    public = [event for event in events.values() if event.is_published]
    editions = newest_editions(Event.record_kind, [event.pk for event in public])
    return [
        _shown(events[slug], number, languages, references, editions)
        if slug in events and events[slug].is_published
        else EventOfSet(number, slug, gone_url=_page_of(slug) if slug in events else "")
        for number, slug in enumerate(slugs, 1)
    ]


def _by_slug(slugs: list[str]) -> dict[str, Event]:
    """By the slugs of the set what is published, with all that readers see of it, or withdrawn."""
    moved = dict(
        PastSlug.objects.filter(kind=Event.record_kind, slug__in=slugs).values_list("slug", "record_id")
    )
    seen = Event.objects.filter(status__in=[Status.PUBLISHED, Status.WITHDRAWN]).with_public_parts()
    found = {event.slug: event for event in seen.filter(slug__in=slugs)}
    former = {event.pk: event for event in seen.filter(pk__in=moved.values())} if moved else {}
    return {slug: former[key] for slug, key in moved.items() if key in former} | found


def _page_of(slug: str) -> str:
    return reverse("events:event-detail", args=[slug])


def _shown(
    event: Event, number: int, languages: list[str], references: References, editions: dict[int, Any]
) -> EventOfSet:
    edition = edition_link(editions[event.pk]) if event.pk in editions else None
    return EventOfSet(
        number=number,
        slug=event.slug,
        url=event.get_absolute_url(),
        columns=[_in(language, event) for language in languages],
        sources=references.cite(event.citations.all()),
        claims=[_claim(claim, languages, references) for claim in event.claims.all()],
        edition=edition,
        permanent_address=absolute(edition.url) if edition else "",
    )


def _in(language: str, event: Event) -> EventIn:
    with translation.override(language):
        return EventIn(language, date_of(event), event.label, best_text(event, "summary"))


def _claim(claim: Any, languages: list[str], references: References) -> ClaimOfSet:
    citations = list(claim.citations.all())
    of_stance = {
        stance: references.cite(one for one in citations if one.stance == stance) for stance in Stance.values
    }
    return ClaimOfSet(
        verdict=claim.verdict,
        statements=[(language, best_text(claim, "statement", language)) for language in languages],
        supports=of_stance[Stance.SUPPORTS],
        contradicts=of_stance[Stance.CONTRADICTS],
        asserts=of_stance[Stance.ASSERTS],
    )
