"""Addresses as they are written out, for who cannot follow a link: on paper."""

from django import template

from cubaru.core.context import absolute

register = template.Library()


@register.filter
def written_out(path: str) -> str:
    """The whole address of a path of this site."""
    return absolute(path)
