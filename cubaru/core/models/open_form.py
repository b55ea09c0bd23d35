"""OpenForm: a curator has the form of a record open at the moment."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OpenForm(models.Model):
    """Kept by `cubaru.core.presence`; says nothing any more once `seen_at` is a minute ago."""

    kind = models.CharField(_("kind of record"), max_length=20)
    record_id = models.BigIntegerField(_("record"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), on_delete=models.CASCADE, related_name="+"
    )
    seen_at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("open form")
        verbose_name_plural = _("open forms")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["kind", "record_id", "user"], name="open_form_stands_once_per_record_and_curator"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}/{self.record_id}: {self.user}"
