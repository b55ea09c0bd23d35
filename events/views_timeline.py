"""The timeline in frames of other sites, and a glance at one event."""

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from cubaru.core.languages import best_text
from events.models import Claim, Event
from events.presentation import event_row
from events.presentation_claims import verdict_counts
from sources.presentation import picture


def event_card(request: HttpRequest, slug: str) -> HttpResponse:
    """A fragment: what the timeline shows of an event when it is pointed at."""
    events = Event.objects.published().filter(slug=slug).with_themes().with_counts()
    event = events.first()
    if event is None:
        raise Http404
    images = [picture(image) for image in event.images.all()]
    context = {
        "event": event_row(event),
        "verdicts": verdict_counts(Claim.objects.published().filter(event=event)),
        "image": images[0] if images else None,
        "summary": best_text(event, "summary"),
    }
    response = TemplateResponse(request, "events/parts/timeline_card.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
