"""The addresses of what readers send and make, under the language."""

from django.urls import path

from readers import views_corrections, views_sets
from readers.feeds import AcceptedCorrections

app_name = "readers"

urlpatterns = [
    path("corrections/", views_corrections.correction_list, name="correction-list"),
    path("corrections/feed.atom", AcceptedCorrections(), name="correction-feed"),
    path("corrections/new/", views_corrections.new_correction, name="correction-new"),
    path("corrections/<slug:code>/", views_corrections.sent_correction, name="correction-sent"),
    path("sets/new/", views_sets.new_class_set, name="class-set-new"),
    path("sets/<slug:code>/", views_sets.class_set, name="class-set"),
]
