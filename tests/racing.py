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
        for _again in range(5):
            EventFactory.create()
        faults = at_once(deliver, deliver)
        server.shutdown()
    assert faults == []
    return got


if __name__ == "__main__":
    django.setup()
    print(json.dumps(globals()[sys.argv[1]]()))  # noqa: T201
