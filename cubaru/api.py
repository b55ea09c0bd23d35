"""The API's addresses: each kind of record, the list of kinds, the description."""

from typing import Any

from django.http import Http404
from django.urls import path
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.routers import SimpleRouter

from clients.api.bulk import BulkView
from clients.api.viewsets import (
    EventViewSet,
    OrganizationViewSet,
    PersonViewSet,
    PlaceViewSet,
    SourceViewSet,
    ThemeViewSet,
)
from cubaru.core.api.docs import ApiGuide, KindPage
from cubaru.core.api.fields import TextField, in_each_language
from cubaru.core.api.formats import CONTEXT, CONTEXT_VERSION
from cubaru.core.api.ledger import FOR_EVER, ChangeViewSet, EditionViewSet
from cubaru.core.api.parameters import choice_of_language
from cubaru.core.api.renderers import JSONRenderer
from cubaru.core.api.schema import api_document
from cubaru.core.api.views import ReadView, ReadViewSet
from cubaru.core.context import absolute
from cubaru.search.api import SearchView
from events.api.timeline import TimelineTileView, TimelineUndatedView, TimelineView
from events.api.viewsets import ClaimViewSet

KINDS: dict[str, type[ReadViewSet]] = {
    "events": EventViewSet,
    "people": PersonViewSet,
    "organizations": OrganizationViewSet,
    "places": PlaceViewSet,
    "themes": ThemeViewSet,
    "sources": SourceViewSet,
    "claims": ClaimViewSet,
}


class KindSerializer(serializers.Serializer[Any]):
    """A kind of record."""

    name = serializers.CharField(read_only=True)
    url = serializers.URLField(read_only=True, help_text=_("The list of its records."))
    description = TextField()


class RootSerializer(serializers.Serializer[Any]):
    """What the API offers."""

    name = serializers.CharField(read_only=True)
    documentation = serializers.URLField(read_only=True)
    schema = serializers.URLField(read_only=True)
    editions = serializers.URLField(read_only=True, help_text=_("All states that were ever published."))
    changes = serializers.URLField(read_only=True, help_text=_("All changes in order, to be followed."))
    search = serializers.URLField(read_only=True, help_text=_("All kinds of records, ranked."))
    timeline = serializers.URLField(read_only=True, help_text=_("What a viewport of the timeline needs."))
    kinds = KindSerializer(many=True, read_only=True)


class RootView(ReadView):
    subject = "kinds"
    about = _("What the API offers: the kinds of records, each with the address of its list.")

    @extend_schema(responses=RootSerializer)
    def get(self, request: Request) -> Response:
        kinds = [
            {
                "name": plural,
                "url": absolute(reverse(f"api-{plural}-list")),
                "description": in_each_language(view.about),
            }
            for plural, view in KINDS.items()
        ]
        return Response({
            "name": "cubaru",
            "documentation": absolute(reverse("api-docs")),
            "schema": absolute(reverse("api-schema")),
            "editions": absolute(reverse("api-editions-list")),
            "changes": absolute(reverse("api-changes-list")),
            "search": absolute(reverse("api-search")),
            "timeline": absolute(reverse("api-timeline")),
            "kinds": kinds,
        })  # fmt: skip


class SchemaView(ReadView):
    subject = "schema"
    about = _("The description of the API in OpenAPI 3.1.")

    def known_parameters(self) -> list[str]:
        return ["format", "lang"]

    @extend_schema(responses={200: {"type": "object"}})
    def get(self, request: Request) -> Response:
        language = choice_of_language(request.query_params) or "en"
        response = Response(api_document(language))
        response.headers["Content-Language"] = language
        return response


class ContextView(ReadView):
    """What the names in linked data mean; kept for ever."""

    subject = "context"
    about = _("The JSON-LD context of the linked data: what its names mean. A version never changes.")

    def get_renderers(self) -> list[BaseRenderer]:
        return [JsonLdContext()]

    @extend_schema(
        parameters=[OpenApiParameter("version", {"type": "string", "enum": [CONTEXT_VERSION]}, "path")],
        responses={(200, "application/ld+json"): {"type": "object", "required": ["@context"]}},
    )
    def get(self, request: Request, version: str) -> Response:
        if version != CONTEXT_VERSION:
            raise Http404
        return Response({"@context": CONTEXT}, headers={"Cache-Control": FOR_EVER})


class JsonLdContext(JSONRenderer):
    media_type = "application/ld+json"
    format = "jsonld"


router = SimpleRouter()
for _plural, _view in KINDS.items():
    router.register(_plural, _view, basename=f"api-{_plural}")
router.register("editions", EditionViewSet, basename="api-editions")

urlpatterns = [
    path("", RootView.as_view(), name="api-root"),
    path("schema/", SchemaView.as_view(), name="api-schema"),
    path("context/<version>/", ContextView.as_view(), name="api-context"),
    path("docs/", ApiGuide.as_view(kinds=KINDS), name="api-docs"),
    path("docs/<slug:plural>/", KindPage.as_view(kinds=KINDS), name="api-docs-kind"),
    path("bulk/", BulkView.as_view(), name="api-bulk"),
    path("changes/", ChangeViewSet.as_view({"get": "list"}), name="api-changes-list"),
    path("search/", SearchView.as_view(), name="api-search"),
    path("timeline/", TimelineView.as_view(), name="api-timeline"),
    path("timeline/undated/", TimelineUndatedView.as_view(), name="api-timeline-undated"),
    path("timeline/<int:level>/<int:index>/", TimelineTileView.as_view(), name="api-timeline-tile"),
    *router.urls,
]
