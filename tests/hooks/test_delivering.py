"""Delivering: in order, again after a failure, given up in the end, each once by any number at once."""

import json
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from cubaru.core.models import LedgerEntry, Status
from hooks.delivering import BUSY, JITTER, WAITS, claim, deliver_one, settle, wait_after
from hooks.forgetting import KEPT
from hooks.models import Delivery, DeliveryState, Webhook
from hooks.sending import Answer
from tests.conftest import RealDatabase
from tests.factories import EventFactory
from tests.hooks.conftest import Receiver
from tests.hooks.rows import a_delivery, webhook_to
from tests.hooks.test_signing import is_signed

GOOD, BAD = Answer(200, "ok"), Answer(500, "Full.")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> "Clock":
    clock = Clock()
    monkeypatch.setattr(timezone, "now", clock.now)
    return clock


class Clock:
    """The time, which a test moves on."""

    def __init__(self) -> None:
        # Ahead of the time that columns have by default.
        self.time = timezone.now() + timedelta(minutes=5)

    def now(self) -> datetime:
        return self.time

    def go_on(self, wait: timedelta) -> None:
        self.time += wait


def sent_until_nothing_is_due() -> list[Delivery]:
    sent: list[Delivery] = []
    while delivery := deliver_one():
        sent.append(delivery)
    return sent


@pytest.mark.django_db
def test_a_change_arrives_as_the_feed_of_changes_has_it(receiver: Receiver, client: Client) -> None:
    webhook = webhook_to(receiver.url)
    event = EventFactory.create(slug="told-of")
    sent_until_nothing_is_due()
    (got,) = receiver.got
    entry = LedgerEntry.objects.get(slug=event.slug)
    change = client.get(f"/api/v1/changes/?since={entry.number - 1}").json()["results"][0]
    message = json.loads(got.body)
    assert message["data"] == change
    assert (message["type"], message["timestamp"]) == ("edition", entry.at.isoformat())
    assert is_signed(webhook.secret, got.headers, got.body)
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.status, delivery.tries) == (DeliveryState.DELIVERED, 204, 1)
    assert got.headers["webhook-id"] == delivery.message_id


@pytest.mark.django_db
def test_while_one_fails_those_after_it_wait_and_then_come_in_order(receiver: Receiver, clock: Clock) -> None:
    webhook_to(receiver.url)
    event = EventFactory.create()
    for status in (Status.WITHDRAWN, Status.PUBLISHED):
        event.status = status
        event.save()
    receiver.statuses = [503, 500]
    assert [one.state for one in sent_until_nothing_is_due()] == ["failed"]
    clock.go_on(WAITS[0] * (1 + JITTER))
    assert [one.state for one in sent_until_nothing_is_due()] == ["failed"]
    assert Webhook.objects.get().failures == 2
    clock.go_on(WAITS[1] * (1 + JITTER))
    assert [one.state for one in sent_until_nothing_is_due()] == ["delivered"] * 3
    numbers = [json.loads(one.body)["data"]["number"] for one in receiver.got]
    assert numbers == [numbers[0]] * 3 + [numbers[0] + 1, numbers[0] + 2]
    assert len({one.headers["webhook-id"] for one in receiver.got[:3]}) == 1
    assert len({one.headers["webhook-id"] for one in receiver.got}) == 3
    assert Webhook.objects.get().failures == 0


def test_waits_grow_and_are_never_quite_the_same() -> None:
    drawn = [wait_after(1) for _again in range(30)]
    assert len(set(drawn)) > 20
    assert all(WAITS[0] <= wait <= WAITS[0] * (1 + JITTER) for wait in drawn)
    assert list(WAITS) == sorted(WAITS)
    assert sum(WAITS, timedelta()) >= timedelta(days=3)


def fail(clock: Clock, times: int) -> None:
    for _time in range(times):
        delivery = claim()
        assert delivery is not None
        settle(delivery, BAD)
        clock.go_on(timedelta(hours=30))


@pytest.mark.django_db
def test_after_days_of_failures_it_is_switched_off_and_somebody_is_told(
    clock: Clock, mailoutbox: Any, django_capture_on_commit_callbacks: Any
) -> None:
    webhook = webhook_to("https://example.org/in", notify="keeper@example.org")
    EventFactory.create()
    fail(clock, len(WAITS))
    assert Webhook.objects.get().is_active
    with django_capture_on_commit_callbacks(execute=True):
        fail(clock, 1)
    webhook.refresh_from_db()
    assert not webhook.is_active
    assert webhook.switched_off_why == "9 tries failed; the last answer was: 500"
    assert Delivery.objects.get().state == DeliveryState.GIVEN_UP
    (mail,) = mailoutbox
    assert mail.to == ["keeper@example.org"]
    assert "https://example.org/in" in mail.body
    assert f"/admin/hooks/webhook/{webhook.pk}/change/" in mail.body
    assert "/api/v1/changes/" in mail.body
    assert webhook.secret not in mail.body
    EventFactory.create()
    assert claim() is None


@pytest.mark.django_db
def test_a_receiver_that_is_gone_is_switched_off_at_once(receiver: Receiver) -> None:
    webhook_to(receiver.url)
    EventFactory.create()
    receiver.status = 410
    sent_until_nothing_is_due()
    webhook = Webhook.objects.get()
    assert not webhook.is_active
    assert "410" in webhook.switched_off_why


