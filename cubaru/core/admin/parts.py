"""Inlines: the parts of a record, edited within it."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet, UniqueConstraint
from django.http import HttpRequest
from django.utils.translation import gettext as _
from nested_admin.formsets import NestedInlineFormSet
from nested_admin.nested import NestedStackedInline

from cubaru.core.admin.columns import Columns
from cubaru.core.admin.forms import RowForm
from cubaru.core.admin.rules import rule_named

#: Stands behind every position a curator may have typed.
LAST = 1_000_000

Line = str | tuple[str, ...]


class PartFormSet(NestedInlineFormSet):
    """Keeps the order of the parts, and refuses two rows that may stand only once."""

    def _should_delete_form(self, form: Any) -> bool:
        """Also when the part goes to which this one belongs: it cannot stay without."""
        parent = getattr(self, "parent_form", None)
        gone = parent is not None and parent in parent.parent_formset.deleted_forms
        return bool(gone or super()._should_delete_form(form))

    def process_forms_pre_save(self, forms: list[Any]) -> list[Any]:
        # A new row without a position comes last; nested_admin then counts all of them anew.
        for form in forms:
            cleaned = getattr(form, "cleaned_data", None)
            if cleaned is not None and cleaned.get("position") is None:
                cleaned["position"] = LAST
        ordered: list[Any] = super().process_forms_pre_save(forms)
        return ordered

    def clean(self) -> None:
        super().clean()
        for constraint in self.model._meta.constraints:
            # Django itself compares rows only by constraints without a condition.
            if isinstance(constraint, UniqueConstraint) and constraint.condition is not None:
                self._refuse_twins(constraint)

    def _refuse_twins(self, constraint: UniqueConstraint) -> None:
        seen: set[tuple[Any, ...]] = set()
        fields = [name for name in constraint.fields if name != self.fk.name]
        for form in self.forms:
            if form.errors or form in self.deleted_forms or (not form.has_changed() and not form.instance.pk):
                continue
            values = tuple(form.cleaned_data.get(name) for name in fields)
            if None in values:
                continue
            if values in seen:
                rule = rule_named(constraint.name)
                form.add_error(
                    None, ValidationError(rule.sentence if rule else _("This stands here already."))
                )
            seen.add(values)


class PartInline(Columns, NestedStackedInline):
    """The rows of a part, compact: each is folded to its label until it is opened.

    `lines` are the form's rows in order. With `is_line` the rows are so short that they are not folded.
    Whoever may change a record may change its parts: `may_edit` is set by the record's admin.
    """

    template = "admin/parts/inline.html"
    form = RowForm
    formset = PartFormSet
    extra = 0
    sortable_field_name = "position"
    lines: ClassVar[tuple[Line, ...]] = ()
    is_line = False
    may_edit = False
    #: Loaded with the rows, beside the records that are chosen by autocomplete.
    also_loaded: ClassVar[tuple[str, ...]] = ()

    def get_fieldsets(self, request: HttpRequest, obj: models.Model | None = None) -> Any:
        return [(None, {"fields": [*self.lines, "position"]})]

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.label_of = staticmethod(self.summary)
        return formset

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)
        loaded = [*self.autocomplete_fields, *self.also_loaded]
        return rows.select_related(*loaded) if loaded else rows

    def get_inline_instances(self, request: HttpRequest, obj: models.Model | None = None) -> list[Any]:
        return parts_of(self.inlines, self.model, self.admin_site, may_edit=self.may_edit)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_edit

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_edit

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_edit

    def summary(self, part: Any) -> str:
        """What a folded row is called."""
        return str(part)


def parts_of(inlines: Iterable[Any], model: Any, site: Any, *, may_edit: bool) -> list[Any]:
    """The inlines of a record or a part, with the right to change them handed down."""
    instances = []
    for inline_class in inlines:
        inline = inline_class(model, site)
        inline.may_edit = may_edit
        instances.append(inline)
    return instances
