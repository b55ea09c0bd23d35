"""Signatures, checked against the specification and by a receiver's own code."""

import base64
import hashlib
import hmac
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from hooks.messages import ping
from hooks.signing import new_secret, signature
from tests.hooks.conftest import Receiver
from tests.hooks.rows import webhook_to


def is_signed(secret: str, headers: dict[str, str], body: bytes) -> bool:
    """As a receiver may do it, by the text of the specification."""
    key = base64.b64decode(secret[len("whsec_") :])
    content = headers["webhook-id"] + "." + headers["webhook-timestamp"] + "." + body.decode()
    wanted = base64.b64encode(hmac.digest(key, content.encode(), hashlib.sha256)).decode()
    return f"v1,{wanted}" in headers["webhook-signature"].split(" ")


def test_a_secret_is_long_enough_and_never_the_same() -> None:
    secrets = {new_secret() for _again in range(50)}
    assert len(secrets) == 50
    for secret in secrets:
        assert secret.startswith("whsec_")
        assert 24 <= len(base64.b64decode(secret.removeprefix("whsec_"), validate=True)) <= 64


def test_a_signature_covers_number_time_and_body() -> None:
    secret = new_secret()
    given = signature(secret, "msg_1", 1700000000, b"{}")
    assert re.fullmatch(r"v1,[A-Za-z0-9+/]{43}=", given)
    assert given != signature(secret, "msg_2", 1700000000, b"{}")
    assert given != signature(secret, "msg_1", 1700000001, b"{}")
    assert given != signature(secret, "msg_1", 1700000000, b"[]")
    assert given != signature(new_secret(), "msg_1", 1700000000, b"{}")


@pytest.mark.django_db
def test_the_receiver_can_check_what_it_got(receiver: Receiver) -> None:
    webhook = webhook_to(receiver.url)
    assert ping(webhook).send(webhook).status == 204
    (got,) = receiver.got
    assert is_signed(webhook.secret, got.headers, got.body)
    assert not is_signed(new_secret(), got.headers, got.body)
    assert not is_signed(webhook.secret, got.headers, got.body + b" ")


@pytest.mark.django_db
def test_a_secret_that_was_replaced_signs_beside_the_new_one_for_a_day(
    receiver: Receiver,
) -> None:
    webhook = webhook_to(receiver.url)
    before = webhook.secret
    webhook.renew_secret()
    webhook.refresh_from_db()
    ping(webhook).send(webhook)
    assert webhook.secret != before
    for secret in (before, webhook.secret):
        assert is_signed(secret, receiver.got[-1].headers, receiver.got[-1].body)
    webhook.former_until = timezone.now() - timedelta(seconds=1)
    ping(webhook).send(webhook)
    assert not is_signed(before, receiver.got[-1].headers, receiver.got[-1].body)
