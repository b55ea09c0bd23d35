"""The answer to a correction: accepted or declined, once, by whoever may."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cubaru.core.roles import Right, may
from cubaru.core.workflow import WorkflowError
from readers.models import Correction, CorrectionStatus
from readers.subjects import newest_after


def accept(correction: Correction, *, by: Any, answer: str) -> Correction:
    """Says that the chronicle follows the correction; the record itself is changed in its own form.

    An edition newer than the one the reader saw is kept as the one that follows it.
    Raises PermissionDenied, and WorkflowError if it is answered already or the answer says nothing.
    """
    changed = newest_after(correction.seen) if correction.seen is not None else None
    return _decide(correction, CorrectionStatus.ACCEPTED, by=by, answer=answer, changed=changed)


def decline(correction: Correction, *, by: Any, answer: str) -> Correction:
    """Says why the chronicle stays as it is. Raises as `accept` does."""
    return _decide(correction, CorrectionStatus.DECLINED, by=by, answer=answer, changed=None)


def forget_email(correction: Correction) -> None:
    Correction.objects.filter(pk=correction.pk).update(email="")
    correction.email = ""


def _decide(
    correction: Correction, status: CorrectionStatus, *, by: Any, answer: str, changed: Any
) -> Correction:
    if not may(by, Right.CHANGE, correction):
        raise PermissionDenied
    if not (said := answer.strip()):
        raise WorkflowError(_("Say what was changed, or why nothing was."))
    with transaction.atomic():
        # Nobody answers what somebody else has answered meanwhile.
        waiting = Correction.objects.select_for_update().waiting().filter(pk=correction.pk)
        if not waiting.update(
            status=status, answer=said, answered_at=timezone.now(), answered_by=by, changed=changed, email=""
        ):
            raise WorkflowError(_("This correction is answered already."))
    correction.refresh_from_db()
    return correction
