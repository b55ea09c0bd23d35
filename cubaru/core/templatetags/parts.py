"""The rows of parts in a form of the desk."""

from collections.abc import Iterable
from typing import Any

from django import template

register = template.Library()


@register.filter
def in_typed_order(part_forms: Iterable[Any], field: str) -> list[Any]:
    """Rows as the positions typed say, in a form that is shown again; those without one come last.

    nested_admin's own filter fails where two rows have one position, or a position is no number.
    """

    def position(part_form: Any) -> tuple[bool, int]:
        typed = part_form.form[field].data or ""
        is_number = typed.isascii() and typed.isdecimal()
        return not is_number, int(typed) if is_number else 0

    return sorted(part_forms, key=position)
