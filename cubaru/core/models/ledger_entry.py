"""LedgerEntry: one thing that readers could notice, in the order in which it happened."""

from typing import Any, ClassVar, NoReturn

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Action(models.TextChoices):
    EDITION = "edition", _("edition")
    WITHDRAWAL = "withdrawal", _("withdrawal")
    NEW_SLUG = "new_slug", _("new address")
    MERGE = "merge", _("merge")


class LedgerEntry(models.Model):
    """An edition, a withdrawal, a new address or a merge. Written by `cubaru.core.ledger`, never changed.

    `number` counts all entries from 1 without gaps; the newest is the content version. `document` is the
    canonical JSON (RFC 8785) of what was published, and `digest` its SHA-256; `hash` covers the entry and,
    through `previous_hash`, all entries before it. `target` is the new address, or the record merged into.
    """

    number = models.PositiveBigIntegerField(_("number"), primary_key=True)
    action = models.CharField(_("action"), max_length=10, choices=Action.choices)
    kind = models.CharField(_("kind of record"), max_length=20)
    record_id = models.BigIntegerField(_("record"))
    slug = models.CharField(_("address"), max_length=100)
    target = models.CharField(_("leads to"), max_length=100, blank=True, default="")
    edition = models.PositiveIntegerField(_("edition"), null=True, blank=True)
    document = models.TextField(_("published document"), blank=True, default="")
    digest = models.CharField(_("digest"), max_length=64, blank=True, default="")
    at = models.DateTimeField(_("when"), db_index=True)
    by = models.CharField(_("who"), max_length=150, blank=True, default="")
    why = models.CharField(_("why"), max_length=300, blank=True, default="")
    previous_hash = models.CharField(max_length=64, blank=True, default="")
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger")
        ordering = ("number",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(action=Action.EDITION, edition__isnull=False) & ~Q(document="")
                | ~Q(action=Action.EDITION) & Q(edition__isnull=True, document=""),
                name="only_an_edition_has_a_number_and_a_document",
            ),
            models.CheckConstraint(
                condition=Q(action__in=Action.values), name="ledger_entry_has_a_known_action"
            ),
            models.UniqueConstraint(
                fields=["kind", "record_id", "edition"], name="editions_of_a_record_are_numbered_once"
            ),
            models.UniqueConstraint(fields=["previous_hash"], name="the_ledger_is_one_chain"),
        ]
        indexes = [
            models.Index(fields=["kind", "record_id", "number"], name="ledger_of_a_record"),
            models.Index(fields=["kind", "slug", "edition"], name="editions_by_address"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.get_action_display()} {self.kind}/{self.slug}"

    def save(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("The ledger is written by cubaru.core.ledger, and never changed.")

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("Nothing is ever taken out of the ledger.")
