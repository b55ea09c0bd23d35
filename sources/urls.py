"""The addresses of sources' pages, under the language."""

from django.urls import URLPattern, path

from sources import views

app_name = "sources"

urlpatterns: list[URLPattern] = [
    path("sources/", views.source_list, name="source-list"),
    path("sources/<slug:slug>/", views.SourcePage.as_view(), name="source-detail"),
]
