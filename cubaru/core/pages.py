"""Pages of records: who may see one, where a former address leads, and lists in pieces."""

import json
from collections.abc import Container, Iterable, Sequence
from typing import Any, ClassVar, NamedTuple
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.generic import View

from cubaru.core.context import absolute
from cubaru.core.documents import RecordKind, kind_named
from cubaru.core.edition_links import History, day_of, history_of
from cubaru.core.ledger import last_withdrawal
from cubaru.core.models import Action, LedgerEntry, PastSlug, Record, Status
from cubaru.core.sharing import picture_of_record
from cubaru.core.stale_notes import stale_note
from cubaru.core.templatetags.wording import number

PAGE_SIZE = 25


class RecordPage(View):
    """The page of one record of `model`, rendered with `template_name` and `context(record)`.

    A former address redirects for ever (301), a withdrawn record answers 410, and one that readers may
    not see 404, exactly as if there were none.
    """

    model: ClassVar[type[Record]]
    template_name: ClassVar[str]
    #: The name of the address of the record's own picture, for where the page is shared; "" for the site's.
    picture_name: ClassVar[str] = ""
    #: None for a preview of what is not published.
    history: History | None = None

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        records: Any = self.model._default_manager
        record = records.published().with_public_parts().filter(slug=slug).first()
        if record is None:
            return self._elsewhere(request, slug)
        self.history = history = history_of(record)
        note = stale_note(record, request.path)
        context = {"record": record, "history": history, "stale_note": note, **self.context(record)}
        if self.picture_name:
            context["share_picture"] = picture_of_record(self.picture_name, record, history.newest.number)
        # Signposting (https://signposting.org): where the page as it is now is to be cited, and its times.
        links = {"cite-as": history.permanent_address, "timemap": absolute(f"{history.all_url}timemap/")}
        link = ", ".join(f'<{address}>; rel="{relation}"' for relation, address in links.items())
        return TemplateResponse(request, self.template_name, context, headers={"Link": link})

    def context(self, record: Any) -> dict[str, Any]:
        """What the template needs beside `record` and its `history`, which is in `self.history` too."""
        raise NotImplementedError

    def _elsewhere(self, request: HttpRequest, slug: str) -> HttpResponse:
        record = self.model._default_manager.filter(slug=slug).first()
        if record is None:
            kind = kind_named(self.model.record_kind)
            past = PastSlug.objects.filter(kind=kind.name, slug=slug).first()
            moved = self.model._default_manager.filter(pk=past.record_id).first() if past else None
            if moved is not None and moved.status in {Status.PUBLISHED, Status.WITHDRAWN}:
                return HttpResponsePermanentRedirect(moved.get_absolute_url())
            if moved is None and (entry := last_withdrawal(kind.name, slug)) is not None:
                return _gone(request, kind, slug, entry)
        elif record.status == Status.WITHDRAWN:
            return gone(request, record)
        raise Http404(_("There is no such page."))


def gone(request: HttpRequest, record: Record) -> HttpResponse:
    """410 for a withdrawn record: since when and why, and where its editions are."""
    kind = kind_named(record.record_kind)
    entries = LedgerEntry.objects.filter(kind=kind.name, record_id=record.pk).order_by("number")
    entry = entries.filter(action=Action.WITHDRAWAL).defer("document").last()
    return _gone(request, kind, record.slug, entry)


def _gone(request: HttpRequest, kind: RecordKind, slug: str, entry: LedgerEntry | None) -> HttpResponse:
    context = {
        "withdrawn_on": day_of(entry) if entry else "",
        "reason": entry.why if entry else "",
        "editions_url": reverse("edition-list", args=[kind.plural, slug]) if entry else "",
    }
    return TemplateResponse(request, "410.html", context, status=410)


class Step(NamedTuple):
    """A step of the breadcrumb."""

    title: Any
    url: str = ""


class Pages(NamedTuple):
    """One piece of a list, as parts/pagination.html shows it."""

    items: list[Any]
    total: int
    previous_url: str
    next_url: str
    summary: str


def paginate(request: HttpRequest, rows: QuerySet[Any] | Sequence[Any], *, size: int = PAGE_SIZE) -> Pages:
    """The piece of `rows` that `?page=` asks for. Raises Http404 for a page that there is not."""
    text = request.GET.get("page", "1")
    paginator = Paginator(rows, size)
    if not (text.isascii() and text.isdecimal() and len(text) < 7 and 1 <= int(text) <= paginator.num_pages):
        raise Http404(_("This list has no such page."))
    page: Page[Any] = paginator.page(int(text))
    return Pages(
        items=list(page.object_list),
        total=paginator.count,
        previous_url=address_with(request, page=page.previous_page_number()) if page.has_previous() else "",
        next_url=address_with(request, page=page.next_page_number()) if page.has_next() else "",
        summary=_("%(first)s–%(last)s of %(total)s")
        % {
            "first": number(page.start_index()),
            "last": number(page.end_index()),
            "total": number(paginator.count),
        },
    )


def address_with(request: HttpRequest, **changes: object) -> str:
    """The page's address with some parameters changed: None takes one away, `page` goes with any change.

    Parameters without a value, as forms send them for fields left alone, are as good as absent.
    """
    query: QueryDict = request.GET.copy()
    query.pop("page", None)
    for name, values in list(query.lists()):
        if not any(values):
            del query[name]
    for name, value in changes.items():
        query.pop(name, None)
        if isinstance(value, list):
            query.setlist(name, [str(one) for one in value])
        elif value is not None and not (name == "page" and value == 1):
            query[name] = str(value)
    return f"{request.path}?{query.urlencode()}" if query else request.path


def canonical_query(query: QueryDict, names: Iterable[str], *, repeatable: Container[str] = ()) -> str:
    """The parameters that make a page another one, in the order of `names`, without empty ones.

    A view puts it into its context as `canonical_query`, for base.html; without it the address of the page
    is its path.
    """
    pairs = []
    for name in names:
        values = query.getlist(name)
        values = sorted(set(values)) if name in repeatable else values[-1:]
        pairs += [(name, value) for value in values if value and (name, value) != ("page", "1")]
    return urlencode(pairs)


def json_ld(data: dict[str, Any]) -> SafeString:
    """The data as the text of a <script type="application/ld+json">, which nothing in it can end."""
    text = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False)
    # `<`, `>` and `&` as escapes: JSON reads them the same, HTML does not see them.
    escaped = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return mark_safe(escaped)  # noqa: S308 — escaped above
