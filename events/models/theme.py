"""Theme: what an event is about."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cubaru.core.models import Record
from cubaru.core.models.record import record_rules
from events.choices import Lane


class Theme(Record):
    record_kind = "theme"

    name = models.CharField(_("name"), max_length=100)
    description = models.TextField(_("description"), blank=True)
    lane = models.CharField(_("lane"), max_length=9, choices=Lane.choices, default=Lane.DIPLOMACY)
    position = models.PositiveIntegerField(
        _("position"), default=0, help_text=_("Its place in lists of themes.")
    )

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ("position", "slug")
        constraints = [
            *record_rules("theme", "name"),
            models.CheckConstraint(condition=Q(lane__in=Lane.values), name="theme_runs_in_a_known_lane"),
        ]
