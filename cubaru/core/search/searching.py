"""The search: what pages, the API and feeds ask."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, Q
from django.utils import translation
from django.utils.translation import gettext as _

from cubaru.core.languages import LocalText, best_of
from cubaru.core.search.asking import MOST_CANDIDATES, Candidates, Limits, Questions, Stage
from cubaru.core.search.expansion import Understood, understand
from cubaru.core.search.facets import HAPPENINGS, Facets, counts_of_kinds, facets_of
from cubaru.core.search.highlights import Highlight, Piece, found_as, passages, title_pieces, wanted_terms
from cubaru.core.search.profiles import PROFILES, VERDICTS
from cubaru.core.search.queries import QueryError, read_query
from cubaru.core.search.query_dates import QueryDate
from cubaru.core.search.ranking import Ranked, Window, ranked, reason_of
from cubaru.core.search.rows import kind_number_of_row
from cubaru.core.search.tables import SearchEntry

__all__ = ["MOST_CANDIDATES", "Highlight", "Hit", "Piece", "QueryError", "Results", "search"]

MOST_A_PAGE = 100


@dataclass(frozen=True)
class Hit:
    """A record, or a claim, that a search found.

    `record_id` is the primary key of the record; of a claim, that of the record it stands in (`owner_kind`).
    `title_pieces` are the title in pieces, with the words looked for marked; `reason` says why it was found.
    """

    kind: str
    slug: str
    owner_kind: str
    record_id: int
    title: LocalText
    titles: dict[str, str]
    title_pieces: tuple[Piece, ...]
    score: int
    reason: str
    highlights: tuple[Highlight, ...]
    earliest: date | None
    latest: date | None
    importance: int


@dataclass(frozen=True)
class Results:
    """One page of hits, and what there is to say of all of them.

    `counts` are by kind, whatever kinds were asked for; where `is_capped` there are more than were looked at.
    `certainly` and `possibly` count the dated hits of a search with dates: those that lie within them whole,
    and those of which that cannot be told. `missing` are words that no hit has together with the others.
    """

    query: str
    hits: list[Hit]
    total: int
    is_capped: bool
    counts: dict[str, int]
    facets: Facets | None
    did_you_mean: str
    also_found_as: list[str]
    date: QueryDate | None
    certainly: int | None
    possibly: int | None
    missing: tuple[str, ...]
    next_cursor: str | None


def search(  # noqa: PLR0913
    query: str,
    *,
    language: str,
    kinds: Sequence[str] | None = None,
    from_: date | None = None,
    to: date | None = None,
    themes: Sequence[str] = (),
    verdicts: Sequence[str] = (),
    limit: int = 20,
    cursor: str | None = None,
    unfinished: bool = False,
    each: int = 0,
    facets: bool = False,
) -> Results:
    """What readers may see that matches, best first, worded in `language`.

    `verdicts` narrow it to claims with one of them, and to what has such a claim.

    With `unfinished` the last word may go on: for results while somebody types. With `each`, the hits are so
    many of each kind in the place of a page of all; with `facets` those are counted. A record without a date
    matches no `from_` and `to`. Raises QueryError, with a sentence for who asked, if the query or the
    cursor cannot be read.
    """
    with translation.override(language):
        read = read_query(query, unfinished=unfinished)
        limits = _limits(kinds, from_, to, themes, verdicts)
        if read.is_empty and not (limits.window or limits.themes or limits.verdicts):
            raise QueryError(_("Type a word, a name or a date to look for."))
        # Who asks for a time alone asks what happened then, not who lived or what there was.
        among = () if read.words or read.phrases else HAPPENINGS
        limits = replace(limits, kinds=limits.kinds or among)
        start = _start(cursor)
        understood = understand(read)
        questions = Questions(understood, limits)
        candidates = questions.candidates()
        windows = _windows(understood, limits)
        order = ranked(candidates, understood, language, windows)
        page = order[start : start + max(1, min(limit, MOST_A_PAGE))] if not each else _first(order, each)
        following = start + len(page)
        certainly, possibly = _sureness(order, windows)
        return Results(
            query=read.text,
            hits=_hits(page, candidates, understood, language),
            total=len(order),
            is_capped=candidates.is_capped,
            counts=counts_of_kinds(understood, limits, candidates, among),
            facets=facets_of(understood, limits, candidates) if facets else None,
            did_you_mean=_did_you_mean(understood),
            also_found_as=_also_found_as(understood),
            date=read.date,
            certainly=certainly,
            possibly=possibly,
            missing=candidates.missing.get(order[0].row, ()) if order else (),
            next_cursor=str(following) if page and following < len(order) and not each else None,
        )


def _first(order: list[Ranked], each: int) -> list[Ranked]:
    """The first hits of each kind, in their order."""
    taken: Counter[int] = Counter()
    page = []
    for one in order:
        kind = kind_number_of_row(one.row)
        taken[kind] += 1
        if taken[kind] <= each:
            page.append(one)
    return page


def _limits(
    kinds: Sequence[str] | None,
    from_: date | None,
    to: date | None,
    themes: Sequence[str],
    verdicts: Sequence[str],
) -> Limits:
    for kind in kinds or ():
        if kind not in PROFILES:
            raise QueryError(
                _("“%(kind)s” is no kind of record to search; known are %(known)s.")
                % {"kind": kind, "known": ", ".join(PROFILES)}
            )
    for verdict in verdicts:
        if verdict not in VERDICTS:
            raise QueryError(
                _("“%(verdict)s” is no verdict on claims; known are %(known)s.")
                % {"verdict": verdict[:80], "known": ", ".join(VERDICTS)}
            )
    window = (from_ or date.min, to or date.max) if from_ or to else None
    if window and window[1] < window[0]:
        raise QueryError(_("The time to search ends before it begins."))
    return Limits(tuple(kinds or ()), tuple(themes), tuple(verdicts), window)


def _start(cursor: str | None) -> int:
    if not cursor:
        return 0
    if not (cursor.isascii() and cursor.isdigit()) or len(cursor) > 4 or int(cursor) > MOST_CANDIDATES:
        raise QueryError(_("This is not a cursor that a search gave."))
    return int(cursor)


def _hits(page: list[Ranked], candidates: Candidates, understood: Understood, language: str) -> list[Hit]:
    entries = SearchEntry.objects.in_bulk([one.row for one in page])
    terms = wanted_terms(understood)
    hits = []
    for one in page:
        entry = entries.get(one.row)
        if entry is None:
            continue
        title = title_of(entry.titles, language)
        spelled = found_as(entry, terms) if one.stage is Stage.SPELLING else ()
        hits.append(
            Hit(
                kind=entry.kind, slug=entry.slug, owner_kind=entry.owner_kind, record_id=entry.record_id,
                title=title, titles=entry.titles, score=one.score,
                title_pieces=title_pieces(title.text, title.language, terms),
                reason=reason_of(one.stage, understood, spelled, candidates.missing.get(one.row, ())),
                highlights=passages(entry, terms, language), earliest=entry.earliest, latest=entry.latest,
                importance=entry.importance,
            )
        )  # fmt: skip
    return hits


def title_of(titles: dict[str, str], language: str) -> LocalText:
    """The title as a reader of the language gets it; that of a source stays in its own."""
    title = best_of(titles, language)
    if not title and titles:
        own_language, text = next(iter(titles.items()))
        return LocalText(text, own_language, is_fallback=True)
    return title


def _windows(understood: Understood, limits: Limits) -> list[Window]:
    """The times asked for, in the query or beside it."""
    said = understood.query.date
    windows = [limits.window] if limits.window else []
    return [*windows, (said.earliest, said.latest)] if said else windows


def _sureness(order: list[Ranked], windows: list[Window]) -> tuple[int | None, int | None]:
    if not windows:
        return None, None
    inside, touching = Q(), Q()
    for first, last in windows:
        inside &= Q(earliest__gte=first, latest__lte=last)
        touching &= Q(earliest__lte=last, latest__gte=first)
    found = SearchEntry.objects.filter(id__in=[one.row for one in order]).aggregate(
        certainly=Count("id", filter=inside), all=Count("id", filter=touching)
    )
    return found["certainly"], found["all"] - found["certainly"]


def _did_you_mean(understood: Understood) -> str:
    """The query with mistyped words put right; "" if there is none."""
    text = understood.query.text
    for meaning in understood.meanings:
        if meaning.meant:
            text = text.replace(meaning.word.shown, meaning.meant)
    return text if text != understood.query.text else ""


def _also_found_as(understood: Understood) -> list[str]:
    """Other spellings, as texts have them, that were looked for too; never one made by rule."""
    shown: Iterable[str] = (
        meaning.forms[term]
        for meaning in understood.meanings
        for term in sorted(meaning.spelled, key=lambda term: (-understood.entries.get(term, 0), term))
        if term in meaning.forms
    )
    typed = {meaning.word.form for meaning in understood.meanings}
    return [word for word in dict.fromkeys(shown) if word.lower() not in typed][:6]
