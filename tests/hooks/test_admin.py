"""Webhooks at the desk: added, tried out, the secret shown once, deliveries sent again."""

from typing import Any

import pytest
from django.test import Client

from hooks.models import Delivery, DeliveryState, Webhook
from tests.desk_forms import page_of
from tests.hooks.conftest import Receiver
from tests.hooks.rows import ADDRESS, a_delivery, webhook_to
from tests.hooks.test_signing import is_signed

pytestmark = pytest.mark.django_db

LIST, ADD = "/admin/hooks/webhook/", "/admin/hooks/webhook/add/"


def posted(**more: Any) -> dict[str, Any]:
    return {"address": ADDRESS, "actions": ["edition", "merge"], "is_active": "on", "notify": "", **more}


def page_for(webhook: Webhook, name: str) -> str:
    return f"{LIST}{webhook.pk}/{name}/"


def test_a_webhook_is_added_and_its_secret_shown_once(desk: Client, curator: Any) -> None:
    assert "secret" not in desk.get(ADD).text
    answer = desk.post(ADD, posted(kinds=["event"]))
    webhook = Webhook.objects.get()
    assert answer["Location"] == page_for(webhook, "secret")
    assert (webhook.actions, webhook.kinds, webhook.made_by) == (["edition", "merge"], ["event"], curator)
    shown = desk.get(page_for(webhook, "secret"))
    assert webhook.secret in shown.text
    assert "no-store" in shown["Cache-Control"]
    for address in (
        page_for(webhook, "secret"),
        page_for(webhook, "change"),
        LIST,
        page_for(webhook, "history"),
    ):
        assert webhook.secret not in desk.get(address).text


def test_a_new_secret_is_made_and_shown_once(desk: Client) -> None:
    webhook = webhook_to()
    before = webhook.secret
    answer = desk.post(page_for(webhook, "secret"), follow=True)
    webhook.refresh_from_db()
    assert webhook.secret != before
    assert webhook.secret in answer.text
    assert before not in answer.text
    assert webhook.secret not in desk.get(page_for(webhook, "secret")).text


@pytest.mark.parametrize(
    "wrong",
    [
        {"address": "http://example.org/in"},
        {"address": "https://user:word@example.org/"},
        {"address": "nowhere"},
        {"actions": []},
        {"actions": ["deletion"]},
        {"kinds": ["ledger"]},
        {"notify": "nobody"},
    ],
)
def test_what_cannot_work_is_not_added(desk: Client, wrong: dict[str, Any]) -> None:
    answer = desk.post(ADD, posted(**wrong))
    assert answer.status_code == 200
    assert page_of(answer.content).find_class("errorlist")
    assert not Webhook.objects.exists()


def test_it_is_switched_off_and_on_again(desk: Client) -> None:
    webhook = webhook_to()
    without = {key: value for key, value in posted().items() if key != "is_active"}
    desk.post(page_for(webhook, "change"), without)
    webhook.refresh_from_db()
    assert not webhook.is_active
    assert webhook.switched_off_at is not None
    assert "Switched off." in desk.get(LIST).text
    webhook.failures = 9
    webhook.save()
    desk.post(page_for(webhook, "change"), posted())
    webhook = Webhook.objects.get()
    assert (webhook.is_active, webhook.failures, webhook.switched_off_at) == (True, 0, None)


def test_the_test_button_sends_at_once_and_shows_the_answer(desk: Client, receiver: Receiver) -> None:
    webhook = webhook_to(receiver.url)
    assert desk.get(page_for(webhook, "test")).status_code == 200
    assert receiver.got == []
    receiver.status, receiver.said = 202, b"Taken <b>in</b>"
    page = desk.post(page_for(webhook, "test"))
    (got,) = receiver.got
    assert is_signed(webhook.secret, got.headers, got.body)
    assert b'"type":"ping"' in got.body
    assert "The receiver took it" in page.text
    assert "Taken &lt;b&gt;in&lt;/b&gt;" in page.text
    assert not Delivery.objects.exists()


def test_a_test_that_fails_says_why(desk: Client, settings: Any) -> None:
    webhook = webhook_to("https://127.0.0.1/in")
    assert "127.0.0.1 is not a host of the open internet." in desk.post(page_for(webhook, "test")).text


def test_deliveries_are_listed_and_sent_again(desk: Client) -> None:
    delivery = a_delivery(
        state=DeliveryState.GIVEN_UP, next_try=None, tries=9, status=500, said="<i>Full</i>"
    )
    page = desk.get("/admin/hooks/delivery/").text
    assert delivery.entry.slug in page
    shown = desk.get(f"/admin/hooks/delivery/{delivery.pk}/change/").text
    assert delivery.message_id in shown
    assert "&lt;i&gt;Full&lt;/i&gt;" in shown
    again = {"action": "send_again", "_selected_action": [delivery.pk]}
    answer = desk.post("/admin/hooks/delivery/", again, follow=True)
    assert "1 delivery is sent again when it is its turn." in answer.text
    delivery.refresh_from_db()
    assert (delivery.state, delivery.tries) == (DeliveryState.WAITING, 0)
    assert delivery.next_try is not None


def test_who_sends_again_through_a_webhook_that_is_off_is_told(desk: Client) -> None:
    delivery = a_delivery()
    delivery.webhook.switch_off()
    delivery.webhook.save()
    again = {"action": "send_again", "_selected_action": [delivery.pk]}
    assert "switched off" in desk.post("/admin/hooks/delivery/", again, follow=True).text


@pytest.mark.parametrize("name", ["test", "secret"])
def test_only_administrators_test_and_renew(client: Client, name: str) -> None:
    from tests.core.test_workflow import member

    webhook = webhook_to()
    for role, status in (("editor", 403), ("administrator", 200)):
        client.force_login(member(role, role), backend="django.contrib.auth.backends.ModelBackend")
        assert client.get(page_for(webhook, name)).status_code == status
    client.logout()
    assert client.post(page_for(webhook, name))["Location"].startswith("/admin/login/")


def test_there_is_no_test_of_what_there_is_not(desk: Client) -> None:
    assert desk.get(f"{LIST}987/test/").status_code == 404
