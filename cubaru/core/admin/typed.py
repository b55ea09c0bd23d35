"""What a form would make of a record, without making it: the form is saved, read as a document, undone."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse

from cubaru.core.admin.opened import Opened, give_back_keys
from cubaru.core.documents import Document, apply_document, kind_named, to_document
from cubaru.core.history import undone
from cubaru.core.restoring import absent, as_it_can_be


@dataclass(frozen=True)
class Typed:
    """The state in which the form was opened, and what was typed, as documents.

    `mine` is None if something in the form is wrong; `answer` is then the page that says what.
    """

    base: Document
    mine: Document | None
    answer: HttpResponse


def typed(opened: Opened, save: Callable[[], HttpResponse]) -> Typed:
    """Puts the record back to where the form was opened, saves the form on it, and undoes all of it.

    Raises DocumentError if the record cannot be put back.
    """
    kind = kind_named(opened.kind)
    base = as_it_can_be(kind, opened.revision().document).document
    with undone():
        record, _state = apply_document(base, absent(kind, opened.record_id))
        give_back_keys(record, opened.rows)
        answer: Any = save()
        if answer.status_code != HTTPStatus.FOUND:
            return Typed(base, None, answer.render() if hasattr(answer, "render") else answer)
        saved = kind.model._base_manager.get(pk=opened.record_id)
        return Typed(base, to_document(saved), answer)
