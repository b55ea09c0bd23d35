"""What is sent: an entry of the ledger as the `changes` of the API have it, under the heads of a message."""

import time
from dataclasses import dataclass
from typing import Any

import orjson
from django.conf import settings
from django.utils import timezone, translation

from cubaru.core.api.ledger import ChangeSerializer
from cubaru.core.models import LedgerEntry
from hooks.models import Delivery, Webhook
from hooks.models.delivery import new_message_id
from hooks.sending import Answer, post
from hooks.signing import headers

PING = "ping"


@dataclass(frozen=True)
class Message:
    id: str
    body: bytes

    def send(self, webhook: Webhook) -> Answer:
        told = {
            "Content-Type": "application/json",
            "User-Agent": f"cubaru-webhooks (+{settings.SITE_URL})",
            "Connection": "close",
        }
        signed = headers(webhook.secrets(), self.id, int(time.time()), self.body)
        return post(webhook.address, self.body, told | signed)


def message_of(delivery: Delivery) -> Message:
    entry = delivery.entry
    return Message(delivery.message_id, _body(entry.action, entry.at.isoformat(), _as_change(entry)))


def ping(webhook: Webhook) -> Message:
    """A message that tells of nothing, to try an address with."""
    return Message(new_message_id(), _body(PING, timezone.now().isoformat(), {}))


def _as_change(entry: LedgerEntry) -> Any:
    # As the API gives it to whoever asks for no language.
    with translation.override("en"):
        return ChangeSerializer().to_representation(entry)


def _body(kind: str, at: str, data: Any) -> bytes:
    return orjson.dumps({"type": kind, "timestamp": at, "data": data})
