"""Querysets of records and their parts: what is public, and bulk writes that the history sees."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Self, TypeVar

from django.core.exceptions import FieldError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import translation
from modeltranslation.manager import get_translatable_fields_for_model

from cubaru.core.fields import (
    DERIVED,
    HistoricalDateField,
    historical_date_fields,
    with_derived_columns,
)
from cubaru.core.languages import LANGUAGES, language_columns

RowT = TypeVar("RowT", bound=models.Model)


class RecordedQuerySet(models.QuerySet[RowT]):
    """Bulk writes do what single ones do: they derive columns and keep a revision of each record."""

    def update(self, **kwargs: Any) -> int:
        """As Django's. Raises FieldError for an expression in a column from which others are derived."""
        from cubaru.core.history import owners, recording

        self._refuse_expressions(kwargs)
        with recording() as changes:
            if self._half_written(kwargs):
                return self._update_rows(kwargs)
            keys = list(self.values_list("pk", flat=True))
            changes.add(owners(self.model, keys))  # a row may be handed to another record
            count = super().update(**kwargs, **self._derived(kwargs))
            changes.add(owners(self.model, keys))
        return count

    update.alters_data = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Iterable[RowT], *args: Any, **kwargs: Any) -> list[RowT]:
        from cubaru.core.history import owners_of_rows, recording

        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = with_derived_columns(self.model, kwargs["update_fields"])
        with recording() as changes, columns_in_one_language():
            created = super().bulk_create(objs, *args, **kwargs)
            # Asked of the rows: those that met a conflict do not know their primary keys.
            changes.add(owners_of_rows(self.model, created))
        return created

    def bulk_update(self, objs: Iterable[RowT], fields: Iterable[str], batch_size: int | None = None) -> int:
        from cubaru.core.history import owners, recording

        rows = list(objs)
        columns = with_derived_columns(self.model, in_each_language(self.model, fields))
        for row in rows:
            for name in columns:
                column: Any = self.model._meta.get_field(name)
                column.pre_save(row, add=False)
        with recording() as changes:
            # Django writes through update(), which keeps the revisions; the owners before it count too.
            changes.add(owners(self.model, [row.pk for row in rows]))
            return super().bulk_update(rows, columns, batch_size)

    def delete(self) -> tuple[int, dict[str, int]]:
        from cubaru.core.history import recording

        with recording():
            return super().delete()

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]

    def _half_written(self, written: dict[str, Any]) -> bool:
        """Whether a date is written without its calendar, or the other way round: each row has its own."""
        return any(
            len({field.name, f"{field.name}_calendar"} & written.keys()) == 1
            for field in self._dates_to_derive_from(written)
        )

    def _dates_to_derive_from(self, written: dict[str, Any]) -> list[HistoricalDateField]:
        """All historical dates but those that bulk_update() writes together with their derived columns."""
        dates = historical_date_fields(self.model)
        return [field for field in dates if f"{field.name}_{DERIVED[0]}" not in written]

    def _update_rows(self, written: dict[str, Any]) -> int:
        rows = list(self)
        for row in rows:
            for name, value in written.items():
                setattr(row, name, value)
        return self.model._base_manager.bulk_update(rows, list(written), batch_size=100)

    def _derived(self, written: dict[str, Any]) -> dict[str, Any]:
        derived: dict[str, Any] = {}
        for field in self._dates_to_derive_from(written):
            if field.name in written:
                derived |= field.derived_columns(written[field.name], written[f"{field.name}_calendar"])
        return derived

    def _refuse_expressions(self, written: dict[str, Any]) -> None:
        sources = [
            name
            for field in self._dates_to_derive_from(written)
            for name in (field.name, f"{field.name}_calendar")
        ]
        for name in sources:
            if hasattr(written.get(name), "resolve_expression"):
                raise FieldError(f"“{name}” takes no expression: other columns are derived from it.")


def in_each_language(model: type[models.Model], names: Iterable[str]) -> list[str]:
    """The column names; for a translated field those of its languages, whichever is active."""
    translated = get_translatable_fields_for_model(model) or []
    return [column for name in names for column in (language_columns(name) if name in translated else [name])]


@contextmanager
def columns_in_one_language() -> Iterator[None]:
    """Writes the untranslated column of a translated field always alike, whoever happens to look.

    modeltranslation fills it in the active language. Nothing reads it.
    """
    with translation.override(LANGUAGES[0]):
        yield


class RecordQuerySet(RecordedQuerySet[RowT]):
    def published(self) -> Self:
        """What readers may see. Pages, API, feeds, counts and the sitemap all start here."""
        return self.filter(status="published")

    def with_public_parts(self) -> Self:
        """What a page of one record needs beside its own columns; kinds that have parts say which."""
        return self


def how_many(rows: models.QuerySet[Any], link: str, what: str = "pk") -> Coalesce:
    """How many of the rows lead to a record by the link, or how many different values of `what` they have.

    To annotate a queryset with: counted for those of its rows that are read, not for all that it could have.
    """
    counted = rows.filter(**{link: models.OuterRef("pk")}).order_by().values(link)
    count = models.Count(what, distinct=what != "pk")
    return Coalesce(models.Subquery(counted.annotate(how_many=count).values("how_many")), 0)


def public_parts(
    model: type[models.Model], accessor: str, *links: str, inner: Sequence[Any] = ()
) -> "models.Prefetch[Any]":
    """Loads the parts under `accessor`, but only those whose linked records readers may see.

    `links` are the foreign keys of the part to other records; a link that is not set hides nothing.
    What the links lead to is loaded too, and `inner` beneath it.
    """
    related = model._meta.get_field(accessor).related_model
    assert isinstance(related, type)
    rows = related._base_manager.all()
    for link in links:
        rows = rows.filter(Q(**{f"{link}__isnull": True}) | Q(**{f"{link}__status": "published"}))
    return models.Prefetch(accessor, rows.select_related(*links).prefetch_related(*inner))


RecordedManager = models.Manager.from_queryset(RecordedQuerySet)
RecordsManager = models.Manager.from_queryset(RecordQuerySet)
