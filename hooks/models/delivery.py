"""Delivery: an entry of the ledger on its way to a webhook. The table is the outbox."""

import uuid
from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cubaru.core.models import LedgerEntry
from hooks.models.webhook import Webhook


class DeliveryState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    DELIVERED = "delivered", _("delivered")
    FAILED = "failed", _("failed, to be tried again")
    GIVEN_UP = "given_up", _("given up")


#: Still to be sent.
OUTSTANDING = (DeliveryState.WAITING, DeliveryState.FAILED)


def new_message_id() -> str:
    return f"msg_{uuid.uuid4().hex}"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def outstanding(self) -> Self:
        """Those that are still to be sent: by a rule of the table just these have a next try."""
        return self.filter(next_try__isnull=False)

    def settled_before(self, moment: datetime) -> Self:
        """Those delivered or given up before it, and not to be sent again."""
        return self.filter(next_try__isnull=True, last_try__lt=moment)

    def send_again(self) -> int:
        """Lets them be sent (again) as soon as it is their turn; returns how many."""
        return self.update(state=DeliveryState.WAITING, tries=0, next_try=timezone.now())


class Delivery(models.Model):
    """Written by `hooks.outbox` in the transaction of its entry, and from then on by `hooks.delivering`.

    `message_id` is the same at each try: a receiver knows by it what came twice.
    """

    webhook = models.ForeignKey(
        Webhook,
        verbose_name=_("webhook"),
        on_delete=models.CASCADE,
        related_name="deliveries",
        db_index=False,
    )
    entry = models.ForeignKey(
        LedgerEntry,
        verbose_name=_("ledger entry"),
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    message_id = models.CharField(_("number of the message"), max_length=40, default=new_message_id)
    state = models.CharField(
        _("status"), max_length=9, choices=DeliveryState.choices, default=DeliveryState.WAITING
    )
    tries = models.PositiveIntegerField(_("tries"), default=0)
    next_try = models.DateTimeField(_("next try"), null=True, blank=True, default=timezone.now)
    last_try = models.DateTimeField(_("last try"), null=True, blank=True)
    status = models.PositiveSmallIntegerField(_("status of the answer"), null=True, blank=True)
    said = models.CharField(_("what came of it"), max_length=500, blank=True, default="")

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ("-pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state__in=DeliveryState.values), name="delivery_has_a_known_state"
            ),
            models.CheckConstraint(
                condition=Q(state__in=OUTSTANDING, next_try__isnull=False)
                | ~Q(state__in=OUTSTANDING) & Q(next_try__isnull=True),
                name="delivery_is_tried_again_until_it_is_settled",
            ),
            models.UniqueConstraint(
                fields=["webhook", "entry"], name="an_entry_is_delivered_to_a_webhook_once"
            ),
            models.UniqueConstraint(fields=["message_id"], name="messages_of_deliveries_are_all_different"),
        ]
        indexes = [
            models.Index(
                fields=["webhook", "entry"],
                # Not by state: SQLite takes a partial index only for conditions without parameters.
                condition=Q(next_try__isnull=False),
                name="outstanding_in_their_order",
            ),
        ]

    def __str__(self) -> str:
        return self.message_id
