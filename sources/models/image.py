"""Image: a picture of a record, with its credit, its licence and words for who cannot see it."""

import hashlib
from io import BytesIO
from typing import Any

import PIL.Image
from django.core.files.base import ContentFile
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.fields.files import ImageFieldFile
from django.utils.translation import gettext_lazy as _

from cubaru.core.languages import in_some_language
from cubaru.core.models import Part
from sources.models.source import Source

SHA256 = RegexValidator(r"^[0-9a-f]{64}\Z", _("A digest is 64 hexadecimal digits."))


class PictureField(models.ImageField):
    """Keeps a file that comes in under its digest, and its digest and size in the row."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        file = getattr(model_instance, self.attname)
        if file and not file._committed:  # noqa: SLF001 (so does Django's own field)
            self._take_in(file, model_instance)
        return getattr(model_instance, self.attname)

    def _take_in(self, file: ImageFieldFile, row: Any) -> None:
        content = file.read()
        row.sha256 = hashlib.sha256(content).hexdigest()
        with PIL.Image.open(BytesIO(content)) as picture:
            row.width, row.height = picture.size
            suffix = (picture.format or "").lower()
        name = self.generate_filename(row, f"{row.sha256}.{suffix}")
        if not self.storage.exists(name):
            self.storage.save(name, ContentFile(content))
        setattr(row, self.attname, name)


class Image(Part):
    """The file is stored under its digest, so that older states of a record keep their pictures."""

    file = PictureField(_("file"), upload_to="images/", max_length=200)
    sha256 = models.CharField(max_length=64, editable=False, default="", validators=[SHA256])
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


def image_rules(model: str) -> list[models.BaseConstraint]:
    return [
        models.CheckConstraint(
            condition=~Q(file="") & ~Q(sha256="") & Q(width__gt=0, height__gt=0),
            name=f"{model}_has_a_file_with_digest_and_size",
        ),
        models.CheckConstraint(condition=~Q(credit=""), name=f"{model}_has_a_credit"),
        models.CheckConstraint(condition=~Q(licence=""), name=f"{model}_has_a_licence"),
        models.CheckConstraint(condition=in_some_language("alt"), name=f"{model}_has_alternative_text"),
    ]
