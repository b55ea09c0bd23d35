"""From the words of a query to the terms of the index: inflected forms, other spellings, typing errors."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from cubaru.core.names.sounds import closeness, least_closeness, sound_keys
from cubaru.core.search import vocabulary
from cubaru.core.search.entries import BY_RULE, SAME_NAME
from cubaru.core.search.queries import Query, QueryWord
from cubaru.core.search.vocabulary import Known
from cubaru.core.search.words import form_of, is_cyrillic, stem, stems

#: As many terms stand at most for one word.
MOST_TERMS = 32
MOST_WITH_PREFIX = 60

#: Endings of Russian nouns and names. The stemmer gives some forms of one name different stems.
_ENDINGS = ("", "а", "у", "ы", "е", "ой", "ою", "ом", "ым", "ам", "ами", "ах", "ов", "ых", "ыми", "и", "й",
            "ю", "я", "ем", "ей", "ям", "ями", "ях", "ь", "ого", "ому", "ий", "его", "им", "ему")  # fmt: skip
_SHORTEST_STEM = 4


@dataclass
class Meaning:
    """What a word of a query may stand for: for each term how sure that is, from 0 to 1.

    `same` are terms of the word itself, `spelled` those of names that it may be a spelling of, `similar`
    those of words that it may be mistyped for; `forms` says how each is written, `others` are the same word
    with other endings, `meant` is what it was most likely to be.
    """

    word: QueryWord
    same: dict[str, float] = field(default_factory=dict)
    spelled: dict[str, float] = field(default_factory=dict)
    similar: dict[str, float] = field(default_factory=dict)
    forms: dict[str, str] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)
    meant: str = ""

    @property
    def terms(self) -> dict[str, float]:
        """All terms, or one that is in no text where nothing is known."""
        return self.same | self.spelled | self.similar or {self.word.form: 0.0}

    @property
    def exact(self) -> list[str]:
        return list(self.same)

    @property
    def is_known(self) -> bool:
        return bool(self.same or self.spelled)

    def add(self, to: dict[str, float], known: Known, sureness: float) -> None:
        if known.term in self.same or len(to) >= MOST_TERMS:
            return
        to[known.term] = max(sureness, to.get(known.term, 0))
        self.forms.setdefault(known.term, known.shown)


@dataclass
class Understood:
    """A query with what its words stand for, and the sizes that searching is planned by."""

    query: Query
    meanings: list[Meaning]
    entries: dict[str, int]
    sizes: dict[str, int]

    def expected(self, meaning: Meaning) -> int:
        return sum(self.entries.get(term, 0) for term in meaning.terms)


def understand(query: Query) -> Understood:
    """Looks up all words of a query in the vocabulary."""
    words = _split_unknown_compounds(query.words)
    meanings = [Meaning(word) for word in words]
    forms = {form: meaning for meaning in meanings for form in _inflected(meaning.word.form)}
    found: dict[str, list[Known]] = {}
    sizes: dict[str, int] = {}
    for known in vocabulary.by_form([*forms, ""]):
        if known.form:
            found.setdefault(known.form, []).append(known)
        else:
            sizes[known.term] = known.entries
    _add_same(meanings, found)
    _add_prefixes(meanings)
    _add_spellings(meanings)
    for meaning in meanings:
        if meaning.spelled and not meaning.same:
            _add_all_spellings(meaning)
        if not meaning.is_known:
            _add_similar(meaning)
    terms = {term for meaning in meanings for term in meaning.terms}
    terms |= {stem for words_ in query.phrases for word in words_ for stem in stems(word)}
    return Understood(query, meanings, vocabulary.entries_with(terms), sizes)


def _split_unknown_compounds(words: Iterable[QueryWord]) -> list[QueryWord]:
    """Words with hyphens as one where texts have them so, else in their parts."""
    compounds = [word for word in words if word.parts]
    if not compounds:
        return list(words)
    forms = [word.form for word in compounds]
    known = {one.form for one in vocabulary.by_form(forms)} | set(vocabulary.keys_of_spellings(forms))
    split: list[QueryWord] = []
    for word in words:
        if word.parts and word.form not in known:
            split += [QueryWord(part) for part in word.parts if len(part) > 1 or part.isdigit()]
        else:
            split.append(word)
    return split


def _inflected(form: str) -> list[str]:
    """The form, and for a Russian one those with other endings."""
    if not is_cyrillic(form) or len(form) < _SHORTEST_STEM:
        return [form]
    endings = sorted((ending for ending in _ENDINGS if form.endswith(ending)), key=len, reverse=True)
    bases = [form] + [form.removesuffix(ending) for ending in endings if len(ending) < 3]
    longest = [base for base in bases if len(base) >= _SHORTEST_STEM]
    return list(dict.fromkeys([form, *(base + ending for base in longest for ending in _ENDINGS)]))


def _add_same(meanings: list[Meaning], found: dict[str, list[Known]]) -> None:
    stemmed = {term: meaning for meaning in meanings for term in stems(meaning.word.shown)}
    stood = vocabulary.entries_with(stemmed)
    for meaning in meanings:
        for known in found.get(meaning.word.form, ()):
            meaning.add(meaning.same, known, 1.0)
        for term in stems(meaning.word.shown):
            if term in stood:
                meaning.same.setdefault(term, 1.0)
        for form in _inflected(meaning.word.form)[1:]:
            for known in found.get(form, ()):
                meaning.add(meaning.same, known, 0.95)
                meaning.others.append(form)


def _add_prefixes(meanings: list[Meaning]) -> None:
    for meaning in meanings:
        form = meaning.word.form
        if not meaning.word.is_prefix or not form:
            continue
        for known in vocabulary.by_prefix(form, MOST_WITH_PREFIX):
            sureness = 0.9 if known.form != form else 1.0
            meaning.same[known.term] = max(sureness, meaning.same.get(known.term, 0))
            meaning.forms.setdefault(known.term, known.shown)


def _add_spellings(meanings: list[Meaning]) -> None:
    """The other spellings of names; for a word that is in no text, the names that it sounds like."""
    keys = {id(meaning): _name_keys(meaning) for meaning in meanings}
    found: dict[str, list[Known]] = {}
    for key, known in vocabulary.by_key({key for own in keys.values() for key in own}):
        found.setdefault(key, []).append(known)
    for meaning in meanings:
        likely: dict[Known, float] = {}
        for key in keys[id(meaning)]:
            for known in found.get(key, ()):
                near = closeness(meaning.word.shown, known.form)
                if key.startswith(SAME_NAME) or near >= least_closeness(len(key)) - 0.05:
                    likely[known] = max(near, likely.get(known, 0))
        best = max(likely.values(), default=0)
        for known, near in sorted(likely.items(), key=lambda pair: (-pair[1], pair[0].form, pair[0].term)):
            if near >= best - 0.2 or meaning.same:
                meaning.add(meaning.spelled, known, _sureness(near))


def _add_all_spellings(meaning: Meaning) -> None:
    """Where a word sounds like a name, also the spellings of that name that it looks less like."""
    likely = list(dict.fromkeys(form_of(meaning.forms[term]) for term in meaning.spelled))[:3]
    keys = {key for own in vocabulary.keys_of_spellings(likely).values() for key in own}
    for _key, known in vocabulary.by_key(_names(keys)):
        near = closeness(meaning.word.shown, known.form)
        meaning.add(meaning.spelled, known, min(_sureness(near), *meaning.spelled.values()))


def _sureness(near: float) -> float:
    return 0.5 + near * 0.4


def _name_keys(meaning: Meaning) -> set[str]:
    """What joins the word to names: the forms that it is a spelling of, else its sound."""
    form = meaning.word.form
    if meaning.word.is_prefix:
        begun = _names(vocabulary.spellings_by_prefix(form, 40)) if len(form) > 2 else set()
        if begun or meaning.same:
            return begun
    forms = [form] if not is_cyrillic(form) else [form, *meaning.others]
    attached = {key for keys in vocabulary.keys_of_spellings(forms).values() for key in keys}
    if same := _names(attached):
        return same
    return set() if meaning.same or form.isdigit() else set(sound_keys(meaning.word.shown))


def _names(keys: set[str]) -> set[str]:
    """The keys that name a name, whether by a spelling of it in texts or by one made by rule."""
    return {SAME_NAME + key[1:] for key in keys if key.startswith((SAME_NAME, BY_RULE))}


def _add_similar(meaning: Meaning) -> None:
    for known in vocabulary.nearest(meaning.word.form):
        meaning.add(meaning.similar, known, 0.6)
        typed_small = meaning.word.shown.islower()
        meaning.meant = meaning.meant or (known.shown.lower() if typed_small else known.shown)


def phrase_terms(words: Iterable[str]) -> list[tuple[str, ...]]:
    """The ways in which a phrase may stand in the index: in each language, and as a name."""
    shown = list(words)
    ways = [tuple(stem(word, language) for word in shown) for language in ("en", "es")]
    return list(dict.fromkeys([*ways, tuple(form_of(word) for word in shown)]))
