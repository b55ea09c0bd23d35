"""Actions on the records chosen in a list. Each record is a change of its own, and what was done is told."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected as delete_selected_of_django
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cubaru.core.admin.rules import told_by_database
from cubaru.core.history import recording
from cubaru.core.models import Record
from cubaru.core.roles import may
from cubaru.core.workflow import PUBLISH, SEND_BACK, SUBMIT, WITHDRAW, Way, hindrance

Action = Callable[[Any, HttpRequest, Any], Any]

#: So many records are named on the page that asks; the rest are counted.
MOST_NAMED = 50


def step_action(way: Way, description: Any) -> Action:
    """The action that takes a step with every chosen record, after asking for the note."""

    def act(modeladmin: Any, request: HttpRequest, queryset: Any) -> Any:
        records = list(queryset.order_by("pk"))
        ready = [record for record in records if not refusal(way, record, request)]
        if request.POST.get("post"):
            note = request.POST.get("note", "").strip()
            if way.needs_note and not note:
                return _ask(
                    modeladmin, request, way, records, [_("Say in a note why, for those who wrote it.")]
                )
            _take_all(modeladmin, request, way, records, note)
            return None
        if not ready:
            _take_all(modeladmin, request, way, records, "")  # tells why of each
            return None
        return _ask(modeladmin, request, way, records, [])

    act.__name__ = str(way.right)
    return admin.action(description=description)(act)


submit = step_action(SUBMIT, gettext_lazy("Submit selected %(verbose_name_plural)s for review"))
send_back = step_action(SEND_BACK, gettext_lazy("Send selected %(verbose_name_plural)s back"))
publish = step_action(PUBLISH, gettext_lazy("Publish selected %(verbose_name_plural)s"))
withdraw = step_action(WITHDRAW, gettext_lazy("Withdraw selected %(verbose_name_plural)s"))


def refusal(way: Way, record: Record, request: HttpRequest) -> str:
    """Why this curator cannot take the step with this record; "" if nothing is known against it."""
    user: Any = request.user
    if reason := hindrance(way, record, by=user):
        return reason
    return "" if may(user, way.right, record) else _("You have no right to do this.")


def _ask(modeladmin: Any, request: HttpRequest, way: Way, records: list[Record], faults: list[str]) -> Any:
    refused = [(record, reason) for record in records if (reason := refusal(way, record, request))]
    ready = [record for record in records if record not in {one for one, _reason in refused}]
    context = {
        "records": ready[:MOST_NAMED],
        "more": max(0, len(ready) - MOST_NAMED),
        "count": len(ready),
        "refused": refused[:MOST_NAMED],
        "faults": faults,
        "note": request.POST.get("note", ""),
        "action": str(way.right),
        "chosen": [(ACTION_CHECKBOX_NAME, record.pk) for record in records],
        "back": request.get_full_path(),
    }
    return modeladmin.step_page(request, way, context)


def _take_all(modeladmin: Any, request: HttpRequest, way: Way, records: list[Record], note: str) -> None:
    """Each record for itself; what was refused is told one by one, what was done as a number."""
    count, refused = 0, list[str]()
    for record in records:
        try:
            modeladmin.take_step(request, way, record, note)
        except PermissionDenied:
            reason = _("You have no right to do this.")
        except (ValidationError, IntegrityError) as error:
            told = error if isinstance(error, ValidationError) else told_by_database(error)
            reason = " ".join(told.messages)
        else:
            count += 1
            continue
        refused.append(_("“%(record)s” was left as it is: %(reason)s") % {"record": record, "reason": reason})
    for sentence in refused[:MOST_NAMED]:
        modeladmin.message_user(request, sentence, messages.ERROR)
    if (more := len(refused) - MOST_NAMED) > 0:
        sentence = ngettext(
            "%(count)d more record was left as it is.", "%(count)d more records were left as they are.", more
        )
        modeladmin.message_user(request, sentence % {"count": more}, messages.ERROR)
    if count:
        modeladmin.message_user(request, _told(way, count), messages.SUCCESS)


def _told(way: Way, count: int) -> str:
    if way is SUBMIT:
        sentence = ngettext("%(count)d record is in review.", "%(count)d records are in review.", count)
    elif way is SEND_BACK:
        sentence = ngettext(
            "%(count)d record is a draft again.", "%(count)d records are drafts again.", count
        )
    elif way is PUBLISH:
        sentence = ngettext("%(count)d record was published.", "%(count)d records were published.", count)
    else:
        sentence = ngettext("%(count)d record was withdrawn.", "%(count)d records were withdrawn.", count)
    return sentence % {"count": count}


@admin.action(description=gettext_lazy("Delete selected %(verbose_name_plural)s"), permissions=["delete"])
def delete_selected(modeladmin: Any, request: HttpRequest, queryset: Any) -> Any:
    """Django's own action, with its confirmation; what is published is refused."""
    published = queryset.published().count()
    if published:
        modeladmin.message_user(
            request,
            ngettext(
                "Nothing was deleted: %(count)d chosen record is published and can only be withdrawn.",
                "Nothing was deleted: %(count)d chosen records are published and can only be withdrawn.",
                published,
            )
            % {"count": published},
            messages.ERROR,
        )
        return None
    with recording(by=request.user if request.user.is_authenticated else None):
        return delete_selected_of_django(modeladmin, request, queryset)
