"""Translations in the form of a record: which are behind their originals, and that one is still right."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from cubaru.core.admin.columns import LANGUAGE_NAMES
from cubaru.core.document_places import field_id, words_for
from cubaru.core.documents import kind_named
from cubaru.core.history import recording
from cubaru.core.models import Record, TranslationState
from cubaru.core.roles import Right, may
from cubaru.core.wording_decisions import Place, confirm, stale_places, state_of

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = object

#: The name of the boxes that say that a translation is still right.
STILL_RIGHT = "still_right"


@dataclass(frozen=True)
class Behind:
    """A stale translation: what it is called, its field in the form, since when, and its box."""

    label: str
    language: str
    field_id: str
    since: datetime
    value: str
    is_ticked: bool = False


class TranslatedForm(ModelAdmin):
    """Stands left of ModelAdmin: tells of stale translations, and takes what is said of them."""

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        record = context.get("original")
        if isinstance(record, Record):
            state = state_of(record)
            ticked = request.POST.getlist(STILL_RIGHT)
            context["behind"] = list(behind_of(state, ticked)) if state else []
            context["translations_url"] = reverse(
                "admin:record_translations", args=[record.record_kind, record.pk]
            )
            context["may_confirm"] = may(request.user, Right.CHANGE, record)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        with recording() as changes:
            changes.minor = changes.minor or bool(form.cleaned_data.get("minor"))
            if isinstance(form.instance, Record) and change:
                confirm_ticked(request, form.instance)
            super().save_related(request, form, formsets, change)


def behind_of(state: TranslationState, ticked: list[str]) -> Iterator[Behind]:
    kind = kind_named(state.kind)
    for at, language in stale_places(state):
        value = f"{language}:{at}"
        yield Behind(
            words_for(kind, at),
            str(LANGUAGE_NAMES[language]),
            field_id(kind, at, language),
            datetime.fromisoformat(state.texts[at]["stale"][language]["since"]),
            value,
            value in ticked,
        )


def confirm_ticked(request: HttpRequest, record: Record) -> list[Place]:
    """Confirms the translations whose boxes are ticked, for who may change the record; returns which."""
    ticked = [value.partition(":") for value in request.POST.getlist(STILL_RIGHT)]
    if not ticked or not may(request.user, Right.CHANGE, record):
        return []
    confirmed = confirm(record, [(at, language) for language, _colon, at in ticked])
    log_confirmed(request, record, confirmed)
    return confirmed


def log_confirmed(request: HttpRequest, record: Record, confirmed: list[Place]) -> None:
    """Keeps in the desk's own log who said that translations are right: the record itself did not change."""
    if not confirmed:
        return
    kind = kind_named(record.record_kind)
    texts = ", ".join(f"{words_for(kind, at)} ({language.upper()})" for at, language in confirmed)
    user: Any = request.user
    LogEntry.objects.log_actions(
        user.pk,
        [record],
        CHANGE,
        change_message=_("Translations are still right: %(texts)s.") % {"texts": texts},
    )
