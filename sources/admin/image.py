"""The inline of images: who made them, under what licence, and words for who cannot see them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cubaru.core.admin import PartInline, in_languages


class ImageInline(PartInline):
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
