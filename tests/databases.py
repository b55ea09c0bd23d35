"""What the database holds and what it refuses, for tests that care about the whole of it."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from cubaru.core.database_rules import BrokenRule
from cubaru.core.documents import canonical, kinds, to_document
from cubaru.core.languages import language_columns
from cubaru.core.models import Part, PastSlug

OURS = {"core", "sources", "places", "people", "events"}


def database_digest() -> str:
    """A digest of all rows of our tables, with every column: equal if nothing has changed."""
    digest = hashlib.sha256()
    for model in apps.get_models():
        if model._meta.app_label in OURS:
            columns = [column.attname for column in model._meta.concrete_fields]
            rows: models.QuerySet[Any] = models.QuerySet(model)
            for row in rows.order_by("pk").values_list(*columns):
                digest.update(repr((model._meta.label, row)).encode())
    return digest.hexdigest()


def records_digest() -> str:
    """A digest of all records as they are: every document, primary key and derived column, and every
    former address. The history, the ledger and the times of changes only ever grow, and are not in it.
    """
    digest = hashlib.sha256()
    for kind in kinds():
        columns = [
            column.attname for column in kind.model._meta.concrete_fields if column.name != "modified_at"
        ]
        rows: models.QuerySet[Any] = models.QuerySet(kind.model)
        for row in rows.order_by("pk").values_list(*columns):
            # A text that is not there is NULL or empty, which means the same.
            digest.update(repr((kind.name, ["" if value is None else value for value in row])).encode())
        for record in kind.model._base_manager.order_by("pk").prefetch_related(*kind.prefetch()):
            digest.update(canonical(to_document(record)))
    for part in apps.get_models():
        if issubclass(part, Part):
            digest.update(repr((part._meta.label, part._base_manager.count())).encode())
    for past in PastSlug.objects.order_by("kind", "slug"):
        digest.update(repr((past.kind, past.slug, past.record_id)).encode())
    return digest.hexdigest()


@dataclass
class Breach:
    """A way to break one rule: a row that `factory` makes, written anew with other columns.

    Rows that may stand only once are broken by a second one (`twice`). Columns that are `derived` anew
    whenever a row is inserted can be wrong by an update only.
    """

    rule: str
    factory: Callable[..., models.Model]
    columns: dict[str, Any] = field(default_factory=dict)
    made_with: dict[str, Any] = field(default_factory=dict)
    twice: bool = False
    derived: bool = False

    def __str__(self) -> str:
        return self.rule

    def is_refused(self) -> None:
        """Fails unless the database refuses it, by update and by bulk_create, naming the rule."""
        row = self.factory(**self.made_with)
        if not self.twice:
            self._refused(row, lambda rows: rows.filter(pk=row.pk).update(**self.columns))
        if not self.derived:
            self._refused(row, lambda rows: rows.bulk_create([self._copy(row)]))

    def _refused(self, row: models.Model, write: Callable[["models.QuerySet[Any]"], object]) -> None:
        rows: models.QuerySet[Any] = models.QuerySet(type(row))  # without our own care for columns
        with pytest.raises(IntegrityError) as caught, transaction.atomic():
            write(rows)
        broken = BrokenRule(caught.value, type(row))
        assert broken.rule is not None, caught.value
        assert broken.rule.name == self.rule

    def _copy(self, row: models.Model) -> models.Model:
        values = {column.attname: getattr(row, column.attname) for column in row._meta.concrete_fields}
        del values["id"]
        if not self.twice:  # let only the rule under test be in the way
            for column in row._meta.concrete_fields:
                if column.unique and column.attname in values:
                    values[column.attname] += "-again"
        copy = type(row)(**values)
        for name, value in self.columns.items():
            setattr(copy, name, value)
        return copy


def date_breaches(factory: Callable[..., models.Model], model: str, name: str) -> list[Breach]:
    """The ways to break the rules of a historical date."""
    day, day_before = date(1960, 2, 4), date(1960, 2, 3)
    return [
        Breach(
            f"{model}_{name}_starts_before_it_ends",
            factory,
            {name: "1960-02-04", f"{name}_earliest": day, f"{name}_latest": day_before},
            derived=True,
        ),
        Breach(
            f"{model}_{name}_has_both_bounds_or_none",
            factory,
            {name: "", f"{name}_earliest": day, f"{name}_latest": day},
            derived=True,
        ),
        Breach(
            f"{model}_{name}_has_a_known_calendar",
            factory,
            {name: "", f"{name}_earliest": None, f"{name}_latest": None, f"{name}_calendar": "lunar"},
        ),
    ]


def record_breaches(factory: Callable[..., models.Model], model: str, label_field: str) -> list[Breach]:
    """The ways to break the rules that every kind of record has."""
    unnamed = dict.fromkeys(language_columns(label_field), "")
    return [
        Breach(f"{model}_has_an_address", factory, {"slug": ""}),
        Breach(f"{model}_has_a_known_status", factory, {"status": "lost"}),
        Breach(f"{model}_is_named_in_some_language", factory, unnamed),
        Breach(f"{model}_is_named_in_some_language", factory, dict.fromkeys(unnamed)),
    ]


def name_breaches(factory: Callable[..., models.Model], model: str, owner: str) -> list[Breach]:
    """The ways to break the rules of names."""
    return [
        Breach(f"{model}_is_not_empty", factory, {"text": ""}),
        Breach(f"{model}_has_a_known_kind", factory, {"kind": "nick"}),
        Breach(f"{model}_has_a_scheme_only_as_transliteration", factory, {"scheme": "ISO 9"}),
        Breach(f"{model}_stands_once_per_{owner}", factory, twice=True),
    ]


def citation_breaches(factory: Callable[..., models.Model], model: str) -> list[Breach]:
    return [Breach(f"{model}_has_a_known_stance", factory, {"stance": "doubts"})]


def image_breaches(factory: Callable[..., models.Model], model: str) -> list[Breach]:
    """The ways to break the rules of images."""
    return [
        *(
            Breach(f"{model}_has_a_file_with_digest_and_size", factory, {column: empty})
            for column, empty in {"file": "", "sha256": "", "width": 0, "height": 0}.items()
        ),
        Breach(f"{model}_has_a_credit", factory, {"credit": ""}),
        Breach(f"{model}_has_a_licence", factory, {"licence": ""}),
        Breach(f"{model}_has_alternative_text", factory, {"alt_en": ""}),
    ]


def rules_of(*models_of_an_app: type[models.Model]) -> set[str]:
    """The names of all constraints of the models."""
    return {rule.name for model in models_of_an_app for rule in model._meta.constraints}
