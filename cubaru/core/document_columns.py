"""The items of documents that stand in columns of a row: texts, numbers, days, historical dates, links."""

from collections.abc import Callable, Sequence
from datetime import date
from enum import Enum
from typing import Any

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.utils import validate_file_name
from django.db import models
from django.db.backends.base.operations import BaseDatabaseOperations
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cubaru.core.dates import Calendar, DateError
from cubaru.core.document_values import DocumentError, a_map, a_text, inside, is_empty, without_empty
from cubaru.core.fields import parsed
from cubaru.core.languages import LANGUAGES, language_columns, texts
from cubaru.core.models.record import Record
from cubaru.core.related import Related


class Item:
    """One key of a document, kept in the column or relation `attribute` of a row.

    A value is in its normal form when it is as `read` would give it, empty ones as None, "", [] or {}.
    `at` is where the value stands in the document, for errors.
    """

    is_link = False

    def __init__(self, key: str, attribute: str = "") -> None:
        self.key = key
        self.attribute = attribute or key

    def read(self, row: Any) -> Any:
        return getattr(row, self.attribute)

    def normal(self, model: type[models.Model], value: Any, at: str, related: Related | None) -> Any:
        """The value in its normal form; links by their present slugs if `related` is given.

        Raises DocumentError.
        """
        raise NotImplementedError

    def write(self, row: Any, value: Any, at: str, related: Related) -> None:
        """Sets a value that is in its normal form; None stands for an absent key."""
        column = row._meta.get_field(self.attribute)
        setattr(row, self.attribute, column.get_default() if value is None else value)

    def columns(self) -> dict[str, str]:
        """For each column that the item writes the key under which its value stands."""
        return {self.attribute: self.key}

    def prefetch(self) -> list[str]:
        return []


class Plain(Item):
    """A text, number or boolean in a column of the same kind; absent is the column's default."""

    def normal(self, model: type[models.Model], value: Any, at: str, related: Related | None) -> Any:
        column: Any = model._meta.get_field(self.attribute)
        if is_empty(value):
            default = column.get_default()
            if default == "" and not column.blank:
                raise DocumentError(at, _("This must not be empty."))
            return default.value if isinstance(default, Enum) else default
        if isinstance(column, models.BooleanField):
            if not isinstance(value, bool):
                raise DocumentError(at, _("true or false is expected."))
            return value
        if isinstance(column, models.IntegerField):
            return _whole_number(value, column, at)
        if isinstance(column, models.FloatField):
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise DocumentError(at, _("A number is expected."))
            return float(value) + 0.0  # not every database keeps the sign of -0.0
        return a_text(value, at)


