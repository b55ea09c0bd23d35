"""Image: a picture of a record, with its credit, its licence and words for who cannot see it."""

import hashlib
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.fields.files import ImageFieldFile
from django.utils.translation import gettext_lazy as _

from cubaru.core.languages import in_some_language
from cubaru.core.models import Part
from sources.models.source import Source
from sources.pictures import ACCEPTED, refuse_size, take_in

SHA256 = RegexValidator(r"^[0-9a-f]{64}\Z", _("A digest is 64 hexadecimal digits."))


class PictureFormField(forms.FileField):
    """Says at once what is wrong with a file."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "accept": ACCEPTED}

    def to_python(self, data: Any) -> Any:
        file = super().to_python(data)
        if file is not None:
            refuse_size(file.size)
            take_in(file.read())
            file.seek(0)
        return file


class PictureField(models.ImageField):
    """Keeps a picture that comes in under its digest, and its digest and size in the row.

    Raises ValidationError for a file that is no picture, or none that is kept (`sources.pictures`).
    """

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": PictureFormField, **kwargs})

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        file = getattr(model_instance, self.attname)
        if file and not file._committed:  # noqa: SLF001 (so does Django's own field)
            self._take_in(file, model_instance)
        return getattr(model_instance, self.attname)

    def _take_in(self, file: ImageFieldFile, row: Any) -> None:
        try:
            refuse_size(file.size)
            picture = take_in(file.read())
        except ValidationError as error:
            raise ValidationError({self.name: error}) from error
        row.sha256 = hashlib.sha256(picture.content).hexdigest()
        row.width, row.height = picture.width, picture.height
        name = self.generate_filename(row, f"{row.sha256}.{picture.suffix}")
        if not self.storage.exists(name):
            self.storage.save(name, ContentFile(picture.content))
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
