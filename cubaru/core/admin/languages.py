"""Which languages a record is complete in, as tags."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cubaru.core.admin.columns import LANGUAGE_NAMES
from cubaru.core.languages import LANGUAGES, texts


def missing_texts(row: models.Model, fields: Iterable[str]) -> dict[str, list[str]]:
    """The fields that each language lacks although another language has them."""
    missing: dict[str, list[str]] = {language: [] for language in LANGUAGES}
    for field in fields:
        present = texts(row, field)
        for language in LANGUAGES:
            if present and language not in present:
                missing[language].append(field)
    return missing


def language_tags(row: Any, fields: Iterable[str]) -> SafeString:
    """A tag for each language; a dashed one says on hovering, and to screen readers, what is missing."""
    tags = []
    for language, lacking in missing_texts(row, fields).items():
        if not lacking:
            tags.append((format_html('<span class="tag">{}</span>', language.upper()),))
            continue
        names = ", ".join(str(row._meta.get_field(field).verbose_name) for field in lacking)
        said = _("%(language)s is missing: %(fields)s") % {
            "language": LANGUAGE_NAMES[language],
            "fields": names,
        }
        tags.append(
            (
                format_html(
                    '<span class="tag tag-missing" title="{said}"><span aria-hidden="true">{tag}</span>'
                    '<span class="visually-hidden">{said}</span></span>',
                    said=said,
                    tag=language.upper(),
                ),
            )
        )
    return format_html('<span class="tags">{}</span>', format_html_join(" ", "{}", tags))
