"""What came of old deliveries is forgotten, so that the outbox does not grow with the ledger for ever."""

import logging
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from hooks.models import Delivery

#: For so long the desk says what came of a delivery, and can send it again.
KEPT: Final = timedelta(days=30)
#: So many go at once, so that nobody who writes waits for long.
BATCH: Final = 1000

log = logging.getLogger("hooks")


def forget_old() -> int:
    """Removes what was delivered or given up longer than KEPT ago; returns how many."""
    before, removed = timezone.now() - KEPT, 0
    while count := _forget_some(before):
        removed += count
    if removed:
        log.info("%d deliveries from before %s removed", removed, before)
    return removed


def _forget_some(before: datetime) -> int:
    with transaction.atomic():
        # Others that forget at the same time take the next ones.
        old = Delivery.objects.settled_before(before).select_for_update(skip_locked=True).order_by("pk")
        count, _models = Delivery.objects.filter(
            pk__in=list(old.values_list("pk", flat=True)[:BATCH])
        ).delete()
    return count
