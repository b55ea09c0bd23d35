"""Place: an entry of the small gazetteer."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cubaru.core.countries import COUNTRY
from cubaru.core.models import Name, Record
from cubaru.core.models.name import name_rules
from cubaru.core.models.record import record_rules


class Place(Record):
    """Coordinates are degrees on WGS 84; both are NULL where no source was seen for them."""

    record_kind = "place"

    name = models.CharField(_("name"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    country = models.CharField(
        _("country"), max_length=2, blank=True, validators=[COUNTRY],
        help_text=_("The country it lies in today; empty for seas."),
    )  # fmt: skip
    latitude = models.FloatField(
        _("latitude"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.FloatField(
        _("longitude"), null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        related_name="parts",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ("slug",)
        constraints = [
            *record_rules("place", "name"),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, latitude__gte=-90, latitude__lte=90)
                & Q(longitude__isnull=False, longitude__gte=-180, longitude__lte=180),
                name="place_lies_on_the_globe_or_nowhere",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="place_is_not_part_of_itself"
            ),
        ]

    @property
    def is_located(self) -> bool:
        return self.latitude is not None


class PlaceName(Name):
    owned_by = ("place",)

    place = models.ForeignKey(Place, verbose_name=_("place"), related_name="names", on_delete=models.CASCADE)

    class Meta(Name.Meta):
        verbose_name = _("name of a place")
        verbose_name_plural = _("names of a place")
        constraints = name_rules("place_name", "place")
