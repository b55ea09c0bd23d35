"""Imports at the desk: a file is given, its rows are looked at, applied, and undone as one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cubaru.core.admin.history import ReadOnlyAdmin
from cubaru.core.admin.import_form import ColumnsForm, UploadForm, may_import, tables_for
from cubaru.core.admin.rules import told_by_database
from cubaru.core.change_pairs import pairs_of
from cubaru.core.change_sets import Obstacle, apply, needs_another, obstacles, undo
from cubaru.core.comparing import Difference
from cubaru.core.comparing import differences as between
from cubaru.core.differences import DeskReader, labelled
from cubaru.core.documents import DocumentError, kind_named
from cubaru.core.importing import prepare, preview
from cubaru.core.languages import current_language
from cubaru.core.models import ChangeSet, ChangeSetRow, Purpose, RowState, Stage
from cubaru.core.restoring import title_of
from cubaru.core.roles import Right, may
from cubaru.core.tables.headings import title_of as title_of_column
from cubaru.core.tables.kinds import Table, table_named

ROWS_ON_A_PAGE = 50
#: What can go wrong when records are written, with a sentence for the curator.
REFUSALS = (ValidationError, IntegrityError, DocumentError)


@dataclass(frozen=True)
class ShownRow:
    """A row with what it changes, and where its record is edited."""

    row: ChangeSetRow
    title: str
    url: str
    differences: Sequence[Difference]
    #: The column, or the key, and what is wrong there.
    faults: list[tuple[str, str]]
    cells: list[tuple[str, str]]


def shown_rows(change_set: ChangeSet, rows: Sequence[ChangeSetRow], table: Table | None) -> list[ShownRow]:
    """The rows of one page; related records are asked for by what they are called all at once."""
    language = current_language()
    found: dict[int, Sequence[Difference]] = {}
    for name in {row.kind for row in rows if row.kind}:
        kind, of_kind = kind_named(name), [row for row in rows if row.kind == name]
        documents = labelled(kind, [side or {} for row in of_kind for side in (row.before, row.after)])
        for row, before, after in zip(of_kind, documents[::2], documents[1::2], strict=True):
            readers = (DeskReader(kind, document, language) for document in (before, after))
            found[row.pk] = between(*readers)
    return [_shown(change_set, row, found.get(row.pk, ()), table) for row in rows]


def _shown(
    change_set: ChangeSet, row: ChangeSetRow, differences: Sequence[Difference], table: Table | None
) -> ShownRow:
    document = row.after or row.before
    faults = [(_column_of(at, table), fault) for at, fault in faults_of(row)]
    return ShownRow(
        row, title_of(document) if document else "", _form_address(row), differences, faults,
        [pair for pair in zip(change_set.headings, row.cells, strict=False) if pair[1]],
    )  # fmt: skip


def faults_of(row: ChangeSetRow) -> list[list[str]]:
    """The keys and sentences in the curator's language; a row that was tried out long ago has only one."""
    faults: Any = row.faults.get(current_language(), [])
    return [faults] if faults and isinstance(faults[0], str) else list(faults)


def _column_of(at: str, table: Table | None) -> str:
    """The heading of the column in which the key stands, such as "date" for date.edtf; else the key."""
    path = at.split("[", maxsplit=1)[0]
    while table is not None and path:
        if column := table.column(path):
            return title_of_column(column)
        path = path.rpartition(".")[0]
    return at


def _form_address(row: ChangeSetRow) -> str:
    if not row.kind or row.record_id is None:
        return ""
    model = kind_named(row.kind).model
    if not model._base_manager.filter(pk=row.record_id).exists():
        return ""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[row.record_id])


@admin.register(ChangeSet)
class ChangeSetAdmin(ReadOnlyAdmin):
    """The list is Django's; the page of one, and that of a new import, are our own."""

    list_display = ("title", "what", "stage", "made_at", "made_by", "applied_at", "applied_by")
    list_filter = ("stage", "purpose")
    list_select_related = ("made_by", "applied_by")
    search_fields = ("title", "why")
    search_help_text = gettext_lazy("By file or reason.")
    #: What the button says that adds one.
    add_words = gettext_lazy("Import from a file")

    @admin.display(description=gettext_lazy("what"))
    def what(self, change_set: ChangeSet) -> str:
        return f"{change_set.get_purpose_display()}: {label_of(change_set)}"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(tables_for(request.user))

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> Any:
        return new_import(request, self)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        change_set: Any = self.get_object(request, object_id)
        if change_set is None:
            raise Http404(_("There is no such page."))
        if not self.has_view_permission(request, change_set):
            raise PermissionDenied
        return change_set_page(request, self, change_set)


def label_of(change_set: ChangeSet) -> str:
    """What the rows of the set are about, in the plural."""
    table = table_named(change_set.table)
    return table.label if table else change_set.table


