"""What pages show of sources, of citations, and of statements that rest on them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol
from urllib.parse import urlsplit

from django.db.models import prefetch_related_objects
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cubaru.core.date_words import in_short_words, in_words
from cubaru.core.dates import parse
from cubaru.core.languages import LocalText, best_text, current_language
from cubaru.core.querysets import public_parts
from sources.choices import Stance
from sources.csl import source_item
from sources.formatting import Style, plain, reference
from sources.models import AccessPoint, Citation, Image, Source

#: A short reference names at most so many creators.
MOST_NAMES = 2


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A record by its name, with its page."""

    title: LocalText
    url: str


@dataclass(frozen=True, slots=True)
class CitationRow:
    """A citation of parts/citation_list.html."""

    label: str
    url: str
    locator: str
    quotation: str
    quotation_language: str
    note: LocalText


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source of parts/source_list.html; `further` are more places in the same source."""

    reference: SafeString
    url: str
    locator: str
    quotation: str
    quotation_language: str
    note: LocalText
    contradicts: bool
    links: list[Link] = field(default_factory=list)
    further: list[CitationRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ClaimCard:
    """A claim of parts/claim.html."""

    anchor: str
    url: str
    verdict: str
    statement: LocalText
    reasoning: LocalText
    asserts: list[CitationRow]
    supports: list[CitationRow]
    contradicts: list[CitationRow]
    about: Sequence[Named]
    checked: str


@dataclass(frozen=True, slots=True)
class Picture:
    """parts/picture.html."""

    url: str
    width: int
    height: int
    alt: LocalText
    caption: LocalText
    credit: str
    licence: str
    licence_url: str
    source_label: str
    source_url: str


class CheckedStatement(Protocol):
    """What is asked of a claim to be shown with its evidence."""

    slug: str
    verdict: str
    checked_by: str
    checked_on: date | None
    citations: Any

    @property
    def label(self) -> LocalText: ...

    def get_absolute_url(self) -> str: ...


def reference_of(source: Source) -> SafeString:
    """The source as a bibliography in Chicago style has it, for a reader of the active language.

    Without its address: pages link to where it can be read.
    """
    item = {key: value for key, value in source_item(source).items() if key not in {"URL", "accessed"}}
    return reference(item, Style.CHICAGO, current_language())


def source_reference(source: Source) -> str:
    """The same in plain text, for where there is no markup."""
    return plain(reference_of(source))


def short_reference(source: Source) -> str:
    """What a source is called where it is mentioned: “Szulc 1986”, “Time, 15 Feb 1960”, or its title."""
    # A body has published many things in a year: only people's names say which is meant.
    names = [creator["family"] for creator in source.creators if "family" in creator]
    when = source.issued_date
    if names:
        who = " & ".join(names[:MOST_NAMES]) + (" et al." if len(names) > MOST_NAMES else "")
        return f"{who} {when.earliest.year}" if when else f"{who}, {source.title}"
    if source.container_title and when:
        return f"{source.container_title}, {in_short_words(when, current_language())}"
    return source.title


def citation_row(citation: Citation) -> CitationRow:
    """The citation where its source is only mentioned; wants the source loaded."""
    source = citation.source
    return CitationRow(
        label=short_reference(source),
        url=source.get_absolute_url(),
        locator=citation.locator,
        quotation=citation.quotation,
        quotation_language=source.language,
        note=best_text(citation, "note"),
    )


def citation_rows(citations: Iterable[Citation]) -> list[CitationRow]:
    return [citation_row(citation) for citation in citations]


def source_rows(citations: Iterable[Citation]) -> list[SourceRow]:
    """One row for each source, in the order in which they are first cited.

    Asks the database once: for where the sources can be read.
    """
    by_source: dict[int, list[Citation]] = {}
    for citation in citations:
        by_source.setdefault(citation.source_id, []).append(citation)
    sources = [cited[0].source for cited in by_source.values()]
    if sources:
        prefetch_related_objects(sources, public_parts(Source, "access"))
    return [_source_row(cited) for cited in by_source.values()]


def source_links(source: Source) -> list[Link]:
    """Where the source can be read; wants `with_public_parts()`."""
    links = [_doi_link(source.doi)] if source.doi else []
    for access in source.access.all():
        links += access_links(access)
    return links


def access_links(access: AccessPoint) -> list[Link]:
    """The address, called by its label or else by its host, and its archived copy."""
    host = (urlsplit(access.url).hostname or access.url).removeprefix("www.")
    seen = _("read on %(day)s") % {"day": day_in_words(access.accessed_on)} if access.accessed_on else ""
    links = [Link(access.label or host, access.url, seen)]
    return [*links, Link(_("Archived copy"), access.archived_url)] if access.archived_url else links


def claim_card(claim: CheckedStatement, *, about: Sequence[Named] = ()) -> ClaimCard:
    """The claim with its evidence; wants its citations and their sources loaded.

    `about` names the records it is about where the page itself does not say so.
    """
    return ClaimCard(
        anchor=claim.slug,
        url=claim.get_absolute_url(),
        verdict=claim.verdict,
        statement=claim.label,
        reasoning=best_text(claim, "reasoning"),  # type: ignore[arg-type]  # every claim is a row
        asserts=_citations_that(Stance.ASSERTS, claim),
        supports=_citations_that(Stance.SUPPORTS, claim),
        contradicts=_citations_that(Stance.CONTRADICTS, claim),
        about=about,
        checked=checked_in_words(claim),
    )


def checked_in_words(claim: CheckedStatement) -> str:
    """Who checked the claim and when, in a sentence; "" where it is not recorded."""
    if claim.checked_by and claim.checked_on:
        return _("Checked by %(who)s on %(day)s.") % {
            "who": claim.checked_by,
            "day": day_in_words(claim.checked_on),
        }
    return _("Checked by %(who)s.") % {"who": claim.checked_by} if claim.checked_by else ""


def picture(image: Image) -> Picture:
    """An image with its rights; wants its source loaded."""
    source = image.source
    return Picture(
        url=image.file.url,
        width=image.width,
        height=image.height,
        alt=best_text(image, "alt"),
        caption=best_text(image, "caption"),
        credit=image.credit,
        licence=image.licence,
        licence_url=image.licence_url,
        source_label=short_reference(source) if source else _("Where it was found"),
        source_url=source.get_absolute_url() if source else image.origin_url,
    )


def day_in_words(day: date | None) -> str:
    """A day of our own time as readers write it: “23 November 2026”."""
    return in_words(parse(day.isoformat()), current_language()) if day else ""


def _citations_that(stance: Stance, claim: CheckedStatement) -> list[CitationRow]:
    return citation_rows(citation for citation in claim.citations.all() if citation.stance == stance)


def _source_row(cited: Sequence[Citation]) -> SourceRow:
    source, first, *others = cited[0].source, *cited
    return SourceRow(
        reference=reference_of(source),
        url=source.get_absolute_url(),
        locator=first.locator,
        quotation=first.quotation,
        quotation_language=source.language,
        note=best_text(first, "note"),
        contradicts=any(citation.stance == Stance.CONTRADICTS for citation in cited),
        links=source_links(source),
        further=citation_rows(others),
    )


def _doi_link(doi: str) -> Link:
    return Link(f"doi:{doi}", f"https://doi.org/{doi}")
