"""EditedTogether: a form that was opened before somebody else saved is never saved over theirs.

The record is locked before its newest revision is looked at, so nobody can save between the look and the
save. If there is a newer revision than the form was opened at, three documents are put together: the state
the form was opened in, what is saved now, and what was typed. What cannot be put together is asked.
"""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cubaru.core.admin.conflict_pages import Asked, conflict_page
from cubaru.core.admin.curators import joined_names, savers_since
from cubaru.core.admin.keeping import tell_browser
from cubaru.core.admin.meetings import Meeting, read_meeting
from cubaru.core.admin.opened import OPENED, Opened, newest_number, opened_now, read_opened
from cubaru.core.admin.presence_pages import others_at, presence_url
from cubaru.core.admin.preview_pages import PREVIEW_BUTTON
from cubaru.core.admin.typed import typed
from cubaru.core.differences import differences
from cubaru.core.documents import Document, DocumentError, apply_document, kind_named, to_document
from cubaru.core.history import recording
from cubaru.core.languages import current_language
from cubaru.core.models import Record
from cubaru.core.restoring import absent, as_it_can_be, may_restore
from cubaru.core.roles import record_of

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin

Save = Callable[[], HttpResponse]


class EditedTogether(ModelAdmin):
    """For the admins of records, and of parts with a form of their own."""

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        answer = super().changeform_view(request, *args, **kwargs)
        if getattr(request, "was_saved", False) and answer.status_code == HTTPStatus.FOUND:
            tell_browser(request, answer)
        return answer

    def response_add(self, request: HttpRequest, obj: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        request.was_saved = True  # type: ignore[attr-defined]
        return super().response_add(request, obj, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        request.was_saved = True  # type: ignore[attr-defined]
        return super().response_change(request, obj)

    def _changeform_view(
        self, request: HttpRequest, object_id: str | None, form_url: str, extra_context: Any
    ) -> HttpResponse:
        def show_or_save() -> Any:
            return super(EditedTogether, self)._changeform_view(  # type: ignore[misc]
                request, object_id, form_url, extra_context
            )

        if object_id is None or PREVIEW_BUTTON in request.POST:
            return show_or_save()  # type: ignore[no-any-return]
        if request.method != "POST":
            record = record_of(self.get_object(request, unquote(object_id)))
            # Asked before the form reads anything: a save in between is then noticed later, not missed.
            request.opened = opened_now(record) if record else None  # type: ignore[attr-defined]
            return show_or_save()  # type: ignore[no-any-return]
        return self._save_together(request, unquote(object_id), show_or_save)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        opened = getattr(request, "opened", None) or read_opened(request.POST.get(OPENED, ""))
        context["opened"] = opened.signed() if opened else ""
        context["keep_key"] = f"{opened.kind}/{opened.record_id}" if opened else f"{self.opts.model_name}/new"
        context["keep_number"] = opened.number if opened else 0
        if opened and request.user.is_authenticated:
            context["presence"] = others_at(opened.kind, opened.record_id, request.user)
            context["presence_url"] = presence_url(opened.kind, opened.record_id)
        return super().render_change_form(request, context, *args, **kwargs)

    def _save_together(self, request: HttpRequest, key: str, save: Save) -> HttpResponse:
        meeting = read_meeting(request)
        opened = meeting.opened if meeting else read_opened(request.POST.get(OPENED, ""))
        if opened is None or not self._is_of(opened, key):
            record = record_of(self.get_object(request, key))
            if record is None:
                return save()
            request.opened = opened_now(record)  # type: ignore[attr-defined]
            return _refused(
                request,
                save,
                _("This form does not say in what state of the record it was opened. Look whether what you "
                  "typed still fits, and save again."),
            )  # fmt: skip
        theirs = _locked(opened)
        if theirs is not None and not self.has_change_permission(request, self.get_object(request, key)):
            raise PermissionDenied
        if meeting is not None:
            return self._meet(request, key, meeting, theirs)
        if theirs is not None and newest_number(opened.kind, opened.record_id) == opened.number:
            return save()
        return self._read_and_meet(request, key, opened, theirs, save)

    def _is_of(self, opened: Opened, key: str) -> bool:
        """Whether the form was opened for the row of this page."""
        if not key.isdecimal():
            return False
        if issubclass(self.model, Record):
            return (opened.kind, opened.record_id) == (self.model.record_kind, int(key))
        return int(key) in opened.rows.get(self.model._meta.label_lower, [])

    def _read_and_meet(
        self, request: HttpRequest, key: str, opened: Opened, theirs: Record | None, save: Save
    ) -> HttpResponse:
        """Reads what was typed, and puts it together with what is saved now."""
        posted, held = request.POST.copy(), list(getattr(request, "held_messages", []))

        # How it was to be saved is for afterwards: a step of the workflow would be taken twice.
        buttons = {name for name in posted if name.startswith("_")}

        def save_once() -> HttpResponse:
            begin_again(request, posted, without=buttons)
            answer = save()
            row = self.model._base_manager.filter(pk=key).first()
            if answer.status_code == HTTPStatus.FOUND and _key_of(record_of(row)) != _key_of(opened):
                raise DocumentError("", _("it belongs to another record now"))
            return answer

        try:
            found = typed(opened, save_once)
        except DocumentError as error:
            return _refused(
                request,
                save,
                _("The record was saved by somebody else, and what you typed cannot be put together with it: "
                  "%(reason)s.") % {"reason": error.message.rstrip(".")},
            )  # fmt: skip
        request.held_messages = held  # type: ignore[attr-defined]
        if found.mine is None:
            return found.answer
        begin_again(request, posted)
        meeting = Meeting(opened, found.mine)
        try:
            return self._meet(request, key, meeting, theirs)
        except CannotStandError as error:
            # The form says what is wrong, and everything typed stays in it.
            request.refusal = ValidationError(error.message)  # type: ignore[attr-defined]
            return typed(opened, save_once).answer

    def _meet(self, request: HttpRequest, key: str, meeting: Meeting, theirs: Record | None) -> HttpResponse:
        """Saves what was typed together with what is saved now, or asks what is to stand.

        Raises CannotStandError, for a form that can say it, if together they break a rule.
        """
        kind = kind_named(meeting.opened.kind)
        saved = to_document(theirs) if theirs is not None else None
        merged = meeting.merged(saved)
        row = self.get_object(request, key) if theirs is not None else None
        if saved is None:
            may = self._may_bring_back(request, meeting)
            if not (may and meeting.brings_back):
                return conflict_page(self, request, Asked(meeting, None, None, may_bring_back=may))
        if merged.conflicts:
            return conflict_page(self, request, Asked(meeting, saved, row))
        wanted = as_it_can_be(kind, merged.document)
        try:
            record, _state = apply_document(wanted.document, theirs or absent(kind, meeting.opened.record_id))
        except DocumentError as error:
            if not meeting.is_answered:
                raise CannotStandError(str(error)) from error
            return conflict_page(self, request, Asked(meeting, saved, row, fault=str(error)))
        with recording() as changes:
            changes.minor = changes.minor or bool(request.POST.get("minor"))
        for sentence in wanted.losses:
            self.message_user(request, sentence, messages.WARNING)
        return self._saved_together(request, key, meeting, saved, record)

    def _may_bring_back(self, request: HttpRequest, meeting: Meeting) -> bool:
        kind = kind_named(meeting.opened.kind)
        return may_restore(request.user, kind, None, meeting.newest)  # type: ignore[arg-type]

    def _saved_together(
        self, request: HttpRequest, key: str, meeting: Meeting, before: Document | None, record: Record
    ) -> HttpResponse:
        kind = kind_named(record.record_kind)
        row = record if isinstance(record, self.model) else self.model._base_manager.filter(pk=key).first()
        names = joined_names(savers_since(meeting.opened), request.user)
        if before is None:
            said = _("“%(record)s” is back, with what you typed.") % {"record": record}
        else:
            said = _("While you had this record open it was saved by %(names)s: both changes are kept.") % {
                "names": names
            }
        self.message_user(request, said, messages.INFO)
        if row is None:
            return HttpResponseRedirect(
                reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
            )
        changed = differences(kind, before, to_document(record), current_language())
        fields = list(dict.fromkeys(difference.labels[0] for difference in changed))
        self.log_change(request, row, [{"changed": {"fields": fields}}])
        return self.response_change(request, row)


class CannotStandError(Exception):
    """What was typed and what is saved now agree field by field, and yet break a rule together."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def begin_again(request: HttpRequest, posted: Any, *, without: Iterable[str] = ()) -> None:
    """Gives a request, of which a form was made already, what was posted once more."""
    fields = posted.copy()  # the formsets counted their rows anew in the other one
    for name in without:
        del fields[name]
    request.POST = fields
    for name in request.FILES:
        for file in request.FILES.getlist(name):
            file.seek(0)


def _refused(request: HttpRequest, save: Save, sentence: str) -> HttpResponse:
    """The form again, with everything typed and the sentence above it."""
    request.refusal = ValidationError(sentence)  # type: ignore[attr-defined]
    return save()


def _locked(opened: Opened) -> Record | None:
    """The record as it is saved now; nobody changes it before this transaction ends."""
    model = kind_named(opened.kind).model
    return model._base_manager.select_for_update(no_key=True).filter(pk=opened.record_id).first()


def _key_of(of: Record | Opened | None) -> tuple[str, int] | None:
    if isinstance(of, Record):
        return of.record_kind, of.pk
    return (of.kind, of.record_id) if of else None
