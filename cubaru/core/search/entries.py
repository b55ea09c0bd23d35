"""The entries that a published document makes, and all that is read from the texts of an entry."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from cubaru.core.dates import Calendar, HistoricalDate, parse
from cubaru.core.documents import Document
from cubaru.core.names.sounds import is_same_name, sound_keys
from cubaru.core.names.transliteration import variants
from cubaru.core.search.days import date_tokens
from cubaru.core.search.profiles import CLAIM_NUMBERS, VERDICTS, Field, Level, Profile, profile_of, texts_at
from cubaru.core.search.rows import band_of, row_number
from cubaru.core.search.tables import SearchEntry
from cubaru.core.search.words import Word, clean, form_of, is_cyrillic, terms_of, words_in

#: Words of one entry beyond these are not indexed; words beyond the places are no part of phrases.
MOST_WORDS, MOST_PLACES = 40_000, 16_000
#: Claims of one record beyond these have no entry of their own.
MOST_CLAIMS = 1000

NAME_MARK, SUMMARY_MARK, WHOLE_MARK, KIND_MARK, THEME_MARK, GAP = "!", "+", "=", ":", "#", "|"
#: Of marks that the full text knows already; no other token begins with both.
VERDICT_MARK = KIND_MARK + WHOLE_MARK
#: What stands before a Russian form in the place of a sound key. Spellings by rule lead to those that texts
#: have, never the other way: “dias” may be meant for Диас, but who looks for Диас does not mean días.
SAME_NAME, BY_RULE = "=", "~"
MARKS = NAME_MARK + SUMMARY_MARK + WHOLE_MARK + KIND_MARK + THEME_MARK + GAP + "@^_-"


def entries_of(kind: str, record_id: int, document: Document) -> list[SearchEntry]:
    """What of a published document readers can find: the record, and each of its claims."""
    profile = profile_of(kind)
    span = _span(profile, document)
    importance = document.get("importance", 3)
    standing = 6 - importance if kind == "event" else profile.standing
    record = _entry(profile, kind, document, span, document.get("language", ""))
    record.owner_kind, record.record_id, record.importance = kind, record_id, importance
    record.themes = document.get("themes", [])
    record.verdicts = _verdicts(document.get("claims", []))
    record.id = row_number(band_of(standing, record.slug), profile.number, record_id)
    return [record, *_claims(kind, record_id, document, record)]


def _claims(kind: str, record_id: int, document: Document, owner: SearchEntry) -> Iterator[SearchEntry]:
    profile = profile_of("claim")
    for part, claim in enumerate(document.get("claims", [])[:MOST_CLAIMS], start=1):
        about = {**claim, "about": owner.titles}
        entry = _entry(profile, "claim", about, (owner.earliest, owner.latest), "")
        entry.owner_kind, entry.record_id, entry.importance = kind, record_id, owner.importance
        entry.themes, entry.verdicts = owner.themes, _verdicts([claim])
        band = band_of(profile.standing, entry.slug)
        entry.id = row_number(band, CLAIM_NUMBERS[kind], record_id, part)
        yield entry


def _verdicts(claims: Iterable[Document]) -> list[str]:
    """Those of the claims, each once and in their order."""
    found = {claim.get("verdict") for claim in claims}
    return [verdict for verdict in VERDICTS if verdict in found]


def _entry(
    profile: Profile, kind: str, document: Document, span: tuple[date | None, date | None], language: str
) -> SearchEntry:
    texts = {one.path: texts_at(document, one.path, language) for one in profile.fields}
    title = document.get(profile.title, "")
    return SearchEntry(
        kind=kind, slug=document["slug"], earliest=span[0], latest=span[1],
        titles=title if isinstance(title, dict) else {language or "und": title},
        texts={path: found for path, found in texts.items() if found},
    )  # fmt: skip


def _span(profile: Profile, document: Document) -> tuple[date | None, date | None]:
    """The days from the first to the last date; an end that is not known is open."""
    dates = [_date(document.get(key)) for key in profile.dates]
    if not any(dates):
        return None, None
    first, last = dates[0], dates[-1]
    return first.earliest if first else date.min, last.latest if last else date.max


def _date(value: Any) -> HistoricalDate | None:
    if not value or "edtf" not in value:
        return None
    return _parsed(value["edtf"], value["calendar"])


@lru_cache(maxsize=50_000)
def _parsed(edtf: str, calendar: str) -> HistoricalDate:
    return parse(edtf, Calendar(calendar))


@dataclass(frozen=True, slots=True)
class Indexed:
    """A word of an entry with its terms; `at` is its place in the text, None for a compound."""

    field: Field
    language: str
    word: Word
    form: str
    terms: tuple[str, ...]
    at: int | None


def indexed_words(entry: SearchEntry) -> Iterator[Indexed]:
    """All words that find an entry, in order, with a place left free between two texts."""
    place = 0
    for field in profile_of(entry.kind).fields:  # PostgreSQL keeps no order of keys
        for language, text in entry.texts.get(field.path, ()):
            cleaned = clean(text)
            words = list(words_in(cleaned))
            for word in words[: MOST_WORDS - place]:
                terms = terms_of(word.shown, language, is_name=field.is_name)
                yield Indexed(field, language, word, form_of(word.shown), terms, place)
                place += 1
            for word in compounds(cleaned, words):
                form = form_of(word.shown)
                yield Indexed(field, language, word, form, (form,), None)
            place += 1


def compounds(text: str, words: list[Word]) -> Iterator[Word]:
    """Words joined by hyphens, as one: U-2 also as U2, Díaz-Canel also as DíazCanel."""
    chain: list[Word] = []
    for word in [*words, None]:
        if chain and (word is None or text[chain[-1].end : word.start] not in {"-", "‑"}):
            if len(chain) > 1:
                yield Word(text[chain[0].start : chain[-1].end], chain[0].start, chain[-1].end)
            chain = []
        if word is not None:
            chain.append(word)


@dataclass(frozen=True, slots=True)
class Posting:
    """What the full text of an entry is: terms in order with gaps, and marks without an order."""

    row: int
    body: list[str]
    marks: list[str]


Pairs = dict[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Analysis:
    """All that the index holds of an entry beside itself.

    `pairs` are the words with their terms and how they are written, `spellings` those of names with their
    sound keys.
    """

    posting: Posting
    pairs: Pairs
    spellings: set[tuple[str, str]]


def analyse(entry: SearchEntry) -> Analysis:
    body: list[str] = []
    marks: dict[str, None] = {KIND_MARK + entry.kind: None}
    marks.update((THEME_MARK + theme, None) for theme in entry.themes)
    marks.update((VERDICT_MARK + verdict, None) for verdict in entry.verdicts)
    if entry.earliest and entry.latest:
        marks.update(dict.fromkeys(date_tokens(entry.earliest, entry.latest)))
    pairs: Pairs = {}
    names: dict[str, str] = {}
    for found in indexed_words(entry):
        _place(found, body, marks)
        for term in found.terms:
            pairs.setdefault((found.form, term), found.word.shown)
        if _may_be_name(entry.kind, found):
            names.setdefault(found.form, found.word.shown)
    marks.update(dict.fromkeys(_whole_titles(entry)))
    own_names = profile_of(entry.kind).by_path.get("names.text")
    rules = own_names is not None and entry.kind != "event"
    return Analysis(
        Posting(entry.id, body, list(marks)), pairs, spellings_of(list(names.values()), with_rules=rules)
    )


def _place(found: Indexed, body: list[str], marks: dict[str, None]) -> None:
    """Puts a word where phrases find it, and under the marks of its level."""
    if found.at is None or found.at >= MOST_PLACES:
        others = found.terms
    else:
        body.extend([GAP] * (found.at - len(body)))
        body.append(found.terms[0])
        others = found.terms[1:]
    for term in others:
        marks[term] = None
    for term in found.terms:
        if found.field.level <= Level.NAME:
            marks[NAME_MARK + term] = None
        if found.field.level <= Level.SUMMARY:
            marks[SUMMARY_MARK + term] = None


def _may_be_name(kind: str, found: Indexed) -> bool:
    """Whether a word is to be found in other spellings: words of names, and capitalised ones of titles."""
    field, shown = found.field, found.word.shown
    if field.is_name:
        return field.level is not Level.TEXT and not field.path.startswith("labels.")
    # English and titles of works write other words with capitals too.
    in_text = kind == "event" and field.level <= Level.SUMMARY and found.language in {"es", "ru"}
    return in_text and len(shown) > 3 and found.word.start > 0 and shown[0].isupper() and not shown.isupper()


def _whole_titles(entry: SearchEntry) -> Iterator[str]:
    for path, field in profile_of(entry.kind).by_path.items():
        if field.level is Level.NAME:
            for _language, text in entry.texts.get(path, []):
                if whole := whole_token([word.form for word in words_in(clean(text))]):
                    yield whole


def whole_token(forms: list[str]) -> str:
    """The token of a whole title or name; "" for one that nobody types whole."""
    joined = "_".join(forms)
    return WHOLE_MARK + joined if forms and len(joined) <= 80 else ""


def spellings_of(names: list[str], *, with_rules: bool) -> set[tuple[str, str]]:
    """The words of names with what joins the spellings of one name.

    That is the Russian form, after SAME_NAME for its spellings in the same record and after BY_RULE for
    those that only the rules make; and for words that nobody has met yet the sound keys. A Latin spelling
    may be read in several ways; where the name is there in Cyrillic, only the way that agrees counts.
    """
    cyrillic = [name for name in names if is_cyrillic(name)]
    latin = [name for name in names if not is_cyrillic(name)]
    found = {(form_of(name), key) for name in cyrillic for key in sound_keys(name)}
    sounds = {key for name in cyrillic for key in sound_keys(name)}
    for name in latin:
        keys = sound_keys(name)
        found |= {(form_of(name), key) for key in keys & sounds or keys}
    if with_rules:
        for name in cyrillic:
            russian = form_of(name)
            same = {form_of(other) for other in (name, *latin) if other == name or is_same_name(name, other)}
            found |= {(form, SAME_NAME + russian) for form in same}
            found |= {(form_of(variant), BY_RULE + russian) for variant in variants(name)}
    return found
