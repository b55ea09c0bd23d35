"""The addresses of the pages of people and organizations, under the language."""

from django.urls import URLPattern, path

from people import views

app_name = "people"

urlpatterns: list[URLPattern] = [
    path("people/", views.person_list, name="person-list"),
    path("people/<slug:slug>/", views.PersonPage.as_view(), name="person-detail"),
    path("organizations/", views.organization_list, name="organization-list"),
    path("organizations/<slug:slug>/", views.OrganizationPage.as_view(), name="organization-detail"),
]
