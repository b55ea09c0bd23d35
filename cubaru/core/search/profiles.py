"""What finds the records of each kind: the texts of its document, how much each of them weighs."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from cubaru.core.documents import Document
from cubaru.core.languages import LANGUAGES


class Level(IntEnum):
    """How near to the record's own name a text is."""

    NAME = 1
    SUMMARY = 2
    TEXT = 3


@dataclass(frozen=True)
class Field:
    """The texts under a path of keys; `*` stands for every key of a map.

    `is_name`: its words are names, to be found in any spelling.
    """

    path: str
    level: Level
    is_name: bool = False


@dataclass(frozen=True)
class Profile:
    """How the records of a kind are found.

    `number` makes the row numbers of a kind its own, and never changes. `dates` are the keys of the dates
    from the first to the last of its time: a kind with two lasts from one to the other. Kinds with a lower
    `standing` come first in the index, those with a `bonus` among hits.
    """

    number: int
    title: str
    fields: tuple[Field, ...]
    dates: tuple[str, ...] = ()
    standing: int = 0
    bonus: int = 0
    by_path: dict[str, Field] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_path", {one.path: one for one in self.fields})


def _labels(*kinds: str, level: Level) -> tuple[Field, ...]:
    return tuple(Field(f"labels.{kind}.*", level, is_name=kind != "theme") for kind in kinds)


_NAMES = (Field("name", Level.NAME, is_name=True), Field("names.text", Level.NAME, is_name=True))
_DESCRIPTION = Field("description", Level.SUMMARY)

PROFILES: dict[str, Profile] = {
    "theme": Profile(
        number=0, title="name", fields=(Field("name", Level.NAME), _DESCRIPTION), bonus=60
    ),
    "person": Profile(
        number=1, title="name", dates=("birth", "death"), bonus=60,
        fields=(*_NAMES, _DESCRIPTION, Field("offices.title", Level.SUMMARY), Field("body", Level.TEXT),
                *_labels("organization", "place", level=Level.TEXT)),
    ),
    "organization": Profile(
        number=2, title="name", dates=("founded", "dissolved"), bonus=60,
        fields=(*_NAMES, _DESCRIPTION, *_labels("organization", level=Level.TEXT)),
    ),
    "place": Profile(
        number=3, title="name", bonus=60,
        fields=(*_NAMES, _DESCRIPTION, *_labels("place", level=Level.TEXT)),
    ),
    "event": Profile(
        number=4, title="title", dates=("date",),
        fields=(Field("title", Level.NAME), Field("names.text", Level.NAME, is_name=True),
                Field("summary", Level.SUMMARY),
                *_labels("person", "organization", "place", level=Level.SUMMARY),
                *_labels("theme", level=Level.TEXT), Field("body", Level.TEXT),
                Field("date_note", Level.TEXT), Field("participants.note", Level.TEXT),
                Field("claims.statement", Level.TEXT)),
    ),
    "source": Profile(
        number=5, title="title", dates=("issued",), standing=6,
        fields=(Field("title", Level.NAME), Field("title_transliterated", Level.NAME),
                Field("title_translated", Level.NAME), Field("creators.family", Level.SUMMARY, is_name=True),
                Field("creators.given", Level.SUMMARY, is_name=True),
                Field("creators.literal", Level.SUMMARY, is_name=True), Field("container_title", Level.TEXT),
                Field("publisher", Level.TEXT), Field("archive", Level.TEXT), Field("collection", Level.TEXT),
                Field("call_number", Level.TEXT), Field("note", Level.TEXT)),
    ),
    # Claims stand in the documents of events and persons, and are found at addresses of their own.
    "claim": Profile(
        number=6, title="statement", standing=5,
        fields=(Field("statement", Level.NAME), Field("reasoning", Level.SUMMARY),
                Field("about", Level.TEXT)),
    ),
}  # fmt: skip

#: What the check of a claim may come to, in the order of `events.choices.Verdict`.
VERDICTS = ("corroborated", "imprecise", "disputed", "contradicted", "unverified")

#: Claims in documents of other kinds than events have numbers of their own.
CLAIM_NUMBERS = {"event": 6, "person": 7}


def profile_of(kind: str) -> Profile:
    """Raises LookupError where nobody has said how records of the kind are found."""
    try:
        return PROFILES[kind]
    except KeyError:
        raise LookupError(f"cubaru.core.search.profiles does not say how a {kind} is found.") from None


def texts_at(document: Document, path: str, language: str = "") -> list[list[str]]:
    """The texts under a path, each once, as [language, text]; `language` is that of plain texts."""
    found = dict.fromkeys(_texts(document, path.split("."), language))
    return [[language, text] for language, text in found]


def _texts(value: Any, keys: list[str], language: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, list):
        for inner in value:
            yield from _texts(inner, keys, language)
    elif isinstance(value, dict):
        yield from _texts_of_map(value, keys, language)
    elif isinstance(value, str) and value and not keys:
        yield language, value


def _texts_of_map(value: dict[str, Any], keys: list[str], language: str) -> Iterator[tuple[str, str]]:
    if not keys:
        for inner_language, text in value.items():
            if isinstance(text, str) and text:
                yield inner_language if inner_language in LANGUAGES else language, text
    elif keys[0] == "*":
        for inner in value.values():
            yield from _texts(inner, keys[1:], language)
    else:
        # A name says itself what language it is in.
        named = value.get("language", language) if keys == ["text"] else language
        yield from _texts(value.get(keys[0]), keys[1:], named)
