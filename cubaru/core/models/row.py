"""What every row of a record has in common, whether it is the record itself or a part of it."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from cubaru.core.dates import DateError
from cubaru.core.fields import DERIVED, historical_date_fields
from cubaru.core.languages import LANGUAGES
from cubaru.core.querysets import RecordedManager


def language_columns(field: str) -> list[str]:
    """The columns of a translated field, in the order of LANGUAGES."""
    return [f"{field}_{language}" for language in LANGUAGES]


class Row(models.Model):
    """A row whose historical dates are checked and whose writing is kept in the history."""

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        errors = {}
        for field in historical_date_fields(type(self)):
            try:
                field.read(self)
            except DateError as error:
                errors[field.name] = str(error)
        if errors:
            raise ValidationError(errors)

    def save(self, *, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        if update_fields is not None:
            update_fields = with_derived_columns(type(self), update_fields)
        # Django writes the untranslated column of a translated field in the active language:
        # what is stored must not depend on who happens to look.
        with translation.override(LANGUAGES[0]):
            super().save(update_fields=update_fields, **kwargs)

    def delete(self, **kwargs: Any) -> tuple[int, dict[str, int]]:
        from cubaru.core.history import recording

        with recording():
            return super().delete(**kwargs)


def with_derived_columns(model: type[models.Model], names: Iterable[str]) -> list[str]:
    """The field names, and after each historical date also the columns derived from it."""
    written = list(names)
    for field in historical_date_fields(model):
        if field.name in written or f"{field.name}_calendar" in written:
            written += [field.name, *(f"{field.name}_{suffix}" for suffix in DERIVED)]
    return list(dict.fromkeys(written))


class Part(Row):
    """A row that belongs to a record and has no life without it: a name, a participation, a citation.

    `owned_by` names the foreign keys, one of them filled, that lead to the record or to another part of it.
    """

    owned_by: ClassVar[tuple[str, ...]]

    position = models.PositiveIntegerField(_("position"), default=0)

    objects = RecordedManager()

    class Meta:
        abstract = True
        ordering = ("position", "pk")
