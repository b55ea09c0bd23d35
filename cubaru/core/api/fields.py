"""Fields of serializers: texts in languages, historical dates, words of a fixed vocabulary, addresses."""

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, Final

from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cubaru.core.api.links import address_of, page_of
from cubaru.core.date_words import in_short_words, in_words
from cubaru.core.dates import Calendar, Precision, parse
from cubaru.core.languages import LANGUAGES, best_of, texts

LANGUAGE_MAP: Final[dict[str, Any]] = {
    "type": "object",
    "description": _("A text in each language that has it."),
    "properties": {language: {"type": "string", "minLength": 1} for language in LANGUAGES},
    "additionalProperties": False,
    "examples": [{"en": "Havana", "es": "La Habana", "ru": "Гавана"}],
}
_TEXT: Final[dict[str, Any]] = {
    "description": _(
        "A map of languages; with `lang`, a plain string in that language or in the first of "
        "en, es, ru that has it."
    ),
    "oneOf": [{"$ref": "#/components/schemas/LanguageMap"}, {"type": "string"}],
}


class WholeRowField(serializers.Field[Any, Any, Any, Any]):
    """Reads columns of the row that begin with the name of the field, or with `source`."""

    #: Names within the value, each with those within it, from which `fields` can choose.
    keys: Mapping[str, Sequence[str]] = {}
    wanted: Mapping[str, Any] = {}

    def __init__(self, source: str = "", **kwargs: Any) -> None:
        self.attribute = source
        super().__init__(read_only=True, source="*", **kwargs)

    def bind(self, field_name: str, parent: Any) -> None:
        super().bind(field_name, parent)
        self.attribute = self.attribute or field_name

    @property
    def language(self) -> str | None:
        language: str | None = self.context.get("language")
        return language

    def localized(self, by_language: Mapping[str, str]) -> Any:
        """The map, or the text in the language asked for; notes which language the reader then gets."""
        language = self.language
        if language is None:
            return dict(by_language)
        text = best_of(dict(by_language), language)
        if text:
            self.context.get("languages", {}).setdefault(text.language)
        return text.text

    def chosen(self, value: Any) -> Any:
        return _chosen(value, self.wanted)


def _chosen(value: Any, wanted: Mapping[str, Any]) -> Any:
    if not wanted or not isinstance(value, dict):
        return value
    return {key: _chosen(value[key], within) for key, within in wanted.items() if key in value}


@extend_schema_field(_TEXT, component_name="Text")
class TextField(WholeRowField):
    """A translated field: a map of its languages, or with `lang` a plain string."""

    keys = dict.fromkeys(LANGUAGES, ())

    def to_representation(self, row: models.Model) -> Any:
        return self.chosen(self.localized(texts(row, self.attribute)))


@extend_schema_field({
    "type": ["string", "null"],
    "enum": [*LANGUAGES, None],
    "description": _("The language of the text that `lang` gave; null where it is a map of languages."),
})  # fmt: skip
class TextLanguageField(WholeRowField):
    """In which language a TextField gives its text."""

    def to_representation(self, row: models.Model) -> str | None:
        if self.language is None:
            return None
        return best_of(texts(row, self.attribute), self.language).language


@extend_schema_field({"$ref": "#/components/schemas/Text"})
class LabelField(WholeRowField):
    """What the site calls the value of a field with choices, in each language."""

    keys = dict.fromkeys(LANGUAGES, ())

    def __init__(self, source: str, choices: type[models.TextChoices], **kwargs: Any) -> None:
        self.choices = choices
        super().__init__(source, **kwargs)

    def labels(self, row: Any) -> dict[str, str]:
        return labels_of(self.choices)[getattr(row, self.attribute)]

    def to_representation(self, row: Any) -> Any:
        return self.chosen(self.localized(self.labels(row)))


