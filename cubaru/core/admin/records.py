"""RecordAdmin: how every kind of record is listed and edited, with its history kept."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.forms import Script
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from nested_admin.nested import NestedModelAdminMixin

from cubaru.core.admin.actions import delete_selected, publish, send_back, submit, withdraw
from cubaru.core.admin.by_role import ByRole, OnlyProposed
from cubaru.core.admin.columns import Columns, in_languages
from cubaru.core.admin.exports import Exported
from cubaru.core.admin.forms import RecordForm
from cubaru.core.admin.history_pages import WithHistory
from cubaru.core.admin.languages import language_tags
from cubaru.core.admin.line_fields import IdentifiersField
from cubaru.core.admin.lists import Listed
from cubaru.core.admin.more_rows import MoreRows
from cubaru.core.admin.needs import Needing
from cubaru.core.admin.parts import parts_of
from cubaru.core.admin.preview_pages import PREVIEW_BUTTON, Previewed, preview_of_typed
from cubaru.core.admin.rules import told_by_database
from cubaru.core.admin.search import Searched
from cubaru.core.admin.sections import Section, faults_in, shown_sections
from cubaru.core.admin.steps import Stepped
from cubaru.core.admin.together import EditedTogether, begin_again
from cubaru.core.admin.translation_form import TranslatedForm
from cubaru.core.history import recording
from cubaru.core.models import Record
from cubaru.core.roles import Right, may

Answer = Callable[[], HttpResponse]


class KeptInHistory(ByRole, Listed):
    """One change made here is one revision, with who made it and why, or nothing at all.

    What breaks a rule over the whole record is found only when everything is written. It is all undone
    then, and the form is shown again with what is wrong.
    """

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        def answer() -> Any:
            return super(KeptInHistory, self).changeform_view(request, object_id, form_url, extra_context)

        if request.method != "POST":
            return answer()
        if PREVIEW_BUTTON in request.POST:
            return preview_of_typed(request, answer)
        posted = request.POST.copy()
        request.held_messages = []  # type: ignore[attr-defined]
        try:
            with recording(by=_editor(request), why=request.POST.get("why", "").strip()) as changes:
                response = answer()
                self.check_written(request, changes)
        except OnlyProposed as proposed:
            try:
                return self.keep_proposal(request, proposed)
            except ValidationError as refused:
                return self._show_again(request, posted, refused, answer)
        except (ValidationError, IntegrityError) as error:
            refusal = error if isinstance(error, ValidationError) else told_by_database(error)
            return self._show_again(request, posted, refusal, answer)
        for args, kwargs in request.held_messages:  # type: ignore[attr-defined]
            super().message_user(request, *args, **kwargs)
        return response

    def _show_again(
        self, request: HttpRequest, posted: Any, refusal: ValidationError, answer: Answer
    ) -> HttpResponse:
        begin_again(request, posted)
        request.refusal = refusal  # type: ignore[attr-defined]
        return answer()

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.refusal = getattr(request, "refusal", None)  # type: ignore[attr-defined]
        return form

    def message_user(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        held = getattr(request, "held_messages", None)
        if held is None:
            super().message_user(request, *args, **kwargs)
        else:  # that something was saved is said once it is
            held.append((args, kwargs))

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> Any:
        if request.method != "POST":
            return super().delete_view(request, object_id, extra_context)
        with recording(by=_editor(request), why=request.POST.get("why", "").strip()):
            return super().delete_view(request, object_id, extra_context)


class SectionedAdmin(
    EditedTogether,
    WithHistory,
    MoreRows,
    TranslatedForm,
    Needing,
    Columns,
    NestedModelAdminMixin,
    KeptInHistory,
):
    """A form in sections, each with its fields and below them the parts that belong there.

    A subclass states its `sections`; fieldsets and inlines follow from them.
    """

    form = RecordForm
    change_form_template = "admin/record_form.html"
    delete_confirmation_template = "admin/record_delete.html"
    sections: ClassVar[tuple[Section, ...]] = ()
    #: Translated fields of which a complete record has all languages or none.
    language_fields: ClassVar[tuple[str, ...]] = ()

    class Media:
        js = (
            "admin_theme/languages.js",
            "admin_theme/choices.js",
            Script("admin_theme/dates.js", type="module"),
            Script("admin_theme/sections.js", type="module"),
        )

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.fieldsets = tuple(section.fieldset for section in cls.sections)
        cls.inlines = tuple(inline for section in cls.sections for inline in section.inlines)

    def get_inline_instances(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        may_edit = (
            self.has_change_permission(request, obj) if obj is not None else self.has_add_permission(request)
        )
        return parts_of(self.get_inlines(request, obj), self.model, self.admin_site, may_edit=may_edit)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        shown = context["inline_admin_formsets"]
        context["sections"] = shown_sections(self.sections, list(context["adminform"]), shown)
        context["has_languages"] = bool(self.language_fields)
        if context["adminform"].form.is_bound:
            context["faults"] = faults_in(context["adminform"].form, [inline.formset for inline in shown])
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description=gettext_lazy("languages"))
    def languages(self, row: Any) -> SafeString:
        return language_tags(row, self.language_fields)


class RecordAdmin(Exported, Searched, Previewed, Stepped, SectionedAdmin):
    """The admin of a kind of record."""

    typed_in_lines = {"identifiers": IdentifiersField}
    actions = (submit, publish, send_back, withdraw, delete_selected)

    def choice_label(self, record: Any) -> str:
        """What tells the record apart from others where one is chosen."""
        return str(record)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        """The address is proposed once; later it is part of links that others have made."""
        if obj is not None:
            return {}
        return {"slug": in_languages(self.model.label_field)[:1]}

    def view_on_site(self, obj: Record) -> str | None:
        """Only what is published has a page that readers can open."""
        return obj.get_absolute_url() if obj.is_published else None

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> Any:
        record = self.get_object(request, object_id)
        if record is not None and record.is_published and may(request.user, Right.DELETE, self.model):
            self.message_user(
                request,
                _("“%(record)s” is published, so it cannot be deleted: withdraw it instead.")
                % {"record": record},
                messages.ERROR,
            )
            return HttpResponseRedirect(
                reverse(
                    f"admin:{self.opts.app_label}_{self.opts.model_name}_change",
                    args=[object_id],
                    current_app=self.admin_site.name,
                )
            )
        return super().delete_view(request, object_id, extra_context)


def _editor(request: HttpRequest) -> Any:
    return request.user if request.user.is_authenticated else None
