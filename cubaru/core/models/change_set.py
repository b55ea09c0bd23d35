"""ChangeSet: many records changed as one action, that can be undone as one: an import, or a merge of two."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    IMPORT = "import", _("import")
    JOIN = "join", _("merge of two records")


class Stage(models.TextChoices):
    WAITING = "waiting", _("not applied yet")
    APPLIED = "applied", _("applied")
    UNDONE = "undone", _("undone")


class RowState(models.TextChoices):
    NEW = "new", _("new")
    CHANGED = "changed", _("changed")
    UNCHANGED = "unchanged", _("unchanged")
    BROKEN = "broken", _("broken")
    JOINED = "joined", _("merged into another")


def _who(name: Any) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=name, null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip


class ChangeSet(models.Model):
    """Written by `cubaru.core.change_sets`.

    `table` is the kind of record, or the part, that the rows are about. `headings` are those of the file,
    `columns` the paths of the columns that they stand for, "" for none. `addresses` are the former
    addresses, as [kind, slug, record], that were there before it was applied and that it may have taken.
    """

    purpose = models.CharField(_("purpose"), max_length=6, choices=Purpose.choices)
    table = models.CharField(_("kind of record"), max_length=20)
    title = models.CharField(_("file"), max_length=200)
    why = models.CharField(_("why"), max_length=300, blank=True, default="")
    stage = models.CharField(_("stage"), max_length=7, choices=Stage.choices, default=Stage.WAITING)
    headings = models.JSONField(default=list, blank=True)
    columns = models.JSONField(default=list, blank=True)
    empties = models.BooleanField(_("empty cells take away what the record has"), default=False)
    addresses = models.JSONField(default=list, blank=True)
    made_by = _who(_("prepared by"))
    made_at = models.DateTimeField(_("prepared"), default=timezone.now)
    applied_by = _who(_("applied by"))
    applied_at = models.DateTimeField(_("applied"), null=True, blank=True)
    undone_by = _who(_("undone by"))
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    class Meta:
        verbose_name = _("change-set")
        verbose_name_plural = _("imports and merges")
        ordering = ("-pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(purpose__in=Purpose.values), name="change_set_has_a_known_purpose"
            ),
            models.CheckConstraint(
                condition=Q(stage=Stage.WAITING, applied_at__isnull=True, undone_at__isnull=True)
                | Q(stage=Stage.APPLIED, applied_at__isnull=False, undone_at__isnull=True)
                | Q(stage=Stage.UNDONE, applied_at__isnull=False, undone_at__isnull=False),
                name="change_set_is_applied_before_it_is_undone",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ChangeSetRow(models.Model):
    """A row of the file, or a record that a merge touches: its document before and after.

    `cells` are the texts of the file's row. `faults` say by language at which keys the row is broken,
    and why. `leads_to` is the record that this one was merged into, `created_at` when this one was created.
    `is_left` tells that the row was not undone with the others.
    """

    change_set = models.ForeignKey(ChangeSet, related_name="rows", on_delete=models.CASCADE)
    number = models.PositiveIntegerField(_("row"))
    cells = models.JSONField(default=list, blank=True)
    kind = models.CharField(_("kind of record"), max_length=20, blank=True, default="")
    slug = models.CharField(_("address"), max_length=100, blank=True, default="")
    record_id = models.BigIntegerField(_("record"), null=True, blank=True)
    state = models.CharField(_("outcome"), max_length=9, choices=RowState.choices)
    before = models.JSONField(_("before"), null=True, blank=True)
    after = models.JSONField(_("after"), null=True, blank=True)
    faults = models.JSONField(default=dict, blank=True)
    leads_to = models.CharField(_("leads to"), max_length=100, blank=True, default="")
    created_at = models.DateTimeField(null=True, blank=True)
    is_left = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("row of a change-set")
        verbose_name_plural = _("rows of change-sets")
        ordering = ("change_set", "number")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["change_set", "number"], name="rows_of_a_change_set_are_numbered_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=RowState.values), name="change_set_row_has_a_known_state"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.slug}"
