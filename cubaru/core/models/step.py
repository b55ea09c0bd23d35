"""Step: a record went from one status to another by the hand of a curator, with a note."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cubaru.core.models.record import Status

#: What an editor tells an author is read whole: longer than a reason in the history, shorter than a letter.
LONGEST_NOTE = 1000


class Step(models.Model):
    """One step of a record. Written by `cubaru.core.workflow`, never changed afterwards."""

    kind = models.CharField(_("kind of record"), max_length=20)
    record_id = models.BigIntegerField(_("record"))
    before = models.CharField(_("from"), max_length=9, choices=Status.choices)
    after = models.CharField(_("to"), max_length=9, choices=Status.choices)
    note = models.CharField(_("note"), max_length=LONGEST_NOTE, blank=True, default="")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ("pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(before__in=Status.values, after__in=Status.values) & ~Q(before=F("after")),
                name="step_leads_from_one_known_status_to_another",
            ),
        ]
        indexes = [models.Index(fields=["kind", "record_id"], name="steps_of_a_record")]

    def __str__(self) -> str:
        return f"{self.get_before_display()} → {self.get_after_display()}"