def _whole_number(value: Any, column: "models.IntegerField[Any, Any]", at: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise DocumentError(at, _("A whole number is expected."))
    # The range that each database has, so that a document does not fit into one only.
    least, most = BaseDatabaseOperations.integer_field_ranges[column.get_internal_type()]
    if not least <= value <= most:
        raise DocumentError(
            at, _("A number from %(least)d to %(most)d is expected.") % {"least": least, "most": most}
        )
    return value


class Json(Item):
    """A list or map in a JSON column; the keys of `order` come first in its maps, all others by alphabet."""

    def __init__(self, key: str, order: Sequence[str] = ()) -> None:
        super().__init__(key)
        self.order = list(order)

    def read(self, row: Any) -> Any:
        return self._in_order(getattr(row, self.attribute))

    def normal(self, model: type[models.Model], value: Any, at: str, related: Related | None) -> Any:
        return None if is_empty(value) else self._in_order(value)

    def _in_order(self, value: Any) -> Any:
        """PostgreSQL keeps neither the order of keys nor the difference between 1 and 1.0."""
        if isinstance(value, dict):
            return {key: self._in_order(value[key]) for key in sorted(value, key=self._place)}
        if isinstance(value, list):
            return [self._in_order(inner) for inner in value]
        return int(value) if isinstance(value, float) and value.is_integer() else value

    def _place(self, key: str) -> tuple[int, str]:
        return self.order.index(key) if key in self.order else len(self.order), key


class File(Item):
    """The name of a stored file, such as images/3a7b.jpg."""

    def read(self, row: Any) -> Any:
        return getattr(row, self.attribute).name or ""

    def normal(self, model: type[models.Model], value: Any, at: str, related: Related | None) -> Any:
        name = a_text(value, at)
        if not name:
            raise DocumentError(at, _("This must not be empty."))
        try:
            return str(validate_file_name(name, allow_relative_path=True))
        except SuspiciousFileOperation as error:
            raise DocumentError(at, _("This cannot be the name of a stored file.")) from error


class Day(Item):
    """A day, written as YYYY-MM-DD."""

    def read(self, row: Any) -> Any:
        day = getattr(row, self.attribute)
        return day.isoformat() if day else None

    def normal(self, model: type[models.Model], value: Any, at: str, related: Related | None) -> Any:
        text = a_text(value, at)
        if text and not _is_day(text):
            raise DocumentError(at, _("“%(text)s” is not a day, written as in 1962-10-16.") % {"text": text})
        return text

    def write(self, row: Any, value: Any, at: str, related: Related) -> None:
        setattr(row, self.attribute, date.fromisoformat(value) if value else None)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text  # Python also reads 2024-W01-1
    except ValueError:
        return False


class Texts(Item):
    """A language map in the columns of a translated field."""

    #: The key of the plain text that they translate, whose language stands under "language" beside it.
    translates = ""
    #: The kind of record that the texts mention by key, as narratives cite sources.
    mentions: type[Record] | None = None

    def mentioned(self, value: dict[str, str]) -> set[str]:
        """The keys that the texts mention."""
        return set()

    def as_html(self, text: str, name_of: Callable[[str], SafeString]) -> SafeString | None:
        """The text as HTML where it is more than plain text; `name_of` gives what a key is called."""
        return None

    def read(self, row: Any) -> Any:
        return texts(row, self.attribute)

    def normal(self, model: type[models.Model], value: Any, at: str, related: Related | None) -> Any:
        given = a_map(value, at, LANGUAGES)
        by_language = without_empty(
            (language, a_text(given.get(language), inside(at, language))) for language in LANGUAGES
        )
        column = model._meta.get_field(self.attribute)
        if not by_language and isinstance(column, models.Field) and not column.blank:
            raise DocumentError(at, _("A text in at least one language is expected."))
        return by_language

    def write(self, row: Any, value: Any, at: str, related: Related) -> None:
        for language, column in zip(LANGUAGES, language_columns(self.attribute), strict=True):
            setattr(row, column, (value or {}).get(language, ""))

    def columns(self) -> dict[str, str]:
        columns = language_columns(self.attribute)
        keys = (inside(self.key, language) for language in LANGUAGES)
        return dict(zip(columns, keys, strict=True)) | {self.attribute: self.key}


class When(Item):
    """A historical date: EDTF, the calendar, the source's own words."""

    def read(self, row: Any) -> Any:
        edtf, calendar, words = (getattr(row, column) for column in self.columns())
        return without_empty({"edtf": edtf, "calendar": edtf and calendar, "words": words}.items())

    def normal(self, model: type[models.Model], value: Any, at: str, related: Related | None) -> Any:
        keys = ("edtf", "calendar", "words")
        given = a_map(value, at, keys)
        date = {key: a_text(given.get(key), inside(at, key)) for key in keys}
        date["calendar"] = date["calendar"] or Calendar.GREGORIAN.value
        if date["calendar"] not in Calendar.values:
            raise DocumentError(
                inside(at, "calendar"),
                _("“%(value)s” is not a calendar; known are %(known)s.")
                % {"value": date["calendar"], "known": ", ".join(Calendar.values)},
            )
        if date["edtf"]:
            try:
                parsed(date["edtf"], Calendar(date["calendar"]))
            except DateError as error:
                raise DocumentError(inside(at, "edtf"), str(error)) from error
        else:
            date["calendar"] = ""
        return without_empty(date.items())

    def write(self, row: Any, value: Any, at: str, related: Related) -> None:
        date = value or {}
        for column, key in self.columns().items():
            default = row._meta.get_field(column).get_default()
            setattr(row, column, date.get(key.rpartition(".")[2], default))

    def columns(self) -> dict[str, str]:
        return {
            self.attribute: inside(self.key, "edtf"),
            f"{self.attribute}_calendar": inside(self.key, "calendar"),
            f"{self.attribute}_words": inside(self.key, "words"),
        }


class Link(Item):
    """Another record, by slug."""

    is_link = True

    def read(self, row: Any) -> Any:
        linked = getattr(row, self.attribute)
        return linked.slug if linked else None

    def normal(self, model: type[models.Model], value: Any, at: str, related: Related | None) -> Any:
        column: Any = model._meta.get_field(self.attribute)
        slug = a_text(value, at)
        if not slug and not column.null:
            raise DocumentError(at, _("The slug of a record is expected."))
        return related.get(column.related_model, slug, at).slug if slug and related else slug

    def write(self, row: Any, value: Any, at: str, related: Related) -> None:
        target = row._meta.get_field(self.attribute).related_model
        setattr(row, self.attribute, related.get(target, value, at) if value else None)

    def prefetch(self) -> list[str]:
        return [self.attribute]
