"""Image: a picture of a record, with its credit, its licence and words for who cannot see it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cubaru.core.languages import LANGUAGES
from cubaru.core.models import Part
from sources.models.source import Source


class Image(Part):
    """The file is stored under its digest, so that older states of a record keep their pictures."""

    file = models.ImageField(
        _("file"), upload_to="images/", max_length=200, width_field="width", height_field="height"
    )
    sha256 = models.CharField(max_length=64, editable=False, default="")
    width = models.PositiveIntegerField(editable=False, default=0)
    height = models.PositiveIntegerField(editable=False, default=0)
    credit = models.CharField(_("credit"), max_length=300, help_text=_("Who made it, and who holds it."))
    licence = models.CharField(
        _("licence"), max_length=100, help_text=_("Such as CC BY-SA 4.0 or public domain.")
    )
    licence_url = models.URLField(_("address of the licence"), blank=True)
    alt = models.CharField(
        _("alternative text"), max_length=300, help_text=_("What is to be seen, in a sentence.")
    )
    caption = models.TextField(_("caption"), blank=True)
    source = models.ForeignKey(
        Source,
        verbose_name=_("source"),
        related_name="%(class)ss",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    origin_url = models.URLField(_("where it was found"), max_length=1000, blank=True)

    class Meta(Part.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.file.name or ""


def image_rules(model: str) -> list[models.CheckConstraint]:
    described = Q()
    for language in LANGUAGES:
        described |= Q(**{f"alt_{language}__gt": ""})
    return [
        models.CheckConstraint(condition=~Q(credit=""), name=f"{model}_has_a_credit"),
        models.CheckConstraint(condition=~Q(licence=""), name=f"{model}_has_a_licence"),
        models.CheckConstraint(condition=described, name=f"{model}_has_alternative_text"),
    ]
