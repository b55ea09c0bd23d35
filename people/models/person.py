"""Person: somebody of this history, with names in every language and script they are found in."""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cubaru.core.countries import COUNTRY
from cubaru.core.dates import HistoricalDate
from cubaru.core.fields import HistoricalDateField, historical_date, historical_date_rules
from cubaru.core.models import Name, Record
from cubaru.core.models.name import name_rules
from cubaru.core.models.record import record_rules
from people.querysets import PersonManager
from places.models import Place
from sources.models import Citation, Image, NarrativeCitation
from sources.models.citation import citation_rules
from sources.models.image import image_rules


class Person(Record):
    record_kind = "person"

    name = models.CharField(
        pgettext_lazy("of a person", "name"),
        max_length=200,
        help_text=_("As it is said, such as Anastas Mikoyan."),
    )
    sort_name = models.CharField(
        _("name for sorting"), max_length=200, blank=True, help_text=_("Such as Mikoyan, Anastas.")
    )
    description = models.TextField(_("description"), blank=True, help_text=_("Who it is, in a sentence."))
    body = models.TextField(_("biography"), blank=True)
    nationality = models.CharField(
        _("country"), max_length=2, blank=True, validators=[COUNTRY],
        help_text=_("The country the person acted for; SU for the Soviet Union."),
    )  # fmt: skip
    birth = HistoricalDateField(_("birth"))
    birth_words: str
    birth_calendar: str
    birth_earliest: dt.date | None
    birth_latest: dt.date | None
    birth_precision: str
    birth_approximate: bool
    birth_uncertain: bool
    birth_verified = models.BooleanField(_("birth seen in a source"), default=False)
    birth_place = models.ForeignKey(
        Place, verbose_name=_("place of birth"), related_name="born_here", null=True, blank=True,
        on_delete=models.PROTECT,
    )  # fmt: skip
    death = HistoricalDateField(_("death"))
    death_words: str
    death_calendar: str
    death_earliest: dt.date | None
    death_latest: dt.date | None
    death_precision: str
    death_approximate: bool
    death_uncertain: bool
    death_verified = models.BooleanField(_("death seen in a source"), default=False)
    death_place = models.ForeignKey(
        Place, verbose_name=_("place of death"), related_name="died_here", null=True, blank=True,
        on_delete=models.PROTECT,
    )  # fmt: skip

    objects: ClassVar[PersonManager["Person"]] = PersonManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ("slug",)
        constraints = [
            *record_rules("person", "name"),
            models.CheckConstraint(
                condition=Q(birth_earliest__isnull=True)
                | Q(death_latest__isnull=True)
                | Q(birth_earliest__lte=F("death_latest")),
                name="person_does_not_die_before_birth",
            ),
            models.CheckConstraint(
                condition=Q(birth_verified=False) | ~Q(birth=""),
                name="person_birth_is_verified_only_when_known",
            ),
            models.CheckConstraint(
                condition=Q(death_verified=False) | ~Q(death=""),
                name="person_death_is_verified_only_when_known",
            ),
            *historical_date_rules("person", "birth"),
            *historical_date_rules("person", "death"),
        ]

    @property
    def birth_date(self) -> HistoricalDate | None:
        return historical_date(self, "birth")

    @property
    def death_date(self) -> HistoricalDate | None:
        return historical_date(self, "death")


class PersonName(Name):
    owned_by = ("person",)

    person = models.ForeignKey(
        Person, verbose_name=_("person"), related_name="names", on_delete=models.CASCADE
    )

    class Meta(Name.Meta):
        verbose_name = _("name of a person")
        verbose_name_plural = _("names of a person")
        constraints = name_rules("person_name", "person")


class PersonCitation(Citation):
    owned_by = ("person",)

    person = models.ForeignKey(
        Person, verbose_name=_("person"), related_name="citations", on_delete=models.CASCADE
    )

    class Meta(Citation.Meta):
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        constraints = citation_rules("person_citation")


class PersonImage(Image):
    owned_by = ("person",)

    person = models.ForeignKey(
        Person, verbose_name=_("person"), related_name="images", on_delete=models.CASCADE
    )

    class Meta(Image.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        constraints = image_rules("person_image")


class PersonNarrativeCitation(NarrativeCitation):
    owned_by = ("person",)

    person = models.ForeignKey(
        Person, verbose_name=_("person"), related_name="narrative_citations", on_delete=models.CASCADE
    )

    class Meta(NarrativeCitation.Meta):
        verbose_name = _("citation in the narrative")
        verbose_name_plural = _("citations in the narrative")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["person", "source"], name="source_stands_once_per_narrative_of_person"
            ),
        ]
