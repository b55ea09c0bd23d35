"""What is wrong with a document: everything that can be said at once, each at its place in the body."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from cubaru.core.api.problems import BodyFault, ProblemError
from cubaru.core.document_items import Item, Links, Parts, Related
from cubaru.core.document_values import inside, refuse_what_no_database_keeps
from cubaru.core.documents import DocumentError, RecordKind, normal_document

#: No answer lists more.
MOST_FAULTS = 100


class InvalidError(ProblemError):
    """A body that was understood, but says what cannot be."""

    def __init__(self, faults: Sequence[BodyFault]) -> None:
        super().__init__(422, _("What was sent is not valid: see “errors”."), faults=faults[:MOST_FAULTS])


def fault(at: str, detail: str) -> BodyFault:
    """`at` is a place as documents name it: "claims[1].citations[0].source"."""
    steps = [step for step in re.split(r"\.|\[(\d+)\]", at) if step]
    pointer = "".join(f"/{step.replace('~', '~0').replace('/', '~1')}" for step in steps)
    return BodyFault(pointer=pointer, detail=detail)


def refuse(at: str, detail: str) -> InvalidError:
    return InvalidError([fault(at, detail)])


def told(error: ValidationError) -> InvalidError:
    """A rule over the whole record that was found broken when it was written."""
    if hasattr(error, "error_dict"):
        return InvalidError([fault(at, " ".join(said)) for at, said in error.message_dict.items()])
    return InvalidError([fault("", " ".join(error.messages))])


def check_document(document: Any, kind: RecordKind) -> None:
    """Raises InvalidError with all that is wrong in the document; rules of the database come later."""
    try:
        normal_document(document, related=Related())
    except DocumentError as first:
        raise InvalidError(list(_faults(document, kind)) or [fault(first.at, first.message)]) from first
    broken = list(_broken_rules(document, kind))
    if broken:
        raise InvalidError(broken)


def _broken_rules(document: Any, kind: RecordKind) -> Iterator[BodyFault]:
    wanted = normal_document(document, related=Related())
    for rule in kind.rules:
        try:
            rule(wanted)
        except ValidationError as error:
            yield from told(error).faults


def _faults(document: Any, kind: RecordKind) -> Iterator[BodyFault]:
    if not isinstance(document, dict):
        return
    try:
        refuse_what_no_database_keeps(document)
    except DocumentError:
        return
    if not isinstance(document.get("slug"), str) or not document["slug"]:
        yield fault("slug", _("A document needs a slug, in quotation marks."))
    own = {key: value for key, value in document.items() if key not in {"record", "slug", "status"}}
    yield from _faults_of_map(kind.model, kind.items, own, "", Related())


def _faults_of_map(
    model: type[models.Model], items: Sequence[Item], value: dict[str, Any], at: str, related: Related
) -> Iterator[BodyFault]:
    known = [item.key for item in items]
    for key in value:
        if key not in known:
            detail = _("There is no such key; known are %(known)s.") % {"known": ", ".join(known)}
            yield fault(inside(at, key), detail)
    for item in items:
        yield from _faults_of(model, item, value.get(item.key), inside(at, item.key), related)


def _faults_of(
    model: type[models.Model], item: Item, value: Any, at: str, related: Related
) -> Iterator[BodyFault]:
    try:
        item.normal(model, value, at, related)
    except DocumentError as error:
        if not isinstance(item, Parts) or not isinstance(value, list):
            yield fault(error.at, error.message)
            return
        part = item.part_of(model)
        for position, one in enumerate(value):
            yield from _faults_of_part(part, item, one, f"{at}[{position}]", related)


def _faults_of_part(part: Any, item: Parts, value: Any, at: str, related: Related) -> Iterator[BodyFault]:
    if isinstance(value, dict) and not isinstance(item, Links):
        yield from _faults_of_map(part, item.items, value, at, related)
        return
    try:
        item.normal_one(part, value, at, related)
    except DocumentError as error:
        yield fault(error.at, error.message)
