"""Stepped: the steps of a record's way, taken from its form, from a page of their own, or from a list."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from cubaru.core.admin.by_role import ByRole
from cubaru.core.models import Record, Status
from cubaru.core.models.step import LONGEST_NOTE
from cubaru.core.roles import Right, may
from cubaru.core.workflow import WAYS, Way, hindrance, starts, steps_of, take, ways_from

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin

#: The name of the buttons of the form; their values are names of steps.
STEP_BUTTON = "_step"


@dataclass(frozen=True)
class Button:
    """A step that is offered: as a button of the form, which is saved first, or as a link to a page."""

    way: Way
    url: str
    is_link: bool
    #: Why it cannot be taken now.
    hindrance: str = ""


class Stepped(ByRole):
    """The admin of records that take steps. The status is never typed."""

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*super().get_readonly_fields(request, obj), "status")

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.step_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_step"
        return [path("<path:object_id>/step/<slug:step>/", view, name=name), *super().get_urls()]

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions: dict[str, Any] = super().get_actions(request)
        return {
            name: action
            for name, action in actions.items()
            if name not in WAYS or may(request.user, WAYS[name].right, self.model)
        }

    # On the form -----------------------------------------------------------------------------------

    def way_of(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        found = super().way_of(request, row)
        if row is None:
            may_submit = may(request.user, Right.SUBMIT, self.model)
            buttons = [Button(WAYS["submit"], "", is_link=False)] if may_submit else []
        else:
            buttons = list(self._buttons(request.user, row))
            found["last_step"] = steps_of(row).last()
        has_note = any(not button.is_link and not button.hindrance for button in buttons)
        return {**found, "buttons": buttons, "has_note": has_note, "longest_note": LONGEST_NOTE}

    def _buttons(self, user: Any, record: Record) -> Iterator[Button]:
        # Withdrawing is not the moment to publish what else was typed.
        is_link = record.is_published or not may(user, Right.CHANGE, record)
        for way in ways_from(record, user):
            yield Button(way, self.step_url(record, way), is_link, hindrance(way, record, by=user))

    def response_add(self, request: HttpRequest, obj: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._step_after_save(request, obj) or super().response_add(request, obj, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return self._step_after_save(request, obj) or super().response_change(request, obj)

    def _step_after_save(self, request: HttpRequest, record: Record) -> HttpResponse | None:
        """The step whose button has saved the form, in the same change. Raises WorkflowError."""
        way = WAYS.get(request.POST.get(STEP_BUTTON, ""))
        if way is None:
            return None
        note = request.POST.get("note", "").strip()
        if way.is_public:
            query = f"?{urlencode({'note': note})}" if note else ""
            return HttpResponseRedirect(self.step_url(record, way) + query)
        self.take_step(request, way, record, note)
        self.message_user(request, done(way, record), messages.SUCCESS)
        return HttpResponseRedirect(self.form_url_of(record))

    # On a page of its own --------------------------------------------------------------------------

    def step_view(self, request: HttpRequest, object_id: str, step: str) -> HttpResponse:
        """Asks for the note, says what readers will notice, and takes the step."""
        way, record = WAYS.get(step), self.get_object(request, object_id)
        if way is None or record is None:
            raise Http404
        user: Any = request.user
        if record.status in starts(way) and not may(user, way.right, record):
            raise PermissionDenied
        faults = [reason] if (reason := hindrance(way, record, by=user)) else []
        note = request.POST.get("note", request.GET.get("note", ""))
        if request.method == "POST" and not faults:
            try:
                self.take_step(request, way, record, note)
            except ValidationError as error:
                faults = error.messages
            else:
                self.message_user(request, done(way, record), messages.SUCCESS)
                return HttpResponseRedirect(self.form_url_of(record))
        context = {
            "records": [] if reason else [record],
            "faults": faults,
            "note": note,
            "back": self.form_url_of(record),
            "original": record,
        }
        return self.step_page(request, way, context)

    def step_page(self, request: HttpRequest, way: Way, context: dict[str, Any]) -> TemplateResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": way.title,
            "opts": self.opts,
            "media": self.media,
            "way": way,
            "longest_note": LONGEST_NOTE,
            **context,
        }
        return TemplateResponse(request, "admin/workflow_step.html", context)

    def take_step(self, request: HttpRequest, way: Way, record: Record, note: str) -> None:
        """Takes the step and keeps it among what Django's admin logs. Raises as `workflow.take`."""
        user: Any = request.user
        take(way, record, by=user, note=note)
        self.log_change(
            request, record, [{"changed": {"fields": [str(record._meta.get_field("status").verbose_name)]}}]
        )

    def step_url(self, record: Record, way: Way) -> str:
        return self._url("step", record.pk, str(way.right))

    def form_url_of(self, record: Record) -> str:
        return self._url("change", record.pk)

    def _url(self, view: str, *args: Any) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_{view}"
        return reverse(name, args=args, current_app=self.admin_site.name)


def done(way: Way, record: Record) -> str:
    """What is said of a step that was taken."""
    sentences = {
        Status.IN_REVIEW: _("“%(record)s” is in review: an editor will answer."),
        Status.DRAFT: _("“%(record)s” is a draft again."),
        Status.PUBLISHED: _("“%(record)s” is published: readers see it."),
        Status.WITHDRAWN: _("“%(record)s” is withdrawn: readers are told so at its address."),
    }
    return sentences[way.after] % {"record": record}
