"""Writes the rows of many new records: first their own, then those of their parts, kind by kind."""

from collections.abc import Callable, Container, Sequence
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from cubaru.core.document_items import Item, Link, Parts, Texts
from cubaru.core.document_values import inside
from cubaru.core.documents import Document, DocumentError, RecordKind, normal_document, words_of
from cubaru.core.models import Part, Record
from cubaru.core.querysets import columns_in_one_language
from cubaru.core.related import Related

#: Makes of a fault in the document with this number the error to raise.
Fault = Callable[[int, DocumentError], Exception]


def make_records(
    kind: RecordKind, documents: Sequence[Document], related: Related, fault: Fault
) -> list[tuple[Record, Document]]:
    """The new records, with their documents as `to_document` would give them. To be called in a transaction.

    The documents are in their normal form; nothing is written to the history. Raises what `fault` makes.
    """
    records: dict[int, Record] = {}
    waiting = {document["slug"]: index for index, document in enumerate(documents)}
    while waiting:
        # Those that name another of them in a column of their own (a parent) come after it.
        ready = [index for index in waiting.values() if not _names_any(kind, documents[index], waiting)]
        for index in ready or waiting.values():  # in a circle nobody can be first: that is told as a fault
            try:
                records[index] = _new_record(kind, documents[index], related)
            except DocumentError as error:
                raise fault(index, error) from error
        _insert(kind.model, [records[index] for index in ready])
        for index in ready:
            related.learn(records[index])
            del waiting[documents[index]["slug"]]
    made = []
    parts: Waiting = {}
    for index, record in sorted(records.items()):
        try:
            whole = normal_document(documents[index], related=related)
            for rule in kind.rules:
                _keep_rule(rule, whole)
            _collect_parts(kind.items, Filled(index, record, whole, ""), parts)
        except DocumentError as error:
            raise fault(index, error) from error
        made.append((record, whole))
    _write_parts(parts, related, fault)
    for record, whole in made:
        for derive in kind.derive:
            derive(record, whole)
    return made


def _names_any(kind: RecordKind, document: Document, slugs: Container[str]) -> bool:
    return any(
        document[item.key] in slugs
        for item in kind.items
        if isinstance(item, Link)
        and item.key in document
        and kind.model._meta.get_field(item.attribute).related_model is kind.model
    )


def _new_record(kind: RecordKind, document: Document, related: Related) -> Record:
    record = kind.model(slug=document["slug"], status=document["status"])
    record.created_at = record.modified_at = timezone.now()
    record.folded = words_of(document, kind.searched)
    _write_columns(record, kind.items, document, "", related)
    return record


def _write_columns(
    row: Record | Part, items: Sequence[Item], document: Any, at: str, related: Related
) -> None:
    """Fills in the columns of a row and checks them. Raises DocumentError."""
    keys = {"slug": "slug", "status": "status"}
    for item in items:
        if not isinstance(item, Parts):
            item.write(row, document.get(item.key), inside(at, item.key), related)
        keys |= item.columns()
    unchecked = [column.name for column in row._meta.concrete_fields if column.is_relation]
    unchecked += [item.attribute for item in items if isinstance(item, Texts)]
    try:
        row.clean_fields(exclude=unchecked)
        row.clean()
    except ValidationError as error:
        found = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        column, messages = next(iter(found.items()))
        raise DocumentError(inside(at, keys.get(column, "")), " ".join(messages)) from error


def _keep_rule(rule: Callable[[Document], None], document: Document) -> None:
    try:
        rule(document)
    except ValidationError as error:
        key = next(iter(error.error_dict)) if hasattr(error, "error_dict") else ""
        raise DocumentError(key, " ".join(error.messages)) from error


class Filled(NamedTuple):
    """A row and what it holds: `document`, which stands at `at` in the record's document number `record`."""

    record: int
    row: Record | Part
    document: Any
    at: str


Waiting = dict[Parts, list[Filled]]


def _collect_parts(items: Sequence[Item], owner: Filled, waiting: Waiting) -> None:
    """Adds the parts of a row, not filled in yet, to those that wait for being written."""
    for item in items:
        if not isinstance(item, Parts):
            continue
        relation: Any = owner.row._meta.get_field(item.attribute)
        for position, value in enumerate(owner.document.get(item.key, [])):
            part = relation.related_model(**{relation.field.name: owner.row}, position=position)
            at = f"{inside(owner.at, item.key)}[{position}]"
            document = value if isinstance(value, dict) else {item.items[0].key: value}
            waiting.setdefault(item, []).append(Filled(owner.record, part, document, at))


def _write_parts(waiting: Waiting, related: Related, fault: Fault) -> None:
    """Writes the parts of all records, and then the parts of those."""
    for item, parts in waiting.items():
        for part in parts:
            try:
                _write_columns(part.row, item.items, part.document, part.at, related)
            except DocumentError as error:
                raise fault(part.record, error) from error
        _insert(type(parts[0].row), [part.row for part in parts])
        inner: Waiting = {}
        for part in parts:
            _collect_parts(item.items, part, inner)
        _write_parts(inner, related, fault)


def _insert(model: type[models.Model], rows: Sequence[Any]) -> None:
    plain: models.QuerySet[Any] = models.QuerySet(model)
    with columns_in_one_language():
        plain.bulk_create(rows, batch_size=500)
