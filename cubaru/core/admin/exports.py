"""Exports of lists: what a list shows, by its filters and in its order, as a table that can be imported."""

import tempfile
from typing import TYPE_CHECKING, Any, Final

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cubaru.core.admin.import_form import may_import
from cubaru.core.tables.columns import cells_of
from cubaru.core.tables.csv_files import written_csv
from cubaru.core.tables.kinds import table_of
from cubaru.core.tables.xlsx_files import MEDIA_TYPE, write_xlsx

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = object

FORMATS: Final = ("csv", "xlsx")


@admin.action(
    description=gettext_lazy("Export selected %(verbose_name_plural)s as CSV"), permissions=["view"]
)
def export_csv(modeladmin: Any, request: HttpRequest, queryset: Any) -> HttpResponseBase:
    return exported(modeladmin.model, queryset, "csv")


@admin.action(
    description=gettext_lazy("Export selected %(verbose_name_plural)s as XLSX"), permissions=["view"]
)
def export_xlsx(modeladmin: Any, request: HttpRequest, queryset: Any) -> HttpResponseBase:
    return exported(modeladmin.model, queryset, "xlsx")


class Exported(ModelAdmin):
    """Stands left of ModelAdmin: the list can be taken out as a file, whole or what is selected of it."""

    def get_urls(self) -> list[Any]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_export"
        view = self.admin_site.admin_view(self.export_view)
        return [path("export/<slug:file_format>/", view, name=name), *super().get_urls()]

    def get_actions(self, request: HttpRequest) -> Any:
        actions = super().get_actions(request)
        for action in (export_csv, export_xlsx):
            found = self.get_action(action)
            if found is not None and "_popup" not in request.GET and self.has_view_permission(request):
                actions[found[1]] = found
        return actions

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        table = table_of(self.model)
        more: dict[str, Any] = {"exports": FORMATS}
        if table is not None and may_import(request.user, table):
            more["imports"] = table.name
        return super().changelist_view(request, more | (extra_context or {}))

    def export_view(self, request: HttpRequest, file_format: str) -> HttpResponseBase:
        """All rows of the list as its filters, its search and its order have it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if file_format not in FORMATS:
            raise Http404(_("There is no such page."))
        try:
            rows = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            messages.error(request, _("The list has no such filter, so nothing was exported."))
            return HttpResponseRedirect(
                reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
            )
        return exported(self.model, rows, file_format)


def exported(model: Any, rows: "QuerySet[Any]", file_format: str) -> HttpResponseBase:
    """The rows as a file to save."""
    table = table_of(model)
    assert table is not None, "there is a table of what can be exported"
    name = f"{table.plural}-{timezone.localdate().isoformat()}.{file_format}"
    headings = [column.path for column in table.columns]
    cells = (cells_of(table.columns, document) for document in table.documents(rows))
    if file_format == "csv":
        return StreamingHttpResponse(
            written_csv(headings, cells),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )
    file = tempfile.TemporaryFile()  # noqa: SIM115 — the response closes it
    write_xlsx(table.label, headings, cells, file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name, content_type=MEDIA_TYPE)
