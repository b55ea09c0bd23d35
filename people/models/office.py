"""Office: a person held a title in an organization from one historical date to another."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cubaru.core.dates import HistoricalDate
from cubaru.core.fields import HistoricalDateField, historical_date, historical_date_rules
from cubaru.core.languages import best_text, in_some_language
from cubaru.core.models import Part
from people.models.organization import Organization
from people.models.person import Person
from sources.models import Citation
from sources.models.citation import citation_rules


class Office(Part):
    """A start or an end that no source gives is empty."""

    owned_by = ("person",)

    person = models.ForeignKey(
        Person, verbose_name=_("person"), related_name="offices", on_delete=models.CASCADE
    )
    title = models.CharField(_("title"), max_length=300)
    organization = models.ForeignKey(
        Organization, verbose_name=_("organization"), related_name="offices", on_delete=models.PROTECT
    )
    start = HistoricalDateField(_("from"))
    start_words: str
    start_calendar: str
    start_earliest: dt.date | None
    start_latest: dt.date | None
    start_precision: str
    start_approximate: bool
    start_uncertain: bool
    end = HistoricalDateField(_("to"))
    end_words: str
    end_calendar: str
    end_earliest: dt.date | None
    end_latest: dt.date | None
    end_precision: str
    end_approximate: bool
    end_uncertain: bool

    class Meta(Part.Meta):
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        constraints = [
            models.CheckConstraint(
                condition=in_some_language("title"), name="office_has_a_title_in_some_language"
            ),
            models.CheckConstraint(
                condition=Q(start_earliest__isnull=True)
                | Q(end_latest__isnull=True)
                | Q(start_earliest__lte=F("end_latest")),
                name="office_does_not_end_before_it_starts",
            ),
            *historical_date_rules("office", "start"),
            *historical_date_rules("office", "end"),
        ]

    def __str__(self) -> str:
        return best_text(self, "title").text

    @property
    def start_date(self) -> HistoricalDate | None:
        return historical_date(self, "start")

    @property
    def end_date(self) -> HistoricalDate | None:
        return historical_date(self, "end")


class OfficeCitation(Citation):
    owned_by = ("office",)

    office = models.ForeignKey(
        Office, verbose_name=_("office"), related_name="citations", on_delete=models.CASCADE
    )

    class Meta(Citation.Meta):
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        constraints = citation_rules("office_citation")
