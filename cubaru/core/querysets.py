"""Querysets of records and their parts: what is public, and bulk writes that the history sees."""

from collections.abc import Iterable, Sequence
from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import Q

from cubaru.core.fields import FoldedText, derived_columns, historical_date_fields
from cubaru.core.folding import fold

RowT = TypeVar("RowT", bound=models.Model)


class RecordedQuerySet(models.QuerySet[RowT]):
    """Bulk writes do what single ones do: they derive columns and keep a revision of each record."""

    def update(self, **kwargs: Any) -> int:
        from cubaru.core.history import owners, recording

        with recording() as changes:
            keys = list(self.values_list("pk", flat=True))
            changes.add(owners(self.model, keys))  # a row may be handed to another record
            count = super().update(**kwargs, **self._derived(kwargs))
            changes.add(owners(self.model, keys))
        return count

    update.alters_data = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Iterable[RowT], *args: Any, **kwargs: Any) -> list[RowT]:
        from cubaru.core.history import owners, recording

        with recording() as changes:
            created = super().bulk_create(objs, *args, **kwargs)
            changes.add(owners(self.model, [row.pk for row in created]))
        return created

    def bulk_update(self, objs: Iterable[RowT], fields: Sequence[str], batch_size: int | None = None) -> int:
        from cubaru.core.history import owners, recording
        from cubaru.core.models.row import with_derived_columns

        rows = list(objs)
        for row in rows:
            for field in historical_date_fields(self.model):
                field.pre_save(row, add=False)
        with recording() as changes:
            # Django writes through update(), which keeps the revisions; the owners before it count too.
            changes.add(owners(self.model, [row.pk for row in rows]))
            return super().bulk_update(rows, with_derived_columns(self.model, fields), batch_size)

    def delete(self) -> tuple[int, dict[str, int]]:
        from cubaru.core.history import recording

        with recording():
            return super().delete()

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]

    def _derived(self, written: dict[str, Any]) -> dict[str, Any]:
        derived: dict[str, Any] = {}
        for field in historical_date_fields(self.model):
            calendar = f"{field.name}_calendar"
            if isinstance(written.get(field.name), str) and isinstance(written.get(calendar, ""), str):
                derived |= derived_columns(
                    field.name, written[field.name], written.get(calendar) or "gregorian"
                )
                derived.setdefault(calendar, written.get(calendar) or "gregorian")
                if calendar in written:
                    del derived[calendar]
        for column in self.model._meta.concrete_fields:
            if isinstance(column, FoldedText) and isinstance(written.get(column.of), str):
                derived[column.name] = fold(written[column.of])
        return derived


class RecordQuerySet(RecordedQuerySet[RowT]):
    def published(self) -> Self:
        """What readers may see. Pages, API, feeds, counts and the sitemap all start here."""
        return self.filter(status="published")

    def matching(self, query: str) -> Self:
        """Records in which every word of `query` occurs, in any language, whatever accents or case."""
        found = self
        for word in fold(query).split():
            found = found.filter(folded__contains=word)
        return found


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
