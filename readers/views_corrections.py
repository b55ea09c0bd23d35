"""The pages of corrections: the form, what became of one, and the list of those that were accepted."""

from typing import Any

from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from cubaru.core.languages import current_language
from cubaru.core.pages import Step, canonical_query, paginate
from readers import tokens
from readers.deciding import forget_email
from readers.forms import CorrectionForm
from readers.models import Correction, Subject
from readers.presentation import credited
from readers.sending import about_of, is_taken
from readers.subjects import About, find, of_token

FORM = "correction"


@csrf_exempt  # readers have no cookies; see readers/tokens.py for what stands in its place
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_correction(request: HttpRequest) -> HttpResponse:
    """The form about what the address names: `?claim=`, `?event=`, ... or `?page=` with a path."""
    about = _asked(request)
    form = CorrectionForm()
    if request.method == "POST":
        form = CorrectionForm(request.POST)
        said, fault = about_of(request, FORM)
        about = of_token(said) or about
        if is_taken(request, FORM, form, fault):
            sent = _keep(about, form)
            if sent is not None:
                return HttpResponseRedirect(sent.get_absolute_url())
    context = {
        "trail": [
            Step(_("Corrections"), reverse("readers:correction-list")),
            Step(_("Suggest a correction")),
        ],
        "about": about,
        "form": form,
        "errors": form.summary(),
        "token": tokens.issue(FORM, about.token),
        "canonical": "",
    }
    status = 400 if form.errors else 200
    return TemplateResponse(request, "readers/correction_form.html", context, status=status)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sent_correction(request: HttpRequest, code: str) -> HttpResponse:
    """What became of a correction, for whoever knows its code; there its e-mail address can be deleted."""
    correction = get_object_or_404(Correction, code=code)
    if request.method == "POST":
        # The code is the right to do it, so that no token is needed.
        if not tokens.is_foreign(request):
            forget_email(correction)
        return HttpResponseRedirect(correction.get_absolute_url())
    context = {
        "trail": [*_list_step(), Step(_("Your correction"))],
        "correction": correction,
        "shown": credited([correction])[0],
        "address": request.path,
    }
    return TemplateResponse(request, "readers/correction_sent.html", context)


@require_GET
def correction_list(request: HttpRequest) -> HttpResponse:
    """The corrections that were accepted, with what changed and by whose hint."""
    pages = paginate(request, Correction.objects.accepted().select_related("changed"))
    context = {
        "trail": [Step(_("Corrections"))],
        "rows": credited(pages.items),
        "pages": pages,
        "canonical_query": canonical_query(request.GET, ["page"]),
    }
    return TemplateResponse(request, "readers/correction_list.html", context)


def _list_step() -> list[Step]:
    return [Step(_("Corrections"), reverse("readers:correction-list"))]


def _asked(request: HttpRequest) -> About:
    """What the address names. Raises Http404 if readers see no such thing."""
    for kind in Subject.values:
        if slug := request.GET.get(kind, ""):
            if (found := find(kind, slug)) is None:
                raise Http404(_("There is no such page."))
            return found
    home = find(Subject.PAGE, reverse("home"))
    assert home is not None
    return home


def _keep(about: About, form: CorrectionForm) -> Correction | None:
    """Keeps what was sent; None, and the form says so, if the same was sent before."""
    fields: dict[str, Any] = {
        name: form.cleaned_data[name] for name in ("wrong", "proposed", "source", "credit", "email")
    }
    try:
        with transaction.atomic():
            return Correction.objects.create(
                kind=about.kind, slug=about.slug, seen=about.seen, language=current_language(), **fields
            )
    except IntegrityError:
        form.fault(_("The same correction was sent before. Thank you: it is being looked at."))
        return None
