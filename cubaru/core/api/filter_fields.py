"""The filters that lists are narrowed with, on pages and in the API alike.

Each refuses what it does not understand with a sentence that says what is right, and says in `schema`
what the API's description of it is.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

import django_filters
from django import forms
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cubaru.core.api.parameters import shortened
from cubaru.core.dates import DateError, HistoricalDate, parse
from cubaru.core.documents import kind_named
from cubaru.core.models import PastSlug, Record

MOST_VALUES = 20
_SLUGS = {"type": "array", "items": {"type": "string"}, "minItems": 1, "maxItems": MOST_VALUES}


class Filter(django_filters.Filter):
    """`schema` is the JSON Schema of the parameter; `is_repeatable` where several values mean "or"."""

    schema: dict[str, Any] = {"type": "string"}
    is_repeatable = False


# Other records, by slug ----------------------------------------------------------------------------


class RecordsField(forms.Field):
    """Slugs, present or past, of published records of one kind; gives their primary keys."""

    widget = forms.MultipleHiddenInput

    def __init__(self, *, kind: str, **kwargs: Any) -> None:
        self.kind = kind
        super().__init__(**kwargs)

    def clean(self, value: Any) -> list[int]:
        slugs = list(dict.fromkeys(slug for slug in value or [] if slug))
        if not slugs:
            return []
        if len(slugs) > MOST_VALUES:
            raise forms.ValidationError(_("At most %(most)d values can be given.") % {"most": MOST_VALUES})
        model = kind_named(self.kind).model
        found = {} if any("\x00" in slug for slug in slugs) else published_keys(model, slugs)
        for slug in slugs:
            if slug not in found:
                raise forms.ValidationError(
                    _("There is no published %(kind)s “%(slug)s”.")
                    % {"kind": model._meta.verbose_name, "slug": shortened(slug)}
                )
        return list(dict.fromkeys(found.values()))


def published_keys(model: type[Record], slugs: Sequence[str]) -> dict[str, int]:
    """The primary keys of published records by the slugs asked for, present or past."""
    published = model._base_manager.filter(status="published")
    found = dict(published.filter(slug__in=slugs).values_list("slug", "pk"))
    missing = [slug for slug in slugs if slug not in found]
    if missing:
        past = PastSlug.objects.filter(kind=model.record_kind, slug__in=missing)
        now = dict(past.values_list("slug", "record_id"))
        present = set(published.filter(pk__in=now.values()).values_list("pk", flat=True))
        found |= {slug: key for slug, key in now.items() if key in present}
    return found


class RecordsFilter(Filter):
    """Rows that lead, by any of `paths`, to one of the records given."""

    field_class = RecordsField
    schema = _SLUGS
    is_repeatable = True

    def __init__(self, kind: str, *paths: str, **kwargs: Any) -> None:
        self.paths = paths
        super().__init__(kind=kind, **kwargs)

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        return qs.filter(leading_to(qs.model, self.paths, value)) if value else qs


def leading_to(model: type[models.Model], paths: Sequence[str], keys: Sequence[int]) -> Q:
    """Rows of the model that lead by any of the paths to one of the keys, each row once."""
    condition = Q()
    for path in paths:
        rows = model._base_manager.filter(**{f"{path}__in": keys}).values("pk")
        condition |= Q(pk__in=rows)
    return condition


# Dates ---------------------------------------------------------------------------------------------


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
    schema = {"type": "string", "maxLength": 64, "examples": ["1962-10-22", "1962-10", "196X"]}

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        return qs


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
    schema = {"type": "string", "examples": ["2026-11-25T09:30:00Z", "2026-11-25"]}

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        return qs.filter(**{f"{self.field_name}__gte": value}) if value else qs


# Words, places on the globe, fixed vocabularies ---------------------------------------------------------


class WordsField(forms.CharField):
    default_validators = [MaxLengthValidator(200, gettext_lazy("At most 200 characters are searched for."))]


class WordsFilter(Filter):
    """Records in which all the words occur, in any language, whatever accents or case."""

    field_class = WordsField
    schema = {"type": "string", "maxLength": 200}

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        if not value:
            return qs
        found: QuerySet[Any] = qs.matching(value)  # type: ignore[attr-defined]
        return found


Box = tuple[float, float, float, float]


class BoxField(forms.Field):
    """Four degrees: west, south, east, north, as in RFC 7946; west > east crosses the 180th meridian."""

    def clean(self, value: Any) -> Box | None:
        if not value:
            return None
        try:
            west, south, east, north = (float(part) for part in str(value)[:200].split(","))
        except ValueError:
            raise self._error() from None
        if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
            raise self._error()
        return west, south, east, north

    def _error(self) -> forms.ValidationError:
        return forms.ValidationError(
            _("Expected are four degrees, west,south,east,north, such as -85,19.5,-74,23.5.")
        )


class BoxFilter(Filter):
    """Rows whose places, by the `path` to them ("" for places themselves), lie in the box."""

    field_class = BoxField
    schema = {"type": "string", "examples": ["-85,19.5,-74,23.5"]}

    def __init__(self, path: str = "", **kwargs: Any) -> None:
        self.path = path
        super().__init__(**kwargs)

    def filter(self, qs: QuerySet[Any], value: Box | None) -> QuerySet[Any]:
        if value is None:
            return qs
        west, south, east, north = value
        prefix = f"{self.path}__" if self.path else ""
        longitude = f"{prefix}longitude"
        if west <= east:
            within = Q(**{f"{longitude}__gte": west, f"{longitude}__lte": east})
        else:
            within = Q(**{f"{longitude}__gte": west}) | Q(**{f"{longitude}__lte": east})
        within &= Q(**{f"{prefix}latitude__gte": south, f"{prefix}latitude__lte": north})
        if not self.path:
            return qs.filter(within)
        within &= Q(**{f"{prefix}status": "published"})
        return qs.filter(pk__in=qs.model._base_manager.filter(within).values("pk"))


class ChoicesField(forms.Field):
    """Some of the values of a fixed vocabulary."""

    def __init__(self, *, choices: type[models.TextChoices], **kwargs: Any) -> None:
        self.valid = choices.values
        super().__init__(widget=forms.SelectMultiple(choices=choices.choices), **kwargs)

    def clean(self, value: Any) -> list[str]:
        chosen = list(dict.fromkeys(one for one in value or [] if one))
        for one in chosen:
            if one not in self.valid:
                raise forms.ValidationError(
                    _("“%(value)s” is not valid here; valid are %(valid)s.")
                    % {"value": shortened(one), "valid": ", ".join(self.valid)}
                )
        return chosen


class ChoicesFilter(Filter):
    """Rows with one of the values given. `path` leads to the field from the rows, `choices` are its own."""

    field_class = ChoicesField
    is_repeatable = True

    def __init__(self, choices: type[models.TextChoices], path: str, **kwargs: Any) -> None:
        self.path = path
        super().__init__(choices=choices, **kwargs)
        self.schema = {"type": "array", "items": {"type": "string", "enum": choices.values}, "minItems": 1}

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        if not value:
            return qs
        if "__" in self.path:
            return qs.filter(leading_to(qs.model, [self.path], value))
        return qs.filter(**{f"{self.path}__in": value})


class LevelField(forms.Field):
    """A whole number from 1 to 5."""

    def clean(self, value: Any) -> int | None:
        if not value:
            return None
        if value not in {"1", "2", "3", "4", "5"}:
            raise forms.ValidationError(_("Expected is a whole number from 1 to 5."))
        return int(value)


class AtLeastFilter(Filter):
    field_class = LevelField
    schema = {"type": "integer", "minimum": 1, "maximum": 5}

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        return qs.filter(**{f"{self.field_name}__gte": value}) if value else qs


class CodeField(forms.Field):
    widget = forms.MultipleHiddenInput

    def __init__(self, *, pattern: Callable[[str], Any], **kwargs: Any) -> None:
        self.pattern = pattern
        super().__init__(**kwargs)

    def clean(self, value: Any) -> list[str]:
        codes = list(dict.fromkeys(code for code in value or [] if code))
        if len(codes) > MOST_VALUES:
            raise forms.ValidationError(_("At most %(most)d values can be given.") % {"most": MOST_VALUES})
        for code in codes:
            self.pattern(code)
        return codes


class CodesFilter(Filter):
    """Rows with one of the codes given; `pattern` is the validator of the field that holds them."""

    field_class = CodeField
    is_repeatable = True

    def __init__(self, path: str, pattern: Any, **kwargs: Any) -> None:
        self.path = path
        super().__init__(pattern=pattern, **kwargs)
        regex = pattern.regex.pattern.replace(r"\Z", "$")
        self.schema = {"type": "array", "items": {"type": "string", "pattern": regex}, "minItems": 1}

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        return qs.filter(**{f"{self.path}__in": value}) if value else qs
