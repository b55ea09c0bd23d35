"""A record as readers would see its page, for curators only."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, resolve, reverse
from django.utils import translation
from django.utils.translation import gettext as _

from cubaru.core.documents import kind_named
from cubaru.core.edition_links import history_of
from cubaru.core.languages import LANGUAGES, current_language
from cubaru.core.models import Record

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = object


class Previewed(ModelAdmin):
    """Adds the page `…/preview/?language=` to a kind of record: that of its readers, under a banner.

    Shown to whoever may see the record at the desk, whatever its status, and kept by nobody.
    """

    def get_urls(self) -> list[Any]:
        # It says itself how it is to be kept.
        view = self.admin_site.admin_view(self.preview_view, cacheable=True)
        return [path("<int:record_id>/preview/", view, name=self._preview_name), *super().get_urls()]

    @property
    def _preview_name(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_preview"

    def preview_view(self, request: HttpRequest, record_id: int) -> HttpResponse:
        records: Any = self.model._default_manager
        record = records.with_public_parts().filter(pk=record_id).first()
        if record is None:
            raise Http404(_("There is no such page."))
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        language = request.GET.get("language", "")
        with translation.override(language if language in LANGUAGES else current_language()):
            response = page_as_preview(request, record, self._addresses(record))
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    def _addresses(self, record: Record) -> dict[str, str]:
        """Where the banner leads: the preview in each language."""
        name = f"{self.admin_site.name}:{self._preview_name}"
        address = reverse(name, args=[record.pk])
        return {language: f"{address}?language={language}" for language in LANGUAGES}


def page_as_preview(request: HttpRequest, record: Record, addresses: dict[str, str]) -> HttpResponse:
    """The page of a record loaded `with_public_parts()`, in the active language, marked as a preview.

    `addresses` are those of the preview by language. The page is made by the view that readers meet at
    the record's address.
    """
    page = resolve(record.get_absolute_url()).func.view_class()  # type: ignore[attr-defined]
    page.setup(request, slug=record.slug)
    opts, history = record._meta, history_of(record)
    context = {
        "record": record,
        "history": history if history.editions else None,
        **page.context(record),
        "preview": {"back": reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[record.pk])},
        "section": kind_named(record.record_kind).plural,
        "alternates": list(addresses.items()),
        # Nobody is to find it: it has no address of its own.
        "canonical": "",
        "canonical_alternates": [],
        "canonical_query": "",
    }
    return render(request, page.template_name, context)
