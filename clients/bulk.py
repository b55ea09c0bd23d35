"""Several writes as one: all of them, or none."""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from clients import writing
from clients.authentication import require_scope
from clients.faults import InvalidError, refuse
from clients.models import Token
from clients.models.token import Scope
from clients.writing import Target, Written
from cubaru.core.api.problems import BodyFault, ProblemError
from cubaru.core.documents import RecordKind, kinds

Told = TypeVar("Told")

MOST: Final = 100
#: The keys of an operation, by its method; `note` may stand in each.
KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "POST": ("document",),
    "PATCH": ("slug", "if_match", "patch"),
    "DELETE": ("slug", "if_match"),
}
#: Where in an operation the body of its request stands.
_BODIES: Final[Mapping[str, str]] = {"POST": "document", "PATCH": "patch"}


def write_all(operations: Any, *, token: Token, tell: Callable[[Written], Told]) -> list[Told]:
    """Does all operations in order, each as a change of its own in the history.

    Returns what `tell` says of each, asked before the next is done, which may change the same record.
    Raises InvalidError with what each one that failed would have been answered; then nothing has changed.
    """
    if not isinstance(operations, list) or not 1 <= len(operations) <= MOST:
        raise refuse("", _("A list of 1 to %(most)d operations is expected.") % {"most": MOST})
    require_scope(token, Scope.WRITE)
    results: list[Told] = []
    faults: list[BodyFault] = []
    with transaction.atomic():
        for position, operation in enumerate(operations):
            place = f"/{position}"
            try:
                method, kind = _checked(operation)
                place += f"/{_BODIES[method]}" if method in _BODIES else ""
                with transaction.atomic():
                    results.append(tell(_write(method, kind, operation, token)))
            except ProblemError as error:
                faults += _faults_at(place, error)
        if faults:
            transaction.set_rollback(True)
    if faults:
        raise InvalidError(faults)
    return results


def _write(method: str, kind: RecordKind, operation: Any, token: Token) -> Written:
    note = operation.get("note", "")
    if method == "POST":
        return writing.create(kind, operation["document"], token=token, note=note)
    target = Target(kind, operation["slug"], operation.get("if_match", ""))
    if method == "PATCH":
        return writing.change(target, operation["patch"], token=token, note=note)
    return writing.delete(target, token=token, note=note)


def _checked(operation: Any) -> tuple[str, RecordKind]:
    """The method and the kind. Raises InvalidError."""
    if not isinstance(operation, dict):
        raise refuse("", _("An operation is a map in curly brackets."))
    method = operation.get("method")
    if not isinstance(method, str) or method not in KEYS:
        raise refuse("method", _("Known are %(known)s.") % {"known": ", ".join(KEYS)})
    by_plural = {kind.plural: kind for kind in kinds()}
    plural = operation.get("kind")
    if not isinstance(plural, str) or plural not in by_plural:
        raise refuse("kind", _("Known are %(known)s.") % {"known": ", ".join(by_plural)})
    known = ("method", "kind", *KEYS[method], "note")
    for key, value in operation.items():
        if key not in known:
            raise refuse(key, _("There is no such key; known are %(known)s.") % {"known": ", ".join(known)})
        if key in {"slug", "if_match", "note"} and not isinstance(value, str):
            raise refuse(key, _("A text in quotation marks is expected."))
    for key in KEYS[method]:
        if key not in operation and key != "if_match":
            raise refuse(key, _("This must not be empty."))
    return method, by_plural[plural]


def _faults_at(place: str, error: ProblemError) -> list[BodyFault]:
    """The faults of one operation, at their places in the whole body."""
    found = error.faults or [BodyFault(pointer="", detail=str(error.detail))]
    return [
        BodyFault(pointer=place + one["pointer"], detail=one["detail"], status=error.status_code)
        for one in found
    ]
