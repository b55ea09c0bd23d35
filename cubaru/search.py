"""Search over all kinds of records: what is found, in groups, with the words that were found marked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cubaru.core.folding import fold
from cubaru.core.languages import LocalText, best_text
from cubaru.core.pages import address_with, paginate
from cubaru.core.templatetags.wording import in_language
from events.filters import ClaimFilterSet
from events.models import Claim, Event, Theme
from events.presentation import date_of
from people.models import Organization, Person
from people.presentation import monogram_names
from places.models import Place
from sources.models import Source
from sources.presentation import source_reference

MOST_CHARACTERS: Final = 200
#: Of each kind, where all are shown.
FEW: Final = 5
#: Names beside the title that contain what was looked for.
MOST_NAMES: Final = 3


@dataclass(frozen=True, slots=True)
class Row:
    """parts/row.html."""

    title: SafeString
    url: str
    aside: str
    aside_small: str = ""
    text: SafeString | str = ""
    verdict: str = ""
    latin: str = ""
    cyrillic: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record that can be found: what it is called, which rows match, and how one is shown."""

    name: str
    title: Promise
    rows: Callable[[str], QuerySet[Any]]
    row: Callable[[Any, Sequence[str]], Row]


def results(request: HttpRequest, query: str) -> dict[str, Any]:
    """The context of templates/search.html: `tabs`, and `groups` with the rows of each kind."""
    words = fold(query).split()
    if not words:
        return {"tabs": [], "groups": []}
    chosen = request.GET.get("kind", "")
    found = [(kind, kind.rows(query)) for kind in KINDS]
    counts = {kind.name: rows.count() for kind, rows in found}
    groups: list[dict[str, Any]] = []
    pages = None
    for kind, rows in found:
        if chosen == kind.name:
            pages = paginate(request, rows)
            groups.append({"title": "", "rows": [kind.row(row, words) for row in pages.items]})
        elif chosen not in counts and counts[kind.name]:
            groups.append(
                {
                    "name": kind.name,
                    "title": kind.title,
                    "rows": [kind.row(row, words) for row in rows[:FEW]],
                    "more_url": address_with(request, kind=kind.name) if counts[kind.name] > FEW else "",
                    "count": counts[kind.name],
                }
            )
    return {
        "tabs": _tabs(request, counts, chosen),
        "groups": [group for group in groups if group["rows"]],
        "pages": pages,
        "total": sum(counts.values()),
    }


def marked(text: str, words: Sequence[str]) -> SafeString:
    """The text with <mark> around each occurrence of a word, whatever accents or case.

    >>> marked("Никита Хрущёв", ["хрущев"])
    'Никита <mark>Хрущёв</mark>'
    """
    folded, origin = _folded_with_origin(text)
    hit = [False] * len(text)
    for word in words:
        start = folded.find(word)
        while start >= 0:
            for place in origin[start : start + len(word)]:
                hit[place] = True
            start = folded.find(word, start + 1)
    pieces: list[tuple[bool, str]] = []
    for is_hit, letter in zip(hit, text, strict=True):
        if pieces and pieces[-1][0] == is_hit:
            pieces[-1] = (is_hit, pieces[-1][1] + letter)
        else:
            pieces.append((is_hit, letter))
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>" if is_hit else "{}", piece),) for is_hit, piece in pieces)
    )


