"""Pages of the desk beside the forms: what waits for review, what one has in hand, and a proposal."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cubaru.core import proposals, quality
from cubaru.core.admin.preview_pages import in_language, page_as_preview, shown_record
from cubaru.core.admin.proposal_form import ProposalForm
from cubaru.core.admin.rules import told_by_database
from cubaru.core.documents import DocumentError, apply_document, kind_named, kinds
from cubaru.core.history import undone
from cubaru.core.languages import LANGUAGES
from cubaru.core.models import Proposal, ProposalState, Record, Status
from cubaru.core.reviewing import Waiting, proposals_of, queue, records_of, written_by, written_in
from cubaru.core.roles import Right, may
from cubaru.core.workflow import PUBLISH, WorkflowError, hindrance

ROWS_ON_A_PAGE = 50
#: Of what is settled, so much is shown.
SETTLED = 20


def context_of(request: HttpRequest, title: Any, **more: Any) -> dict[str, Any]:
    return {**admin.site.each_context(request), "title": title, **more}


def form_of(record: Record) -> str:
    """The address of the record's form at the desk."""
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])


@dataclass(frozen=True)
class QueueRow:
    """A line of the queue: what waits, where it is looked at, how long it has waited, and what keeps it."""

    waiting: Waiting
    url: str
    days: int
    hindrance: str


def reviews_any(user: Any) -> bool:
    """Whether the user may publish anything at all."""
    return any(may(user, Right.PUBLISH, kind.model) for kind in kinds())


def review_queue(request: HttpRequest) -> HttpResponse:
    """All that waits for an editor, what has waited longest first."""
    if not reviews_any(request.user):
        raise PermissionDenied
    chosen = request.GET.get("kind", "")
    names = {kind.name: kind.model._meta.verbose_name_plural for kind in kinds()}
    waiting = queue(chosen if chosen in names else "")
    page = Paginator(waiting, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = context_of(
        request,
        _("Review queue"),
        page=page,
        rows=_queue_rows(list(page), request.user),
        beside=[(count, one.title, one.url()) for count, one in quality.awaiting(request.user) if count],
        kinds=names,
        chosen=chosen,
    )
    return TemplateResponse(request, "admin/review_queue.html", context)


def _queue_rows(page: list[Waiting], user: Any) -> list[QueueRow]:
    touched = written_in([waiting.record for waiting in page], user)
    return [_queue_row(one, user, one.record in touched) for one in page]


def _queue_row(waiting: Waiting, user: Any, may_be_writer: bool) -> QueueRow:
    if waiting.proposal is not None:
        url = reverse("admin:proposal", args=[waiting.proposal.pk])
        reason = _("You made it.") if proposals.is_own(waiting.proposal, user) else ""
    else:
        url = form_of(waiting.record)
        is_hindered = may_be_writer and hindrance(PUBLISH, waiting.record, by=user)
        reason = _("You wrote in it.") if is_hindered else ""
    return QueueRow(waiting, url, (timezone.now() - waiting.since).days, reason)


def my_work(request: HttpRequest) -> HttpResponse:
    """What the curator has in hand, and what became of it."""
    user: Any = request.user
    made = list(proposals_of(user)[: SETTLED * 5])
    records = records_of(made)
    waiting = [one for one in made if one.state == ProposalState.WAITING]
    settled = [one for one in made if one.state != ProposalState.WAITING][:SETTLED]
    context = context_of(
        request,
        _("My work"),
        drafts=[(one, form_of(one.record)) for one in written_by(user, Status.DRAFT)],
        in_review=[(one, form_of(one.record)) for one in written_by(user, Status.IN_REVIEW)],
        waiting=[(one, records.get(one.pk)) for one in waiting],
        settled=[(one, records.get(one.pk)) for one in settled],
    )
    return TemplateResponse(request, "admin/my_work.html", context)


def proposal_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A proposal beside the live text: accepted, changed or declined by an editor, or taken back."""
    proposal = get_object_or_404(Proposal.objects.select_related("author", "answered_by"), pk=pk)
    user: Any = request.user
    is_mine = proposal.author_id == user.pk
    form = ProposalForm(proposal, request.POST if request.method == "POST" else None)
    if not is_mine and not may(user, Right.VIEW, form.kind.model):
        raise PermissionDenied
    faults: list[str] = []
    if request.method == "POST":
        try:
            told = _answered(request, form)
        except (ValidationError, IntegrityError) as error:
            faults = (error if isinstance(error, ValidationError) else told_by_database(error)).messages
        else:
            messages.success(request, told)
            return HttpResponseRedirect(request.path)
    form.read()
    may_answer = proposal.state == ProposalState.WAITING and may(user, Right.ANSWER, form.target)
    context = context_of(
        request,
        _("Proposal"),
        proposal=proposal,
        form=form,
        record=form.record,
        record_url=form_of(form.record) if form.record is not None else "",
        is_mine=is_mine,
        may_answer=may_answer,
        is_own=proposals.is_own(proposal, user),
        is_minor="minor" in request.POST if request.method == "POST" else proposal.minor,
        may_take_back=is_mine and proposal.state == ProposalState.WAITING,
        faults=faults,
    )
    return TemplateResponse(request, "admin/proposal.html", context)


def proposal_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of the record as it would be with the proposal, `?language=`; nothing of it is kept."""
    proposal = get_object_or_404(Proposal, pk=pk, state=ProposalState.WAITING)
    kind, user = kind_named(proposal.kind), request.user
    if proposal.author_id != user.pk and not may(user, Right.VIEW, kind.model):
        raise PermissionDenied
    address = reverse("admin:proposal_preview", args=[pk])
    addresses = {language: f"{address}?language={language}" for language in LANGUAGES}
    back = reverse("admin:proposal", args=[pk])

    def page(record: Record) -> HttpResponse:
        return page_as_preview(request, shown_record(kind.name, record.pk), addresses, back=back)

    try:
        with undone():
            found = proposals.prospect(proposal)
            record, _state = apply_document(found.document, found.record)
            for derive in kind.derive:
                derive(record, found.document)
            return in_language(request.GET.get("language", ""), lambda: page(record))
    except (ValidationError, IntegrityError, DocumentError) as error:
        messages.error(request, " ".join(sentences(error)))
        return HttpResponseRedirect(back)


def sentences(error: Exception) -> list[str]:
    if isinstance(error, IntegrityError):
        error = told_by_database(error)
    return error.messages if isinstance(error, ValidationError) else [str(error)]


def _answered(request: HttpRequest, form: ProposalForm) -> str:
    """Does what the button says; returns what to tell. Raises ValidationError or PermissionDenied."""
    user: Any = request.user
    answer = request.POST.get("answer", "")
    if "_accept" in request.POST:
        minor = "minor" in request.POST
        record = proposals.accept(form.proposal, by=user, answer=answer, choose=form.choose, minor=minor)
        return _("The proposal is accepted: “%(record)s” is changed.") % {"record": record}
    if "_decline" in request.POST:
        proposals.decline(form.proposal, by=user, answer=answer)
        return _("The proposal is declined, and its author can read why.")
    if "_take_back" in request.POST:
        proposals.take_back(form.proposal, by=user)
        return _("You took the proposal back.")
    raise WorkflowError(_("Choose what is to become of the proposal."))
