"""The pages of class sets: putting one together, and the set itself, which is printed as a hand-out."""

from collections.abc import Iterable

from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from cubaru.core.context import absolute
from cubaru.core.languages import current_language
from cubaru.core.pages import Step
from events.presentation import date_of
from readers import tokens
from readers.composing import Draft, distinct, found_events, is_changing, published_events, read_draft
from readers.forms import ClassSetForm
from readers.handout import References, events_of, language_choices, read_languages
from readers.models import ClassSet, ClassSetEvent
from readers.models.class_set import MOST_EVENTS
from readers.sending import about_of, is_taken
from sources.presentation import day_in_words

FORM = "class-set"


@csrf_exempt  # readers have no cookies; see readers/tokens.py for what stands in its place
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_class_set(request: HttpRequest) -> HttpResponse:
    """The set as its address has it so far. Buttons lead to the address of what they make of it."""
    if request.method == "POST":
        return _save(request)
    draft = read_draft(request.GET)
    if is_changing(request.GET):
        return HttpResponseRedirect(draft.searching(request.GET.get("find", "")))
    return _composing(request, draft, ClassSetForm(initial={"title": draft.title, "note": draft.note}))


@require_GET
def class_set(request: HttpRequest, code: str) -> HttpResponse:
    """The set in one language or two. Raises BadRequest for languages that there are not."""
    saved = get_object_or_404(ClassSet, code=code)
    languages = read_languages(request.GET.get("languages", ""))
    if languages is None:
        raise BadRequest(_("Choose one or two of the languages en, es and ru."))
    references = References()
    events = events_of(saved, languages, references)
    draft = Draft(tuple(one.slug for one in events if one.columns), saved.title, saved.note)
    context = {
        "trail": [Step(_("Class sets"), reverse("readers:class-set-new")), Step(saved.title)],
        "class_set": saved,
        "is_other_language": saved.language != current_language(),
        "made": day_in_words(saved.made_at.date()),
        "address": absolute(request.path),
        "languages": languages,
        "choices": language_choices(request.path, languages),
        "events": events,
        "references": references.listed(),
        "again_url": draft.url,
    }
    return TemplateResponse(request, "readers/class_set.html", context)


def _save(request: HttpRequest) -> HttpResponse:
    """Keeps the set, if it can be kept; else shows it as it was typed, with what is wrong."""
    draft = read_draft(request.POST)
    form = ClassSetForm(request.POST)
    _about, fault = about_of(request, FORM)
    known = published_events(draft.slugs)
    if not any(slug in known for slug in draft.slugs):
        form.fault(_("Choose at least one event."))
    if is_taken(request, FORM, form, fault):
        slugs = distinct(known[slug].slug for slug in draft.slugs if slug in known)
        return HttpResponseRedirect(_keep(form, slugs).get_absolute_url())
    return _composing(request, draft, form)


def _keep(form: ClassSetForm, slugs: Iterable[str]) -> ClassSet:
    with transaction.atomic():
        saved = ClassSet.objects.create(
            title=form.cleaned_data["title"], note=form.cleaned_data["note"], language=current_language()
        )
        ClassSetEvent.objects.bulk_create(
            ClassSetEvent(class_set=saved, position=position, slug=slug)
            for position, slug in enumerate(slugs, 1)
        )
    return saved


def _composing(request: HttpRequest, draft: Draft, form: ClassSetForm) -> HttpResponse:
    known = published_events(draft.slugs)
    chosen = [known[slug] for slug in draft.slugs if slug in known]
    query = request.GET.get("find", "").strip()
    context = {
        "trail": [Step(_("Class sets"))],
        "form": form,
        "errors": form.summary() if form.is_bound else [],
        "token": tokens.issue(FORM, "new"),
        "chosen": [(event.slug, event.label, date_of(event), event.get_absolute_url()) for event in chosen],
        "is_full": draft.is_full,
        "most": MOST_EVENTS,
        "query": query,
        "found": [
            (event.slug, event.label, date_of(event), event.get_absolute_url())
            for event in (found_events(query, draft) if query and not draft.is_full else [])
        ],
        "draft": draft,
        "canonical": "",
    }
    status = 400 if context["errors"] else 200
    return TemplateResponse(request, "readers/class_set_form.html", context, status=status)