def new_import(request: HttpRequest, desk: ChangeSetAdmin) -> HttpResponse:
    """A file is given; its rows are tried out, and shown on the page of the change-set."""
    chosen = tables_for(request.user)
    if not chosen:
        raise PermissionDenied
    if request.method == "POST":
        form = UploadForm(chosen, request.POST, request.FILES)
        if form.is_valid():
            user: Any = request.user
            name = form.cleaned_data["file"].name
            change_set = prepare(
                form.table_chosen, form.read, title=name[-200:], by=user, why=form.cleaned_data["why"]
            )
            return HttpResponseRedirect(_address(change_set))
    else:
        form = UploadForm(chosen, initial={"table": request.GET.get("table", "")})
    context = _context(request, desk, title=_("Import from a file"), form=form)
    return TemplateResponse(request, "admin/import.html", context)


def change_set_page(request: HttpRequest, desk: ChangeSetAdmin, change_set: ChangeSet) -> HttpResponse:
    """What a change-set would change, or has changed, row by row; and what can be done with it."""
    table = table_named(change_set.table) if change_set.purpose == Purpose.IMPORT else None
    may_act = may_act_on(request.user, change_set)
    columns = ColumnsForm(change_set, table) if table and change_set.stage == Stage.WAITING else None
    refusals: list[str] = []
    if request.method == "POST":
        if not may_act:
            raise PermissionDenied
        if "_preview" in request.POST and columns is not None and table is not None:
            columns = ColumnsForm(change_set, table, request.POST)
            if columns.is_valid():
                columns.save()
                preview(change_set)
                return HttpResponseRedirect(_address(change_set))
        else:
            try:
                return HttpResponseRedirect(_act(request, change_set))
            except REFUSALS as error:
                refusals = sentences_of(error)
    counts = dict(change_set.rows.order_by().values_list("state").annotate(Count("pk")))
    states = [(state, counts[state]) for state in RowState if state in counts]
    chosen = request.GET.get("state", "")
    rows = change_set.rows.filter(state=chosen) if chosen in counts else change_set.rows.all()
    page = Paginator(rows.order_by("number"), ROWS_ON_A_PAGE).get_page(request.GET.get("p"))
    found = obstacles(change_set) if change_set.stage == Stage.APPLIED else []
    pairs = pairs_of(change_set) if change_set.stage == Stage.WAITING else []
    context = _context(
        request, desk, title=change_set.title, change_set=change_set, label=label_of(change_set),
        columns=columns, refusals=refusals, may_act=may_act, states=states, chosen=chosen, page=page,
        total=sum(counts.values()), rows=shown_rows(change_set, list(page.object_list), table),
        obstacles=[(one, title_of(one.pair.after or one.pair.before or {})) for one in found],
        writes=len(pairs), is_broken=RowState.BROKEN in counts,
        needs_another=needs_another(change_set, pairs, _user(request)),
        query=f"state={chosen}&" if chosen in counts else "",
    )  # fmt: skip
    return TemplateResponse(request, "admin/change_set.html", context)


def may_act_on(user: Any, change_set: ChangeSet) -> bool:
    """Whether the user may apply and undo the set."""
    if change_set.purpose == Purpose.JOIN:
        return may(user, Right.MERGE, kind_named(change_set.table).model)
    table = table_named(change_set.table)
    return table is not None and may_import(user, table)


def sentences_of(error: Exception) -> list[str]:
    """What to tell of something that was refused."""
    if isinstance(error, IntegrityError):
        error = told_by_database(error)
    return error.messages if isinstance(error, ValidationError) else [str(error)]


def _act(request: HttpRequest, change_set: ChangeSet) -> str:
    """Does what the button says; returns where to go on. Raises what REFUSALS names."""
    if "_apply" in request.POST:
        apply(change_set, by=_user(request))
        messages.success(request, _("Applied: %(title)s.") % {"title": change_set.title})
    elif "_undo" in request.POST:
        left = undo(change_set, by=_user(request), leave="leave" in request.POST)
        _tell_undone(request, change_set, left)
    elif "_discard" in request.POST and change_set.stage == Stage.WAITING:
        change_set.delete()
        messages.success(request, _("Discarded: %(title)s.") % {"title": change_set.title})
        return reverse("admin:core_changeset_changelist")
    return _address(change_set)


def _tell_undone(request: HttpRequest, change_set: ChangeSet, left: list[Obstacle]) -> None:
    messages.success(request, _("Undone: %(title)s") % {"title": change_set.title})
    if left:
        sentence = ngettext(
            "%(count)d record was left as it is.", "%(count)d records were left as they are.", len(left)
        )
        messages.warning(request, sentence % {"count": len(left)})


def _context(request: HttpRequest, desk: ChangeSetAdmin, **more: Any) -> dict[str, Any]:
    return {
        **admin.site.each_context(request), "opts": desk.opts,
        "list_title": capfirst(str(desk.opts.verbose_name_plural)), **more,
    }  # fmt: skip


def _address(change_set: ChangeSet) -> str:
    return reverse("admin:core_changeset_change", args=[change_set.pk])


def _user(request: HttpRequest) -> Any:
    return request.user if request.user.is_authenticated else None
