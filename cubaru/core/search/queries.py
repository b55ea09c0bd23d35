"""What somebody typed, read: words, phrases, words that must not be there, and a date."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cubaru.core.search.query_dates import QueryDate, find_date
from cubaru.core.search.words import STOP_WORDS, Word, clean, form_of, words_in

MOST_CHARACTERS = 500
MOST_WORDS = 24

_QUOTED = re.compile(r'(?P<minus>(?<!\S)-)?["“”„«»](?P<text>[^"“”„«»]*)["“”„«»]')
_WORD = re.compile(r"(?P<minus>(?<!\S)-)?(?P<text>[^\s\"“”„«»]+)")


class QueryError(ValueError):
    """A query that cannot be answered, in a sentence for who typed it."""


@dataclass(frozen=True, slots=True)
class QueryWord:
    """A word as typed; `parts` are those of a word with hyphens, `is_prefix` if it may go on."""

    shown: str
    is_prefix: bool = False
    parts: tuple[str, ...] = ()

    @property
    def form(self) -> str:
        return form_of(self.shown)


@dataclass(frozen=True, slots=True)
class Query:
    """`words` are all wanted in any order, each of the `phrases` as it stands, none of `without`.

    `whole` are the forms of all that was typed, `date` what of it was read as one.
    """

    text: str
    words: tuple[QueryWord, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    without: tuple[tuple[str, ...], ...] = ()
    date: QueryDate | None = None
    whole: tuple[str, ...] = ()

    @property
    def date_words(self) -> tuple[str, ...]:
        """The date as it may stand in a text."""
        return tuple(word.shown for word in words_in(self.date.said)) if self.date else ()

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.phrases or self.date)


def read_query(text: str, *, unfinished: bool = False) -> Query:
    """Reads what was typed; with `unfinished` the last word may go on.

    Raises QueryError if it is too long, or only says what must not be there.
    """
    if len(text) > MOST_CHARACTERS:
        raise QueryError(
            _("A search has at most %(most)d characters; this one has %(length)d.")
            % {"most": MOST_CHARACTERS, "length": len(text)}
        )
    cleaned = clean(text)
    phrases: list[tuple[str, ...]] = []
    without: list[tuple[str, ...]] = []
    rest = _take_quoted(cleaned, phrases, without)
    found = find_date(rest)
    if found is not None:
        rest = rest[: found.start] + " " * (found.end - found.start) + rest[found.end :]
    words = _words(rest, without, unfinished=unfinished and not cleaned.endswith((" ", '"', "»", "”")))
    if len(words) + sum(map(len, phrases)) + sum(map(len, without)) > MOST_WORDS:
        raise QueryError(_("A search has at most %(most)d words.") % {"most": MOST_WORDS})
    kept = [word for word in dict.fromkeys(words) if word.form not in STOP_WORDS and _counts(word, words)]
    # A name of a work such as “El” is still found where nothing else was typed.
    if not kept and not phrases and found is None:
        kept = words
    query = Query(
        cleaned.strip(), tuple(kept), tuple(phrases), tuple(without), found,
        () if without else tuple(word.form for word in words_in(cleaned)),
    )  # fmt: skip
    if query.is_empty and without:
        raise QueryError(_("Say also what to look for, not only what to leave out."))
    return query


def _counts(word: QueryWord, words: list[QueryWord]) -> bool:
    """Initials help nobody: N. S. Khrushchev is found by the last word."""
    return len(word.form) > 1 or word.form.isdigit() or len(words) == 1


def _take_quoted(text: str, phrases: list[tuple[str, ...]], without: list[tuple[str, ...]]) -> str:
    """The text with its quoted parts blanked out, which are added to the lists."""

    def take(found: re.Match[str]) -> str:
        words = tuple(word.shown for word in words_in(found["text"]))
        if words:
            (without if found["minus"] else phrases).append(words)
        return " " * len(found.group())

    return _QUOTED.sub(take, text)


def _words(text: str, without: list[tuple[str, ...]], *, unfinished: bool) -> list[QueryWord]:
    words: list[QueryWord] = []
    for piece in _WORD.finditer(text):
        inner = list(words_in(piece["text"]))
        if piece["minus"]:
            if inner:
                without.append(tuple(word.shown for word in inner))
            continue
        words += _joined(piece["text"], inner)
    if words and unfinished and not words[-1].is_prefix:
        words[-1] = QueryWord(words[-1].shown, is_prefix=True, parts=words[-1].parts)
    return words


def _joined(piece: str, inner: list[Word]) -> list[QueryWord]:
    """The words of a piece without spaces; those joined by hyphens as one."""
    if not inner:
        return []
    is_prefix = piece[inner[-1].end :].startswith("*")
    chains: list[list[Word]] = [[inner[0]]]
    for word in inner[1:]:
        if piece[chains[-1][-1].end : word.start] in {"-", "‑"}:
            chains[-1].append(word)
        else:
            chains.append([word])
    words = [
        QueryWord(piece[chain[0].start : chain[-1].end],
                  parts=tuple(word.shown for word in chain) if len(chain) > 1 else ())
        for chain in chains
    ]  # fmt: skip
    if is_prefix:
        words[-1] = QueryWord(words[-1].shown, is_prefix=True, parts=words[-1].parts)
    return words
