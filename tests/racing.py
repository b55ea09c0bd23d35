"""What is done by two threads at once, each with a connection of its own: `python -m tests.racing NAME`.

Started by the fixture `real_database`; each function prints what it returns as JSON.
"""

import json
import sys
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import django


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Runs each in a thread, all from the same moment; returns what was raised, in words."""
    from django.db import connection

    start, faults = threading.Barrier(len(acts)), list[str]()

    def run(act: Callable[[], object]) -> None:
        try:
            start.wait()
            act()
        except Exception as error:
            faults.append(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults


def deliver_webhooks_twice_at_once() -> list[dict[str, Any]]:
    """What a receiver got, in the order in which it came."""
    from django.conf import settings

    from hooks.delivering import deliver_one
    from hooks.models import Delivery, Webhook
    from tests.factories import EventFactory

    got: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            number = message["data"]["number"]
            got.append({"id": self.headers["Webhook-Id"], "address": self.path, "number": number})
            self.send_response(204)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Says nothing."""

    def deliver() -> None:
        while Delivery.objects.outstanding().exists():
            deliver_one()

    settings.WEBHOOKS_MAY_BE_LOCAL = True
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        for path in "abc":
            Webhook.objects.create(
                address=f"http://127.0.0.1:{server.server_port}/{path}", actions=["edition"]
            )
        for number in range(5):
            EventFactory.create(slug=f"told-{number}")
        faults = at_once(deliver, deliver)
        server.shutdown()
    assert faults == []
    return got


def save_twice_at_once() -> list[dict[str, Any]]:
    """Rounds in which two curators save one event at the same moment: what each saw, and what is kept.

    In even rounds they write into different fields, in odd ones into the same.
    """
    from django.contrib.auth import get_user_model
    from django.test import Client

    from cubaru.core.models import Revision
    from events.models import Event
    from tests.desk_forms import filled
    from tests.factories import EventFactory

    users = [get_user_model().objects.create_superuser(name) for name in ("ana", "boris")]
    clients = [Client() for _user in users]
    for client, user in zip(clients, users, strict=True):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    rounds = []
    for number in range(6):
        event = EventFactory.create(slug=f"saved-{number}", title_en="As it was", summary_en="As it was.")
        address = f"/admin/events/event/{event.pk}/change/"
        fields = ("title_en", "summary_en" if number % 2 == 0 else "title_en")
        forms = [
            filled(client.get(address).content, _save="1", **{field: f"Typed by {user.username}"})
            for client, user, field in zip(clients, users, fields, strict=True)
        ]
        answers: dict[int, Any] = {}

        def save(index: int, address: str = address, forms: Any = forms, answers: Any = answers) -> None:
            answers[index] = clients[index].post(address, forms[index])

        faults = at_once(lambda: save(0), lambda: save(1))
        kept: Any = Event.objects.get(pk=event.pk)
        rounds.append(
            {
                "faults": faults,
                "statuses": [answers[index].status_code for index in (0, 1) if index in answers],
                "pages": [answers[index].text for index in (0, 1) if index in answers],
                "kept": [kept.title_en, kept.summary_en],
                "revisions": Revision.objects.filter(kind="event", record_id=event.pk).count(),
            }
        )
    return rounds


def set_up() -> None:
    """As tests have it: no collected files, and hosts by any name."""
    from django.conf import settings
    from django.test.utils import setup_test_environment

    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.MIDDLEWARE.remove("whitenoise.middleware.WhiteNoiseMiddleware")
    settings.SECURE_SSL_REDIRECT = False
    django.setup()
    setup_test_environment()


if __name__ == "__main__":
    set_up()
    print(json.dumps(globals()[sys.argv[1]]()))  # noqa: T201
