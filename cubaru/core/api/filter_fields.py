"""The filters that lists are narrowed with, on pages and in the API alike.

Each refuses what it does not understand with a sentence that says what is right, and says in `schema`
what the API's description of it is.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import django_filters
from django import forms
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q, QuerySet, Value
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cubaru.core.api.parameters import shortened
from cubaru.core.documents import kind_named
from cubaru.core.models import PastSlug, Record
from cubaru.core.search.finding import published
from cubaru.core.search.queries import MOST_CHARACTERS, QueryError

MOST_VALUES = 20


class Filter(django_filters.Filter):
    """`schema` is the JSON Schema of the parameter; `is_repeatable` where several values mean "or"."""

    schema: dict[str, Any] = {"type": "string"}
    is_repeatable = False


# Other records, by slug ----------------------------------------------------------------------------


class RecordsField(forms.Field):
    """Slugs, present or past, of published records of one kind; gives their primary keys.

    `known` are keys that were looked up beforehand (`look_up`).
    """

    widget = forms.MultipleHiddenInput
    known: Mapping[tuple[str, str], int] = {}

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
        found = {slug: key for slug in slugs if (key := self.known.get((self.kind, slug)))}
        missing = [slug for slug in slugs if slug not in found]
        if missing and not any("\x00" in slug for slug in missing):
            found |= published_keys(model, missing)
        for slug in slugs:
            if slug not in found:
                raise forms.ValidationError(
                    _("There is no published %(kind)s “%(slug)s”.")
                    % {"kind": model._meta.verbose_name, "slug": shortened(slug)}
                )
        return list(dict.fromkeys(found.values()))


def look_up(fields: Iterable[tuple[RecordsField, Sequence[str]]]) -> None:
    """Gives the fields the keys for the slugs asked for in them, with one question to the database."""
    wanted = [(field, list(slugs)) for field, slugs in fields]
    kinds = dict.fromkeys(field.kind for field, _slugs in wanted)
    if len(kinds) < 2 or any("\x00" in slug for _field, slugs in wanted for slug in slugs):
        return  # each field asks for itself
    rows = [
        kind_named(kind)
        .model._base_manager.filter(
            status="published",
            slug__in=[slug for field, slugs in wanted if field.kind == kind for slug in slugs[:MOST_VALUES]],
        )
        .order_by()
        .values_list(Value(kind), "slug", "pk")
        for kind in kinds
    ]
    known = {(kind, slug): key for kind, slug, key in rows[0].union(*rows[1:], all=True)}
    for field, _slugs in wanted:
        field.known = known


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
    is_repeatable = True

    def __init__(self, kind: str, *paths: str, **kwargs: Any) -> None:
        self.paths = paths
        slug = {"type": "string", "format": f"slug-of-{kind}", "minLength": 1}
        self.schema = {"type": "array", "items": slug, "minItems": 1, "maxItems": MOST_VALUES}
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


# Words, places on the globe, fixed vocabularies ---------------------------------------------------------


class WordsField(forms.CharField):
    """What to look for, as the condition that what is found meets."""

    def __init__(self, *, kind: str, **kwargs: Any) -> None:
        self.kind = kind
        super().__init__(empty_value=None, **kwargs)

    def clean(self, value: Any) -> Q | None:
        query = super().clean(value)
        if query is None:
            return None
        try:
            return published(query, self.kind)
        except QueryError as error:
            raise forms.ValidationError(str(error)) from error


class WordsFilter(Filter):
    """Records of a kind that a query finds, as the search reads it."""

    field_class = WordsField
    schema = {"type": "string", "format": "words", "minLength": 1, "maxLength": MOST_CHARACTERS}

    def __init__(self, kind: str, **kwargs: Any) -> None:
        super().__init__(kind=kind, **kwargs)

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        return qs if value is None else qs.filter(value)


class ShortTextField(forms.CharField):
    default_validators = [MaxLengthValidator(200, gettext_lazy("At most 200 characters are searched for."))]


class ShortTextFilter(Filter):
    field_class = ShortTextField
    schema = {"type": "string", "format": "words", "minLength": 1, "maxLength": 200}


def written(words: str, columns: Sequence[str]) -> Q:
    """The condition that each of the words stands in one of the columns."""
    all_words = Q()
    for word in words.split():
        condition = Q()
        for column in columns:
            # SQLite tells Cyrillic capitals from small letters even where it is asked not to.
            for form in {word, word.lower(), word.capitalize()}:
                condition |= Q(**{f"{column}__icontains": form})
        all_words &= condition
    return all_words


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
    schema = {"type": "string", "format": "bbox", "minLength": 7, "examples": ["-85,19.5,-74,23.5"]}

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
