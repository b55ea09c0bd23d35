"""What every row of a record has in common, whether it is the record itself or a part of it."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from cubaru.core.dates import DateError
from cubaru.core.fields import historical_date_fields, with_derived_columns
from cubaru.core.querysets import RecordedManager, columns_in_one_language, in_each_language


class Row(models.Model):
    """A row whose historical dates are checked and whose writing is kept in the history."""

    class Meta:
        abstract = True

    def save(self, *, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        from cubaru.core.history import recording

        if update_fields is not None:
            written = list(update_fields)
            update_fields = with_derived_columns(
                type(self), [*written, *in_each_language(type(self), written)]
            )
        with recording(), columns_in_one_language():
            super().save(update_fields=update_fields, **kwargs)

    def delete(self, **kwargs: Any) -> tuple[int, dict[str, int]]:  # type: ignore[override]
        from cubaru.core.history import recording

        with recording():
            return super().delete(**kwargs)

    def clean(self) -> None:
        super().clean()
        errors = {}
        for field in historical_date_fields(type(self)):
            try:
                field.read(self)
            except DateError as error:
                errors[field.name] = str(error)
            except ValueError:  # an unknown calendar, of which clean_fields() tells
                continue
        if errors:
            raise ValidationError(errors)


class Part(Row):
    """A row that belongs to a record and has no life without it: a name, a participation, a citation.

    `owned_by` names the foreign keys, one of them filled, that lead to the record or to another part of it.
    """

    owned_by: ClassVar[tuple[str, ...]]

    position = models.PositiveIntegerField(_("position"), default=0)

    objects = RecordedManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"  # related managers write through it, and the history must see that
        ordering = ("position", "pk")

    def save(self, *, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        from cubaru.core.history import owners, recording

        with recording() as changes:
            if not self._state.adding:  # it may be handed to another record
                changes.add(owners(type(self), [self.pk]))
            super().save(update_fields=update_fields, **kwargs)
