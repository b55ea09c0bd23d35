"""The addresses of places' pages, under the language."""

from django.urls import URLPattern, path

from places import views

app_name = "places"

urlpatterns: list[URLPattern] = [
    path("places/", views.place_list, name="place-list"),
    path("places/<slug:slug>/", views.PlacePage.as_view(), name="place-detail"),
]
