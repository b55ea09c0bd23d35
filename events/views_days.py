"""What happened on a day of the year: the page of today, of each day, the feed and the calendar."""

from dataclasses import dataclass, replace
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cubaru.core.calendars import MEDIA_TYPE
from cubaru.core.context import absolute
from cubaru.core.kept_answers import kept
from cubaru.core.pages import Step, canonical_query, paginate
from events.anniversaries import calendar_of
from events.days import DayOfYear, begun_on, counts_in_month, days_kept_on, read_day
from events.filters import EventFilterSet
from events.models import Event
from events.presentation import EventRow, count_of_events, event_row, short_date_of
from events.timeline_days import month_name, year_of

EVENTS_ON_A_PAGE: Final = 50
#: What the calendar can be narrowed by, as the list of events can.
CALENDAR_FILTERS: Final = ("theme", "person")


@dataclass(frozen=True, slots=True)
class DayLink:
    """A day or a month of the year in the choice of days; without `count` nothing of it is known."""

    name: str
    url: str
    words: str
    is_current: bool
    count: str = ""


def today(request: HttpRequest) -> HttpResponse:
    return _page(request, days_kept_on(timezone.now().date()), is_today=True)


def day_of_year(request: HttpRequest, day: str) -> HttpResponse:
    found = read_day(day)
    if found is None:
        sentence = _("“%(day)s” is no day of the year; days are written as month and day, such as 10-22.")
        return TemplateResponse(request, "404.html", {"sentence": sentence % {"day": day[:20]}}, status=404)
    return _page(request, [found], is_today=False)


@kept(*CALENDAR_FILTERS, repeatable=frozenset(CALENDAR_FILTERS))
def calendar(request: HttpRequest) -> HttpResponse:
    """The calendar of all days, or of those of a theme or a person."""
    query = canonical_query(request.GET, CALENDAR_FILTERS, repeatable=CALENDAR_FILTERS)
    asked = QueryDict(query)
    filters = EventFilterSet(asked, queryset=Event.objects.published(), request=request)
    if not filters.is_valid():
        raise Http404(" ".join(str(message) for some in filters.errors.values() for message in some))
    address = absolute(f"{request.path}?{query}" if query else request.path)
    found: Any = filters.qs
    made = calendar_of(found, address, [slug for name in CALENDAR_FILTERS for slug in asked.getlist(name)])
    return HttpResponse(made, content_type=f"{MEDIA_TYPE}; charset=utf-8")


def _page(request: HttpRequest, days: list[DayOfYear], *, is_today: bool) -> HttpResponse:
    events = Event.objects.published()
    first, last = days[0], days[-1]
    pages = paginate(request, begun_on(events, *days).with_themes().with_counts(), size=EVENTS_ON_A_PAGE)
    context: dict[str, Any] = {
        "trail": _trail(first, is_today=is_today),
        "day": first,
        "month": month_name(first.month),
        "is_today": is_today,
        "previous": first.moved(-1),
        "next": last.moved(1),
        "rows": [_row(event) for event in pages.items],
        "pages": pages,
        "summary": count_of_events(pages.total),
        "days": _days(first),
        "months": _months(first),
        "canonical_query": canonical_query(request.GET, ["page"]),
        "calendar_url": absolute(reverse("events:day-calendar")),
    }
    return TemplateResponse(request, "events/on_this_day.html", context)


def _row(event: Event) -> EventRow:
    """The year at the left; what went on for longer also says until when."""
    is_one_day = event.date_earliest == event.date_latest
    return replace(
        event_row(event), date=year_of(event), aside="" if is_one_day else capfirst(short_date_of(event))
    )


def _trail(day: DayOfYear, *, is_today: bool) -> list[Step]:
    whole = Step(_("On this day"), "" if is_today else reverse("events:on-this-day"))
    return [whole] if is_today else [whole, Step(day.words)]


def _days(chosen: DayOfYear) -> list[DayLink]:
    events = Event.objects.published()
    return [
        DayLink(str(day.day), day.url, day.words, day == chosen, count_of_events(count) if count else "")
        for day, count in counts_in_month(events, chosen.month)
    ]


def _months(chosen: DayOfYear) -> list[DayLink]:
    return [
        DayLink(capfirst(month_name(month)), DayOfYear(month, 1).url, "", month == chosen.month)
        for month in range(1, 13)
    ]
