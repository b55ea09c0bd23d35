"""Putting entries of the ledger into the outbox, in the transaction that wrote them."""

from collections.abc import Sequence

from cubaru.core.models import LedgerEntry
from hooks.models import Delivery, Webhook


def put(entries: Sequence[LedgerEntry]) -> None:
    """Makes a delivery of each entry to each webhook that wants it; one question while there are none."""
    webhooks = list(Webhook.objects.active())
    Delivery.objects.bulk_create(
        (
            Delivery(webhook=webhook, entry=entry)
            for entry in entries
            for webhook in webhooks
            if webhook.wants(entry.kind, entry.action)
        ),
        batch_size=500,
    )
