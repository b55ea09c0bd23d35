"""Actions on the records chosen in a list. Each record is a change of its own, and what was done is told."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected as delete_selected_of_django
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cubaru.core.admin.rules import told_by_database
from cubaru.core.history import recording
from cubaru.core.models import Record, Status


@admin.action(description=gettext_lazy("Publish selected %(verbose_name_plural)s"), permissions=["change"])
def publish(modeladmin: Any, request: HttpRequest, queryset: Any) -> None:
    done, same = _set_status(modeladmin, request, queryset, Status.PUBLISHED)
    if done:
        modeladmin.message_user(
            request,
            ngettext("%(count)d record was published.", "%(count)d records were published.", done)
            % {"count": done},
            messages.SUCCESS,
        )
    if same:
        modeladmin.message_user(
            request,
            ngettext(
                "%(count)d record was published already.", "%(count)d records were published already.", same
            )
            % {"count": same},
        )


@admin.action(
    description=gettext_lazy("Return selected %(verbose_name_plural)s to draft"), permissions=["change"]
)
def return_to_draft(modeladmin: Any, request: HttpRequest, queryset: Any) -> None:
    done, same = _set_status(modeladmin, request, queryset, Status.DRAFT)
    if done:
        modeladmin.message_user(
            request,
            ngettext(
                "%(count)d record is a draft again; readers no longer see it.",
                "%(count)d records are drafts again; readers no longer see them.",
                done,
            )
            % {"count": done},
            messages.SUCCESS,
        )
    if same:
        modeladmin.message_user(
            request,
            ngettext("%(count)d record was a draft already.", "%(count)d records were drafts already.", same)
            % {"count": same},
        )


def _set_status(modeladmin: Any, request: HttpRequest, queryset: Any, status: Status) -> tuple[int, int]:
    """How many records got the status, and how many had it; what was refused is told one by one."""
    done = same = 0
    for record in queryset.order_by("pk").iterator(chunk_size=500):
        if record.status == status:
            same += 1
            continue
        try:
            _change_status(record, status, request)
        except (ValidationError, IntegrityError) as error:
            told = error if isinstance(error, ValidationError) else told_by_database(error)
            modeladmin.message_user(
                request,
                _("“%(record)s” was left as it is: %(reason)s")
                % {"record": record, "reason": " ".join(told.messages)},
                messages.ERROR,
            )
            continue
        modeladmin.log_change(request, record, [{"changed": {"fields": [str(_("status"))]}}])
        done += 1
    return done, same


def _change_status(record: Record, status: Status, request: HttpRequest) -> None:
    with recording(by=request.user if request.user.is_authenticated else None):
        record.status = status
        record.save(update_fields=["status"])


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
