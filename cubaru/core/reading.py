"""A document put before a reader: every key under the name its field has, every value in words.

Works on documents alone, so that an old edition reads the same however the records have changed since.
"""

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import models
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cubaru.core.date_words import in_words
from cubaru.core.dates import Calendar, parse
from cubaru.core.document_items import Day, Document, Item, Link, Links, Parts, Plain, Texts, When
from cubaru.core.documents import RecordKind
from cubaru.core.languages import OWN_NAMES, LocalText, best_of, current_language
from cubaru.core.models.ledger_entry import LedgerEntry
from cubaru.core.models.record import Record


@dataclass(frozen=True)
class Shown:
    """A value in words, with the page it leads to if it is a record, or as HTML if it is a narrative."""

    text: LocalText
    url: str = ""
    html: SafeString | None = None


@dataclass(frozen=True)
class Entry:
    """A key of a document: its name, and its values or, for parts, a list of entries for each."""

    key: str
    label: str
    values: tuple[Shown, ...] = ()
    groups: tuple[tuple["Entry", ...], ...] = ()


@dataclass(frozen=True)
class Leaf:
    """One value of a document, for comparison: the names on the way to it, in words, and its language."""

    labels: tuple[str, ...]
    text: str
    language: str = ""
    value: Any = None


Path = tuple[str, ...]
Order = tuple[tuple[str, ...], dict[str, str]]

#: What stands in a document before the items of its kind.
HEAD: Final = (Plain("slug"), Plain("status"))


class Reader:
    """Reads the documents of one kind to a reader of one language."""

    def __init__(self, kind: RecordKind, document: Document, language: str) -> None:
        self.kind, self.document, self.language = kind, document, language
        self._labels = document.get("labels", {})

    def entries(self) -> list[Entry]:
        """The whole document, key by key, in the order of its kind."""
        return list(self._entries(self.kind.model, self.kind.items, self.document))

    def leaves(self) -> dict[Path, Leaf]:
        """Every value of the document by a path that stays the same while the thing it is about does."""
        return dict(self._all_leaves())

    def orders(self) -> dict[Path, Order]:
        """For every list of parts, by its path, its names and the parts in order: {key: title}."""
        return dict(self._orders(self.kind.model, self.kind.items, self.document, (), ()))

    def head(self) -> Iterator[Entry]:
        """The address and, where it is told, the status."""
        for item in HEAD:
            if item.key in self.document:
                values = self._values(self.kind.model, item, self.document[item.key])
                yield Entry(item.key, label_of(self.kind.model, item), tuple(values))

    def words(self, model: type[models.Model], item: Item, value: Any) -> str:
        """One value in words; one of a key of JSON too."""
        return "; ".join(shown.text.text for shown in self._values(model, item, value))

    def part(self, model: type[models.Model], item: Parts, value: Document) -> Iterator[Entry]:
        """One part of a list, key by key."""
        return self._entries(related_model(model, item), item.items, value)

    def title_of_part(self, model: type[models.Model], item: Parts, value: Any) -> str:
        """What a part of a list is called."""
        if isinstance(item, Links):
            return self.words(model, item, [value])
        return self._title(related_model(model, item), item, value)

    def _all_leaves(self) -> Iterator[tuple[Path, Leaf]]:
        yield from self._leaves(self.kind.model, HEAD, self.document, (), ())
        yield from self._leaves(self.kind.model, self.kind.items, self.document, (), ())

    def _entries(self, model: type[models.Model], items: Iterable[Item], value: Document) -> Iterator[Entry]:
        for item in items:
            inner = value.get(item.key)
            if inner is None:
                continue
            label = label_of(model, item)
            if isinstance(item, Parts) and not isinstance(item, Links):
                part = related_model(model, item)
                groups = tuple(tuple(self._entries(part, item.items, one)) for one in inner)
                yield Entry(item.key, label, groups=groups)
            else:
                yield Entry(item.key, label, values=tuple(self._values(model, item, inner)))

    def _values(self, model: type[models.Model], item: Item, value: Any) -> Iterator[Shown]:
        if isinstance(item, Links):
            part = related_model(model, item)
            yield from (self._link(related_model(part, item.link), slug) for slug in value)
        elif isinstance(item, Link):
            yield self._link(related_model(model, item), value)
        elif isinstance(item, Texts):
            text = best_of(value, self.language)
            yield Shown(text, html=item.as_html(text.text, lambda key: self._named(item, key)))
        else:
            yield Shown(self._local(self._in_words(model, item, value)))

    def _in_words(self, model: type[models.Model], item: Item, value: Any) -> str:
        if isinstance(item, When):
            return self._date(value)
        if isinstance(item, Day):
            return date_format(date.fromisoformat(value), "DATE_FORMAT")
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(item, Plain) and not isinstance(value, list | dict):
            choices = dict(getattr(model._meta.get_field(item.attribute), "flatchoices", ()))
            return str(choices.get(value, value))
        return "; ".join(_flat(value))

    def _date(self, value: dict[str, str]) -> str:
        words = []
        if "edtf" in value:
            words.append(in_words(parse(value["edtf"], Calendar(value["calendar"])), self.language))
        if "words" in value:
            words.append(_("“%(words)s” in the source") % {"words": value["words"]})
        return "; ".join(words)

    def _link(self, model: type[Record], slug: str) -> Shown:
        names = self._labels.get(model.record_kind, {}).get(slug, {})
        text = best_of(names, self.language)
        if names and not text:  # a title in a language that is none of the three
            language, title = next(iter(names.items()))
            text = LocalText(title, language, True)
        return Shown(text or self._local(slug), self.address(model, slug))

    def address(self, model: type[Record], slug: str) -> str:
        """The page that a record is linked to."""
        return address_of(model, slug)

    def _named(self, item: Texts, key: str) -> SafeString:
        """What a text mentions, as a link to its page."""
        assert item.mentions is not None, "only such texts mention records"
        shown = self._link(item.mentions, key)
        return format_html(
            '<a href="{}"{}>{}</a>',
            shown.url,
            format_html(' lang="{}"', shown.text.language) if shown.text.is_fallback else "",
            shown.text.text,
        )

    def _local(self, text: str) -> LocalText:
        return LocalText(text, self.language, False)

    def _leaves(
        self, model: type[models.Model], items: Iterable[Item], value: Document, path: Path, labels: Path
    ) -> Iterator[tuple[Path, Leaf]]:
        for item in items:
            inner = value.get(item.key)
            if inner is None:
                continue
            here, named = (*path, item.key), (*labels, label_of(model, item))
            if isinstance(item, Texts):
                for language, text in inner.items():
                    yield (*here, language), Leaf((*named, OWN_NAMES[language]), text, language, text)
            elif isinstance(item, Parts) and not isinstance(item, Links):
                part = related_model(model, item)
                for key, one in by_identity(item, inner):
                    title = self._title(part, item, one)
                    yield from self._leaves(part, item.items, one, (*here, key), (*named, title))
            else:
                shown = [value.text.text for value in self._values(model, item, inner)]
                yield here, Leaf(named, "; ".join(shown), value=inner)

    def _orders(
        self, model: type[models.Model], items: Iterable[Item], value: Document, path: Path, labels: Path
    ) -> Iterator[tuple[Path, Order]]:
        for item in items:
            if not isinstance(item, Parts) or isinstance(item, Links) or item.key not in value:
                continue
            part, here, named = (
                related_model(model, item),
                (*path, item.key),
                (*labels, label_of(model, item)),
            )
            parts = dict(by_identity(item, value[item.key]))
            titles = {key: self._title(part, item, one) for key, one in parts.items()}
            yield here, (named, titles)
            for key, one in parts.items():
                yield from self._orders(part, item.items, one, (*here, key), (*named, titles[key]))

    def _title(self, part: type[models.Model], item: Parts, value: Document) -> str:
        """What a part is called in a comparison: the record it links to, or its first text."""
        first = next(iter(self._entries(part, item.items, value)), None)
        return first.values[0].text.text if first and first.values else ""


