"""The front page, which shows records of all kinds."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cubaru.core.kept_answers import kept
from cubaru.core.pages import canonical_query, paginate
from events.levels.series import ALL
from events.models import Event
from events.presentation import event_row
from events.presentation_claims import verdict_totals
from events.timeline_counts import whole_range
from events.timeline_days import day_of_year
from events.timeline_embed import discovery
from events.timeline_instrument import instrument
from events.timeline_kept import dated, undated
from events.timeline_page import Asked, asked_events, read_asked, timeline
from people.models import Person
from sources.models import Source
from sources.presentation import day_in_words

#: So many of the newest events stand on the front page.
MOST_NEW = 4


@kept(
    "theme",
    "person",
    "lane",
    "view",
    open_ended=("from", "to", "page"),
    each_day=True,
    cache_control="no-cache",
)
def home(request: HttpRequest) -> HttpResponse:
    """The timeline of the period asked for; all years also show what is new."""
    events = Event.objects.published()
    whole = whole_range(events)
    if whole is None:
        return TemplateResponse(request, "home.html", {"is_front": True, **_front()})
    asked, wrong = read_asked(request.GET, whole)
    is_front = not wrong and asked == Asked(whole, whole)
    context: dict[str, Any] = {"is_front": is_front, "wrong": wrong, **timeline(asked)}
    context |= {} if wrong else {**instrument(asked), "oembed_url": discovery(asked.address())}
    context["canonical_query"] = "" if wrong else asked.query
    if wrong:
        # What was typed stays in the form, so that it can be mended.
        context["controls"] |= {"first": request.GET.get("from", ""), "last": request.GET.get("to", "")}
    if asked.view == "list":
        within = asked_events(asked).overlapping(asked.window.first, asked.window.last)
        pages = paginate(request, within.with_themes().with_counts())
        context |= {"pages": pages, "rows": [event_row(event) for event in pages.items]}
        if page := canonical_query(request.GET, ["page"]):
            context["canonical_query"] = "&".join(filter(None, [context["canonical_query"], page]))
    if is_front:
        context |= _front()
    return TemplateResponse(request, "home.html", context, status=400 if wrong else 200)


def _front() -> dict[str, Any]:
    """What the front page shows beside the timeline."""
    events = Event.objects.published()
    newest = events.order_by("-modified_at", "-slug").with_themes().with_counts()[:MOST_NEW]
    event_count = dated(ALL) + undated(ALL)
    person_count, source_count = (model.objects.published().count() for model in (Person, Source))
    return {
        "figures": [
            {
                "count": event_count,
                "word": ngettext("event", "events", event_count),
                "url": reverse("events:event-list"),
            },
            {
                "count": person_count,
                "word": ngettext("person", "people", person_count),
                "url": reverse("people:person-list"),
            },
            {
                "count": source_count,
                "word": ngettext("source", "sources", source_count),
                "url": reverse("sources:source-list"),
            },
        ],
        "day": day_of_year(events, timezone.now().date()),
        "newest": [
            event_row(event, aside=_("Changed %(day)s") % {"day": day_in_words(event.modified_at.date())})
            for event in newest
        ],
        "totals": verdict_totals(),
    }
