"""The addresses of editions, the same for every kind of record."""

from django.urls import path, register_converter

from cubaru.edition_views import KindConverter, edition_detail, edition_list

register_converter(KindConverter, "kind")

urlpatterns = [
    path("<kind:kind>/<slug:slug>/editions/", edition_list, name="edition-list"),
    path("<kind:kind>/<slug:slug>/editions/<int:number>/", edition_detail, name="edition-detail"),
]
