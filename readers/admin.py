"""Corrections and class sets at the desk."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cubaru.core.admin.lists import Listed
from cubaru.core.roles import Right, may
from readers.comparing import beside
from readers.deciding import accept, decline
from readers.models import ClassSet, Correction, CorrectionStatus

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Correction]
else:  # Django's takes no type arguments when it runs
    ModelForm = forms.ModelForm


class AnswerForm(ModelForm):
    """What is to become of a correction."""

    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[("accept", gettext_lazy("Accept it")), ("decline", gettext_lazy("Decline it"))],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=gettext_lazy("Answer"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        help_text=gettext_lazy(
            "In the language of the correction. What was changed, or why nothing was: its sender reads it, "
            "and of an accepted one all readers do. Change the record first, then accept."
        ),
    )

    class Meta:
        model = Correction
        fields = ("answer",)

    def clean(self) -> dict[str, Any] | None:
        if not self.instance.is_waiting:
            raise ValidationError(_("This correction is answered already."))
        return super().clean()


class ByRight(Listed):
    """Asks `may` for every right."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request.user, Right.VIEW, obj or self.model)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request.user, Right.CHANGE, obj or self.model)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request.user, Right.DELETE, obj or self.model)


@admin.register(Correction)
class CorrectionAdmin(ByRight):
    """What readers sent: its form shows it beside the record, and takes the answer."""

    form = AnswerForm
    view_on_site = False  # that page is its sender's
    list_display = ("about", "said", "language", "status", "sent_at", "answered_by")
    list_filter = ("status", "kind", "language")
    list_select_related = ("answered_by",)
    search_fields = ("slug", "wrong", "proposed", "source", "credit")
    search_help_text = gettext_lazy("By address or words.")
    date_hierarchy = "sent_at"
    actions = ("forget_addresses",)
    readonly_fields = (
        "compared", "wrong", "proposed", "source", "credit", "email", "language", "sent_at",
        "status", "answered_at", "answered_by",
    )  # fmt: skip

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        said = ("wrong", "proposed", "source", "credit", "email", "language", "sent_at")
        decided = ("status", "answer", "answered_at", "answered_by")
        is_open = obj is not None and self.has_change_permission(request, obj)
        return (
            (_("What it is about"), {"fields": ("compared",)}),
            (_("What the reader says"), {"fields": said}),
            (_("Answer"), {"fields": ("decision", "answer") if is_open else decided}),
        )

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.is_waiting)

    @admin.display(description=gettext_lazy("about"), ordering="slug")
    def about(self, correction: Correction) -> str:
        return str(correction)

    @admin.display(description=gettext_lazy("what is wrong"))
    def said(self, correction: Correction) -> str:
        return Truncator(correction.wrong).chars(90)

    @admin.display(description=gettext_lazy("Then and now"))
    def compared(self, correction: Correction) -> str:
        return render_to_string("admin/parts/correction_beside.html", {"beside": beside(correction)})

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        """Decides; nothing else of a correction can be changed."""
        decide = accept if form.cleaned_data["decision"] == "accept" else decline
        decide(Correction.objects.get(pk=obj.pk), by=request.user, answer=form.cleaned_data["answer"])

    @admin.action(description=gettext_lazy("Delete the e-mail addresses"), permissions=["change"])
    def forget_addresses(self, request: HttpRequest, queryset: QuerySet[Correction]) -> None:
        count = queryset.filter(status=CorrectionStatus.WAITING).exclude(email="").update(email="")
        said = ngettext(
            "%(count)s e-mail address is deleted.", "%(count)s e-mail addresses are deleted.", count
        )
        messages.success(request, said % {"count": count})


@admin.register(ClassSet)
class ClassSetAdmin(ByRight):
    """Sets that readers made. Nobody changes one; what is misused is deleted."""

    list_display = ("title", "code", "language", "made_at")
    search_fields = ("title", "note", "code")
    fields = ("title", "note", "language", "made_at", "code", "events_in_order")
    readonly_fields = ("made_at", "code", "events_in_order")

    @admin.display(description=gettext_lazy("events"))
    def events_in_order(self, class_set: ClassSet) -> str:
        return " → ".join(class_set.events.values_list("slug", flat=True))
