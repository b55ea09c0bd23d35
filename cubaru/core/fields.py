"""Fields whose columns are read from another: historical dates.

HistoricalDateField is an EDTF expression with the columns that are read from it.

A model declares `date = HistoricalDateField()` and gets, beside the column `date` that holds the
expression exactly as the curator wrote it:

    date_words        the source's own words ("Summer 1902")
    date_calendar     the calendar of the expression (gregorian or julian)
    date_earliest     first day it may touch, Gregorian, indexed; NULL when undated
    date_latest       last day it may touch
    date_precision, date_approximate, date_uncertain
    date_day_of_year  only with `day_of_year=True`: where the first day is known for certain, month and
                      day of it as one number (1022 is the 22nd of October), otherwise NULL

All but the first two are derived each time a row is written, also by `bulk_create`, so that they never
disagree with the expression. The rules that tie them together are database constraints
(`historical_date_rules`).
"""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cubaru.core.dates import Calendar, DateError, HistoricalDate, Precision, first_known_day, parse

#: A page, a form or a load asks for the same date several times.
parsed = lru_cache(maxsize=4096)(parse)

DERIVED = ("earliest", "latest", "precision", "approximate", "uncertain")
DAY_OF_YEAR = "day_of_year"

if TYPE_CHECKING:
    TextField = models.CharField[str, str]
else:  # Django's fields take no type arguments when they run
    TextField = models.CharField


class HistoricalDateField(TextField):
    description = _("Historical date (EDTF)")

    def __init__(self, *args: Any, companions: bool = True, day_of_year: bool = False, **kwargs: Any) -> None:
        kwargs["max_length"] = 64
        kwargs["blank"] = True
        kwargs.setdefault("default", "")
        self.companions = companions
        self.day_of_year = day_of_year
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        # In migrations the companions stand on their own, so there the field must not add them again.
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("max_length", "blank"):
            kwargs.pop(fixed, None)
        kwargs["companions"] = False
        return name, path, args, kwargs

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        if self.companions and not cls._meta.abstract:
            for suffix, field in self._companion_fields().items():
                cls.add_to_class(f"{name}_{suffix}", field)

    @property
    def derived(self) -> tuple[str, ...]:
        """The ends of the names of the columns that are read from the expression."""
        return (*DERIVED, DAY_OF_YEAR) if self.day_of_year else DERIVED

    def _companion_fields(self) -> "dict[str, models.Field[Any, Any]]":
        label = self.verbose_name or self.name.replace("_", " ")

        def named(part: Any) -> Any:
            return format_lazy("{date}: {part}", date=label, part=part)

        fields: dict[str, models.Field[Any, Any]] = {
            "words": models.CharField(
                named(_("the source's own words")), max_length=200, blank=True, default=""
            ),
            "calendar": models.CharField(
                named(_("calendar")), max_length=9, choices=Calendar.choices, default=Calendar.GREGORIAN
            ),
            "earliest": models.DateField(named(_("earliest day")), null=True, editable=False, db_index=True),
            "latest": models.DateField(named(_("latest day")), null=True, editable=False, db_index=True),
            "precision": models.CharField(
                named(_("precision")), max_length=16, choices=Precision.choices, blank=True, default="",
                editable=False,
            ),
            "approximate": models.BooleanField(named(_("approximate")), default=False, editable=False),
            "uncertain": models.BooleanField(named(_("uncertain")), default=False, editable=False),
        }  # fmt: skip
        if self.day_of_year:
            fields[DAY_OF_YEAR] = models.PositiveSmallIntegerField(
                named(_("day of the year")), null=True, editable=False
            )
        return fields

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        text: str = getattr(model_instance, self.attname)
        for column, value in self.derived_columns(text, self._calendar_of(model_instance)).items():
            setattr(model_instance, column, value)
        return text

    def derived_columns(self, text: str, calendar: str) -> dict[str, Any]:
        """The values of the columns that are read from the expression `text`. Raises ValidationError."""
        columns = derived_columns(self.name, text, calendar)
        if self.day_of_year:
            day = first_known_day(parsed(text, Calendar(calendar))) if text else None
            columns[f"{self.name}_{DAY_OF_YEAR}"] = day_of_year(day) if day else None
        return columns

    def read(self, row: models.Model) -> HistoricalDate | None:
        """The date that `row` holds in this field; None when undated. Raises DateError."""
        text = getattr(row, self.attname)
        return parsed(text, Calendar(self._calendar_of(row))) if text else None

    def _calendar_of(self, row: models.Model) -> str:
        return str(getattr(row, f"{self.name}_calendar") or Calendar.GREGORIAN.value)


def day_of_year(day: date) -> int:
    """Month and day as one number: 1022 is the 22nd of October, whatever the year."""
    return day.month * 100 + day.day


def derived_columns(name: str, text: str, calendar: str) -> dict[str, Any]:
    """The values of the derived columns that every date field, here `name`, has.

    Raises ValidationError on bad EDTF or an unknown calendar.
    """
    values: tuple[date | None, date | None, str, bool, bool] = (None, None, "", False, False)
    if text:
        if calendar not in Calendar.values:
            message = _("“%(value)s” is not a calendar.") % {"value": calendar}
            raise ValidationError({f"{name}_calendar": message})
        try:
            found = parsed(text, Calendar(calendar))
        except DateError as error:
            raise ValidationError({name: str(error)}) from error
        values = (found.earliest, found.latest, found.precision, found.approximate, found.uncertain)
    return {f"{name}_{suffix}": value for suffix, value in zip(DERIVED, values, strict=True)}


def historical_date_fields(model: type[models.Model]) -> list[HistoricalDateField]:
    """The historical dates of a model, in the order of declaration."""
    return [field for field in model._meta.concrete_fields if isinstance(field, HistoricalDateField)]


def with_derived_columns(model: type[models.Model], names: Iterable[str]) -> list[str]:
    """The column names, and with each column from which others are derived also those."""
    written = set(names)
    wanted = list(names)
    for column in model._meta.concrete_fields:
        if isinstance(column, HistoricalDateField) and written & {column.name, f"{column.name}_calendar"}:
            wanted += [column.name, *(f"{column.name}_{suffix}" for suffix in column.derived)]
    return list(dict.fromkeys(wanted))


def historical_date(row: models.Model, name: str) -> HistoricalDate | None:
    """The historical date in the field `name` of `row`; None when undated."""
    field = row._meta.get_field(name)
    assert isinstance(field, HistoricalDateField), name
    return field.read(row)


def historical_date_rules(model: str, name: str) -> list[models.BaseConstraint]:
    """The constraints for the date `name` of `model` (both are words of the constraints' names)."""
    dated = Q(**{f"{name}_earliest__isnull": False, f"{name}_latest__isnull": False}) & ~Q(**{name: ""})
    undated = Q(**{f"{name}_earliest__isnull": True, f"{name}_latest__isnull": True, name: ""})
    return [
        models.CheckConstraint(
            condition=Q(**{f"{name}_earliest__lte": F(f"{name}_latest")}) | undated,
            name=f"{model}_{name}_starts_before_it_ends",
        ),
        models.CheckConstraint(
            condition=dated | undated,
            name=f"{model}_{name}_has_both_bounds_or_none",
        ),
        models.CheckConstraint(
            condition=Q(**{f"{name}_calendar__in": Calendar.values}),
            name=f"{model}_{name}_has_a_known_calendar",
        ),
    ]
