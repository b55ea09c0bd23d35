"""Merging two records at the desk: one is looked for, and what would come of it is looked at first."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cubaru.core.admin.import_pages import REFUSALS, sentences_of
from cubaru.core.change_pairs import ChangeSetError
from cubaru.core.comparing import Difference
from cubaru.core.comparing import differences as between
from cubaru.core.differences import DeskReader, differences, labelled
from cubaru.core.documents import DocumentError, RecordKind, kind_named, kinds
from cubaru.core.joining import Plan, hindrance, join, plan
from cubaru.core.languages import current_language
from cubaru.core.models import Likeness, Record
from cubaru.core.reading import Path
from cubaru.core.restoring import title_of
from cubaru.core.roles import Right, may

#: So many candidates are shown for what was looked for.
MOST_FOUND = 20


@dataclass(frozen=True)
class Choice:
    """A conflict: what each of the two says, in words, and which counts."""

    number: int
    label: str
    kept: str
    away: str
    language: str
    is_away: bool


@dataclass(frozen=True)
class OtherRecord:
    """A record that links to the one that goes, with what changes in it."""

    title: str
    url: str
    kind: str
    differences: list[Difference]


def join_page(request: HttpRequest) -> HttpResponse:
    """`?kind=&first=&second=`: the first goes into the second. Without `second` it is looked for."""
    kind = _kind(request)
    if not may(request.user, Right.MERGE, kind.model):
        raise PermissionDenied
    away, kept = (_record(kind, request.GET.get(name, "")) for name in ("first", "second"))
    if away is None:
        raise Http404(_("There is no such page."))
    if kept is None or kept.pk == away.pk:
        return _choose(request, kind, away)
    return _merge(request, kind, away, kept)


def _choose(request: HttpRequest, kind: RecordKind, away: Record) -> HttpResponse:
    words = request.GET.get("q", "").strip()
    desk: Any = admin.site.get_model_admin(kind.model)
    found = []
    if words:
        rows, _twice = desk.get_search_results(request, kind.model._base_manager.exclude(pk=away.pk), words)
        found = list(rows[:MOST_FOUND])
    else:
        found = list(kind.model._base_manager.filter(pk__in=_alike(away)))
    context = _context(
        request, kind, title=_("Merge “%(record)s”") % {"record": away}, away=away, words=words,
        found=[(record, desk.choice_label(record), _address(kind, away, record)) for record in found],
    )  # fmt: skip
    return TemplateResponse(request, "admin/join_choose.html", context)


def _alike(record: Record) -> set[int]:
    """The records that may be the same."""
    pairs = Likeness.objects.filter(kind=record.record_kind, is_different=False)
    return {pair.second_id for pair in pairs.filter(first_id=record.pk)} | {
        pair.first_id for pair in pairs.filter(second_id=record.pk)
    }


def _merge(request: HttpRequest, kind: RecordKind, away: Record, kept: Record) -> HttpResponse:
    refusals: list[str] = []
    try:
        found: Plan | None = plan(away, kept)
    except (ChangeSetError, DocumentError) as error:
        found, refusals = None, sentences_of(error)
    taken = _taken(request, found)
    if request.method == "POST" and found is not None:
        user: Any = request.user
        try:
            change_set = join(away, kept, by=user, why=request.POST.get("why", "").strip(), taken=taken)
        except REFUSALS as error:
            refusals = sentences_of(error)
        else:
            messages.success(request, _("Merged. The old address leads to the record that stayed."))
            return HttpResponseRedirect(reverse("admin:core_changeset_change", args=[change_set.pk]))
    elif found is not None and (refused := hindrance(away, kept)) is not None:
        refusals = sentences_of(refused)
    language = current_language()
    desk: Any = admin.site.get_model_admin(kind.model)
    context = _context(
        request, kind, title=_("Merge two records"), away=away, kept=kept,
        sides=[(record, desk.choice_label(record), _form(record)) for record in (away, kept)],
        swap_url=_address(kind, kept, away), refusals=refusals, why=request.POST.get("why", ""),
        is_possible=found is not None,
        choices=_choices(found, taken, language) if found else [],
        changes=_changes(found, language) if found else [],
        others=[_other(one, language) for one in found.others] if found else [],
    )  # fmt: skip
    return TemplateResponse(request, "admin/join.html", context)


def _taken(request: HttpRequest, found: Plan | None) -> set[Path]:
    """The conflicts in which the record that goes is right."""
    conflicts = found.conflicts if found is not None else []
    return {
        conflict.path
        for number, conflict in enumerate(conflicts)
        if request.POST.get(f"choice-{number}") == "away"
    }


def _changes(found: Plan, language: str) -> list[Difference]:
    """What comes to the record that stays."""
    return differences(found.kind, found.before[1], found.document, language)


def _choices(found: Plan, taken: set[Path], language: str) -> list[Choice]:
    readers = [DeskReader(found.kind, document, language) for document in labelled(found.kind, found.before)]
    away, kept = (reader.leaves() for reader in readers)
    choices = []
    for number, conflict in enumerate(found.conflicts):
        leaf = kept.get(conflict.path)
        other = away.get(conflict.path)
        label = " · ".join(leaf.labels) if leaf else " · ".join(str(step) for step in conflict.path)
        choices.append(
            Choice(
                number=number,
                label=label,
                kept=leaf.text if leaf else str(conflict.kept),
                away=other.text if other else str(conflict.away),
                language=leaf.language if leaf else "",
                is_away=conflict.path in taken,
            )
        )
    return choices


def _other(one: tuple[RecordKind, int, Any, Any], language: str) -> OtherRecord:
    kind, key, before, after = one
    old, new = labelled(kind, [before, after])
    changed = between(DeskReader(kind, old, language), DeskReader(kind, new, language))
    name = capfirst(str(kind.model._meta.verbose_name))
    return OtherRecord(title_of(before), _form_of(kind, key), name, changed)


def _kind(request: HttpRequest) -> RecordKind:
    name = request.GET.get("kind", "")
    if name not in {kind.name for kind in kinds()}:
        raise Http404(_("There is no such page."))
    return kind_named(name)


def _record(kind: RecordKind, text: str) -> Record | None:
    if not (text.isascii() and text.isdecimal() and len(text) < 19):
        return None
    return kind.model._base_manager.filter(pk=int(text)).first()


def _address(kind: RecordKind, away: Record, kept: Record) -> str:
    query: dict[str, Any] = {"kind": kind.name, "first": away.pk, "second": kept.pk}
    return f"{reverse('admin:join')}?{urlencode(query)}"


def _form(record: Record) -> str:
    return _form_of(kind_named(record.record_kind), record.pk)


def _form_of(kind: RecordKind, key: int) -> str:
    return reverse(f"admin:{kind.model._meta.app_label}_{kind.model._meta.model_name}_change", args=[key])


def _context(request: HttpRequest, kind: RecordKind, **more: Any) -> dict[str, Any]:
    opts = kind.model._meta
    return {**admin.site.each_context(request), "kind": kind, "opts": opts, **more}
