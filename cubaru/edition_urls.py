"""The addresses of editions, the same for every kind of record."""

from django.urls import path, register_converter

from cubaru.cite_views import edition_citation, page_citation, source_citation
from cubaru.edition_views import KindConverter, edition_detail, edition_list
from cubaru.memento import timegate, timemap

register_converter(KindConverter, "kind")

urlpatterns = [
    path("<kind:kind>/<slug:slug>/editions/", edition_list, name="edition-list"),
    path("<kind:kind>/<slug:slug>/editions/timegate/", timegate, name="edition-timegate"),
    path("<kind:kind>/<slug:slug>/editions/timemap/", timemap, name="edition-timemap"),
    path("<kind:kind>/<slug:slug>/editions/<int:number>/", edition_detail, name="edition-detail"),
    path(
        "<kind:kind>/<slug:slug>/editions/<int:number>/cite/<slug:file_format>/",
        edition_citation,
        name="edition-citation",
    ),
    path("cite/<slug:file_format>/", page_citation, name="page-citation"),
    path("sources/<slug:slug>/cite/<slug:file_format>/", source_citation, name="source-citation"),
]