@cache
def labels_of(choices: type[models.TextChoices]) -> dict[str, dict[str, str]]:
    """What the site calls each value of the choices."""
    return {value: in_each_language(label) for value, label in choices.choices}


def in_each_language(lazy: Any) -> dict[str, str]:
    """A text of the interface in all languages."""
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            found[language] = str(lazy)
    return found


_DATE: Final[dict[str, Any]] = {
    "type": "object",
    "description": _("A date as far as it is known: the expression the sources give rise to, and the days it "
    "may touch."),
    "required": ["edtf", "calendar", "earliest", "latest", "precision", "approximate", "uncertain", "words",
                 "display"],
    "properties": {
        "edtf": {"type": "string", "maxLength": 64, "description": _("An expression of ISO 8601-2.")},
        "calendar": {
            "type": "string",
            "enum": Calendar.values,
            "description": _("The calendar in which `edtf` counts."),
        },
        "earliest": {
            "type": ["string", "null"],
            "format": "date",
            "description": _("First day it may touch, Gregorian; null where that is open or unknown."),
        },
        "latest": {
            "type": ["string", "null"],
            "format": "date",
            "description": _("Last day it may touch, Gregorian; null where that is open or unknown."),
        },
        "precision": {"type": "string", "enum": Precision.values},
        "approximate": {"type": "boolean"},
        "uncertain": {"type": "boolean"},
        "words": {"type": "string", "description": _("The source's own words; often empty.")},
        "display": {"$ref": "#/components/schemas/Text"},
    },
    "additionalProperties": False,
}  # fmt: skip


@extend_schema_field(_DATE, component_name="HistoricalDate")
class HistoricalDateField(WholeRowField):
    keys = {**dict.fromkeys(_DATE["required"], ()), "display": LANGUAGES}

    def __init__(self, source: str = "", **kwargs: Any) -> None:
        super().__init__(source, allow_null=True, **kwargs)

    def to_representation(self, row: models.Model) -> Any:
        name = self.attribute
        edtf: str = getattr(row, name)
        if not edtf:
            return None
        calendar: str = getattr(row, f"{name}_calendar")
        date = _date(edtf, calendar)
        return self.chosen({
            "edtf": edtf,
            "calendar": calendar,
            **date["columns"],
            "words": getattr(row, f"{name}_words"),
            "display": self.localized(date["display"]),
        })  # fmt: skip


@lru_cache(maxsize=8192)
def _date(edtf: str, calendar: str) -> dict[str, Any]:
    date = parse(edtf, Calendar(calendar))
    return {
        "columns": {
            "earliest": None if date.open_start or date.unknown_start else date.earliest.isoformat(),
            "latest": None if date.open_end or date.unknown_end else date.latest.isoformat(),
            "precision": str(date.precision),
            "approximate": date.approximate,
            "uncertain": date.uncertain,
        },
        "display": {language: in_words(date, language) for language in LANGUAGES},
        "short": {language: in_short_words(date, language) for language in LANGUAGES},
    }


@extend_schema_field({"$ref": "#/components/schemas/Text"})
class ShortDateField(WholeRowField):
    """The date in few words: "16–28 Oct 1962"; null without one."""

    def __init__(self, source: str = "date", **kwargs: Any) -> None:
        super().__init__(source, allow_null=True, **kwargs)

    def to_representation(self, row: models.Model) -> Any:
        edtf: str = getattr(row, self.attribute)
        if not edtf:
            return None
        return self.localized(_date(edtf, getattr(row, f"{self.attribute}_calendar"))["short"])


@extend_schema_field({"type": "string", "format": "uri", "description": _("The record in this API.")})
class AddressField(WholeRowField):
    def to_representation(self, row: Any) -> str:
        return address_of(row)


@extend_schema_field({"type": "string", "format": "uri", "description": _("The page for readers.")})
class PageField(WholeRowField):
    """The page in the language asked for, or else the English one."""

    def to_representation(self, row: Any) -> str:
        return page_of(row)
