"""The order of hits, and the sentence that says why one stands where it does.

The score is a sum that anybody can check: where the words were found (`asking.Stage`), how much of the title
or name they make up (up to 90), how important the record is (5 for each step), 60 for what a name most
likely means (a theme, a person, an organization, a place), and 40 for lying whole within the dates asked for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from cubaru.core.search.asking import Candidates, Stage
from cubaru.core.search.expansion import Meaning, Understood
from cubaru.core.search.profiles import CLAIM_NUMBERS, PROFILES, profile_of
from cubaru.core.search.rows import kind_number_of_row, standing_of_row
from cubaru.core.search.tables import SearchEntry
from cubaru.core.search.words import all_terms, clean, may_be, starts_of, words_in

#: So many of the best candidates are ordered by their titles; the others stay in the order of the index.
MOST_REFINED = 100

#: A first and a last day.
Window = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Ranked:
    row: int
    score: int
    stage: Stage


def ranked(
    candidates: Candidates, understood: Understood, language: str, windows: Sequence[Window] = ()
) -> list[Ranked]:
    """All candidates, best first; among equals the more important, then the earlier, then by address."""
    rows = sorted(candidates.stages, key=lambda row: -candidates.stages[row].value)
    head, tail = rows[:MOST_REFINED], rows[MOST_REFINED:]
    columns = ("id", "kind", "slug", "titles", "earliest", "latest")
    scored = []
    for row, kind, slug, titles, earliest, latest in SearchEntry.objects.filter(id__in=head).values_list(
        *columns
    ):
        stage = candidates.stages[row]
        score = _standing_score(row, stage) + profile_of(kind).bonus
        score += round(90 * _coverage(titles, understood.meanings, language))
        if windows and earliest and all(first <= earliest and latest <= last for first, last in windows):
            score += 40
        scored.append((-score, standing_of_row(row), earliest or date.max, slug, Ranked(row, score, stage)))
    best = [item[-1] for item in sorted(scored, key=lambda item: item[:-1])]
    lowest = best[-1].score if best else 0
    return best + [
        Ranked(row, min(lowest, _standing_score(row, candidates.stages[row])), candidates.stages[row])
        for row in tail
    ]


def _standing_score(row: int, stage: Stage) -> int:
    return stage.value + 5 * max(6 - standing_of_row(row), 0)


def _coverage(titles: dict[str, str], meanings: Sequence[Meaning], language: str) -> float:
    """How much of a title the words of the query make up, from 0 to 1; the reader's own counts most."""
    if not meanings:
        return 0.0
    terms: dict[str, float] = {}
    for meaning in meanings:
        for term, sureness in meaning.terms.items():
            terms[term] = max(sureness, terms.get(term, 0))
    best, starts = 0.0, starts_of(terms)
    for title_language, title in titles.items():
        words = [word.shown for word in words_in(clean(title[:300]))]
        if not words:
            continue
        matched = sum(
            max((terms[term] for term in all_terms(word) if term in terms), default=0)
            for word in words
            if may_be(word, starts)
        )
        weight = 1.0 if title_language == language else 0.95
        best = max(best, weight * matched / max(len(words), len(meanings)))
    return min(best, 1.0)


def counts_by_kind(rows: Iterable[int]) -> dict[str, int]:
    """How many of the rows are of each kind, as the row numbers tell."""
    kinds = {profile.number: kind for kind, profile in PROFILES.items()}
    kinds |= dict.fromkeys(CLAIM_NUMBERS.values(), "claim")
    counts: dict[str, int] = {}
    for row in rows:
        kind = kinds[kind_number_of_row(row)]
        counts[kind] = counts.get(kind, 0) + 1
    return {kind: counts[kind] for kind in PROFILES if kind in counts}


def reason_of(stage: Stage, understood: Understood, found_as: Sequence[str], missing: Sequence[str]) -> str:
    """Why a hit is one, in the active language."""
    match stage:
        case Stage.SPELLING if found_as:
            reason = _("In the title or a name, spelled %(words)s") % {"words": ", ".join(found_as)}
        case Stage.NAME_PARTLY | Stage.PARTLY:
            reason = _("Without “%(words)s”") % {"words": " ".join(missing)}
        case Stage.TEXT if not understood.meanings and not understood.query.phrases:
            reason = _("At that time")
        case _:
            reason = {
                Stage.WHOLE: _("The whole title or name"),
                Stage.NAME: _("In the title or a name"),
                Stage.SPELLING: _("In the title or a name, in another spelling"),
                Stage.SUMMARY: _("In the summary, or among who and what is named with it"),
            }.get(stage, _("In the text"))
    return reason
