"""Which wording of its original a translation translates.

Each translated text of a record has an original: the language in which it was first written, unless a
curator says otherwise. When the words of the original change, translations that were not written anew in the
same recording are stale until somebody touches or confirms them. What is known is kept in TranslationState,
one row for each record, by the place of the text in the record's document as it is now.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from cubaru.core.chunks import chunks
from cubaru.core.document_items import Document, Item, Links, Parts, Texts
from cubaru.core.document_values import inside
from cubaru.core.documents import RecordKind
from cubaru.core.history import Changes, Kept
from cubaru.core.languages import LANGUAGES
from cubaru.core.models import TranslationState
from cubaru.core.part_places import former_places

#: What is told of one text: {"original": "ru", "missing": [...], "stale": {...}, "was": {...}}.
Told = dict[str, Any]

COUNTS = [f"{state}_{language}" for state in ("missing", "stale") for language in LANGUAGES]


@dataclass(frozen=True)
class Translated:
    """A translated text of a document; a title in a source's own language is an original from outside."""

    texts: dict[str, str]
    outside: tuple[str, str] | None = None

    def languages(self) -> list[str]:
        """Those in which the text is wanted: none while it is written in none."""
        own = self.outside[0] if self.outside else ""
        return [language for language in LANGUAGES if language != own] if self.texts else []

    def first(self) -> str:
        return next(language for language in LANGUAGES if language in self.texts)

    def words(self, language: str) -> str:
        """The words of the original if it is in `language`, "" for the outside one."""
        return self.outside[1] if self.outside else self.texts.get(language, "")


def translated_texts(kind: RecordKind, document: Document) -> dict[str, Translated]:
    """The translated texts of a document and its parts, by place."""
    return dict(_texts_of(kind.items, document, ""))


def _texts_of(items: Sequence[Item], value: Document, at: str) -> Iterator[tuple[str, Translated]]:
    for item in items:
        inner, here = value.get(item.key), inside(at, item.key)
        if inner is None:
            continue
        if isinstance(item, Texts):
            outside = (value.get("language", ""), value.get(item.translates, "")) if item.translates else None
            yield here, Translated(inner, outside)
        elif isinstance(item, Parts) and not isinstance(item, Links):
            for position, one in enumerate(inner):
                yield from _texts_of(item.items, one, f"{here}[{position}]")


