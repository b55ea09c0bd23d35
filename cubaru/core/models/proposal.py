"""Proposal: a change to a published record that waits for an editor's answer."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cubaru.core.models.step import LONGEST_NOTE


class ProposalState(models.TextChoices):
    WAITING = "waiting", _("waiting for an answer")
    ACCEPTED = "accepted", _("accepted")
    CHANGED = "changed", _("accepted with changes")
    DECLINED = "declined", _("declined")
    TAKEN_BACK = "taken_back", _("taken back")


class Proposal(models.Model):
    """A document that is not applied yet, with the revision that it is based on.

    Written by `cubaru.core.proposals`. `document` stays as its author wrote it, whatever became of it.
    """

    kind = models.CharField(_("kind of record"), max_length=20)
    record_id = models.BigIntegerField(_("record"))
    base = models.PositiveIntegerField(_("based on revision"))
    document = models.JSONField(_("document"))
    minor = models.BooleanField(_("minor change"), default=False)
    note = models.CharField(_("note"), max_length=LONGEST_NOTE, blank=True, default="")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    made_at = models.DateTimeField(_("when"), default=timezone.now)
    state = models.CharField(
        _("status"), max_length=10, choices=ProposalState.choices, default=ProposalState.WAITING
    )
    answer = models.CharField(_("answer"), max_length=LONGEST_NOTE, blank=True, default="")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("answered by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ("pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state__in=ProposalState.values), name="proposal_has_a_known_state"
            ),
            models.CheckConstraint(
                condition=Q(state=ProposalState.WAITING, answered_at__isnull=True)
                | ~Q(state=ProposalState.WAITING) & Q(answered_at__isnull=False),
                name="proposal_waits_until_it_is_answered",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "record_id"], name="proposals_for_a_record"),
            models.Index(fields=["state", "made_at"], name="proposals_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}/{self.document.get('slug', '')} ({self.get_state_display()})"
