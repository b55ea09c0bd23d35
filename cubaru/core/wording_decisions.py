"""What curators decide about translations: that one is still right, and which language is the original."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cubaru.core.documents import kind_named, to_document
from cubaru.core.models import Record, TranslationState
from cubaru.core.wordings import Told, count, digest_of, is_stale, original_of, translated_texts

#: A text by its place in the document, in one language.
Place = tuple[str, str]


class WordingError(ValueError):
    """What cannot be decided, in a sentence for the curator."""


def state_of(record: Record) -> TranslationState | None:
    """How the translations of a record stand; None only where it was written past the history."""
    return TranslationState.objects.filter(kind=record.record_kind, record_id=record.pk).first()


def stale_places(state: TranslationState, language: str = "") -> list[Place]:
    """The stale texts in the order of the document; with `language` only those in it."""
    return [
        (at, stale)
        for at, told in state.texts.items()
        for stale in told.get("stale", {})
        if language in {"", stale}
    ]


@transaction.atomic
def confirm(record: Record, places: Iterable[Place]) -> list[Place]:
    """Marks stale translations as right for the original as it is now; returns those that were stale."""
    state = _locked(record)
    confirmed = []
    for at, language in places:
        stale = state.texts.get(at, {}).get("stale", {})
        if language in stale:
            del stale[language]
            confirmed.append((at, language))
    _save(state)
    return confirmed


@transaction.atomic
def choose_original(record: Record, at: str, language: str) -> None:
    """Makes the text in `language` the original of the others.

    If it was stale, the former original changed after it, so that one is now the stale translation.
    Raises WordingError if there is no such text.
    """
    state = _locked(record)
    kind = kind_named(record.record_kind)
    text = translated_texts(kind, to_document(record)).get(at)
    if text is None or text.outside or language not in text.texts:
        raise WordingError(_("There is no text in this language here any more."))
    known: Told = state.texts.get(at, {})
    former = original_of(text, known)
    if language == former:
        return
    told: dict[str, Any] = {name: value for name, value in known.items() if name != "original"}
    if language != text.first():
        told["original"] = language
    for name in ("stale", "was"):
        told[name] = dict(told.get(name, {}))
    left = told["stale"].pop(language, None)
    told["was"].pop(language, None)
    if left is not None:
        told["stale"][former] = {**left, "text": digest_of(text.texts[former])}
    told["stale"] = {
        one: wording for one, wording in told["stale"].items() if is_stale(wording, text, one, language)
    }
    state.texts[at] = {name: value for name, value in told.items() if value}
    _save(state)


def _locked(record: Record) -> TranslationState:
    # The record first, as the history locks it: so nobody changes it while this is decided.
    type(record)._base_manager.filter(pk=record.pk).select_for_update(no_key=True).first()
    states = TranslationState.objects.select_for_update(no_key=True)
    return states.get(kind=record.record_kind, record_id=record.pk)


def _save(state: TranslationState) -> None:
    texts = {at: {name: value for name, value in told.items() if value} for at, told in state.texts.items()}
    state.texts = {at: told for at, told in texts.items() if told}
    count(state)
    state.save()
