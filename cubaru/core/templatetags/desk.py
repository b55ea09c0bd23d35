"""What pages of the desk say of records."""

from django import template
from django.utils.text import capfirst

from cubaru.core.models import Record

register = template.Library()


@register.filter
def kind_name(record: Record) -> str:
    """What kind of record it is, in the active language."""
    return capfirst(str(record._meta.verbose_name))
