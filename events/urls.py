"""The addresses of events' pages, under the language."""

from django.urls import path

from events import views, views_claims, views_themes, views_timeline

app_name = "events"

urlpatterns = [
    path("events/", views.event_list, name="event-list"),
    path("events/<slug:slug>/", views.EventPage.as_view(), name="event-detail"),
    path("events/<slug:slug>/card/", views_timeline.event_card, name="event-card"),
    path("themes/", views_themes.theme_list, name="theme-list"),
    path("themes/<slug:slug>/", views_themes.ThemePage.as_view(), name="theme-detail"),
    path("claims/", views_claims.claim_list, name="claim-list"),
    path("claims/<slug:slug>/", views_claims.claim_detail, name="claim-detail"),
]
