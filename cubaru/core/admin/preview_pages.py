"""A record as readers would see its page, for curators only."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import path, resolve, reverse
from django.utils import translation
from django.utils.translation import gettext as _

from cubaru.core.admin.rules import told_by_database
from cubaru.core.documents import DocumentError, kind_named, to_document
from cubaru.core.edition_links import history_of
from cubaru.core.history import Changes, recording, undone
from cubaru.core.languages import LANGUAGES, current_language
from cubaru.core.models import Record

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = object


#: The buttons of a form that show it as it would be, in the language that is their value.
PREVIEW_BUTTON = "_preview"


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
        return in_language(
            request.GET.get("language", ""), lambda: page_as_preview(request, record, self._addresses(record))
        )

    def _addresses(self, record: Record) -> dict[str, str]:
        """Where the banner leads: the preview in each language."""
        name = f"{self.admin_site.name}:{self._preview_name}"
        address = reverse(name, args=[record.pk])
        return {language: f"{address}?language={language}" for language in LANGUAGES}


def in_language(language: str, make: Callable[[], HttpResponse]) -> HttpResponse:
    """A preview in a language, or in the desk's own, to be kept and found by nobody."""
    with translation.override(language if language in LANGUAGES else current_language()):
        response = make()
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def preview_of_typed(request: HttpRequest, save: Callable[[], Any]) -> HttpResponse:
    """The page that the form would make of its record, or what is wrong with what was typed.

    `save` saves the form as always; whatever it writes is undone.
    """
    faults: list[str]
    request.held_messages = []  # type: ignore[attr-defined]
    try:
        with undone(), recording() as changes:
            answer = save()
            if any(changes.touched.values()):
                return page_of_written(request, changes)
    except (ValidationError, IntegrityError) as error:
        faults = (error if isinstance(error, ValidationError) else told_by_database(error)).messages
    except DocumentError as error:
        faults = [str(error)]
    else:
        context = getattr(answer, "context_data", None) or {}
        faults = [" ".join(filter(None, map(str, fault_words(fault)))) for fault in context.get("faults", ())]
    context = {**admin.site.each_context(request), "title": _("Preview"), "faults": faults}
    return TemplateResponse(request, "admin/preview_faults.html", context)


def fault_words(fault: Any) -> tuple[str, str]:
    return (f"{fault.label}:" if fault.label else "", fault.sentence)


def page_of_written(request: HttpRequest, changes: Changes) -> HttpResponse:
    """The page of the record that was just written and is not kept yet."""
    name, keys = next((name, keys) for name, keys in changes.touched.items() if keys)
    kind = kind_named(name)
    record: Any = shown_record(name, min(keys))
    for derive in kind.derive:
        derive(record, to_document(record))
    language = request.POST.get(PREVIEW_BUTTON, "")
    return in_language(language, lambda: page_as_preview(request, shown_record(name, record.pk), {}))


def shown_record(kind: str, pk: int) -> Any:
    """A record read anew, with what its page shows."""
    records: Any = kind_named(kind).model._default_manager
    return records.with_public_parts().get(pk=pk)


def page_as_preview(
    request: HttpRequest, record: Record, addresses: dict[str, str], *, back: str = ""
) -> HttpResponse:
    """The page of a record loaded `with_public_parts()`, in the active language, marked as a preview.

    `addresses` are those of the preview by language, `back` is where its banner leads, if not to the form of
    the record; without addresses it is what a form would make, and leads nowhere. The page is made by the
    view that readers meet at the record's address.
    """
    page = resolve(record.get_absolute_url()).func.view_class()  # type: ignore[attr-defined]
    page.setup(request, slug=record.slug)
    opts, history = record._meta, history_of(record)
    is_proposed = bool(back)
    if addresses and not back:
        back = reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[record.pk])
    context = {
        "record": record,
        "history": history if history.editions else None,
        **page.context(record),
        "preview": {"back": back, "is_unsaved": not addresses, "is_proposed": is_proposed},
        "section": kind_named(record.record_kind).plural,
        "alternates": list(addresses.items()),
        # Nobody is to find it: it has no address of its own.
        "canonical": "",
        "canonical_alternates": [],
        "canonical_query": "",
    }
    return render(request, page.template_name, context)
