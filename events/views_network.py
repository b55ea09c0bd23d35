"""The page of the network: who took part in the same events."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from cubaru.core.api.filter_fields import published_keys
from cubaru.core.facets import FilteredList
from cubaru.core.pages import Step, paginate
from events import presentation_network as shown
from events.filters_network import NetworkFilterSet
from events.models import Event
from events.network import MOST_EVENTS, MOST_PEOPLE, network
from events.presentation_facets import further_filters, theme_facet
from events.presentation_period import asked_period, period
from people.models import Person

ROWS = 50


def network_page(request: HttpRequest) -> HttpResponse:
    found = FilteredList(request, NetworkFilterSet, Event.objects.published())
    person = _person(request) if found.is_valid else None
    key = person.pk if person else None
    facets = [shown.person_facet(found), theme_facet(found, "theme_links__theme")]
    met = network(found.rows, key)
    sort = shown.asked_sort(request)
    pages = paginate(request, shown.in_order(met.connections, sort, key), size=ROWS)
    trail = [Step(_("People"), reverse("people:person-list")), Step(_("Network"), reverse("events:network"))]
    context: dict[str, Any] = {
        "trail": [*trail, Step(person.label)] if person else trail,
        "person": person,
        "graph": shown.graph(person, met.connections) if person else None,
        "columns": shown.columns(request, sort),
        "rows": shown.rows(pages.items, key),
        "pages": pages,
        "summary": shown.count_of_connections(pages.total),
        "period": period(found, asked_period(found)),
        "facets": facets,
        "sort": sort if sort != shown.USUAL_SORT else "",
        "chosen": [*further_filters(request), *found.chosen(facets)],
        "errors": found.errors,
        "canonical_query": found.canonical_query("sort"),
        "most_events": MOST_EVENTS if met.is_partial else 0,
        "most_people": MOST_PEOPLE,
    }
    return TemplateResponse(request, "network.html", context, status=found.status)


def _person(request: HttpRequest) -> Person | None:
    """The person whose connections are asked for; the set of filters has said that there is one."""
    slug = request.GET.get("person", "")
    keys = published_keys(Person, [slug]) if slug else {}
    return Person.objects.filter(pk__in=keys.values()).first()
