"""How many hits each further choice would leave: of a kind, a theme, a verdict, a year."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from cubaru.core.search.asking import MOST_CANDIDATES, Candidates, Limits, Questions
from cubaru.core.search.expansion import Understood
from cubaru.core.search.profiles import PROFILES, VERDICTS
from cubaru.core.search.ranking import counts_by_kind
from cubaru.core.search.tables import SearchEntry

#: Kinds that happened; the others only lived or were there.
HAPPENINGS = tuple(kind for kind, profile in PROFILES.items() if len(profile.dates) == 1 or kind == "claim")


@dataclass(frozen=True)
class Facets:
    """Each counted as if nothing else had been chosen of its sort, up to `asking.MOST_CANDIDATES`.

    `themes` are by slug, the most frequent first. `verdicts`, in their order, count claims, and events and
    persons with such a claim. `years` are those in which what happened began; none where there were too many
    hits to count them.
    """

    themes: dict[str, int]
    verdicts: dict[str, int]
    years: dict[int, int]


def counts_of_kinds(
    understood: Understood, limits: Limits, candidates: Candidates, among: Sequence[str]
) -> dict[str, int]:
    """How many there are of each of the kinds `among`, of all without any, and of those asked for."""
    others = _asked(understood, limits, candidates, kinds=tuple(among))
    if others.is_capped:
        # The first rows say nothing of the kinds that come last, unless they are all of one.
        first = counts_by_kind(others.stages)
        counts = {
            kind: MOST_CANDIDATES
            if first.get(kind, 0) >= MOST_CANDIDATES
            else Questions(understood, replace(limits, kinds=(kind,))).count()
            for kind in dict.fromkeys([*(among or PROFILES), *limits.kinds])
        }
        return {kind: number for kind, number in counts.items() if number}
    return counts_by_kind(dict.fromkeys([*others.stages, *candidates.stages]))


def facets_of(understood: Understood, limits: Limits, candidates: Candidates) -> Facets:
    return Facets(
        _themes(understood, limits, candidates),
        _verdicts(understood, limits, candidates),
        _years(understood, limits, candidates),
    )


def _themes(understood: Understood, limits: Limits, candidates: Candidates) -> dict[str, int]:
    among = _asked(understood, limits, candidates, themes=())
    rows = SearchEntry.objects.filter(id__in=list(among.stages)).values_list("themes", flat=True)
    counts = Counter(slug for themes in rows for slug in themes)
    if among.is_capped:
        counts = Counter({
            slug: Questions(understood, replace(limits, themes=(slug,))).count() for slug in counts
        })  # fmt: skip
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _verdicts(understood: Understood, limits: Limits, candidates: Candidates) -> dict[str, int]:
    among = _asked(understood, limits, candidates, verdicts=())
    if among.is_capped:
        # All are asked for: claims come late in the index, and few events have one.
        counts = Counter({
            verdict: Questions(understood, replace(limits, verdicts=(verdict,))).count()
            for verdict in VERDICTS
        })  # fmt: skip
    else:
        rows = SearchEntry.objects.filter(id__in=list(among.stages)).values_list("verdicts", flat=True)
        counts = Counter(verdict for verdicts in rows for verdict in verdicts)
    return {verdict: counts[verdict] for verdict in VERDICTS if counts[verdict]}


def _years(understood: Understood, limits: Limits, candidates: Candidates) -> dict[int, int]:
    among = _asked(understood, limits, candidates, window=None)
    if among.is_capped:
        return {}
    happened = SearchEntry.objects.filter(id__in=list(among.stages), kind__in=HAPPENINGS)
    days = happened.exclude(earliest=None).values_list("earliest", flat=True)
    return dict(sorted(Counter(day.year for day in days if day).items()))


def _asked(understood: Understood, limits: Limits, candidates: Candidates, **changes: Any) -> Candidates:
    """The candidates, or where that is another question those within the changed limits."""
    changed = replace(limits, **changes)
    return candidates if changed == limits else Questions(understood, changed).candidates()
