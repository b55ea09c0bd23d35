"""Organization: a state, ministry, party, company or other body."""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cubaru.core.dates import HistoricalDate
from cubaru.core.fields import HistoricalDateField, historical_date, historical_date_rules
from cubaru.core.models import Name, Record
from cubaru.core.models.name import name_rules
from cubaru.core.models.record import record_rules
from people.choices import Category
from people.querysets import OrganizationManager
from sources.models import Citation
from sources.models.citation import citation_rules


class Organization(Record):
    record_kind = "organization"

    name = models.CharField(_("name"), max_length=300)
    description = models.TextField(_("description"), blank=True)
    category = models.CharField(
        _("category"), max_length=13, choices=Category.choices, default=Category.OTHER
    )
    founded = HistoricalDateField(_("founded"))
    founded_words: str
    founded_calendar: str
    founded_earliest: dt.date | None
    founded_latest: dt.date | None
    founded_precision: str
    founded_approximate: bool
    founded_uncertain: bool
    dissolved = HistoricalDateField(_("dissolved"))
    dissolved_words: str
    dissolved_calendar: str
    dissolved_earliest: dt.date | None
    dissolved_latest: dt.date | None
    dissolved_precision: str
    dissolved_approximate: bool
    dissolved_uncertain: bool
    parent = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        related_name="parts",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )

    objects: ClassVar[OrganizationManager["Organization"]] = OrganizationManager()

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ("slug",)
        constraints = [
            *record_rules("organization", "name"),
            models.CheckConstraint(
                condition=Q(category__in=Category.values), name="organization_has_a_known_category"
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="organization_is_not_part_of_itself",
            ),
            models.CheckConstraint(
                condition=Q(founded_earliest__isnull=True)
                | Q(dissolved_latest__isnull=True)
                | Q(founded_earliest__lte=F("dissolved_latest")),
                name="organization_is_not_dissolved_before_it_is_founded",
            ),
            *historical_date_rules("organization", "founded"),
            *historical_date_rules("organization", "dissolved"),
        ]

    @property
    def founded_date(self) -> HistoricalDate | None:
        return historical_date(self, "founded")

    @property
    def dissolved_date(self) -> HistoricalDate | None:
        return historical_date(self, "dissolved")


class OrganizationName(Name):
    owned_by = ("organization",)

    organization = models.ForeignKey(
        Organization, verbose_name=_("organization"), related_name="names", on_delete=models.CASCADE
    )

    class Meta(Name.Meta):
        verbose_name = _("name of an organization")
        verbose_name_plural = _("names of an organization")
        constraints = name_rules("organization_name", "organization")


class OrganizationCitation(Citation):
    owned_by = ("organization",)

    organization = models.ForeignKey(
        Organization, verbose_name=_("organization"), related_name="citations", on_delete=models.CASCADE
    )

    class Meta(Citation.Meta):
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        constraints = citation_rules("organization_citation")
