"""Which state of a record a client means: its revision, as the ETag of the answer that showed it."""

import re
from typing import Final

from django.db.models import Max
from django.utils.translation import gettext as _

from cubaru.core.api.problems import ProblemError
from cubaru.core.models import Record, Revision

#: Given instead of an ETag: whatever state there is.
ANY: Final = "*"


def etag_of(record: Record) -> str:
    """The primary key stands in it too: a record that takes the slug of a deleted one is another."""
    revisions = Revision.objects.filter(kind=record.record_kind, record_id=record.pk)
    number = revisions.aggregate(newest=Max("number"))["newest"] or 0
    return f'"{record.pk}-{number}"'


def check_state(record: Record, wanted: str) -> None:
    """`wanted` is the header If-Match, a list of ETags. Raises ProblemError: 428 without it, 412 if stale.

    To be called when the record is locked.
    """
    if not wanted.strip():
        raise ProblemError(428, _("Send If-Match with the ETag that the record had when you read it."))
    if wanted.strip() == ANY:
        return
    now = etag_of(record)
    # A weak one never matches (RFC 9110, 13.1.1).
    if now not in re.findall(r'(?<!W/)"[^"]*"', wanted):
        raise ProblemError(
            412,
            _("The record was changed since you read it: read it again, and change what is there now."),
            headers={"ETag": now},
        )
