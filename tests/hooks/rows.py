"""Webhooks and deliveries for tests."""

from typing import Any

from cubaru.core.models import Action, LedgerEntry
from hooks.models import Delivery, Webhook

ADDRESS = "https://example.org/in"


def webhook_to(address: str = ADDRESS, **more: Any) -> Webhook:
    return Webhook.objects.create(address=address, **{"actions": list(Action.values), **more})


def a_delivery(**columns: Any) -> Delivery:
    """An entry of the ledger on its way to the first webhook."""
    webhook = Webhook.objects.first() or webhook_to()
    entry = LedgerEntry.objects.order_by("number")[Delivery.objects.count()]
    return Delivery.objects.create(webhook=webhook, entry=entry, **columns)
