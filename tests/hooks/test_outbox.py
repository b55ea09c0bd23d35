"""The outbox: a delivery of each entry, in the transaction that wrote it."""

from pathlib import Path

import orjson
import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cubaru.core.bulk_load import bulk_load
from cubaru.core.documents import to_document
from cubaru.core.models import Action, Status
from hooks.models import Delivery, DeliveryState, Webhook
from tests.databases import Breach, rules_of
from tests.factories import EventFactory, PersonFactory
from tests.hooks.rows import ADDRESS, a_delivery, webhook_to

pytestmark = pytest.mark.django_db


def told() -> list[tuple[str, str]]:
    deliveries = Delivery.objects.order_by("entry_id").select_related("entry")
    return [(one.entry.action, one.entry.slug) for one in deliveries]


def test_every_entry_of_the_ledger_is_put_in_the_outbox_in_its_order() -> None:
    webhook_to(ADDRESS)
    event = EventFactory.create(slug="first-address")
    event.slug = "second-address"
    event.save()
    event.status = Status.WITHDRAWN
    event.save()
    assert told() == [
        ("edition", "first-address"),
        ("new_slug", "first-address"),
        ("edition", "second-address"),
        ("withdrawal", "second-address"),
    ]
    assert len(set(Delivery.objects.values_list("message_id", flat=True))) == 4


def test_what_is_undone_leaves_no_delivery() -> None:
    webhook_to(ADDRESS)
    with transaction.atomic():
        EventFactory.create()
        assert Delivery.objects.exists()
        transaction.set_rollback(True)
    assert not Delivery.objects.exists()


def test_a_webhook_is_told_only_of_what_it_asked_for() -> None:
    webhook_to(ADDRESS, kinds=["person"], actions=[Action.WITHDRAWAL])
    event, person = EventFactory.create(), PersonFactory.create(slug="somebody")
    for record in (event, person):
        record.status = Status.WITHDRAWN
        record.save()
    assert told() == [("withdrawal", "somebody")]


def test_what_is_switched_off_is_told_of_nothing() -> None:
    webhook = webhook_to(ADDRESS)
    webhook.switch_off()
    webhook.save()
    EventFactory.create()
    assert not Delivery.objects.exists()


def test_drafts_are_told_of_to_nobody() -> None:
    webhook_to(ADDRESS)
    EventFactory.create(status=Status.DRAFT)
    assert not Delivery.objects.exists()


@pytest.mark.parametrize(("webhooks", "most"), [(0, 1), (2, 5)])
def test_a_load_in_bulk_fills_the_outbox_many_at_once(webhooks: int, most: int, tmp_path: Path) -> None:
    for number in range(webhooks):
        webhook_to(f"{ADDRESS}{number}")
    document = to_document(PersonFactory.create())
    Delivery.objects.all().delete()
    lines = (orjson.dumps(document | {"slug": f"loaded-{number}"}) for number in range(150))
    (tmp_path / "people.jsonl").write_bytes(b"\n".join(lines) + b"\n")
    with CaptureQueriesContext(connection) as asked:
        bulk_load(tmp_path)
    assert Delivery.objects.count() == 150 * webhooks
    assert sum("hooks_" in query["sql"] for query in asked) <= most


BREACHES = [
    Breach("webhook_has_an_address_of_the_web", webhook_to, {"address": "file:///etc/passwd"}),
    Breach("webhook_is_told_of_something", webhook_to, {"actions": []}),
    Breach("webhook_has_a_secret_to_sign_with", webhook_to, {"secret": "easy"}),
    Breach("former_secret_of_a_webhook_has_an_end", webhook_to, {"former_until": timezone.now()}),
    Breach("webhook_is_on_or_was_switched_off_at_a_time", webhook_to, {"is_active": False}),
    Breach("delivery_has_a_known_state", a_delivery, {"state": "lost", "next_try": None}),
    Breach("delivery_is_tried_again_until_it_is_settled", a_delivery, {"next_try": None}),
    Breach(
        "delivery_is_tried_again_until_it_is_settled", a_delivery, {"state": DeliveryState.DELIVERED}
    ),
]  # fmt: skip
TWICE = {"an_entry_is_delivered_to_a_webhook_once", "messages_of_deliveries_are_all_different"}


@pytest.mark.parametrize("breach", BREACHES, ids=str)
def test_the_database_refuses(breach: Breach) -> None:
    breach.is_refused()


def test_an_entry_is_delivered_to_a_webhook_once() -> None:
    first = a_delivery()
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.create(webhook=first.webhook, entry=first.entry)
    with pytest.raises(IntegrityError), transaction.atomic():
        a_delivery(message_id=first.message_id)


def test_every_rule_is_tried() -> None:
    assert {breach.rule for breach in BREACHES} | TWICE == rules_of(Webhook, Delivery)


def test_a_rule_that_is_broken_is_told() -> None:
    with pytest.raises(ValidationError, match="webhook_is_told_of_something"):
        Webhook(address=ADDRESS, actions=[]).validate_constraints()
