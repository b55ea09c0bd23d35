"""The API's addresses: each kind of record, the list of kinds, the description."""

from rest_framework.routers import SimpleRouter

from cubaru.core.api.views import ReadViewSet
from events.api.people import PersonViewSet
from events.api.viewsets import ClaimViewSet, EventViewSet, ThemeViewSet
from people.api.viewsets import OrganizationViewSet
from places.api.viewsets import PlaceViewSet
from sources.api.viewsets import SourceViewSet

KINDS: dict[str, type[ReadViewSet]] = {
    "events": EventViewSet,
    "people": PersonViewSet,
    "organizations": OrganizationViewSet,
    "places": PlaceViewSet,
    "themes": ThemeViewSet,
    "sources": SourceViewSet,
    "claims": ClaimViewSet,
}

router = SimpleRouter()
for _plural, _view in KINDS.items():
    router.register(_plural, _view, basename=_plural)

app_name = "api"
urlpatterns = [*router.urls]