def title_of_edition(entry: LedgerEntry) -> LocalText:
    """What a record was called in an edition, for a reader of the active language."""
    document = json.loads(entry.document)
    title = document.get("title") or document.get("name") or entry.slug
    if isinstance(title, dict):
        return best_of(title, current_language())
    return LocalText(title, document.get("language", "und"), False)


def label_of(model: type[models.Model], item: Item) -> str:
    """The name of a key, in the active language."""
    field: Any = model._meta.get_field(item.attribute)
    name = field.related_model._meta.verbose_name_plural if field.auto_created else field.verbose_name
    return capfirst(str(name))


def related_model(model: type[models.Model], item: Item) -> Any:
    return model._meta.get_field(item.attribute).related_model


def address_of(model: type[Record], slug: str) -> str:
    return reverse(f"{model._meta.app_label}:{model.record_kind}-detail", args=[slug])


def by_identity(item: Parts, values: list[Document]) -> Iterator[tuple[str, Document]]:
    """The parts, each with a key that a changed part keeps; equal identities are numbered."""
    used: set[str] = set()
    for value in values:
        key = free_key("|".join(str(value.get(name, "")) for name in item.identity), used)
        used.add(key)
        yield key, value


def free_key(key: str, used: Collection[str]) -> str:
    """The key, numbered if it is used already."""
    number, candidate = 1, key
    while candidate in used:
        number += 1
        candidate = f"{key}#{number}"
    return candidate


def _flat(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, str | int | float):
                yield f"{key}: {inner}"
            else:
                yield from (f"{key}: {text}" for text in _flat(inner))
    elif isinstance(value, list):
        for inner in value:
            if isinstance(inner, dict):
                yield ", ".join(_flat(inner))
            else:
                yield from _flat(inner)
    else:
        yield str(value)
