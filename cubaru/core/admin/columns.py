"""How columns become form fields, in records and in their parts alike."""

from typing import TYPE_CHECKING, Any, ClassVar, Final

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models
from django.db.models.fields.related import ForeignKey
from django.http import HttpRequest
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from modeltranslation.fields import TranslationField

from cubaru.core.admin.line_fields import LinesField
from cubaru.core.admin.widgets import RecordSelect
from cubaru.core.fields import HistoricalDateField
from cubaru.core.languages import LANGUAGES, language_columns

if TYPE_CHECKING:
    from django.contrib.admin.options import BaseModelAdmin

    FieldMaker = BaseModelAdmin[Any]
else:
    FieldMaker = object

LANGUAGE_NAMES: Final = {"en": _("English"), "es": _("Spanish"), "ru": _("Russian")}
DATE_HELP: Final = _(
    "In EDTF: 1962-10-16 is a day, 1960-02-04/1960-02-13 is from one day to another, 1961~ is about 1961."
)
CALENDAR_HELP: Final = _("Julian where the source counts by it; Russia did until February 1918.")
WORDS_HELP: Final = _("What the source says, such as “Summer 1902”.")


def in_languages(field: str) -> tuple[str, ...]:
    """The columns of a translated field, to stand side by side in one row of a form."""
    return tuple(language_columns(field))


def date_columns(field: str) -> tuple[str, ...]:
    """The columns of a historical date that are typed, to stand side by side."""
    return (field, f"{field}_calendar", f"{field}_words")


class Columns(FieldMaker):
    """Stands left of ModelAdmin and InlineModelAdmin.

    `typed_in_lines` are JSON columns with the field that shows an item a line, and
    `heights` are the rows of text areas that are not of the usual height.
    """

    heights: dict[str, int] = {}
    typed_in_lines: ClassVar[dict[str, type[LinesField]]] = {}

    def formfield_for_dbfield(
        self, db_field: Any, request: HttpRequest | None, **kwargs: Any
    ) -> forms.Field | None:
        if db_field.name in self.typed_in_lines:
            return self.typed_in_lines[db_field.name](
                label=db_field.verbose_name, help_text=self.typed_in_lines[db_field.name].help, required=False
            )
        if isinstance(db_field, models.URLField):
            kwargs["assume_scheme"] = "https"
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[arg-type]
        if formfield is None:
            return None
        widget = formfield.widget
        if isinstance(widget, RelatedFieldWidgetWrapper):
            # A form is no place to change or delete another record; the eye leads to it.
            widget.can_change_related = widget.can_delete_related = False
        if isinstance(db_field, TranslationField):
            self._in_its_language(formfield, db_field)
        if isinstance(widget, forms.Textarea):
            name = db_field.translated_field.name if isinstance(db_field, TranslationField) else db_field.name
            widget.attrs["rows"] = self.heights.get(name, 3)
        if isinstance(db_field, HistoricalDateField):
            formfield.help_text = DATE_HELP
            widget.attrs |= {"autocapitalize": "off", "autocomplete": "off", "spellcheck": "false"}
            widget.attrs["data-historical-date"] = db_field.name
        if db_field.name == "position":
            formfield.required = False
        return formfield

    def formfield_for_foreignkey(
        self, db_field: "ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> Any:
        if "widget" not in kwargs and db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = RecordSelect(db_field, self.admin_site, using=kwargs.get("using"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def _in_its_language(self, formfield: forms.Field, column: Any) -> None:
        original = column.translated_field
        formfield.label = format_lazy(
            "{field} ({language})", field=original.verbose_name, language=LANGUAGE_NAMES[column.language]
        )
        formfield.help_text = original.help_text if column.language == LANGUAGES[0] else ""
        formfield.widget.attrs |= {"lang": column.language, "data-language": column.language}
        if isinstance(formfield, forms.CharField):
            formfield.empty_value = ""
