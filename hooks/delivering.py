"""Deliverers: they take what is due from the outbox, send it, and keep what came of it.

The messages of a webhook go one after the other, in the order of the ledger: while one fails, those after
it wait. A deliverer makes a webhook its own for a while before it sends, so that any number of them can
run; one that dies loses nothing, because what it had in hand is due again after that while.
"""

import logging
import random
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from hooks.messages import message_of
from hooks.models import Delivery, DeliveryState, Webhook
from hooks.notices import tell_switched_off
from hooks.sending import GONE, Answer

#: How long after each failure the next try comes, about: four days in all.
WAITS: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480, 1440, 1440, 1440))
#: A wait is longer by up to this part of it, so that not all come back at once.
JITTER: Final = 0.2
#: For so long a deliverer has a webhook for itself. Looking up a name and sending end well before.
BUSY: Final = timedelta(minutes=2)

log = logging.getLogger("hooks")


def deliver_one() -> Delivery | None:
    """Sends what is most due, if anything is; returns it with what came of it."""
    delivery = claim()
    if delivery is None:
        return None
    answer = message_of(delivery).send(delivery.webhook)
    settle(delivery, answer)
    return delivery


def claim() -> Delivery | None:
    """What is due first, with its webhook made ours; None if nothing is due or all is in other hands."""
    now = timezone.now()
    heads = Delivery.objects.outstanding().filter(webhook=OuterRef("pk")).order_by("entry_id")
    due = Webhook.objects.free().annotate(due=Subquery(heads.values("next_try")[:1])).filter(due__lte=now)
    with transaction.atomic():
        locked = due.order_by("due", "pk").select_for_update(skip_locked=True, of=("self",)).first()
        if locked is None:
            return None
        # Asked again now that it is locked: another deliverer may have come and gone since.
        head = locked.deliveries.outstanding().select_related("webhook", "entry").order_by("entry_id").first()
        mine = Webhook.objects.filter(pk=locked.pk, busy_until=locked.busy_until)
        if (
            head is None
            or head.next_try is None
            or head.next_try > now
            or not mine.update(busy_until=now + BUSY)
        ):
            return None
    return head


def settle(delivery: Delivery, answer: Answer) -> None:
    """Keeps what came of a try, and lets go of the webhook."""
    delivery.tries += 1
    delivery.last_try, delivery.status, delivery.said = timezone.now(), answer.status, answer.said[:500]
    if answer.is_good:
        delivery.state, delivery.next_try = DeliveryState.DELIVERED, None
    elif delivery.tries > len(WAITS) or answer.status == GONE:
        delivery.state, delivery.next_try = DeliveryState.GIVEN_UP, None
    else:
        delivery.state = DeliveryState.FAILED
        delivery.next_try = timezone.now() + wait_after(delivery.tries)
    with transaction.atomic():
        webhook = Webhook.objects.select_for_update(no_key=True).filter(pk=delivery.webhook_id).first()
        if webhook is None:  # deleted meanwhile, and its deliveries with it
            return
        still = Delivery.objects.outstanding().filter(pk=delivery.pk)
        still.update(
            tries=F("tries") + 1, state=delivery.state, next_try=delivery.next_try,
            last_try=delivery.last_try, status=delivery.status, said=delivery.said,
        )  # fmt: skip
        _keep_count(webhook, delivery, answer)
    log.info("%s to %s: %s", delivery.message_id, webhook.address, answer.status or answer.said)


def wait_after(tries: int) -> timedelta:
    wait = WAITS[tries - 1]
    return wait + wait * random.uniform(0, JITTER)  # noqa: S311 (nothing secret)


def _keep_count(webhook: Webhook, delivery: Delivery, answer: Answer) -> None:
    webhook.busy_until = None
    webhook.failures = 0 if answer.is_good else webhook.failures + 1
    if delivery.state == DeliveryState.GIVEN_UP and webhook.is_active:
        webhook.switch_off(_why(delivery, answer))
        transaction.on_commit(lambda: tell_switched_off(webhook))
    webhook.save(update_fields=["busy_until", "failures", "is_active", "switched_off_at", "switched_off_why"])


def _why(delivery: Delivery, answer: Answer) -> str:
    if answer.status == GONE:
        return _("The receiver answered that it is gone (410).")
    last = str(answer.status) if answer.status else answer.said
    return _("%(count)d tries failed; the last answer was: %(answer)s") % {
        "count": delivery.tries, "answer": last,
    }  # fmt: skip
