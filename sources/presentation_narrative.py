"""A narrative on a page: its text, and its footnotes with the sources they cite."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import linebreaks
from django.utils.safestring import SafeString, mark_safe

from cubaru.core.languages import LocalText
from cubaru.core.models import PastSlug
from sources.models import Source
from sources.narrative import Footnote, NarrativeError, Pointer, render
from sources.presentation import short_reference


@dataclass(frozen=True, slots=True)
class NotePart:
    """One source of a footnote."""

    prefix: str
    label: str
    url: str
    locator: str


@dataclass(frozen=True, slots=True)
class Note:
    number: int
    anchor: str
    marks: tuple[str, ...]
    parts: list[NotePart]


@dataclass(frozen=True, slots=True)
class NarrativeOnPage:
    html: SafeString
    language: str
    is_fallback: bool
    notes: list[Note]


def narrative(text: LocalText) -> NarrativeOnPage | None:
    """The narrative as parts/narrative.html shows it; None where there is none. At most two queries."""
    if not text:
        return None
    try:
        rendered = render(text.text)
    except NarrativeError:  # a draft in preview: shown as typed
        html = mark_safe(linebreaks(text.text, autoescape=True))  # noqa: S308 — escaped by the call
        return NarrativeOnPage(html, text.language, text.is_fallback, [])
    sources = sources_by_key(pointer.key for _line, pointer in rendered.pointers())
    notes = [_note(footnote, sources) for footnote in rendered.footnotes]
    return NarrativeOnPage(rendered.html, text.language, text.is_fallback, notes)


def sources_by_key(keys: Iterable[str]) -> dict[str, Source]:
    """The published sources that the keys name, by their address or a former one."""
    wanted = set(keys)
    if not wanted:
        return {}
    published = Source.objects.published()
    found = {source.slug: source for source in published.filter(slug__in=wanted)}
    if missing := wanted - set(found):
        past = PastSlug.objects.filter(kind=Source.record_kind, slug__in=missing)
        moved = dict(past.values_list("record_id", "slug"))
        found |= {moved[source.pk]: source for source in published.filter(pk__in=moved)}
    return found


def _note(footnote: Footnote, sources: dict[str, Source]) -> Note:
    parts = [_part(pointer, sources.get(pointer.key)) for pointer in footnote.pointers]
    return Note(footnote.number, footnote.anchor, footnote.marks, parts)


def _part(pointer: Pointer, source: Source | None) -> NotePart:
    if source is None:
        return NotePart(pointer.prefix, pointer.key, "", pointer.locator)
    return NotePart(pointer.prefix, short_reference(source), source.get_absolute_url(), pointer.locator)
