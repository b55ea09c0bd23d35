"""The table of roles as Markdown: what `docs/roles.md` holds, and what the tests walk."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db import models
from django.utils import translation

from cubaru.core.models import Part, Record
from cubaru.core.roles import PART_RIGHTS, RECORD_RIGHTS, Right, Role, Scope, permissions_of

NOTHING = "no"

#: Right, and for each role the scope in which it has it; None for not at all.
Row = tuple[Right, dict[Role, Scope | None]]


def rows(model: type[models.Model]) -> Iterator[Row]:
    """The rights to the rows of a model, role by role."""
    for right in Right:
        yield right, {role: scope_of(role, right, model) for role in Role}


def scope_of(role: Role, right: Right, model: type[models.Model]) -> Scope | None:
    """How far a right of a role extends; for a part the scope is that of its record."""
    permissions = permissions_of(role, model)
    if issubclass(model, Record):
        grants = RECORD_RIGHTS[right]
        return next((grant.scope for grant in grants if grant.permission in permissions), None)
    if issubclass(model, Part) and right in PART_RIGHTS:
        needed = "change" if right == Right.PROPOSE else str(right)
        record: type[models.Model] = _record_model(model)
        return scope_of(role, PART_RIGHTS[right], record) if needed in permissions else None
    return Scope.ALL if str(right) in permissions else None


def governed() -> list[type[models.Model]]:
    """All models that can be met at the desk, records first."""
    found = [model for model in apps.get_models() if admin.site.is_registered(model)]
    found += [model for model in apps.get_models() if model not in found and _is_told(model)]
    return sorted(found, key=lambda model: (not issubclass(model, Record), not issubclass(model, Part)))


def as_markdown() -> str:
    """All tables, in English; models with the same rights share one."""
    with translation.override("en"):
        tables: dict[str, list[str]] = {}
        for model in governed():
            tables.setdefault(_table(model), []).append(str(model._meta.verbose_name_plural))
        return "\n\n".join(f"### {_heading(names)}\n\n{table}" for table, names in tables.items()) + "\n"


def _heading(names: list[str]) -> str:
    together = ", ".join(names)
    return together[:1].upper() + together[1:]


def _table(model: type[models.Model]) -> str:
    head = ["", *(str(role.label) for role in Role)]
    lines = [_line(head), "|---" * len(head) + "|"]
    for right, scopes in rows(model):
        if any(scopes.values()):
            cells = [str(scope.label) if scope else NOTHING for scope in scopes.values()]
            lines.append(_line([str(right.label), *cells]))
    if len(lines) == 2:
        lines.append(_line(["anything", *([NOTHING] * len(Role))]))
    return "\n".join(lines)


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _record_model(part: type[Part]) -> Any:
    owner: Any = part._meta.get_field(part.owned_by[0]).related_model
    return _record_model(owner) if issubclass(owner, Part) else owner


def _is_told(model: type[models.Model]) -> bool:
    return any(permissions_of(role, model) for role in Role)
