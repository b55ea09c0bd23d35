"""Which rule of the database a write broke, told in words."""

import re
from typing import Any, Self

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import DatabaseError, models
from django.utils.translation import gettext as _


class BrokenRule:
    """What a database said when it refused a row of `model`: `columns` are the ones that it named.

    `is_taken` tells that what the row says may stand only once, and stands elsewhere.
    """

    def __init__(self, error: DatabaseError, model: type[models.Model]) -> None:
        self.model = model
        self.columns, self.name, self.is_taken = _read_sqlite(str(error)) or _read_postgresql(error)
        rules = model._meta.constraints
        self.rule = next((rule for rule in rules if rule.name == self.name), None) or next(
            (rule for rule in rules if self.columns and _columns_of(rule, model) == set(self.columns)), None
        )

    @classmethod
    def of_any_model(cls, error: DatabaseError) -> Self | None:
        """What was broken, where nobody knows in which table; None if that cannot be told."""
        for model in apps.get_models():
            broken = cls(error, model)
            is_named = broken.rule is not None and broken.rule.name == broken.name
            if is_named or _is_about(model._meta.db_table, error):
                return broken
        return None

    @property
    def column(self) -> str:
        """The name of the field that stands in the one column named; "" for several columns or none."""
        if len(self.columns) != 1:
            return ""
        try:
            return self.model._meta.get_field(self.columns[0]).name
        except FieldDoesNotExist:
            return ""

    @property
    def message(self) -> str:
        """One sentence for whoever wrote the row."""
        if self.rule is not None:
            own = self.rule.violation_error_message
            if own != self.rule.default_violation_error_message:
                return str(own)
            return _("The rule “%(rule)s” is broken.") % {"rule": self.rule.name.replace("_", " ")}
        if self.is_taken and self.columns:
            return _("This is in use already, and may be only once.")
        if self.columns:
            return _("A value is needed here.")
        return _("The database refused this: a rule of it is broken.")


def _columns_of(rule: models.BaseConstraint, model: type[models.Model]) -> set[str]:
    if not isinstance(rule, models.UniqueConstraint):
        return set()
    columns: list[Any] = [model._meta.get_field(name) for name in rule.fields]
    return {column.column for column in columns}


def _is_about(table: str, error: DatabaseError) -> bool:
    """Whether the error names the table; SQLite does so with the columns, for what may stand only once."""
    said = getattr(error.__cause__, "diag", None)
    return bool(said.table_name == table if said else re.search(rf"\b{table}\.", str(error)))


Reading = tuple[list[str], str, bool]


def _read_sqlite(message: str) -> Reading | None:
    found = re.fullmatch(r"(CHECK|UNIQUE|NOT NULL) constraint failed: (.*)", message)
    if found is None:
        return None
    kind, what = found.groups()
    if kind == "CHECK":
        return [], what, False
    return [column.split(".")[-1] for column in what.split(", ")], "", kind == "UNIQUE"


def _read_postgresql(error: DatabaseError) -> Reading:
    said = getattr(error.__cause__, "diag", None)
    if said is None:
        return [], "", False
    key = re.match(r"Key \((.+?)\)=", said.message_detail or "")
    is_taken = said.sqlstate == "23505"
    columns = key[1].split(", ") if key else [said.column_name] if said.column_name else []
    return columns, said.constraint_name or "", is_taken
