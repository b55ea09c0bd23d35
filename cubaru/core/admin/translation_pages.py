"""The matrix of translations, and the page of one record's translations beside what was changed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cubaru.core.admin.columns import LANGUAGE_NAMES
from cubaru.core.admin.translation_form import STILL_RIGHT, log_confirmed
from cubaru.core.admin.translation_matrix import STATES, Choice, Matrix, form_of, shown_rows
from cubaru.core.comparing import Piece, marked_words
from cubaru.core.document_items import Texts
from cubaru.core.document_places import field_id, places_on, text_at, words_for
from cubaru.core.documents import DocumentError, RecordKind, kind_named, to_document
from cubaru.core.languages import LANGUAGES
from cubaru.core.models import Record, Revision, Status, TranslationState
from cubaru.core.pages import address_with, paginate
from cubaru.core.roles import Right, may
from cubaru.core.wording_decisions import WordingError, choose_original, confirm, stale_places, state_of
from cubaru.core.wordings import Told, Translated, original_of, translated_texts

PAGE_SIZE = 40


def translations(request: HttpRequest) -> HttpResponse:
    """The matrix: records x languages."""
    matrix = Matrix(request)
    if not matrix.kinds:
        raise PermissionDenied
    if request.method == "POST":
        _confirm_cell(request)
        return HttpResponseRedirect(request.get_full_path())
    totals = matrix.totals()
    pages = paginate(request, matrix.rows().order_by("kind", "slug"), size=PAGE_SIZE)
    context = {
        **admin.site.each_context(request),
        "title": _("Translations"),
        "matrix": matrix,
        "totals": list(totals.table()),
        "states": list(STATES.values()),
        "kinds": totals.kinds(),
        "choices": [(_("Which records"), _states(matrix)), (_("Status"), _statuses(matrix))],
        "languages": [(language, LANGUAGE_NAMES[language]) for language in LANGUAGES],
        "pages": pages,
        "rows": shown_rows(pages.items, request),
        "is_narrowed": bool(matrix.kind or matrix.language or matrix.state or matrix.status),
    }
    return TemplateResponse(request, "admin/translations.html", context)


def _states(matrix: Matrix) -> list[Choice]:
    named = {"": _("with work to do"), **STATES, "all": _("all")}
    return [
        Choice(
            str(title),
            address_with(
                matrix.request, state=state or None, **({} if state in STATES else {"language": None})
            ),
            state == matrix.state,
        )
        for state, title in named.items()
    ]


def _statuses(matrix: Matrix) -> list[Choice]:
    named = {"": _("any"), **{str(status): status.label for status in Status}}
    return [
        Choice(str(title), address_with(matrix.request, status=status or None), status == matrix.status)
        for status, title in named.items()
    ]


def _confirm_cell(request: HttpRequest) -> None:
    """Confirms all stale translations of a record in one language."""
    kind_name, _slash, rest = request.POST.get("record", "").partition("/")
    pk = int(rest) if rest.isascii() and rest.isdecimal() else 0
    record = _record(kind_name, pk)
    if not may(request.user, Right.CHANGE, record):
        raise PermissionDenied
    state = state_of(record)
    places = stale_places(state, request.POST.get("language", "")) if state else []
    _tell(request, record, confirm(record, places))


def _tell(request: HttpRequest, record: Record, confirmed: list[Any]) -> None:
    log_confirmed(request, record, confirmed)
    count = len(confirmed)
    if count:
        said = ngettext(
            "“%(record)s”: %(count)d translation is still right.",
            "“%(record)s”: %(count)d translations are still right.",
            count,
        )
        messages.success(request, said % {"record": record, "count": count})
    else:
        messages.info(request, _("“%(record)s”: there was nothing to confirm any more.") % {"record": record})


def _record(kind_name: str, pk: int) -> Record:
    try:
        kind = kind_named(kind_name)
    except DocumentError as error:
        raise Http404(str(error)) from error
    record = kind.model._base_manager.filter(pk=pk).prefetch_related(*kind.prefetch()).first()
    if record is None:
        raise Http404(_("There is no such page."))
    return record


# One record -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Column:
    """A text in one language, beside its original: `pieces` are the words of the original, marked."""

    language: str
    name: str
    text: str
    state: str
    url: str
    value: str = ""
    since: datetime | None = None
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True)
class ShownText:
    at: str
    label: str
    original: str
    columns: list[Column]
    is_from_outside: bool


def record_translations(request: HttpRequest, kind: str, record_id: int) -> HttpResponse:
    """The texts of one record that are stale or missing in a language, and what their originals were."""
    record = _record(kind, record_id)
    if not may(request.user, Right.VIEW, record):
        raise PermissionDenied
    may_decide = may(request.user, Right.CHANGE, record)
    if request.method == "POST":
        if not may_decide:
            raise PermissionDenied
        _decide(request, record)
        return HttpResponseRedirect(request.get_full_path())
    state, of = state_of(record), kind_named(kind)
    shown_all = request.GET.get("all") == "1"
    context = {
        **admin.site.each_context(request),
        "title": _("Translations: %(record)s") % {"record": record},
        "record": record,
        "texts": list(_texts(of, record, state, shown_all=shown_all)) if state else [],
        "state": state,
        "shown_all": shown_all,
        "may_decide": may_decide,
        "form_url": form_of(of, record.pk),
        "back_url": _back(request),
    }
    return TemplateResponse(request, "admin/record_translations.html", context)


def _back(request: HttpRequest) -> str:
    """The matrix, as it was left if the curator comes from there."""
    matrix = reverse("admin:translations")
    came_from = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(
        came_from, {request.get_host()}, require_https=request.is_secure()
    )
    query = came_from.partition("?")[2]
    return f"{matrix}?{query}" if is_ours and query and f"{matrix}?" in came_from else matrix


def _decide(request: HttpRequest, record: Record) -> None:
    chosen = request.POST.get("original", "")
    if chosen:
        language, _colon, at = chosen.partition(":")
        try:
            choose_original(record, at, language)
        except WordingError as error:
            messages.error(request, str(error))
        else:
            messages.success(
                request, _("The original is now the text in: %(name)s.") % {"name": LANGUAGE_NAMES[language]}
            )
        return
    ticked = [value.partition(":") for value in request.POST.getlist(STILL_RIGHT)]
    _tell(request, record, confirm(record, [(at, language) for language, _colon, at in ticked]))


def _texts(kind: RecordKind, record: Record, state: TranslationState, *, shown_all: bool) -> Any:
    numbers = {
        wording["revision"] for told in state.texts.values() for wording in told.get("stale", {}).values()
    }
    former = dict(
        Revision.objects.filter(kind=kind.name, record_id=record.pk, number__in=numbers).values_list(
            "number", "document"
        )
    )
    for at, text in translated_texts(kind, to_document(record)).items():
        told: Told = state.texts.get(at, {})
        if shown_all or told.get("missing") or told.get("stale"):
            original = original_of(text, told)
            columns = [_column(kind, (at, text, told), language, record.pk, former) for language in LANGUAGES]
            yield ShownText(at, words_for(kind, at), original, columns, bool(text.outside))


def _column(
    kind: RecordKind,
    where: tuple[str, Translated, Told],
    language: str,
    record_id: int,
    former: dict[int, Any],
) -> Column:
    at, text, told = where
    original = original_of(text, told)
    state = "original" if language == original else "current"
    if language in told.get("missing", []):
        state = "missing"
    elif language not in text.texts:
        state = "own"  # the language of a source, whose title needs no translation into it
    wording = told.get("stale", {}).get(language)
    url = f"{form_of(kind, record_id)}#{field_id(kind, at, language)}"
    name, words = str(LANGUAGE_NAMES[language]), text.texts.get(language, "")
    if wording is None:
        return Column(language, name, words, state, url, f"{language}:{at}")
    return Column(
        language, name, words, "stale", url, f"{language}:{at}",
        datetime.fromisoformat(wording["since"]),
        tuple(marked_words(_before(kind, former, wording, original), text.words(original))),
    )  # fmt: skip


def _before(kind: RecordKind, former: dict[int, Any], wording: dict[str, Any], original: str) -> str:
    """The words of the original that the translation translates."""
    document, at = former[wording["revision"]], wording["at"]
    *_way, place = places_on(kind, at)
    if isinstance(place.item, Texts) and place.item.translates:
        return str(document.get(place.item.translates, ""))
    return text_at(document, at).get(original, "")
