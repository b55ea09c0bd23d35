"""Words of texts, and the terms by which they are found: stemmed in their language, then folded."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer  # type: ignore[import-untyped]

from cubaru.core.folding import fold

#: Longer words are cut: they are no words of any language, and the index need not hold them whole.
MOST_LETTERS = 40

_WORD = re.compile(r"[^\W_]+(?:['’ʼ`´][^\W_]+)*")
_JOINING = re.compile(r"['’ʼ`´‑-]")
_POSSESSIVE = re.compile(r"['’ʼ]s$", re.IGNORECASE)
_SOFT_SIGNS = "ʹʺʼʻ′″"
#: Letters that Unicode does not take apart into a plain letter and a mark.
_WHOLE_LETTERS = {"ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ı": "i", "æ": "ae", "œ": "oe"}
_PLAIN = str.maketrans(_WHOLE_LETTERS | dict.fromkeys(_SOFT_SIGNS, ""))
_STEMMERS = {
    "en": snowballstemmer.stemmer("english"),
    "es": snowballstemmer.stemmer("spanish"),
    "ru": snowballstemmer.stemmer("russian"),
}

#: Words that stand nearly everywhere; a query that has others does without them.
STOP_WORDS = frozenset({
    "a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "had", "has", "in", "is", "it",
    "its", "not", "of", "on", "or", "that", "the", "to", "was", "were", "which", "who", "with",
    "al", "como", "con", "de", "del", "e", "el", "en", "es", "la", "las", "lo", "los", "para", "por",
    "que", "se", "su", "sus", "un", "una", "y",
    "а", "без", "был", "была", "были", "было", "в", "во", "для", "до", "и", "из", "или", "к", "ко",
    "на", "не", "о", "об", "от", "по", "при", "с", "со", "у", "что", "это",
})  # fmt: skip


class Word(NamedTuple):
    """A word of a text where it stands: text[start:end] is `shown`."""

    shown: str
    start: int
    end: int

    @property
    def form(self) -> str:
        return form_of(self.shown)


class _Seen(dict[int, str]):
    """What stands for a character: itself, a space for a control, nothing for what cannot be seen alone."""

    def __missing__(self, code: int) -> str:
        category = unicodedata.category(chr(code))
        seen = "" if category in {"Cf", "Cs", "Mn", "Co", "Cn"} else " " if category == "Cc" else chr(code)
        self[code] = seen
        return seen


_SEEN = _Seen()


def clean(text: str) -> str:
    """The text in composed letters, without what cannot be seen: controls, direction marks, loose accents."""
    return unicodedata.normalize("NFC", text).translate(_SEEN)


def words_in(text: str) -> Iterator[Word]:
    """The words of a text that went through `clean`; a possessive 's is left out."""
    for found in _WORD.finditer(text):
        shown = found.group()
        if shown[-1] in "sS":
            shown = _POSSESSIVE.sub("", shown)
        if form_of(shown):
            yield Word(shown, found.start(), found.start() + len(shown))


@lru_cache(maxsize=50_000)
def form_of(word: str) -> str:
    """The folded form of a word, the same for all its accents and cases: letters and digits, maybe none."""
    folded = fold(_JOINING.sub("", word).translate(_PLAIN))
    return "".join(filter(str.isalnum, folded))[:MOST_LETTERS]


def is_cyrillic(word: str) -> bool:
    return any("\u0400" <= letter <= "\u04ff" for letter in word)


@lru_cache(maxsize=100_000)
def stem(word: str, language: str) -> str:
    """The term of a word in a text of the language; a Russian word is stemmed as one wherever it stands."""
    lowered = _JOINING.sub("", word).lower()
    if is_cyrillic(lowered):
        language, lowered = "ru", lowered.replace("ё", "е")
    elif language == "ru":
        language = "en"
    stemmer = _STEMMERS.get(language)
    return form_of(stemmer.stemWord(lowered) if stemmer and len(lowered) <= MOST_LETTERS else lowered)


@lru_cache(maxsize=50_000)
def stems(word: str) -> tuple[str, ...]:
    """The terms of a word of which the language is not known: those of all languages of its script."""
    languages = ("ru",) if is_cyrillic(word) else ("en", "es")
    return tuple(dict.fromkeys(stem(word, language) for language in languages))


def starts_of(terms: Iterable[str]) -> frozenset[str]:
    """The beginnings by which `may_be` sorts out most words before they are stemmed."""
    return frozenset(term[:2] for term in terms)


def may_be(word: str, starts: frozenset[str]) -> bool:
    """Whether a word begins as one of the terms does; stemming leaves beginnings as they are."""
    return _start(word[:3]) in starts


@lru_cache(maxsize=50_000)
def _start(letters: str) -> str:
    return form_of(letters)[:2]


@lru_cache(maxsize=50_000)
def all_terms(word: str) -> frozenset[str]:
    """All terms that a word may have in whatever language and as a name."""
    return frozenset((form_of(word), *stems(word)))


@lru_cache(maxsize=50_000)
def terms_of(word: str, language: str, *, is_name: bool) -> tuple[str, ...]:
    """The terms of a word, first the one that stands in its place among the others of the text.

    Names are found as they are and as readers of any language inflect them; so are texts in a language
    that has no stemmer here.
    """
    if is_name or language not in _STEMMERS:
        return tuple(dict.fromkeys((form_of(word), *stems(word))))
    return (stem(word, language),)
