"""The inline of images: each is kept under the digest of its bytes."""

import hashlib
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from cubaru.core.admin import PartInline, RowForm, in_languages


class ImageForm(RowForm):
    """Names a new file by its digest, so that the same picture is the same wherever it was uploaded."""

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            digest = hashlib.sha256()
            for chunk in file.chunks():
                digest.update(chunk)
            file.seek(0)
            self.instance.sha256 = digest.hexdigest()
            file.name = f"{digest.hexdigest()}{PurePath(file.name or '').suffix.lower()}"
        return file


class ImageInline(PartInline):
    form = ImageForm
    lines = (
        "file",
        ("credit", "licence", "licence_url"),
        in_languages("alt"),
        in_languages("caption"),
        ("source", "origin_url"),
    )
    autocomplete_fields = ("source",)
    heights = {"caption": 2}
    verbose_name = _("image")
    verbose_name_plural = _("images")

    def summary(self, part: Any) -> str:
        return str(part.credit or part.file.name)
