"""Where in the texts of an entry the words of a query stand."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from cubaru.core.languages import FALLBACK, LANGUAGES
from cubaru.core.search.expansion import Understood
from cubaru.core.search.profiles import Field, Level, profile_of
from cubaru.core.search.tables import SearchEntry
from cubaru.core.search.words import (
    Word,
    all_terms,
    clean,
    form_of,
    may_be,
    starts_of,
    stems,
    terms_of,
    words_in,
)  # fmt: skip

MOST_CHARACTERS = 220
MOST_LOOKED_AT = 20_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text; `is_match` if it is a word that was looked for."""

    text: str
    is_match: bool


@dataclass(frozen=True, slots=True)
class Highlight:
    """A passage of a text of the record: the key it stands under, its language, and its pieces in order."""

    key: str
    language: str
    pieces: tuple[Piece, ...]

    def __str__(self) -> str:
        return "".join(piece.text for piece in self.pieces)


def wanted_terms(understood: Understood) -> frozenset[str]:
    terms = {term for meaning in understood.meanings for term in meaning.terms}
    for phrase in understood.query.phrases:
        terms |= {form_of(word) for word in phrase} | {term for word in phrase for term in stems(word)}
    return frozenset(terms)


def title_pieces(title: str, language: str, terms: frozenset[str]) -> tuple[Piece, ...]:
    text = clean(title)
    return tuple(_pieces(text, _matches(text, language, terms, is_name=True)))


def passages(
    entry: SearchEntry, terms: frozenset[str], language: str, most: int = 2
) -> tuple[Highlight, ...]:
    """The passages that show most, in the reader's language if it has any; the title is not among them.

    Where no word stands in a text, as in a search for a date, the beginning of the summary.
    """
    profile = profile_of(entry.kind)
    shown = [
        field
        for field in profile.fields
        if field.path != profile.title and not field.path.startswith("labels.")
    ]
    for candidate in dict.fromkeys((language, "", *FALLBACK)):
        found = list(islice(_in_language(entry, shown, terms, candidate), most))
        if found:
            return tuple(found)
    summaries = [field for field in shown if field.level is Level.SUMMARY and not field.is_name]
    beginnings = (
        Highlight(field.path, candidate, _passage(clean(text[:MOST_LOOKED_AT]), []))
        for candidate in dict.fromkeys((language, *FALLBACK))
        for field in summaries
        for text_language, text in entry.texts.get(field.path, ())
        if text_language == candidate
    )
    return tuple(islice(beginnings, 1))


def _in_language(
    entry: SearchEntry, fields: Iterable[Field], terms: frozenset[str], language: str
) -> Iterator[Highlight]:
    """The first passage of each field in a language; with "" those in any that readers do not choose."""
    for field in fields:
        for text_language, text in entry.texts.get(field.path, ()):
            if text_language == language or (not language and text_language not in LANGUAGES):
                cleaned = clean(text[:MOST_LOOKED_AT])
                matches = _matches(cleaned, text_language, terms, is_name=field.is_name)
                if matches:
                    yield Highlight(field.path, text_language, _passage(cleaned, matches))
                    break


def found_as(entry: SearchEntry, terms: frozenset[str]) -> tuple[str, ...]:
    """The words of the entry's names that the query meant, as they are written there."""
    words: dict[str, str] = {}
    for field in profile_of(entry.kind).fields:
        texts = entry.texts.get(field.path, ()) if field.level is Level.NAME else ()
        for language, text in texts:
            for word in _matches(clean(text), language, terms, is_name=True):
                words.setdefault(word.form, word.shown)
    return tuple(words.values())[:4]


def _matches(text: str, language: str, terms: frozenset[str], *, is_name: bool) -> list[Word]:
    starts = starts_of(terms)
    return [
        word
        for word in words_in(text)
        if may_be(word.shown, starts)
        and not terms.isdisjoint(
            all_terms(word.shown) if is_name else terms_of(word.shown, language, is_name=False)
        )
    ]


def _passage(text: str, matches: list[Word]) -> tuple[Piece, ...]:
    """The text around the first matches, cut between words."""
    if len(text) <= MOST_CHARACTERS:
        return tuple(_pieces(text, matches))
    start = max(0, matches[0].start - MOST_CHARACTERS // 3) if matches else 0
    if start:
        start = text.rfind(" ", 0, start) + 1
    end = min(len(text), start + MOST_CHARACTERS)
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + 1)
    inside = [word for word in matches if word.start >= start and word.end <= end]
    shown = text[start:end]
    moved = [Word(word.shown, word.start - start, word.end - start) for word in inside]
    pieces = list(_pieces(shown, moved))
    if start:
        pieces.insert(0, Piece("… ", False))
    if end < len(text):
        pieces.append(Piece(" …", False))
    return tuple(pieces)


def _pieces(text: str, matches: Iterable[Word]) -> Iterator[Piece]:
    at = 0
    for word in matches:
        if word.start > at:
            yield Piece(text[at : word.start], False)
        yield Piece(text[word.start : word.end], True)
        at = word.end
    if at < len(text):
        yield Piece(text[at:], False)
