"""The filters by dates: historical ones, of which a span may be asked for, and moments of change."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.db import models
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import FilterSet

from cubaru.core.api.filter_fields import Filter
from cubaru.core.api.parameters import choice_fault
from cubaru.core.dates import DateError, HistoricalDate, parse


class HistoricalDateFormField(forms.Field):
    def clean(self, value: Any) -> HistoricalDate | None:
        if not value:
            return None
        try:
            return parse(str(value))
        except DateError as error:
            raise forms.ValidationError(str(error)) from error


class HistoricalDateFilter(Filter):
    """An EDTF expression; does not filter by itself: the set of filters joins `from` and `to`."""

    field_class = HistoricalDateFormField
    schema = {
        "type": "string",
        "format": "edtf",
        "minLength": 1,
        "maxLength": 64,
        "examples": ["1962-10-22", "1962-10", "196X"],
    }

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        return qs


class Overlap(models.TextChoices):
    """Whether a date that only may lie within a span counts."""

    POSSIBLE = "possible", gettext_lazy("possible")
    CERTAIN = "certain", gettext_lazy("certain")


class OverlapField(forms.Field):
    def clean(self, value: Any) -> Overlap:
        if value and value not in Overlap.values:
            raise forms.ValidationError(choice_fault("overlap", value, Overlap.values)["detail"])
        return Overlap(value or Overlap.POSSIBLE)


class OverlapFilter(Filter):
    """Does not filter by itself: says how the set of filters compares with `from` and `to`."""

    field_class = OverlapField
    schema = {"type": "string", "enum": Overlap.values, "default": Overlap.POSSIBLE.value}

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        return qs


class SpanFilterSet(FilterSet):
    """Rows whose date `span_column` lies between `from` and `to`.

    Both are added by `get_filters`, as `from` cannot be the name of an attribute.
    """

    span_column = "date"

    @classmethod
    def get_filters(cls) -> Any:
        first = HistoricalDateFilter(
            label=gettext_lazy("From"),
            help_text=gettext_lazy("May lie on or after this date (EDTF or ISO 8601)."),
        )
        last = HistoricalDateFilter(
            label=gettext_lazy("To"),
            help_text=gettext_lazy("May lie on or before this date (EDTF or ISO 8601)."),
        )
        overlap = OverlapFilter(
            help_text=gettext_lazy(
                "With `certain` only what lies between `from` and `to` with every day that its date may mean."
            )
        )
        return {"from": first, "to": last, "overlap": overlap, **super().get_filters()}

    @property
    def span(self) -> tuple[date, date] | None:
        """The first and the last day asked for, if the set is valid and asks for any."""
        return span_of(self.form.cleaned_data.get("from"), self.form.cleaned_data.get("to"))

    def is_valid(self) -> bool:
        if not super().is_valid():
            return False
        if self.span and self.span[1] < self.span[0]:
            self.form.add_error("to", _("“to” is before “from”."))
        if not self.span and "overlap" in (self.data or {}):
            self.form.add_error("overlap", _("“overlap” says nothing without “from” or “to”."))
        return bool(self.form.is_valid())

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        rows = super().filter_queryset(queryset)
        if self.span is None:
            return rows
        (first, last), column = self.span, self.span_column
        if self.form.cleaned_data["overlap"] == Overlap.CERTAIN:
            return rows.filter(**{f"{column}_earliest__gte": first, f"{column}_latest__lte": last})
        return rows.filter(**{f"{column}_earliest__lte": last, f"{column}_latest__gte": first})


def span_of(first: HistoricalDate | None, last: HistoricalDate | None) -> tuple[date, date] | None:
    """From the first day that `first` may touch to the last that `last` may; None without either."""
    if first is None and last is None:
        return None
    return first.earliest if first else date.min, last.latest if last else date.max


class MomentField(forms.Field):
    def clean(self, value: Any) -> datetime | None:
        if not value:
            return None
        try:
            moment = parse_datetime(value) or None
            day = parse_date(value) if moment is None else None
        except ValueError:
            moment = day = None
        if day is not None:
            moment = datetime(day.year, day.month, day.day)  # noqa: DTZ001 made aware below
        if moment is None or not 1 < moment.year < 9999:
            raise forms.ValidationError(
                _("Expected is a day or a moment as in ISO 8601, such as 2026-11-25 or 2026-11-25T09:30:00Z.")
            )
        return timezone.make_aware(moment, timezone=timezone.get_default_timezone()) if (
            timezone.is_naive(moment)
        ) else moment  # fmt: skip


class ChangedSinceFilter(Filter):
    field_class = MomentField
    schema = {
        "type": "string",
        "format": "moment",
        "minLength": 1,
        "examples": ["2026-11-25T09:30:00Z", "2026-11-25"],
    }

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        return qs.filter(**{f"{self.field_name}__gte": value}) if value else qs
