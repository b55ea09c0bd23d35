"""Likeness: two records that may be of the same thing; and the keys by which such records are found."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class LikenessKey(models.Model):
    """Something that two records of the same thing would share: a sound of their names, an identifier."""

    kind = models.CharField(_("kind of record"), max_length=20)
    record_id = models.BigIntegerField(_("record"))
    key = models.CharField(_("key"), max_length=64)

    objects: ClassVar[models.Manager["LikenessKey"]] = models.Manager()

    class Meta:
        verbose_name = _("key of likeness")
        verbose_name_plural = _("keys of likeness")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key", "record_id"], name="key_of_likeness_stands_once_per_record"
            ),
        ]
        indexes = [models.Index(fields=["kind", "record_id"], name="keys_of_likeness_of_a_record")]

    def __str__(self) -> str:
        return f"{self.kind}/{self.record_id}: {self.key}"


class Likeness(models.Model):
    """A pair that may be one, found by `cubaru.core.likeness`; `is_different` once a curator has said so."""

    kind = models.CharField(_("kind of record"), max_length=20)
    first_id = models.BigIntegerField(_("first record"))
    second_id = models.BigIntegerField(_("second record"))
    is_different = models.BooleanField(_("not the same"), default=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who decided"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    objects: ClassVar[models.Manager["Likeness"]] = models.Manager()

    class Meta:
        verbose_name = _("possible duplicate")
        verbose_name_plural = _("possible duplicates")
        ordering = ("kind", "first_id", "second_id")
        constraints = [
            models.CheckConstraint(
                condition=Q(first_id__lt=F("second_id")), name="likeness_names_the_older_record_first"
            ),
            models.UniqueConstraint(
                fields=["kind", "first_id", "second_id"], name="likeness_of_two_records_stands_once"
            ),
        ]
        indexes = [models.Index(fields=["kind", "second_id"], name="likenesses_by_second")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.first_id} ~ {self.second_id}"
