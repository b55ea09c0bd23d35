"""The history of a record at the desk: its revisions, any two compared, one seen, one gone back to.

Also the records that are deleted, each to be brought back as it was.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cubaru.core.admin.curators import name_of
from cubaru.core.comparing import Difference
from cubaru.core.differences import DeskReader, differences, labelled
from cubaru.core.documents import Document, DocumentError, RecordKind, kind_named, kinds, to_document
from cubaru.core.languages import current_language
from cubaru.core.models import Record, Revision, Step
from cubaru.core.proposals import propose
from cubaru.core.reading import Entry
from cubaru.core.restoring import (
    as_it_can_be,
    deleted_records,
    may_restore,
    restore,
    title_of,
)
from cubaru.core.roles import Right, may, record_of
from cubaru.core.workflow import steps_of

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin

#: So many revisions, or deleted records, stand on a page.
ON_A_PAGE: Final = 100


@dataclass(frozen=True)
class Line:
    """A revision in the list, with the steps of the workflow that it is the outcome of."""

    revision: Revision
    who: str
    what: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Comparison:
    older: Revision
    newer: Revision
    differences: list[Difference]


class WithHistory(ModelAdmin):
    """Gives the admin of a kind of record, or of a part with a form, the pages of the history."""

    def get_urls(self) -> list[Any]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_revision"
        view = self.admin_site.admin_view(self.revision_view)
        return [path("<path:object_id>/history/<int:number>/", view, name=name), *super().get_urls()]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        record = self._record_at(request, object_id)
        if not isinstance(record, self.model):
            return HttpResponseRedirect(_page("history", record, record.pk))
        kind = kind_named(record.record_kind)
        page = Paginator(_revisions(kind, record.pk), ON_A_PAGE).get_page(request.GET.get("p"))
        context = self._context(request, record) | {
            "title": _("History"),
            "lines": list(_lines(record, list(page))),
            "page": page,
            "comparison": _comparison(request, kind, record.pk),
        }
        return TemplateResponse(request, "admin/history.html", context | (extra_context or {}))

    def revision_view(self, request: HttpRequest, object_id: str, number: int) -> HttpResponse:
        """One revision; by POST the record goes back to it, or a contributor proposes that it does."""
        record = self._record_at(request, object_id)
        if not isinstance(record, self.model):
            return HttpResponseRedirect(_page("revision", record, record.pk, number))
        kind = kind_named(record.record_kind)
        revision = _revisions(kind, record.pk).filter(number=number).first()
        if revision is None:
            raise Http404(_("There is no such revision."))
        if request.method == "POST" and (done := self._go_back(request, record, revision)):
            return done
        newest = _revisions(kind, record.pk).first()
        assert newest is not None, "a record that is there has a revision"
        wanted = as_it_can_be(kind, revision.document, with_files=True)
        document = wanted.document | {"status": str(record.status)}
        context = self._context(request, record) | {
            "title": _("Revision %(number)d") % {"number": number},
            "line": next(_lines(record, [revision])),
            "newest": newest,
            "entries": _read(kind, revision.document),
            "losses": wanted.losses,
            "changes": differences(kind, to_document(record), document, current_language()),
            "may_go_back": may_restore(request.user, kind, record, newest),  # type: ignore[arg-type]
            "may_propose": may(request.user, Right.PROPOSE, record),
            "why": request.POST.get("why") or _("Back to revision %(number)d") % {"number": number},
        }
        return TemplateResponse(request, "admin/revision.html", context)

    def _go_back(self, request: HttpRequest, record: Record, revision: Revision) -> HttpResponse | None:
        """None if it cannot be; the reason is then a message."""
        user, why = request.user, request.POST.get("why", "").strip()
        assert user.is_authenticated
        try:
            if "propose" in request.POST:
                kind = kind_named(revision.kind)
                document = as_it_can_be(kind, revision.document, with_files=True).document
                proposal = propose(record, document | {"status": str(record.status)}, by=user, note=why)
                return HttpResponseRedirect(reverse("admin:proposal", args=[proposal.pk]))
            newest = int(request.POST.get("newest") or 0)
            restored = restore(revision, by=user, why=why, newest=newest)
        except (ValidationError, DocumentError, ValueError) as error:
            said = error.messages if isinstance(error, ValidationError) else [str(error)]
            self.message_user(request, " ".join(said), messages.ERROR)
            return None
        self.message_user(
            request,
            _("“%(record)s” is as it was at revision %(number)d.")
            % {"record": restored.record, "number": revision.number},
            messages.SUCCESS,
        )
        for sentence in restored.losses:
            self.message_user(request, sentence, messages.WARNING)
        return HttpResponseRedirect(_page("history", restored.record, restored.record.pk))

    def _record_at(self, request: HttpRequest, object_id: str) -> Record:
        """The record whose history it is. Raises Http404, or PermissionDenied."""
        row = self.get_object(request, unquote(object_id))
        record = record_of(row)
        if record is None:
            raise Http404(_("There is no such record; it may have been deleted."))
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        return record

    def _context(self, request: HttpRequest, record: Record) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": record,
            "subtitle": str(record),
            "has_view_permission": True,
        }


def deleted_list(request: HttpRequest) -> HttpResponse:
    """The records that are deleted, the latest first, of one kind or of all."""
    visible = [kind for kind in kinds() if may(request.user, Right.VIEW, kind.model)]
    chosen = next((kind for kind in visible if kind.name == request.GET.get("kind")), None)
    deleted = deleted_records(*([chosen] if chosen else visible))
    page = Paginator(deleted, ON_A_PAGE).get_page(request.GET.get("p"))
    context = {
        **admin.site.each_context(request),
        "title": _("Deleted records"),
        "kinds": [(kind.name, capfirst(kind.model._meta.verbose_name_plural)) for kind in visible],
        "chosen": chosen.name if chosen else "",
        "page": page,
        "page_query": f"kind={chosen.name}&" if chosen else "",
        "rows": [
            (
                revision,
                kind_named(revision.kind).model._meta.verbose_name,
                title_of(revision.document),
                name_of(revision.saved_by),
            )
            for revision in page
        ],
    }
    return TemplateResponse(request, "admin/deleted.html", context)


def deleted_record(request: HttpRequest, kind: str, record_id: int) -> HttpResponse:
    """A deleted record as it was; by POST it comes back."""
    try:
        of_kind = kind_named(kind)
    except DocumentError:
        raise Http404 from None
    if not may(request.user, Right.VIEW, of_kind.model):
        raise PermissionDenied
    revision = deleted_records(of_kind).filter(record_id=record_id).first()
    if revision is None:
        if of_kind.model._base_manager.filter(pk=record_id).exists():  # somebody was faster
            return HttpResponseRedirect(_page("change", of_kind.model, record_id))
        raise Http404(_("There is no such deleted record."))
    if request.method == "POST" and (done := _bring_back(request, revision)):
        return done
    wanted = as_it_can_be(of_kind, revision.document, with_files=True)
    context = {
        **admin.site.each_context(request),
        "title": _("Deleted record"),
        "kind": of_kind,
        "name": title_of(revision.document),
        "revision": revision,
        "who": name_of(revision.saved_by),
        "entries": _read(of_kind, revision.document),
        "losses": wanted.losses,
        "may_bring_back": may_restore(request.user, of_kind, None, revision),  # type: ignore[arg-type]
        "why": request.POST.get("why", ""),
    }
    return TemplateResponse(request, "admin/deleted_record.html", context)


def _bring_back(request: HttpRequest, revision: Revision) -> HttpResponse | None:
    assert request.user.is_authenticated
    why = request.POST.get("why", "").strip() or _("Brought back")
    try:
        restored = restore(revision, by=request.user, why=why, newest=revision.number)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return None
    messages.success(request, _("“%(record)s” is back.") % {"record": restored.record})
    for sentence in restored.losses:
        messages.warning(request, sentence)
    return HttpResponseRedirect(_page("change", restored.record, restored.record.pk))


def _revisions(kind: RecordKind, record_id: int) -> Any:
    revisions = Revision.objects.filter(kind=kind.name, record_id=record_id)
    return revisions.select_related("saved_by").order_by("-number")


def _lines(record: Record, revisions: list[Revision]) -> Iterator[Line]:
    """The revisions, newest first as given. A step belongs to the first revision after it."""
    steps, times = list(steps_of(record)), _times(record)
    for revision in revisions:
        place = times.index(revision.saved_at)
        before = times[place - 1] if place else datetime.min.replace(tzinfo=UTC)
        own = tuple(step for step in steps if before < step.at <= revision.saved_at)
        yield Line(revision, name_of(revision.saved_by), _what(revision), own)


def _times(record: Record) -> list[datetime]:
    revisions = _revisions(kind_named(record.record_kind), record.pk)
    return list(revisions.order_by("number").values_list("saved_at", flat=True))


def _what(revision: Revision) -> str:
    if revision.is_deletion:
        return _("deleted")
    return _("made") if revision.number == 1 else _("changed")


def _read(kind: RecordKind, document: Document) -> list[Entry]:
    (known,) = labelled(kind, [document])
    reader = DeskReader(kind, known, current_language())
    return [*reader.head(), *reader.entries()]


def _comparison(request: HttpRequest, kind: RecordKind, record_id: int) -> Comparison | None:
    """The comparison of the two revisions that the address names, the older one first."""
    asked = [request.GET.get(name, "") for name in ("from", "to")]
    numbers = sorted(int(number) for number in asked if number.isdecimal())
    if len(numbers) != len(asked):
        return None
    found = {one.number: one for one in _revisions(kind, record_id).filter(number__in=numbers)}
    if any(number not in found for number in numbers):
        messages.error(request, _("There is no such revision."))
        return None
    older, newer = (found[number] for number in numbers)
    language = current_language()
    return Comparison(older, newer, differences(kind, older.document, newer.document, language))


def _page(name: str, of: Record | type[Record], *args: int) -> str:
    return reverse(f"admin:{of._meta.app_label}_{of._meta.model_name}_{name}", args=args)
