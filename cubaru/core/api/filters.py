"""How lists of the API are narrowed: by the set of filters of their kind, and by nothing else."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request

from cubaru.core.api.filter_fields import RecordsField, look_up
from cubaru.core.api.problems import BadParametersError, Fault


class StrictFilterBackend(BaseFilterBackend):
    """Applies `view.filterset_class`; a value that a filter refuses is an error, as an unknown filter is.

    Unknown parameters were refused before (`cubaru.core.api.views`), which knows all of them.
    """

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> QuerySet[Any]:
        filters: django_filters.FilterSet = view.filterset_class(
            request.query_params, queryset=queryset, request=request
        )
        look_up(
            (one.field, request.query_params.getlist(name))
            for name, one in filters.filters.items()
            if isinstance(one.field, RecordsField) and name in request.query_params
        )
        if not filters.is_valid():
            raise BadParametersError(
                [
                    Fault(parameter=name, detail=str(message))
                    for name, messages in filters.errors.items()
                    for message in messages
                ]
            )
        return filters.qs

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        return [_parameter(name, one) for name, one in view.filterset_class.base_filters.items()]


def _parameter(name: str, one: Any) -> dict[str, Any]:
    described = {
        "name": name,
        "in": "query",
        "schema": one.schema,
        "description": str(one.extra.get("help_text", "")),
    }
    if one.is_repeatable:
        described |= {"style": "form", "explode": True}
    return described
