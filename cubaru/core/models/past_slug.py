"""PastSlug: an address that a record had once; it leads to the record for ever."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PastSlug(models.Model):
    kind = models.CharField(_("kind of record"), max_length=20)
    slug = models.CharField(_("former address"), max_length=100)
    record_id = models.BigIntegerField(_("record"))

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        constraints = [
            models.UniqueConstraint(fields=["kind", "slug"], name="past_slug_leads_to_one_record"),
        ]
        indexes = [models.Index(fields=["kind", "record_id"], name="past_slugs_of_a_record")]

    def __str__(self) -> str:
        return f"{self.kind}/{self.slug}"
