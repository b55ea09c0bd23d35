"""Finds the source that an entry of a file describes, among those that are there.

An entry is the source that has its DOI, else its ISBN, else its address, else its title in the same year
(or where one of them has no year). Two with the same title are not the same where a first creator, a
publication or a DOI says otherwise. The names of all sources are held in memory, as hashes.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from cubaru.core.documents import Document, to_document
from cubaru.core.folding import fold
from cubaru.core.models import PastSlug
from sources.models import AccessPoint, Source

#: What stands in a larger work, whose ISBN it bears.
_PARTS: Final = {"chapter", "entry-encyclopedia", "paper-conference"}

Name = tuple[str, str]


@dataclass
class Known:
    """The sources by what they are known by; new ones are learned as they come."""

    _by_name: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def all(cls) -> "Known":
        """Everything that is in the database."""
        known = cls()
        rows = Source.objects.values_list("pk", "type", "doi", "isbn", "title")
        for pk, kind, doi, isbn, title in rows.iterator(chunk_size=2000):
            known._learn_names(pk, names(kind, doi, isbn, [], title))
        for pk, url in AccessPoint.objects.values_list("source_id", "url").iterator(chunk_size=2000):
            known._learn_names(pk, names("", "", "", [url], ""))
        return known

    def learn(self, source: Source, document: Document) -> None:
        self._learn_names(source.pk, _names_of(document))

    def find(self, document: Document) -> Source | None:
        """The source that the document describes; None where there is none, or it could be several."""
        for kind, candidates in self._candidates(document):
            fitting = [source for source in candidates if not _conflict(kind, document, to_document(source))]
            if len(fitting) == 1:
                return fitting[0]
        return None

    def _learn_names(self, pk: int, found: Iterable[Name]) -> None:
        for name in found:
            keys = self._by_name[hash(name)]
            if pk not in keys:
                keys.append(pk)

    def _candidates(self, document: Document) -> Iterator[tuple[str, list[Source]]]:
        for name in _names_of(document):
            if keys := self._by_name.get(hash(name)):
                found = Source.objects.filter(pk__in=keys[:20]).prefetch_related("access").order_by("pk")
                # A hash may be that of another name.
                yield name[0], [source for source in found if name in _names_of(to_document(source))]


def by_slug(slug: str) -> Source | None:
    """The source with the address, present or past."""
    source = Source.objects.filter(slug=slug).first()
    if source is None and (past := PastSlug.objects.filter(kind="source", slug=slug).first()):
        source = Source.objects.filter(pk=past.record_id).first()
    return source


def names(kind: str, doi: str, isbn: str, urls: Iterable[str], title: str) -> Iterator[Name]:
    """What a source is known by, the surest first."""
    if doi:
        yield "doi", doi.lower()
    if isbn and kind not in _PARTS:
        yield "isbn", _isbn_13(isbn)
    for url in urls:
        yield "url", _plain_url(url)
    if words := " ".join(re.findall(r"\w+", fold(title))):
        yield "title", words


def _names_of(document: Document) -> list[Name]:
    urls = [access["url"] for access in document.get("access", []) if access.get("url")]
    return list(
        names(
            document["type"],
            document.get("doi", ""),
            document.get("isbn", ""),
            urls,
            document.get("title", ""),
        )
    )


def _conflict(kind: str, one: Document, other: Document) -> bool:
    """Whether something else says that these two, with one name in common, are not the same."""
    if kind in {"doi", "isbn"}:
        return False
    if _differ(one.get("doi", "").lower(), other.get("doi", "").lower()) or _differ(_year(one), _year(other)):
        return True
    if kind == "url":
        # Several works can be read at one address: a volume of documents, a page of a blog.
        return _differ(_title(one), _title(other)) and not _one_in_the_other(_title(one), _title(other))
    return _differ(_first_creator(one), _first_creator(other)) or _differ(
        fold(one.get("container_title", "")), fold(other.get("container_title", ""))
    )


def _differ(one: str, other: str) -> bool:
    """Whether both are known, and not the same."""
    return bool(one and other and one != other)


def _title(document: Document) -> str:
    return " ".join(re.findall(r"\w+", fold(document.get("title", ""))))


def _one_in_the_other(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _year(document: Document) -> str:
    found = re.match(r"\d{4}", document.get("issued", {}).get("edtf", ""))
    return found[0] if found else ""


def _first_creator(document: Document) -> str:
    creator: dict[str, Any] = next(iter(document.get("creators", [])), {})
    return fold(creator.get("family") or creator.get("literal", ""))


def _isbn_13(isbn: str) -> str:
    if len(isbn) != 10:
        return isbn
    digits = "978" + isbn[:9]
    check = sum(int(digit) * (1, 3)[index % 2] for index, digit in enumerate(digits))
    return f"{digits}{-check % 10}"


def _plain_url(url: str) -> str:
    """The address without what does not change the place: scheme, "www.", fragment, slash at the end."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    host = (parts.hostname or "").removeprefix("www.")
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{unquote(parts.path).rstrip('/')}{query}"
