"""The front page and the search, which show records of all kinds."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from events.models import Event
from events.timeline_counts import whole_range
from events.timeline_page import read_asked, timeline


def home(request: HttpRequest) -> HttpResponse:
    """The timeline of the period asked for; with all years also what is new."""
    whole = whole_range(Event.objects.published())
    if whole is None:
        return TemplateResponse(request, "home.html", {})
    asked, wrong = read_asked(request.GET, whole)
    context = {"wrong": wrong, **timeline(asked)}
    return TemplateResponse(request, "home.html", context, status=400 if wrong else 200)


def search(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "search.html", {})
