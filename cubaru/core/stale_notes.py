"""The note on a reader's page whose text translates an older wording of its original."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import translate_url

from cubaru.core.date_words import in_words
from cubaru.core.dates import parse
from cubaru.core.document_items import Texts
from cubaru.core.document_places import places_on, words_for
from cubaru.core.documents import kind_named
from cubaru.core.languages import FALLBACK, LANGUAGES, current_language
from cubaru.core.models import Part, Record, TranslationState


@dataclass(frozen=True)
class StaleNote:
    """Which texts of a page are behind (“title”, “claims”), and since which day.

    `url` is the page of the original, "" where that stands on this page: the title of a source.
    """

    texts: tuple[str, ...]
    day: str
    url: str
    language: str


def stale_note(row: Record | Part, url: str) -> StaleNote | None:
    """The note for the page at `url`, in the active language, about a record or a part of one. One query.

    None where all texts that the page shows translate their originals as they are now.
    """
    owner, is_within = _owner(row)
    states = TranslationState.objects.filter(kind=owner.record_kind, record_id=owner.pk)
    texts = states.exclude(stale_en=0, stale_es=0, stale_ru=0).values_list("texts", flat=True).first()
    if not texts:
        return None
    within = f"{is_within}[{_position(row)}]." if is_within else ""
    found = list(_shown_stale(texts, within, current_language()))
    if not found:
        return None
    original = _original(owner, texts, found[0][0])
    since = max(wording["since"] for _at, wording in found)
    return StaleNote(
        texts=tuple(dict.fromkeys(_top(owner.record_kind, at, within) for at, _wording in found)),
        day=in_words(parse(datetime.fromisoformat(since).date().isoformat()), current_language()),
        url=translate_url(url, original) if original else "",
        language=original,
    )


def _shown_stale(texts: dict[str, Any], within: str, language: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The stale texts that a reader of the language is shown: another one stands in for what is missing."""
    for at, told in texts.items():
        missing = told.get("missing", [])
        shown = next((one for one in (language, *FALLBACK) if one not in missing), language)
        wording = told.get("stale", {}).get(shown)
        if at.startswith(within) and wording is not None:
            yield at, wording


def _original(owner: Record, texts: dict[str, Any], at: str) -> str:
    """The language of the original: the one that is told, or the first that has the text."""
    *_way, place = places_on(kind_named(owner.record_kind), at)
    if isinstance(place.item, Texts) and place.item.translates:
        return ""
    told = texts[at]
    return str(told.get("original") or next(one for one in LANGUAGES if one not in told.get("missing", [])))


def _owner(row: Record | Part) -> tuple[Record, str]:
    """The record that a row belongs to, and the key of its list in the record's document."""
    if isinstance(row, Record):
        return row, ""
    name = next(name for name in row.owned_by if getattr(row, f"{name}_id") is not None)
    relation: Any = row._meta.get_field(name)
    owner: Record = getattr(row, name)
    accessor = relation.remote_field.get_accessor_name()
    items = kind_named(owner.record_kind).items
    return owner, next(item.key for item in items if item.attribute == accessor)


def _position(part: Any) -> int:
    name = next(name for name in part.owned_by if getattr(part, f"{name}_id") is not None)
    beside = type(part)._base_manager.filter(**{f"{name}_id": getattr(part, f"{name}_id")})
    keys = list(beside.order_by("position", "pk").values_list("pk", flat=True))
    return keys.index(part.pk)


def _top(kind_name: str, at: str, within: str) -> str:
    """What a reader would call the text: parts by the name of all of them."""
    kind = kind_named(kind_name)
    if within:
        return words_for(kind, at).rpartition(": ")[2]
    name = words_for(kind, at.partition("[")[0])
    return f"{name[:1].lower()}{name[1:]}"
