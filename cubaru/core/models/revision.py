"""Revision: the document of a record as it was after one save."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Revision(models.Model):
    """One state of one record. Written by `cubaru.core.history`, never changed afterwards.

    A deleted record's last revision has `is_deletion` set and holds the last document it had.
    """

    kind = models.CharField(_("kind of record"), max_length=20)
    record_id = models.BigIntegerField(_("record"))
    number = models.PositiveIntegerField(_("number"))
    slug = models.CharField(_("address"), max_length=100)
    document = models.JSONField(_("document"))
    digest = models.CharField(
        _("digest"), max_length=64, help_text=_("SHA-256 of the canonical JSON (RFC 8785).")
    )
    is_deletion = models.BooleanField(_("deletion"), default=False)
    saved_at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    why = models.CharField(_("why"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ("kind", "record_id", "number")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "record_id", "number"], name="revision_numbers_of_a_record_are_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}/{self.slug} #{self.number}"
