"""What the list of sources and the page of one source show."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cubaru.core.context import absolute
from cubaru.core.date_words import in_words
from cubaru.core.languages import LocalText, best_text, current_language
from cubaru.core.linked_data import exact_day, exact_days, page_about, without_empty
from cubaru.core.locale_names import language_name
from cubaru.core.templatetags.glyphs import VERDICT_WORDS
from cubaru.core.templatetags.wording import in_language, number
from sources.choices import SourceType, Stance
from sources.creators import name_in_order
from sources.models import Source
from sources.presentation import source_reference

#: What schema.org calls the types of sources; all others are creative works.
SCHEMA_TYPES = {
    SourceType.ARTICLE_JOURNAL: "ScholarlyArticle",
    SourceType.ARTICLE_MAGAZINE: "Article",
    SourceType.ARTICLE_NEWSPAPER: "NewsArticle",
    SourceType.BOOK: "Book",
    SourceType.CHAPTER: "Chapter",
    SourceType.DATASET: "Dataset",
    SourceType.LEGISLATION: "Legislation",
    SourceType.MANUSCRIPT: "Manuscript",
    SourceType.MAP: "Map",
    SourceType.MOTION_PICTURE: "Movie",
    SourceType.POST_WEBLOG: "BlogPosting",
    SourceType.REPORT: "Report",
    SourceType.REVIEW: "Review",
    SourceType.THESIS: "Thesis",
    SourceType.WEBPAGE: "WebPage",
}


@dataclass(frozen=True, slots=True)
class SourceListRow:
    """parts/row.html."""

    aside: str
    aside_small: str
    title: SafeString
    url: str
    text: LocalText | str
    facts: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Fact:
    """A term and what is said of it; `language` is that of the value where it is known."""

    term: str
    value: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement that the source makes, in its own words, with what became of it."""

    locator: str
    quotation: str
    quotation_language: str
    statement: LocalText
    verdict: str
    url: str
    supports: int
    contradicts: int


def list_row(source: Source, citations: int) -> SourceListRow:
    when = source.issued_date
    return SourceListRow(
        aside=str(when.earliest.year) if when else _("Undated"),
        aside_small=source.get_type_display(),
        title=own_title(source),
        url=source.get_absolute_url(),
        text=translated_title(source),
        facts=[
            fact
            for fact in (
                ", ".join(source.creator_names),
                language_name(source.language),
                count_of_citations(citations),
            )
            if fact
        ],
    )


def count_of_citations(count: int) -> str:
    if not count:
        return _("not cited")
    return ngettext("cited %(number)s time", "cited %(number)s times", count) % {"number": number(count)}


def own_title(source: Source) -> SafeString:
    """The title in the source's own language, with `lang` where that is not the reader's."""
    return in_language(source.title, source.language)


def translated_title(source: Source) -> LocalText | str:
    """The title in the reader's language; "" where the source is in it, or nobody translated it."""
    if source.language == current_language():
        return ""
    return best_text(source, "title_translated") or ""


def source_facts(source: Source) -> list[Fact]:
    """What is known of the source, in the order of the page; what is not known is left out."""
    when = source.issued_date
    facts = [
        Fact(_("Kind"), capfirst(source.get_kind_display())),
        Fact(_("Type"), capfirst(source.get_type_display())),
        Fact(_("Title in Latin letters"), source.title_transliterated),
        Fact(_("Language"), capfirst(language_name(source.language)) if source.language else ""),
        Fact(_("Published in"), source.container_title, source.language),
        Fact(_("Date"), in_words(when, current_language()) if when else ""),
        Fact(_("Publisher"), ", ".join(filter(None, [source.publisher, source.publisher_place]))),
        Fact(_("Archive"), source.archive),
        Fact(_("Collection"), source.collection),
        Fact(_("Shelfmark"), source.call_number),
        Fact(_("ISBN"), source.isbn),
        Fact(_("What was read"), capfirst(source.get_basis_display()) if source.basis else ""),
    ]
    return [fact for fact in facts if fact.value]


def statement_row(citation: Any) -> StatementRow:
    """A claim that the source asserts; wants the claim loaded with its citations."""
    claim = citation.claim
    stances = [other.stance for other in claim.citations.all()]
    return StatementRow(
        locator=citation.locator,
        quotation=citation.quotation,
        quotation_language=citation.source.language,
        statement=claim.label,
        verdict=claim.verdict,
        url=claim.get_absolute_url(),
        supports=stances.count(Stance.SUPPORTS),
        contradicts=stances.count(Stance.CONTRADICTS),
    )


def verdict_counts(statements: Iterable[StatementRow]) -> dict[str, int]:
    """How many of the statements have each verdict, in their order, without those that none has."""
    found = [row.verdict for row in statements]
    return {verdict: found.count(verdict) for verdict in VERDICT_WORDS if verdict in found}


def source_json_ld(source: Source) -> dict[str, Any]:
    """The page and the source; wants `with_public_parts()`."""
    when = source.issued_date
    entity = {
        "@type": SCHEMA_TYPES.get(SourceType(source.type), "CreativeWork"),
        "name": source.title,
        "alternateName": translated_title(source) and str(translated_title(source)),
        "author": [
            {"@type": "Organization" if "literal" in creator else "Person", "name": name_in_order(creator)}
            for creator in source.creators
            if creator["role"] == "author"
        ],
        "datePublished": exact_day(when) or (str(when) if when and str(when).isdigit() else ""),
        "inLanguage": source.language,
        "isPartOf": {"@type": "CreativeWork", "name": source.container_title}
        if source.container_title
        else None,
        "publisher": {"@type": "Organization", "name": source.publisher} if source.publisher else None,
        "url": [access.url for access in source.access.all()],
        "isbn": source.isbn,
        "sameAs": [f"https://doi.org/{source.doi}"] if source.doi else [],
    }
    return page_about(source, entity, description=source_reference(source))


def cited_works(citations: Iterable[Any]) -> list[dict[str, Any]]:
    """The sources of the citations that readers see, each once, as the page that cites them tells of them."""
    sources = {citation.source.pk: citation.source for citation in citations}
    return [_cited_work(source) for source in sources.values() if source.is_published]


def _cited_work(source: Source) -> dict[str, Any]:
    return without_empty(
        {
            "@type": "CreativeWork",
            "name": source.title,
            "url": absolute(source.get_absolute_url()),
            "inLanguage": source.language,
            "author": [{"@type": "Thing", "name": name} for name in source.creator_names],
            "datePublished": source.issued if exact_days(source.issued_date) else "",
        }
    )