@pytest.mark.django_db
def test_a_mail_that_cannot_be_sent_stops_nothing(
    settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    webhook_to("https://example.org/in", notify="keeper@example.org")
    EventFactory.create()
    delivery = claim()
    assert delivery is not None
    with django_capture_on_commit_callbacks(execute=True):
        settle(delivery, Answer(410, ""))
    assert not Webhook.objects.get().is_active


@pytest.mark.django_db
def test_when_it_is_switched_on_again_what_waits_is_sent(receiver: Receiver) -> None:
    webhook = webhook_to(receiver.url)
    EventFactory.create()
    webhook.switch_off()
    webhook.save()
    assert sent_until_nothing_is_due() == []
    webhook.switch_on()
    webhook.save()
    assert [one.state for one in sent_until_nothing_is_due()] == ["delivered"]


@pytest.mark.django_db
def test_one_webhook_that_fails_holds_up_no_other(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    webhook_to("http://127.0.0.1:1/")
    webhook_to(receiver.url)
    for _again in range(3):
        EventFactory.create()
    states = sorted(str(one.state) for one in sent_until_nothing_is_due())
    assert states == ["delivered", "delivered", "delivered", "failed"]


@pytest.mark.django_db
def test_what_a_deliverer_that_died_had_in_hand_is_sent_by_another(receiver: Receiver, clock: Clock) -> None:
    webhook_to(receiver.url)
    EventFactory.create()
    held = claim()
    assert held is not None
    assert claim() is None
    clock.go_on(BUSY + timedelta(seconds=1))
    assert [one.pk for one in sent_until_nothing_is_due()] == [held.pk]
    # The first one was only slow, and says at last what came of it: that changes nothing any more.
    settle(held, BAD)
    assert Delivery.objects.get().state == DeliveryState.DELIVERED


@pytest.mark.django_db
def test_what_was_sent_can_be_sent_again_under_the_same_number(receiver: Receiver) -> None:
    webhook_to(receiver.url)
    EventFactory.create()
    sent_until_nothing_is_due()
    assert Delivery.objects.all().send_again() == 1
    sent_until_nothing_is_due()
    assert len(receiver.got) == 2
    assert len({one.headers["webhook-id"] for one in receiver.got}) == 1


@pytest.mark.django_db
def test_the_command_sends_what_is_due_and_says_how_it_went(receiver: Receiver) -> None:
    webhook_to(receiver.url)
    EventFactory.create()
    EventFactory.create()
    receiver.statuses = [204, 500]
    said = StringIO()
    call_command("deliver_webhooks", "--once", stdout=said)
    assert said.getvalue() == "Delivered: 1. Failed: 1.\n"


@pytest.mark.django_db
def test_the_command_can_be_stopped_at_any_time(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    webhook_to(receiver.url)
    EventFactory.create()

    def stop(seconds: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("hooks.management.commands.deliver_webhooks.time.sleep", stop)
    said = StringIO()
    call_command("deliver_webhooks", "--forever", stdout=said)
    assert said.getvalue().endswith("Delivered: 1. Failed: 0.\n")


@pytest.mark.django_db
def test_what_was_settled_a_month_ago_is_removed_in_batches_and_what_is_to_be_tried_stays(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    webhook = webhook_to("https://example.org/in")
    webhook.switch_off()
    webhook.save()
    settled = {"next_try": None, "last_try": clock.now()}
    old = [a_delivery(state=state, **settled) for state in ("delivered", "given_up", "delivered")]
    waiting = a_delivery()
    failed = a_delivery(state="failed", last_try=clock.now())
    sent_again = a_delivery(state="delivered", **settled)
    Delivery.objects.filter(pk=sent_again.pk).send_again()
    clock.go_on(KEPT + timedelta(seconds=1))
    recent = [a_delivery(state="delivered", next_try=None, last_try=clock.now() - KEPT)]
    monkeypatch.setattr("hooks.forgetting.BATCH", 2)

    call_command("deliver_webhooks", "--once", stdout=StringIO())

    kept = {waiting, failed, sent_again, *recent}
    assert set(Delivery.objects.all()) == kept
    assert not kept & set(old)


@pytest.mark.django_db
def test_a_deliverer_forgets_when_it_begins_and_then_every_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[float] = []
    moments = Moments()
    command = "hooks.management.commands.deliver_webhooks"
    monkeypatch.setattr(f"{command}.time", moments)
    monkeypatch.setattr(f"{command}.forget_old", lambda: looked.append(moments.at))
    monkeypatch.setattr(f"{command}.close_old_connections", lambda: None)

    call_command("deliver_webhooks", "--forever", "--pause", "600", stdout=StringIO())

    assert looked == [0, 3600, 7200]


class Moments:
    """Seconds that only pass while somebody sleeps, two hours and a half in all."""

    def __init__(self) -> None:
        self.at = 0.0

    def monotonic(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.at += seconds
        if self.at > 9000:
            raise KeyboardInterrupt


# Two at once, each with a connection of its own --------------------------------------------------------


def test_two_deliverers_at_once_send_each_message_once_and_in_order(real_database: RealDatabase) -> None:
    came = real_database.run("deliver_webhooks_twice_at_once")
    ids = [one["id"] for one in came]
    assert len(ids) == len(set(ids)) == 15
    for address in {one["address"] for one in came}:
        numbers = [one["number"] for one in came if one["address"] == address]
        assert len(numbers) == 5
        assert numbers == sorted(numbers)
