"""Checks that the states of translations agree with the records, and makes those that are lacking."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from cubaru.core.documents import Document, RecordKind, kinds, to_document
from cubaru.core.models import Revision, TranslationState
from cubaru.core.wordings import (
    COUNTS,
    Told,
    Translated,
    count,
    is_stale,
    original_of,
    told_of_new,
    translated_texts,
)

CHUNK = 200


def verify() -> Iterator[str]:
    """A sentence for each record whose translations are not as told, "" for each other one."""
    for kind in kinds():
        for some in _in_pieces(kind):
            states = {
                state.record_id: state
                for state in TranslationState.objects.filter(kind=kind.name, record_id__in=list(some))
            }
            newest = dict(
                Revision.objects.filter(kind=kind.name, record_id__in=list(some))
                .order_by()
                .values_list("record_id")
                .annotate(newest=Max("number"))
            )
            for pk, record in some.items():
                fault = _fault(kind, to_document(record), states.get(pk), newest.get(pk))
                where = {"record": f"{kind.name}/{record.slug}"}
                yield fault and f"{where['record']}: {fault}"
        there = kind.model._base_manager.values("pk")
        strays = TranslationState.objects.filter(kind=kind.name, is_gone=False).exclude(record_id__in=there)
        for state in strays:
            yield _("%(record)s: translations are told of a record that is gone.") % {"record": state}


def _in_pieces(kind: RecordKind) -> Iterator[dict[int, Any]]:
    last = 0
    while True:
        rows = kind.model._base_manager.filter(pk__gt=last).order_by("pk").prefetch_related(*kind.prefetch())
        some = {record.pk: record for record in rows[:CHUNK]}
        if not some:
            return
        yield some
        last = max(some)


def _fault(kind: RecordKind, document: Document, state: TranslationState | None, newest: int | None) -> str:
    if state is None or state.is_gone or (state.slug, state.status) != (document["slug"], document["status"]):
        return _("nothing is told of its translations; save it again.")
    if state.revision != newest:
        return _("what is told of its translations is of another revision; save it again.")
    texts = translated_texts(kind, document)
    told: dict[str, Told] = state.texts
    for at in {*texts, *told}:
        text, known = texts.get(at), told.get(at, {})
        if text is None or not agrees(text, known):
            return _("%(place)s: what is told of its translations is not so; save the record again.") % {
                "place": at
            }
    counted = TranslationState(texts=told)
    count(counted)
    if any(getattr(counted, name) != getattr(state, name) for name in COUNTS):
        return _("its missing and stale translations are counted wrong; save it again.")
    return ""


def agrees(text: Translated, known: Told) -> bool:
    """Whether what is told of a text can be so: its original, what it lacks, what is stale."""
    original = original_of(text, known)
    plain = told_of_new(text, original)
    if {name: known[name] for name in ("original", "missing") if name in known} != plain:
        return False
    return all(
        language in text.texts and language != original and is_stale(wording, text, language, original)
        for language, wording in known.get("stale", {}).items()
    )
