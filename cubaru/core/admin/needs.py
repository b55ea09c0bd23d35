"""The filter of lists by what needs a person (`cubaru.core.quality`)."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cubaru.core.quality import Check, check_named, checks_of

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = object

PARAMETER = "needs"


class NeedsFilter(admin.SimpleListFilter):
    title = _("what needs a person")
    parameter_name = PARAMETER

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(check.name, check.title) for check in checks_of(model_admin.model)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        check = check_named(self.value() or "")
        return queryset.filter(check.condition()) if check and check.model is queryset.model else queryset


class Needing(ModelAdmin):
    """Stands left of ModelAdmin: lists can be narrowed to what needs a person."""

    def get_list_filter(self, request: HttpRequest) -> Any:
        filters = super().get_list_filter(request)
        return [*filters, NeedsFilter] if checks_of(self.model) else filters


def list_of(check: Check) -> str:
    """The address of the list of what a check finds."""
    options = check.model._meta
    return f"{reverse(f'admin:{options.app_label}_{options.model_name}_changelist')}?{PARAMETER}={check.name}"
