"""What pages of the desk say of records and of those who work at it."""

from typing import Any

from django import template
from django.utils.text import capfirst

from cubaru.core.admin.curators import name_of
from cubaru.core.models import Record
from cubaru.core.roles import Right, may

register = template.Library()


@register.filter
def kind_name(record: Record) -> str:
    """What kind of record it is, in the active language."""
    return capfirst(str(record._meta.verbose_name))


@register.filter
def curator(user: Any) -> str:
    """The name of somebody at the desk; None is the system."""
    return name_of(user)


@register.filter
def may_be_joined(row: Any, user: Any) -> bool:
    """Whether the user may merge it with another record of its kind."""
    return isinstance(row, Record) and may(user, Right.MERGE, type(row))
