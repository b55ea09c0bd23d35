"""The addresses of the site's own pages, under the language."""

from django.urls import URLPattern, path
from django.views.generic import TemplateView

urlpatterns: list[URLPattern] = [
    path("styles/", TemplateView.as_view(template_name="styles.html"), name="styles"),
]
