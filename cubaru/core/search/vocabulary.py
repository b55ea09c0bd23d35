"""The words of the index: kept in step with the entries, and looked up for queries."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from django.db import connection
from django.db.models import QuerySet, Sum
from rapidfuzz.distance import OSA

from cubaru.core.search.entries import Analysis
from cubaru.core.search.fulltext import band_mark
from cubaru.core.search.rows import band_of_row
from cubaru.core.search.tables import SearchForm, SearchSpelling

ItemT = TypeVar("ItemT")
_AT_ONCE = 100
#: How many words with the same beginning or ending are compared with a mistyped one.
_COMPARED = 4000


@dataclass
class Changes:
    """By how much the counts of words change; added up over many entries, then written at once."""

    forms: Counter[tuple[str, str]] = field(default_factory=Counter)
    shown: dict[tuple[str, str], str] = field(default_factory=dict)
    spellings: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, analysis: Analysis, by: int = 1) -> None:
        """Counts an entry in, or with `by=-1` out."""
        for pair, shown in analysis.pairs.items():
            self.forms[pair] += by
            self.shown.setdefault(pair, shown)
        self.forms[("", band_mark(band_of_row(analysis.posting.row)))] += by
        for spelling in analysis.spellings:
            self.spellings[spelling] += by

    def write(self) -> None:
        # In one order, so that two writers never wait for each other crosswise.
        changed = sorted((pair, by) for pair, by in self.forms.items() if by)
        for some in _pieces(changed):
            _add_forms([(*pair, self.shown.get(pair, "")[:100], by) for pair, by in some])
        for spellings in _pieces(sorted((pair, by) for pair, by in self.spellings.items() if by)):
            _add_spellings([(*pair, by) for pair, by in spellings])
        for gone in _pieces(sorted({form for (form, _term), by in self.forms.items() if by < 0})):
            SearchForm.objects.filter(form__in=gone, entries__lte=0).delete()
        for gone in _pieces(sorted({form for (form, _key), by in self.spellings.items() if by < 0})):
            SearchSpelling.objects.filter(form__in=gone, entries__lte=0).delete()


def _pieces(items: Iterable[ItemT]) -> Iterator[list[ItemT]]:
    rest = iter(items)
    while some := list(islice(rest, _AT_ONCE)):
        yield some


def _add_forms(rows: list[tuple[str, str, str, int]]) -> None:
    values = [
        value
        for form, term, shown, by in rows
        for value in (form, term, shown, by, form[:2], form[2:5], form[-2:], len(form))
    ]
    holders = ", ".join(["(%s, %s, %s, %s, %s, %s, %s, %s)"] * len(rows))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_searchform (form, term, shown, entries, head, core, tail, length)"  # noqa: S608
            f" VALUES {holders} ON CONFLICT (form, term)"
            " DO UPDATE SET entries = core_searchform.entries + excluded.entries",
            values,
        )


def _add_spellings(rows: list[tuple[str, str, int]]) -> None:
    holders = ", ".join(["(%s, %s, %s)"] * len(rows))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_searchspelling (form, key, entries)"  # noqa: S608
            f" VALUES {holders} ON CONFLICT (form, key)"
            " DO UPDATE SET entries = core_searchspelling.entries + excluded.entries",
            [value for row in rows for value in row],
        )


def clear() -> None:
    SearchForm.objects.all().delete()
    SearchSpelling.objects.all().delete()


# Looking up ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Known:
    """A word of the index: its folded form, a term that finds it, how it is written, in how many entries."""

    form: str
    term: str
    shown: str
    entries: int


_COLUMNS = ("form", "term", "shown", "entries")


def _known(rows: "QuerySet[SearchForm]") -> list[Known]:
    return [Known(*row) for row in rows.values_list(*_COLUMNS)]


def by_form(forms: Iterable[str]) -> list[Known]:
    """The words with these forms; under the form "" the sizes of the stretches of the index."""
    return _known(SearchForm.objects.filter(form__in=sorted(set(forms))).order_by("form", "term"))


def entries_with(terms: Iterable[str]) -> dict[str, int]:
    """In how many entries each of the terms stands, at most."""
    counted = SearchForm.objects.filter(term__in=sorted(set(terms))).exclude(form="")
    return dict(counted.values("term").annotate(total=Sum("entries")).values_list("term", "total").order_by())


def keys_of_spellings(forms: Iterable[str]) -> dict[str, set[str]]:
    """The sound keys that names with these spellings have."""
    found: dict[str, set[str]] = {}
    rows = SearchSpelling.objects.filter(form__in=sorted(set(forms))).values_list("form", "key")
    for form, key in rows:
        found.setdefault(form, set()).add(key)
    return found


def by_key(keys: Iterable[str], most: int = 300) -> list[tuple[str, Known]]:
    """The words of names that have one of the sound keys, with the key; the most frequent first."""
    spelled = SearchSpelling.objects.filter(key__in=sorted(set(keys)))
    pairs = list(spelled.order_by("-entries", "form", "key").values_list("form", "key")[: most * 4])
    words: dict[str, list[Known]] = {}
    for known in by_form(form for form, _key in pairs):
        words.setdefault(known.form, []).append(known)
    return [(key, known) for form, key in pairs for known in words.get(form, ())][:most]


def by_prefix(prefix: str, most: int) -> list[Known]:
    """The words that begin with the letters, the most frequent first."""
    rows = _beginning(SearchForm.objects.all(), prefix).filter(length__gte=len(prefix))
    return _known(rows.order_by("-entries", "form", "term")[:most])


def spellings_by_prefix(prefix: str, most: int) -> set[str]:
    """The sound keys of names of which a spelling begins with the letters."""
    rows = _beginning(SearchSpelling.objects.all(), prefix).order_by("-entries", "form", "key")
    return set(rows.values_list("key", flat=True)[:most])


def _beginning(rows: "QuerySet[ItemT]", prefix: str) -> "QuerySet[ItemT]":  # type: ignore[type-var]
    if connection.vendor == "postgresql":
        return rows.filter(form__startswith=prefix)
    # SQLite uses no index for LIKE; its texts are ordered by code point.
    return rows.filter(form__gte=prefix, form__lt=prefix + "\U0010ffff")


def nearest(form: str) -> list[Known]:
    """The words that are one typing error away, or two in a long word; those with the fewest errors.

    A letter left out, added, changed, or two changed places, count as one error each.
    """
    most = 0 if len(form) < 4 else 1 if len(form) < 8 else 2
    if not most:
        return []
    lengths = (len(form) - most, len(form) + most)
    compared: dict[str, list[Known]] = {}
    for part in ({"head": form[:2]}, {"core": form[2:5]}, {"tail": form[-2:]}):
        rows = SearchForm.objects.filter(**part, length__range=lengths)
        for known in _known(rows.order_by("-entries", "form", "term")[:_COMPARED]):
            compared.setdefault(known.form, []).append(known)
    distances = {other: OSA.distance(form, other, score_cutoff=most) for other in compared}
    best = min(distances.values(), default=most + 1)
    if best > most:
        return []
    found = [known for other, distance in distances.items() if distance == best for known in compared[other]]
    found = list(dict.fromkeys(found))
    return sorted(found, key=lambda known: (-known.entries, known.form, known.term))[:12]
