"""Webhook: an address of somebody else's program that is told of what changes for readers."""

from collections.abc import Iterable
from datetime import timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hooks.signing import PREFIX, new_secret

#: A secret that was replaced signs beside the new one for so long, so that a receiver can change over.
CHANGE_OVER = timedelta(hours=24)


class WebhookQuerySet(models.QuerySet["Webhook"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def free(self) -> Self:
        """Active ones that no deliverer is busy with."""
        return self.active().filter(Q(busy_until=None) | Q(busy_until__lt=timezone.now()))


class Webhook(models.Model):
    """Where deliveries go, what they are about, and how it went lately.

    `kinds` without any name is all kinds of records, also those to come; `actions` are those of the ledger.
    `secret` is kept as it is, because each delivery is signed with it; the desk shows it once.
    `failures` counts the tries that failed since one went well. `busy_until` is set by the deliverer that
    is at work on it: another one takes over only after that.
    """

    address = models.CharField(_("address"), max_length=500)
    kinds = models.JSONField(_("kinds of records"), default=list, blank=True)
    actions = models.JSONField(_("what it is told of"), default=list)
    secret = models.CharField(_("secret"), max_length=100, default=new_secret, editable=False)
    former_secret = models.CharField(max_length=100, blank=True, default="", editable=False)
    former_until = models.DateTimeField(null=True, blank=True, editable=False)
    notify = models.EmailField(
        _("e-mail to"), blank=True, default="", help_text=_("Who is told when it is switched off.")
    )
    is_active = models.BooleanField(_("switched on"), default=True)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0, editable=False)
    switched_off_at = models.DateTimeField(_("switched off"), null=True, blank=True, editable=False)
    switched_off_why = models.CharField(
        _("why it was switched off"), max_length=300, blank=True, default="", editable=False
    )
    busy_until = models.DateTimeField(null=True, blank=True, editable=False)
    made_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("made by"), null=True, blank=True, editable=False,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip

    objects = WebhookQuerySet.as_manager()

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ("pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(address__startswith="https://") | Q(address__startswith="http://"),
                name="webhook_has_an_address_of_the_web",
            ),
            models.CheckConstraint(condition=~Q(actions=[]), name="webhook_is_told_of_something"),
            models.CheckConstraint(
                condition=Q(secret__startswith=PREFIX), name="webhook_has_a_secret_to_sign_with"
            ),
            models.CheckConstraint(
                condition=Q(former_secret="", former_until__isnull=True)
                | Q(former_secret__startswith=PREFIX, former_until__isnull=False),
                name="former_secret_of_a_webhook_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(is_active=True, switched_off_at__isnull=True, switched_off_why="")
                | Q(is_active=False, switched_off_at__isnull=False),
                name="webhook_is_on_or_was_switched_off_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.address

    def wants(self, kind: str, action: str) -> bool:
        return action in self.actions and (not self.kinds or kind in self.kinds)

    def secrets(self) -> Iterable[str]:
        """Those that sign now, the newest first."""
        yield self.secret
        if self.former_until is not None and self.former_until > timezone.now():
            yield self.former_secret

    def renew_secret(self) -> None:
        """Makes a new secret; the old one goes on signing beside it for a day."""
        self.former_secret, self.former_until = self.secret, timezone.now() + CHANGE_OVER
        self.secret = new_secret()
        self.save(update_fields=["secret", "former_secret", "former_until"])

    def switch_on(self) -> None:
        """Sets it as it is before its first try. To be saved by the caller."""
        self.is_active, self.failures = True, 0
        self.switched_off_at, self.switched_off_why = None, ""

    def switch_off(self, why: str = "") -> None:
        """To be saved by the caller."""
        self.is_active, self.switched_off_at, self.switched_off_why = False, timezone.now(), why[:300]
