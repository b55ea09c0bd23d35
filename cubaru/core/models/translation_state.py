"""TranslationState: how the translations of one record stand to the wordings that they translate."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from cubaru.core.models.record import Status


class TranslationState(models.Model):
    """One row for each record, kept by `cubaru.core.wordings` in the recording of each change.

    `texts` holds, by the place of a text in the record's document ("claims[1].statement"), only what there is
    to tell: `original` (its language, where it is not the first that has the text), `missing` (languages),
    `stale` and `was` (by language: the wording that the translation translates). The counts are of texts.
    The row of a deleted record stays, `is_gone`, so that all is as it was when the record comes back.
    """

    kind = models.CharField(_("kind of record"), max_length=20)
    record_id = models.BigIntegerField(_("record"))
    slug = models.CharField(_("address"), max_length=100)
    status = models.CharField(_("status"), max_length=9, choices=Status.choices)
    revision = models.PositiveIntegerField(_("revision"))
    is_gone = models.BooleanField(_("deleted"), default=False)
    missing_en = models.PositiveIntegerField(_("texts missing in English"), default=0)
    missing_es = models.PositiveIntegerField(_("texts missing in Spanish"), default=0)
    missing_ru = models.PositiveIntegerField(_("texts missing in Russian"), default=0)
    stale_en = models.PositiveIntegerField(_("stale texts in English"), default=0)
    stale_es = models.PositiveIntegerField(_("stale texts in Spanish"), default=0)
    stale_ru = models.PositiveIntegerField(_("stale texts in Russian"), default=0)
    texts: "models.JSONField[Any, Any]" = models.JSONField(_("texts"), default=dict)

    class Meta:
        verbose_name = _("state of translations")
        verbose_name_plural = _("states of translations")
        ordering = ("kind", "slug")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "record_id"], name="state_of_translations_stands_once_per_record"
            ),
        ]
        indexes = [models.Index(fields=["kind", "slug"], name="translations_in_order")]

    def __str__(self) -> str:
        return f"{self.kind}/{self.slug}"
