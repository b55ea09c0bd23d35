"""Hits as rows of a list, with the words that were found marked."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from cubaru.core.languages import LocalText, best_text, current_language
from cubaru.core.search.highlights import Highlight, Piece
from cubaru.core.search.searching import Hit
from cubaru.core.templatetags.wording import in_language
from events.models import Claim, Event, Theme
from events.presentation import ThemeMark, date_of, theme_marks
from people.models import Organization, Person
from people.presentation import monogram_names
from people.presentation_person import life_dates
from places.models import Place
from sources.models import Source
from sources.presentation import source_reference

#: What a row shows is loaded with these; claims have no primary key in the index.
_ROWS: Final[dict[str, Callable[[], Any]]] = {
    "event": lambda: Event.objects.published().with_themes(),
    "person": Person.objects.published,
    "organization": Organization.objects.published,
    "place": Place.objects.published,
    "theme": Theme.objects.published,
    "source": Source.objects.published,
}


@dataclass(frozen=True, slots=True)
class Row:
    """parts/row.html; `hit` is what it shows, `record` the row of that in the database."""

    hit: Hit
    record: Any
    kind: str
    title: SafeString
    url: str
    aside: str
    aside_small: str = ""
    text: SafeString | str = ""
    verdict: str = ""
    latin: str = ""
    cyrillic: str = ""
    themes: Sequence[ThemeMark] = ()
    facts: list[str] = field(default_factory=list)


def rows_of(hits: Iterable[Hit]) -> list[Row]:
    """A row for each hit, in order; what went since the index was asked is left out."""
    listed = list(hits)
    records = _records(listed)
    found = ((hit, records.get((hit.kind, _key(hit)))) for hit in listed)
    return [_row(hit, record) for hit, record in found if record is not None]


def marked(pieces: Iterable[Piece]) -> SafeString:
    """The pieces in a row, those that were found in <mark>.

    >>> marked([Piece("Никита ", False), Piece("Хрущёв", True)])
    'Никита <mark>Хрущёв</mark>'
    """
    return format_html_join(
        "",
        "{}",
        ((format_html("<mark>{}</mark>" if one.is_match else "{}", one.text),) for one in pieces),
    )


def _key(hit: Hit) -> int | str:
    return hit.slug if hit.kind == "claim" else hit.record_id


def _records(hits: Sequence[Hit]) -> Mapping[tuple[str, int | str], Any]:
    wanted: dict[str, list[int | str]] = defaultdict(list)
    for hit in hits:
        wanted[hit.kind].append(_key(hit))
    found: dict[tuple[str, int | str], Any] = {}
    for kind, keys in wanted.items():
        if kind == "claim":
            claims = Claim.objects.published().filter(slug__in=keys)
            found |= {(kind, claim.slug): claim for claim in claims}
        else:
            found |= {(kind, key): record for key, record in _ROWS[kind]().in_bulk(keys).items()}
    return found


def _row(hit: Hit, record: Any) -> Row:
    latin, cyrillic = monogram_names(record) if isinstance(record, Person) else ("", "")
    return Row(
        hit=hit,
        record=record,
        kind=_kind_of(record),
        title=in_language(marked(hit.title_pieces), hit.title.language),
        url=record.get_absolute_url(),
        aside=_aside(record),
        text=text_of(hit, record),
        verdict=record.verdict if isinstance(record, Claim) else "",
        latin=latin,
        cyrillic=cyrillic,
        themes=theme_marks(record) if isinstance(record, Event) else (),
        facts=[hit.reason],
    )


def _kind_of(record: Any) -> str:
    if isinstance(record, Source):
        return capfirst(record.get_type_display())
    return capfirst(str(record._meta.verbose_name))


def _aside(record: Any) -> str:
    if isinstance(record, Event):
        return date_of(record)
    return life_dates(record, short=True) if isinstance(record, Person) else _kind_of(record)


def text_of(hit: Hit, record: Any, *, with_names: bool = True) -> SafeString:
    """What shows why it was found, and what it is: of a source its reference, else passages or the summary.

    Passages in another language stand there only where the title does not show it already.
    """
    if isinstance(record, Source):
        return format_html("{}", source_reference(record))
    language, title_shows_it = current_language(), any(piece.is_match for piece in hit.title_pieces)
    passages = [
        one
        for one in hit.highlights
        if any(piece.is_match for piece in one.pieces)
        and (one.language == language or not title_shows_it or _is_name(one))
        and not (_is_name(one) and (not with_names or str(one) == hit.title.text))
    ]
    shown = [_passage(one) for one in passages]
    if not any(one.language == language and not _is_name(one) for one in passages):
        shown += [_local(summary)] if (summary := _summary(record)) else []
    return format_html_join(" · ", "{}", ((text,) for text in shown))


def _is_name(highlight: Highlight) -> bool:
    return highlight.key in {"name", "names.text"}


def _passage(highlight: Highlight) -> SafeString:
    return in_language(marked(highlight.pieces), highlight.language)


def _summary(record: Any) -> LocalText:
    name = {"event": "summary", "claim": "reasoning"}.get(record._meta.model_name, "description")
    return best_text(record, name)


def _local(text: LocalText) -> SafeString:
    return in_language(text.text, text.language)
