"""The addresses of places' pages, under the language."""

from django.urls import URLPattern

app_name = "places"

urlpatterns: list[URLPattern] = []