def _folded_with_origin(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its letters the place in the text that it came from."""
    letters: list[str] = []
    origin: list[int] = []
    for place, letter in enumerate(text):
        for folded in fold(letter):
            letters.append(folded)
            origin.append(place)
    return "".join(letters), origin


def _tabs(request: HttpRequest, counts: dict[str, int], chosen: str) -> list[dict[str, Any]]:
    everything = {
        "title": _("All"),
        "url": address_with(request, kind=None),
        "count": sum(counts.values()),
        "is_current": chosen not in counts,
    }
    return [
        everything,
        *(
            {
                "title": kind.title,
                "url": address_with(request, kind=kind.name),
                "count": counts[kind.name],
                "is_current": chosen == kind.name,
            }
            for kind in KINDS
            if counts[kind.name] or chosen == kind.name
        ),
    ]


def _local(text: LocalText, words: Sequence[str]) -> SafeString:
    found = marked(text.text, words)
    return format_html('<span lang="{}">{}</span>', text.language, found) if text.is_fallback else found


def _with_names(record: Any, words: Sequence[str], field: str) -> SafeString:
    """The text of the field, after the names that contain a word and are not the title."""
    shown = record.label.text
    names = [
        in_language(marked(name.text, words), name.language.split("-")[0])
        for name in record.names.all()
        if name.text != shown and any(word in name.folded for word in words)
    ]
    text = best_text(record, field)
    pieces = [*names[:MOST_NAMES], *([_local(text, words)] if text else [])]
    return format_html_join(" · ", "{}", ((piece,) for piece in pieces))


def _event_row(event: Event, words: Sequence[str]) -> Row:
    return Row(
        title=_local(event.label, words),
        url=event.get_absolute_url(),
        aside=date_of(event),
        text=_local(best_text(event, "summary"), words),
    )


def _person_row(person: Person, words: Sequence[str]) -> Row:
    latin, cyrillic = monogram_names(person)
    return Row(
        title=_local(person.label, words),
        url=person.get_absolute_url(),
        aside=capfirst(_("Person")),
        text=_with_names(person, words, "description"),
        latin=latin,
        cyrillic=cyrillic,
    )


def _named_row(record: Organization | Place, words: Sequence[str]) -> Row:
    return Row(
        title=_local(record.label, words),
        url=record.get_absolute_url(),
        aside=capfirst(_("Organization") if isinstance(record, Organization) else _("Place")),
        text=_with_names(record, words, "description"),
    )


def _theme_row(theme: Theme, words: Sequence[str]) -> Row:
    return Row(
        title=_local(theme.label, words),
        url=theme.get_absolute_url(),
        aside=capfirst(_("Theme")),
        text=_local(best_text(theme, "description"), words),
    )


def _source_row(source: Source, words: Sequence[str]) -> Row:
    return Row(
        title=_local(source.label, words),
        url=source.get_absolute_url(),
        aside=capfirst(source.get_type_display()),
        text=marked(source_reference(source), words),
    )


def _claim_row(claim: Claim, words: Sequence[str]) -> Row:
    return Row(
        title=_local(claim.label, words),
        url=claim.get_absolute_url(),
        aside=capfirst(_("Claim")),
        text=_local(best_text(claim, "reasoning"), words),
        verdict=claim.verdict,
    )


def _claims(query: str) -> QuerySet[Claim]:
    claims = Claim.objects.published().order_by("slug")
    found: QuerySet[Claim] = ClaimFilterSet({"q": query}, claims).qs
    return found


KINDS: Final = (
    Kind(
        "events", gettext_lazy("Events"), lambda query: Event.objects.published().matching(query), _event_row
    ),
    Kind(
        "people",
        gettext_lazy("People"),
        lambda query: Person.objects.published().matching(query).prefetch_related("names"),
        _person_row,
    ),
    Kind(
        "organizations",
        gettext_lazy("Organizations"),
        lambda query: Organization.objects.published().matching(query).prefetch_related("names"),
        _named_row,
    ),
    Kind(
        "places",
        gettext_lazy("Places"),
        lambda query: Place.objects.published().matching(query).prefetch_related("names"),
        _named_row,
    ),
    Kind(
        "themes", gettext_lazy("Themes"), lambda query: Theme.objects.published().matching(query), _theme_row
    ),
    Kind("claims", gettext_lazy("Claims"), _claims, _claim_row),
    Kind(
        "sources",
        gettext_lazy("Sources"),
        lambda query: Source.objects.published().matching(query),
        _source_row,
    ),
)
