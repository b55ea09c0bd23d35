"""The addresses of sources' pages, under the language."""

from django.urls import URLPattern

app_name = "sources"

urlpatterns: list[URLPattern] = []
