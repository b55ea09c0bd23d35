"""Counts for lists, each by a query within the query, so that two of them do not multiply."""

from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce


def count_of(model: Any, link: str) -> Coalesce:
    """How many rows of `model` lead to the row by the foreign key `link`."""
    rows = model._base_manager.filter(**{link: OuterRef("pk")}).order_by().values(link)
    return Coalesce(
        Subquery(rows.annotate(number=Count("pk")).values("number")), Value(0), output_field=IntegerField()
    )