def digest_of(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def original_of(text: Translated, told: Told) -> str:
    """The language of the original, "" where it stands outside of the text."""
    if text.outside:
        return ""
    stored = told.get("original", "")
    return stored if stored in text.texts else text.first()


# In the recording of each change -------------------------------------------------------------------


@dataclass(frozen=True)
class _Step:
    """From one revision of a record to the next."""

    kept: Kept
    changes: Changes
    before: dict[str, Translated] = field(default_factory=dict)
    told: dict[str, Told] = field(default_factory=dict)
    #: For each place in the new document the one in the old.
    places: dict[str, str] = field(default_factory=dict)


def follow(kind: RecordKind, kept: Sequence[Kept], changes: Changes) -> None:
    """A follower of the history: brings the states of the changed records up to date."""
    ids = [one.revision.record_id for one in kept]
    present = {
        row.record_id: row
        for some in chunks(ids)
        for row in TranslationState.objects.filter(kind=kind.name, record_id__in=some)
    }
    new, old = [], []
    for one in kept:
        row = present.get(one.revision.record_id)
        state = state_after(kind, one, row.texts if row else {}, changes)
        if row is None:
            new.append(state)
        else:
            state.pk = row.pk
            old.append(state)
    TranslationState.objects.bulk_create(new, batch_size=200)
    TranslationState.objects.bulk_update(
        old, ["slug", "status", "revision", "is_gone", "texts", *COUNTS], batch_size=50
    )


def state_after(kind: RecordKind, kept: Kept, told: dict[str, Told], changes: Changes) -> TranslationState:
    """The state of a record's translations at a revision; `told` is what was known at the one before."""
    revision, last = kept
    state = TranslationState(
        kind=kind.name, record_id=revision.record_id, slug=revision.slug, revision=revision.number,
        status=revision.document["status"], is_gone=revision.is_deletion, texts=told,
    )  # fmt: skip
    if not revision.is_deletion:
        step = _Step(kept, changes)
        if last is not None:
            places = former_places(kind.items, last.document, revision.document)
            step = _Step(kept, changes, translated_texts(kind, last.document), told, places)
        after = translated_texts(kind, revision.document)
        texts = {at: _told_of(text, at, step) for at, text in after.items()}
        state.texts = {at: one for at, one in texts.items() if one}
    count(state)
    return state


def count(state: TranslationState) -> None:
    """Counts anew what is missing and stale."""
    for name in ("missing", "stale"):
        for language in LANGUAGES:
            total = sum(language in one.get(name, ()) for one in state.texts.values())
            setattr(state, f"{name}_{language}", total)


def _told_of(text: Translated, at: str, step: _Step) -> Told:
    """What there is to tell of a text after the step."""
    former_at = step.places.get(at, "")
    former, known = step.before.get(former_at), step.told.get(former_at, {})
    original = _original_after(text, former, known)
    told = told_of_new(text, original)
    if former is None or step.changes.translations_are_right:
        return told
    for language in text.texts:
        if language != original:
            wording = _wording(language, original, (former, text), known, (former_at, step))
            if wording is not None:
                name = "stale" if is_stale(wording, text, language, original) else "was"
                told.setdefault(name, {})[language] = wording
    return told


def told_of_new(text: Translated, original: str) -> Told:
    """What there is to tell of a text whose translations are all right."""
    told: Told = {}
    if original and original != text.first():
        told["original"] = original
    missing = [language for language in text.languages() if language not in text.texts]
    if missing:
        told["missing"] = missing
    return told


def _original_after(text: Translated, former: Translated | None, known: Told) -> str:
    if text.outside or not text.texts:
        return ""
    if former is None:
        return text.first()
    before = original_of(former, known) if former.texts else text.first()
    if before in text.texts:
        return before
    fresh = (language for language in text.texts if language not in known.get("stale", {}))
    return next(fresh, text.first())


def _wording(
    language: str, original: str, texts: tuple[Translated, Translated], known: Told, where: tuple[str, _Step]
) -> dict[str, Any] | None:
    """The wording that the translation translates, unless that is the original's own as it is now.

    A wording that was known stays with the words that translated it, so that it counts again when they
    come back, as by going back to an older state.
    """
    former, text = texts
    stale = known.get("stale", {})
    before, now = former.words(original), text.words(original)
    is_left_behind = (
        before not in {"", now}
        and former.texts.get(language) == text.texts[language]
        and language not in stale
        and original == original_of(former, known)
        and not where[1].changes.minor
    )
    if is_left_behind:
        return _left_behind(text.texts[language], before, *where)
    wording: dict[str, Any] | None = stale.get(language) or known.get("was", {}).get(language)
    if wording and (wording["text"], wording["of"]) == (digest_of(text.texts[language]), digest_of(now)):
        return None
    return wording


def _left_behind(words: str, original: str, former_at: str, step: _Step) -> dict[str, Any]:
    """What is kept of a translation whose original changes: its digest, and which wording it translates."""
    last = step.kept.last
    assert last is not None, "there was a text before"
    return {
        "text": digest_of(words),
        "of": digest_of(original),
        "at": former_at,
        "revision": last.number,
        "since": step.kept.revision.saved_at.isoformat(timespec="seconds"),
    }


def is_stale(wording: dict[str, Any], text: Translated, language: str, original: str) -> bool:
    return bool(
        wording["text"] == digest_of(text.texts[language])
        and wording["of"] != digest_of(text.words(original))
    )
