"""ByRole: what a curator may do at the desk, and what is only proposed when they do it."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cubaru.core.documents import Document, kind_named, to_document
from cubaru.core.history import Changes
from cubaru.core.models import Record
from cubaru.core.models.step import LONGEST_NOTE
from cubaru.core.proposals import propose, waiting_for
from cubaru.core.roles import Right, may, record_of

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin

#: The button with which an editor proposes what they could also save.
PROPOSE_BUTTON = "_propose"


#: What Django's row of buttons asks before it shows one that saves.
_SAVE_BUTTONS = ("show_save", "show_save_and_continue", "show_save_and_add_another")


class OnlyProposed(Exception):  # noqa: N818 (nothing went wrong)
    """Undoes a save whose outcome is to be a proposal: the document that the record would have had."""

    def __init__(self, record: Record, document: Document, *, minor: bool) -> None:
        super().__init__(str(record))
        self.record, self.document, self.minor = record, document, minor


class ByRole(ModelAdmin):
    """Asks `may` for every right.

    The form of a published record is open to whoever may propose changes. What they save is read as a
    document, undone, and kept as a proposal.
    """

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request.user, Right.VIEW, obj or self.model)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return may(request.user, Right.ADD, self.model)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        target = obj or self.model
        return may(request.user, Right.CHANGE, target) or may(request.user, Right.PROPOSE, target)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request.user, Right.DELETE, obj or self.model)

    def only_proposes(self, request: HttpRequest, obj: Any) -> bool:
        """Whether the form of this row makes a proposal, whatever button is pressed."""
        return (
            obj is not None
            and may(request.user, Right.PROPOSE, obj)
            and not may(request.user, Right.CHANGE, obj)
        )

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        row = kwargs.get("obj")
        context["workflow"] = self.way_of(request, row)
        if self.only_proposes(request, row):
            # One button is left, in words of its own.
            context.update(dict.fromkeys(_SAVE_BUTTONS, False))
        return super().render_change_form(request, context, *args, **kwargs)

    def way_of(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """What the form says about where its record stands, and what it offers; None is a new row."""
        record = record_of(row)
        if record is None:
            return {}
        user: Any = request.user
        answers = may(user, Right.ANSWER, record)
        return {
            "record": record,
            "only_proposes": self.only_proposes(request, row),
            "may_propose": may(user, Right.CHANGE, row) and may(user, Right.PROPOSE, row),
            "proposals": [one for one in waiting_for(record) if answers or one.author_id == user.pk],
            "longest_note": LONGEST_NOTE,
        }

    def check_written(self, request: HttpRequest, changes: Changes) -> None:
        """Called when all is written and may still be undone.

        Raises OnlyProposed if it is to be a proposal; ValidationError if more was written than one record
        that may not be changed at once.
        """
        written = list(_records(changes))
        wants_proposal = PROPOSE_BUTTON in request.POST
        held_back = [
            record
            for record in written
            if not may(request.user, Right.CHANGE, record) or (wants_proposal and record.is_published)
        ]
        if not held_back:
            return
        record = held_back[0]
        if len(written) > 1 or not may(request.user, Right.PROPOSE, record):
            raise ValidationError(
                _("You may not change “%(record)s” in this way: open its own form.") % {"record": record}
            )
        document = to_document(record)
        for rule in kind_named(record.record_kind).rules:
            rule(document)
        raise OnlyProposed(record, document, minor=changes.minor)

    def keep_proposal(self, request: HttpRequest, proposed: OnlyProposed) -> HttpResponse:
        """Keeps what was saved and undone. Raises WorkflowError if it says nothing new."""
        note = request.POST.get("note", "").strip() or request.POST.get("why", "").strip()
        assert request.user.is_authenticated
        proposal = propose(
            proposed.record, proposed.document, by=request.user, note=note, minor=proposed.minor
        )
        messages.success(
            request,
            _("Your change to “%(record)s” is proposed. Readers see it once an editor has accepted it.")
            % {"record": proposed.record},
        )
        return HttpResponseRedirect(
            reverse("admin:proposal", args=[proposal.pk], current_app=self.admin_site.name)
        )


def _records(changes: Changes) -> Any:
    for name, ids in changes.touched.items():
        yield from kind_named(name).model._base_manager.filter(pk__in=ids)
