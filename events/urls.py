"""The addresses of events' pages, under the language."""

from django.urls import URLPattern

app_name = "events"

urlpatterns: list[URLPattern] = []
