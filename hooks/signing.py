"""Signatures of messages, as Standard Webhooks 1.0.0 has them (https://www.standardwebhooks.com)."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable
from typing import Final

PREFIX: Final = "whsec_"
#: The specification asks for 24 to 64.
BYTES: Final = 32


def new_secret() -> str:
    return PREFIX + base64.b64encode(secrets.token_bytes(BYTES)).decode()


def signature(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = b".".join((message_id.encode(), str(timestamp).encode(), body))
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def headers(secrets_now: Iterable[str], message_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """What a receiver checks the message by; each secret signs, the signatures apart by spaces."""
    signatures = (signature(secret, message_id, timestamp, body) for secret in secrets_now)
    return {
        "Webhook-Id": message_id,
        "Webhook-Timestamp": str(timestamp),
        "Webhook-Signature": " ".join(signatures),
    }
