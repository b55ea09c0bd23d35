"""The questions put to the full text for one query, the narrowest first."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from itertools import combinations

from cubaru.core.search import fulltext
from cubaru.core.search.days import overlap_tokens
from cubaru.core.search.entries import (
    KIND_MARK,
    NAME_MARK,
    SUMMARY_MARK,
    THEME_MARK,
    VERDICT_MARK,
    whole_token,
)
from cubaru.core.search.expansion import Meaning, Understood, phrase_terms
from cubaru.core.search.expressions import AllOf, AnyOf, Expression, Phrase, Token, any_token

#: So many of the first hits are looked at; a word of half of all texts costs no more than a rare one.
MOST_CANDIDATES = 1000


class Stage(Enum):
    """How well an entry matches: the value is where its score starts."""

    WHOLE = 2000
    NAME = 1600
    SPELLING = 1300
    SUMMARY = 900
    TEXT = 500
    NAME_PARTLY = 300
    PARTLY = 100


@dataclass(frozen=True)
class Limits:
    """What beside its words an entry must meet."""

    kinds: Sequence[str] = ()
    themes: Sequence[str] = ()
    verdicts: Sequence[str] = ()
    window: tuple[date, date] | None = None


@dataclass
class Candidates:
    """Rows in the order of how well they match, then of the index.

    `missing` are the words of the query that a row lacks, where no row has all of them.
    """

    stages: dict[int, Stage]
    is_capped: bool = False
    missing: dict[int, tuple[str, ...]] = field(default_factory=dict)


class Questions:
    """All questions about one query."""

    def __init__(self, understood: Understood, limits: Limits) -> None:
        self.understood = understood
        self.meanings = understood.meanings
        self.limits = limits
        self.bands = fulltext.band_sizes(understood.sizes)
        self.total = sum(understood.sizes.values())

    def candidates(self) -> Candidates:
        found = self.with_all_words()
        if not found and len(self.meanings) > 1:
            return self._partly()
        stages = self._in_order(found) if found else {}
        return Candidates(dict(list(stages.items())[:MOST_CANDIDATES]), len(found) >= MOST_CANDIDATES)

    def _in_order(self, found: list[int]) -> dict[int, Stage]:
        """The rows by how well they match; better ones are asked for apart, as `found` may not be all."""
        stages: dict[int, Stage] = {}
        for stage, expression in self._narrower():
            for row in self._rows(expression):
                stages.setdefault(row, stage)
        for row in found:
            stages.setdefault(row, Stage.TEXT)
        return stages

    def _narrower(self) -> Iterator[tuple[Stage, Expression | None]]:
        if whole := whole_token(list(self.understood.query.whole)):
            yield Stage.WHOLE, Token(whole)
        if not self.meanings:
            return
        yield Stage.NAME, self._words(self.meanings, NAME_MARK, exact=True)
        if any(meaning.spelled or meaning.similar for meaning in self.meanings):
            yield Stage.SPELLING, self._words(self.meanings, NAME_MARK, exact=False)
        yield Stage.SUMMARY, self._words(self.meanings, SUMMARY_MARK, exact=False)

    def _partly(self) -> Candidates:
        """Where no entry has all words: those that have all but one, or else all but two."""
        for left_out in (1, 2):
            if not left_out < len(self.meanings) <= 6:
                break
            stages: dict[int, Stage] = {}
            missing: dict[int, tuple[str, ...]] = {}
            for kept in combinations(self.meanings, len(self.meanings) - left_out):
                lacking = tuple(meaning.word.shown for meaning in self.meanings if meaning not in kept)
                for mark, stage in ((NAME_MARK, Stage.NAME_PARTLY), ("", Stage.PARTLY)):
                    for row in self._rows(self._words(kept, mark, exact=False), most=100):
                        if row not in stages or stages[row].value < stage.value:
                            stages[row], missing[row] = stage, lacking
            if stages:
                ordered = sorted(stages.items(), key=lambda pair: (-pair[1].value, pair[0]))
                return Candidates(dict(ordered), missing=missing)
        return Candidates({})

    def count(self) -> int:
        """How many entries there are, as far as candidates are counted."""
        return len(self.with_all_words())

    def with_all_words(self) -> list[int]:
        """The first rows that have all words anywhere, in the order of the index."""
        return self._rows(self._words(self.meanings, "", exact=False))

    def with_all(self) -> Expression:
        """What is true of all entries that have all words anywhere."""
        whole = self._whole(self._words(self.meanings, "", exact=False))
        assert whole is not None, "an empty query without limits is refused before"
        return whole

    def _words(self, meanings: Iterable[Meaning], mark: str, *, exact: bool) -> Expression | None:
        parts: list[Expression] = []
        for meaning in meanings:
            terms = meaning.exact if exact else list(meaning.terms)
            if not terms:
                return None
            parts.append(any_token([mark + term for term in terms]))
        return AllOf(tuple(parts)) if parts else AllOf(())

    def _rows(self, wanted: Expression | None, most: int = MOST_CANDIDATES) -> list[int]:
        whole = self._whole(wanted)
        if whole is None:
            return []
        return fulltext.find(whole, most, expected=self._expected(), bands=self.bands)

    def _whole(self, wanted: Expression | None) -> Expression | None:
        """The words together with phrases and limits; None where nothing can be asked for."""
        if wanted is None:
            return None
        query = self.understood.query
        parts: list[Expression] = [] if wanted == AllOf(()) else [wanted]
        parts += [any_phrase(words) for words in query.phrases]
        parts += self._limiting()
        if not parts:
            return None
        return AllOf(tuple(parts), tuple(any_phrase(words) for words in query.without))

    def _limiting(self) -> list[Expression]:
        limits, query = self.limits, self.understood.query
        parts: list[Expression] = []
        if limits.kinds:
            parts.append(any_token([KIND_MARK + kind for kind in limits.kinds]))
        if limits.themes:
            parts.append(any_token([THEME_MARK + theme for theme in limits.themes]))
        if limits.verdicts:
            parts.append(any_token([VERDICT_MARK + verdict for verdict in limits.verdicts]))
        if limits.window:
            parts.append(any_token(overlap_tokens(*limits.window)))
        if query.date:
            dated = any_token(overlap_tokens(query.date.earliest, query.date.latest))
            parts.append(AnyOf((dated, *self._date_as_words())))
        return parts

    def _date_as_words(self) -> list[Expression]:
        """A date in a text is an answer too, as in a source that is called “Cuba 1962”."""
        return [any_phrase(self.understood.query.date_words)] if self.understood.query.date_words else []

    def _expected(self) -> int:
        return min((self.understood.expected(meaning) for meaning in self.meanings), default=self.total)


def any_phrase(words: Sequence[str]) -> Expression:
    ways = phrase_terms(words)
    phrases: list[Expression] = [Phrase(way) if len(way) > 1 else Token(way[0]) for way in ways]
    return phrases[0] if len(phrases) == 1 else AnyOf(tuple(phrases))
