"""The inline of images: who made them, under what licence, and words for who cannot see them."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cubaru.core.admin import PartInline, Rule, in_languages, tell
from sources.pictures import MOST_BYTES, MOST_PIXELS

ASKED = {
    "file": _("Choose the file of the picture."),
    "credit": _("Say who made the picture, and who holds it."),
    "licence": _("Say under what licence the picture may be shown; “public domain” is one."),
}
HELP = {
    "file": format_lazy(
        _(
            "JPEG, PNG or WebP, at most {megabytes} MB and {megapixels} million pixels. "
            "Where it was taken is removed from the file."
        ),
        megabytes=MOST_BYTES // 1024**2,
        megapixels=MOST_PIXELS // 1_000_000,
    ),
    "alt_en": _("What is to be seen, in a sentence, for who cannot see it; in each language."),
}

tell(
    {
        "_has_a_credit": Rule(ASKED["credit"], "credit"),
        "_has_a_licence": Rule(ASKED["licence"], "licence"),
        "_has_a_file_with_digest_and_size": Rule(ASKED["file"], "file"),
    }
)


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

    def formfield_for_dbfield(
        self, db_field: Any, request: HttpRequest | None, **kwargs: Any
    ) -> forms.Field | None:
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        if formfield is None:
            return None
        if db_field.name in ASKED:
            formfield.error_messages["required"] = ASKED[db_field.name]
        formfield.help_text = HELP.get(db_field.name, formfield.help_text)
        return formfield

    def summary(self, part: Any) -> str:
        return str(part.credit or part.file.name)
