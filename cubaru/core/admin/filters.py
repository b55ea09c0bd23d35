"""Filters of lists."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Max, Min, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cubaru.core.admin.columns import LANGUAGE_NAMES
from cubaru.core.languages import LANGUAGES

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

UNDATED = "undated"


class DecadeFilter(admin.SimpleListFilter):
    """The decade of the earliest day. Made by `decade_of`."""

    title = gettext_lazy("decade")
    parameter_name = "decade"
    field = ""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        column = f"{self.field}_earliest"
        # An open beginning is kept as the first day there is.
        bounds = model_admin.model._base_manager.filter(**{f"{column}__gt": date.min}).aggregate(
            first=Min(column), last=Max(column)
        )
        if bounds["first"] is None:
            return []
        first, last = bounds["first"].year // 10, bounds["last"].year // 10
        decades = [(str(ten), _("%(decade)ds") % {"decade": ten * 10}) for ten in range(first, last + 1)]
        return [*decades, (UNDATED, _("undated"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        if value == UNDATED:
            return queryset.filter(**{f"{self.field}_earliest__isnull": True})
        if value and value.isdecimal() and 1 <= int(value) <= 999:
            first = int(value) * 10
            return queryset.filter(
                **{f"{self.field}_earliest__range": (date(first, 1, 1), date(first + 9, 12, 31))}
            )
        return queryset


def decade_of(field: str, title: "StrOrPromise | None" = None) -> type[DecadeFilter]:
    """The filter by the decade of a historical date."""
    attributes: dict[str, Any] = {"field": field, "parameter_name": f"{field}_decade"}
    if title is not None:
        attributes["title"] = title
    return type(f"{field.title()}DecadeFilter", (DecadeFilter,), attributes)


class MissingLanguageFilter(admin.SimpleListFilter):
    """Records that are not called anything in a language."""

    title = gettext_lazy("missing language")
    parameter_name = "missing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(LANGUAGE_NAMES.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() not in LANGUAGES:
            return queryset
        column = f"{queryset.model.label_field}_{self.value()}"
        return queryset.filter(Q(**{f"{column}__isnull": True}) | Q(**{column: ""}))
