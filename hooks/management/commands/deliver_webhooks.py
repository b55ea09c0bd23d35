"""Sends what waits in the outbox of webhooks, and forgets what left it long ago."""

import time
from argparse import ArgumentParser
from typing import Any, Final

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone

from cubaru.core.progress import progress_bar
from hooks.delivering import deliver_one
from hooks.forgetting import forget_old
from hooks.models import Delivery, DeliveryState

#: Seconds after which the outbox is looked at again when nothing was due.
PAUSE: Final = 5.0
#: Seconds between two looks for what is old enough to be forgotten.
FORGET_EVERY: Final = 3600.0


class Command(BaseCommand):
    help = (
        "Sends what waits in the outbox of webhooks: once all that is due, or for ever. Any number of these "
        "can run at once, and each can be stopped at any time: what it had in hand is sent again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--once", action="store_true", help="send what is due and end (the default)")
        how.add_argument("--forever", action="store_true", help="go on until stopped")
        parser.add_argument(
            "--pause", type=float, default=PAUSE, help="seconds between two looks (default: %(default)s)"
        )

    def handle(self, *args: Any, forever: bool, pause: float, **options: Any) -> None:
        sent = failed = 0
        forget_at = time.monotonic()
        waiting = Delivery.objects.outstanding().filter(webhook__is_active=True, next_try__lte=timezone.now())
        try:
            with progress_bar(waiting.count(), "Sending") as bar:
                while True:
                    if time.monotonic() >= forget_at:
                        forget_old()
                        forget_at = time.monotonic() + FORGET_EVERY
                    delivery = deliver_one()
                    if delivery is None:
                        if not forever:
                            break
                        close_old_connections()
                        time.sleep(pause)
                        continue
                    bar.update()
                    if delivery.state == DeliveryState.DELIVERED:
                        sent += 1
                    else:
                        failed += 1
        except KeyboardInterrupt:
            self.stdout.write("")
        self.stdout.write(f"Delivered: {sent}. Failed: {failed}.")
