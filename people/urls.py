"""The addresses of people' pages, under the language."""

from django.urls import URLPattern

app_name = "people"

urlpatterns: list[URLPattern] = []
