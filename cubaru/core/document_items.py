"""The items that documents are made of: each reads one key from a row, and writes it back."""

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, models

from cubaru.core.database_rules import BrokenRule
from cubaru.core.document_columns import Day, File, Item, Json, Link, Plain, Texts, When
from cubaru.core.document_values import (
    Document,
    DocumentError,
    State,
    TakenError,
    a_list,
    a_map,
    inside,
    without_empty,
)
from cubaru.core.identifiers import SCHEMES
from cubaru.core.models.record import Record
from cubaru.core.models.row import Part
from cubaru.core.related import Related

__all__ = [
    "NAME", "Day", "Document", "DocumentError", "File", "Item", "Json", "Link", "Links", "Parts", "Plain",
    "Related", "State", "Texts", "When", "identifiers", "names", "save_checked",
]  # fmt: skip


class Parts(Item):
    """The rows of a part, in order, as a list of maps.

    `identity` are the keys by which a row of an older state is known again, so that it keeps its
    primary key when the rest of it changes. Where the database lets a part stand only once, they are the
    keys of that rule: then no row that is changed can collide with one that is not changed yet.
    """

    def __init__(
        self, key: str, items: Sequence[Item], *, attribute: str = "", identity: Sequence[str] = ()
    ) -> None:
        super().__init__(key, attribute)
        self.items = items
        self.identity = identity

    def read(self, row: Any) -> Any:
        return [self.read_one(part) for part in self._rows(row)]

    def read_one(self, part: Part) -> Any:
        return without_empty((item.key, item.read(part)) for item in self.items)

    def prefetch(self) -> list[str]:
        inner = [f"{self.attribute}__{lookup}" for item in self.items for lookup in item.prefetch()]
        return [self.attribute, *inner]

    def normal(self, model: type[models.Model], value: Any, at: str, related: Related | None) -> Any:
        part = self.part_of(model)
        return [
            self.normal_one(part, document, f"{at}[{position}]", related)
            for position, document in enumerate(a_list(value, at))
        ]

    def normal_one(self, part: type[Part], value: Any, at: str, related: Related | None) -> Any:
        document = a_map(value, at, [item.key for item in self.items])
        return without_empty(
            (item.key, item.normal(part, document.get(item.key), inside(at, item.key), related))
            for item in self.items
        )

    def write(self, row: Any, value: Any, at: str, related: Related, *, is_new: bool = False) -> None:
        """As of any item; a row that `is_new` has no parts yet."""
        wanted = value or []
        present = [] if is_new else [(part, self.read_one(part)) for part in self._rows(row)]
        matches = self._match(wanted, present)
        kept = {part.pk for part in matches if part is not None}
        for part, _document in present:  # first, so that no new row collides with an old one
            if part.pk not in kept:
                part.delete()
        documents = {part.pk: document for part, document in present}
        for position, (document, match) in enumerate(zip(wanted, matches, strict=True)):
            part = match or self._new_part(row)
            is_moved, part.position = part.position != position, position
            if match is None or documents[match.pk] != document:
                self._write_one(part, document, f"{at}[{position}]", related)
            elif is_moved:
                part.save(update_fields=["position"])

    def part_of(self, model: type[models.Model]) -> type[Part]:
        """The model of the parts of a row of `model`."""
        part: Any = model._meta.get_field(self.attribute).related_model
        return part  # type: ignore[no-any-return]

    def _rows(self, row: Any) -> list[Part]:
        # Sorted here, not by the database, so that prefetched rows serve.
        rows: list[Part] = list(getattr(row, self.attribute).all()) if row.pk else []
        return sorted(rows, key=lambda part: (part.position, part.pk))

    def _new_part(self, row: Any) -> Part:
        relation = row._meta.get_field(self.attribute)
        part: Part = relation.related_model(**{relation.field.name: row})
        return part

    def _match(self, wanted: list[Any], present: list[tuple[Part, Any]]) -> list[Part | None]:
        """For each wanted document the row that is to become it: an equal one, else one with its identity."""
        matches: list[Part | None] = [None] * len(wanted)
        for key_of in (_as_text, self._identity_of):
            taken = {part.pk for part in matches if part is not None}
            free: dict[str, list[Part]] = defaultdict(list)
            for part, document in reversed(present):
                if part.pk not in taken:
                    free[key_of(document)].append(part)
            for index, document in enumerate(wanted):
                if matches[index] is None and (key := key_of(document)) and free[key]:
                    matches[index] = free[key].pop()
        return matches

    def _identity_of(self, document: Any) -> str:
        """The values of the identity as one text; "" where all of them are absent."""
        values = [document.get(key) for key in self.identity]
        return "" if all(value is None for value in values) else _as_text(values)

    def _write_one(self, part: Part, document: Any, at: str, related: Related) -> None:
        is_new, nested = part._state.adding, [item for item in self.items if isinstance(item, Parts)]
        for item in self.items:
            if item not in nested:
                item.write(part, document.get(item.key), inside(at, item.key), related)
        save_checked(part, at, self.items)
        for item in nested:
            item.write(part, document.get(item.key), inside(at, item.key), related, is_new=is_new)


class Links(Parts):
    """Other records in order, by slug, through a part with one link: ["diplomacy", "trade"]."""

    def __init__(self, key: str, link: str, *, attribute: str = "") -> None:
        self.link = Link(link)
        super().__init__(key, [self.link], attribute=attribute)

    def read_one(self, part: Part) -> Any:
        return self.link.read(part)

    def normal_one(self, part: type[Part], value: Any, at: str, related: Related | None) -> Any:
        return self.link.normal(part, value, at, related)

    def _identity_of(self, document: Any) -> str:
        return ""

    def _write_one(self, part: Part, document: Any, at: str, related: Related) -> None:
        self.link.write(part, document, at, related)
        save_checked(part, at, [])


def _as_text(document: Any) -> str:
    return json.dumps(document, sort_keys=True)


def save_checked(row: Record | Part, at: str, items: Sequence[Item]) -> None:
    """Saves a row after the checks of its fields; every fault becomes a DocumentError that names its key.

    To be called in a transaction that is given up on an error.
    """
    keys = {"slug": "slug", "status": "status"}
    for item in items:
        keys |= item.columns()
    # Links have been resolved; asking the database for them again is slow. The column of a translated
    # field without a language is none that anybody writes.
    unchecked = [field.name for field in row._meta.concrete_fields if field.is_relation]
    unchecked += [item.attribute for item in items if isinstance(item, Texts)]
    try:
        row.clean_fields(exclude=unchecked)
        row.clean()
        row.save()
    except ValidationError as error:
        column, messages = next(iter(_by_column(error).items()))
        raise DocumentError(inside(at, keys.get(column, "")), " ".join(messages)) from error
    except (IntegrityError, DataError) as error:
        rule = BrokenRule(error, type(row))
        error_class = TakenError if rule.is_taken else DocumentError
        raise error_class(inside(at, keys.get(rule.column, "")), rule.message) from error


def _by_column(error: ValidationError) -> dict[str, list[str]]:
    return error.message_dict if hasattr(error, "error_dict") else {"": error.messages}


#: The items of a name.
NAME = (Plain("text"), Plain("language"), Plain("script"), Plain("kind"), Plain("scheme"))


def names(*more: Item) -> Parts:
    """The names of a record, each with `more` items (the source of an event's name)."""
    return Parts("names", [*NAME, *more], identity=("text", "language", "kind"))


def identifiers() -> Json:
    """What a record is in other catalogues."""
    return Json("identifiers", order=list(SCHEMES))
