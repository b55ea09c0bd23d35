"""Each kind of record as a token reads and writes it."""

from clients.api.views import ClientViewSet
from events.api import people as events_people
from events.api import viewsets as events
from people.api import viewsets as people
from places.api import viewsets as places
from sources.api import viewsets as sources


class EventViewSet(ClientViewSet, events.EventViewSet):
    pass


class PersonViewSet(ClientViewSet, events_people.PersonViewSet):
    pass


class OrganizationViewSet(ClientViewSet, people.OrganizationViewSet):
    pass


class PlaceViewSet(ClientViewSet, places.PlaceViewSet):
    pass


class ThemeViewSet(ClientViewSet, events.ThemeViewSet):
    pass


class SourceViewSet(ClientViewSet, sources.SourceViewSet):
    pass
