"""Possible duplicates, pair by pair: joined, or remembered as not the same."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from cubaru.core.admin.translation_matrix import Choice, form_of, plural_of
from cubaru.core.documents import RecordKind, kind_named, kinds
from cubaru.core.likeness import names_of, watched
from cubaru.core.models import Likeness, Record, Status
from cubaru.core.pages import address_with, paginate
from cubaru.core.roles import Right, may

PAGE_SIZE = 25


@dataclass(frozen=True)
class Side:
    """One record of a pair, with what helps to tell whether it is the other."""

    label: str
    url: str
    status: str
    told: str
    names: list[str]


@dataclass(frozen=True)
class Pair:
    likeness: Likeness
    kind: str
    sides: tuple[Side, Side]
    join_url: str
    may_decide: bool


def open_pairs(user: Any) -> QuerySet[Likeness]:
    """The pairs that nobody has decided on, of kinds that the user may see."""
    return Likeness.objects.filter(is_different=False, kind__in=[kind.name for kind in visible(user)])


def visible(user: Any) -> list[RecordKind]:
    return [kind for kind in kinds() if kind.name in watched() and may(user, Right.VIEW, kind.model)]


def duplicates(request: HttpRequest) -> HttpResponse:
    """The pairs, those not decided on first; `?decided=1` lists what was said to be two."""
    seen = visible(request.user)
    if not seen:
        raise PermissionDenied
    if request.method == "POST":
        _decide(request)
        return HttpResponseRedirect(request.get_full_path())
    is_decided = request.GET.get("decided") == "1"
    pairs = Likeness.objects.filter(is_different=is_decided, kind__in=[kind.name for kind in seen])
    counts = dict(pairs.order_by().values_list("kind").annotate(n=Count("pk")))
    chosen = request.GET.get("kind", "")
    if chosen in {kind.name for kind in seen}:
        pairs = pairs.filter(kind=chosen)
    pages = paginate(request, pairs.select_related("decided_by"), size=PAGE_SIZE)
    context = {
        **admin.site.each_context(request),
        "title": _("Possible duplicates"),
        "pairs": list(_shown(pages.items, request.user)),
        "pages": pages,
        "is_decided": is_decided,
        "kinds": [
            Choice(_("All kinds"), address_with(request, kind=None), not chosen, sum(counts.values())),
            *(
                Choice(
                    plural_of(kind),
                    address_with(request, kind=kind.name),
                    kind.name == chosen,
                    counts.get(kind.name, 0),
                )
                for kind in seen
            ),
        ],
        "other_url": address_with(request, decided=None if is_decided else 1),
    }
    return TemplateResponse(request, "admin/duplicates.html", context)


def _shown(pairs: list[Likeness], user: Any) -> Any:
    ids: dict[str, set[int]] = {}
    for pair in pairs:
        ids.setdefault(pair.kind, set()).update((pair.first_id, pair.second_id))
    records: dict[tuple[str, int], Record] = {}
    for name, some in ids.items():
        rows = kind_named(name).model._base_manager.filter(pk__in=some)
        names = [item.attribute for item in kind_named(name).items if item.key == "names"]
        records |= {(name, record.pk): record for record in rows.prefetch_related(*names)}
    for pair in pairs:
        first, second = records.get((pair.kind, pair.first_id)), records.get((pair.kind, pair.second_id))
        if first is not None and second is not None:
            may_decide = all(may(user, Right.CHANGE, record) for record in (first, second))
            yield Pair(
                pair,
                str(first._meta.verbose_name),
                (_side(first), _side(second)),
                _join_url(pair) if may(user, Right.MERGE, type(first)) else "",
                may_decide,
            )


def _side(record: Any) -> Side:
    kind = kind_named(record.record_kind)
    known: Any = admin.site.get_model_admin(type(record))
    label = str(record)
    told = str(known.choice_label(record)).removeprefix(label).strip(" ·")
    spelled = {
        "name": {column: getattr(record, f"name_{column}", "") or "" for column in ("en", "es", "ru")},
        "names": [{"text": name.text} for name in getattr(record, "names", None).all()]  # type: ignore[union-attr]
        if any(item.key == "names" for item in kind.items)
        else [],
    }
    names = sorted(names_of(spelled) - {label, ""})
    return Side(label, form_of(kind, record.pk), str(Status(record.status).label), told, names)


def _join_url(pair: Likeness) -> str:
    """The page that joins the two, where the desk has one."""
    try:
        page = reverse("admin:join")
    except NoReverseMatch:
        return ""
    query: dict[str, str | int] = {"kind": pair.kind, "first": pair.first_id, "second": pair.second_id}
    return f"{page}?{urlencode(query)}"


def _decide(request: HttpRequest) -> None:
    """Remembers that a pair is two, or that it may be one after all."""
    text = request.POST.get("pair", "")
    pair = Likeness.objects.filter(pk=int(text)).first() if text.isascii() and text.isdecimal() else None
    if pair is None:
        raise Http404(_("There is no such page."))
    model = kind_named(pair.kind).model
    records = list(model._base_manager.filter(pk__in=[pair.first_id, pair.second_id]))
    if len(records) != 2 or not all(may(request.user, Right.CHANGE, record) for record in records):
        raise PermissionDenied
    pair.is_different = request.POST.get("answer") != "maybe"
    pair.decided_by_id = request.user.pk if pair.is_different else None
    pair.decided_at = timezone.now() if pair.is_different else None
    pair.save()
    said = (
        _("It is remembered that “%(first)s” and “%(second)s” are not the same.")
        if pair.is_different
        else _("“%(first)s” and “%(second)s” may be the same again.")
    )
    messages.success(request, said % {"first": records[0], "second": records[1]})
