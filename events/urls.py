"""The addresses of events' pages, under the language."""

from django.urls import path

from cubaru.core.kept_answers import kept
from events import (
    feeds,
    views,
    views_claims,
    views_days,
    views_network,
    views_pictures,
    views_themes,
    views_timeline,
)

app_name = "events"

urlpatterns = [
    path("events/", views.event_list, name="event-list"),
    path("events/<slug:slug>/", views.EventPage.as_view(), name="event-detail"),
    path("events/<slug:slug>/card/", views_timeline.event_card, name="event-card"),
    path("events/<slug:slug>/picture.png", views_pictures.event_picture, name="event-picture"),
    path("network/", views_network.network_page, name="network"),
    path("themes/", views_themes.theme_list, name="theme-list"),
    path("themes/<slug:slug>/", views_themes.ThemePage.as_view(), name="theme-detail"),
    path("themes/<slug:slug>/picture.png", views_pictures.theme_picture, name="theme-picture"),
    path("people/<slug:slug>/picture.png", views_pictures.person_picture, name="person-picture"),
    path("themes/<slug:slug>/feed.atom", kept()(feeds.NEW_OF_THEME), name="theme-feed"),
    path("themes/<slug:slug>/changes.atom", kept()(feeds.CHANGED_OF_THEME), name="theme-changes"),
    path("people/<slug:slug>/feed.atom", kept()(feeds.NEW_OF_PERSON), name="person-feed"),
    path("people/<slug:slug>/changes.atom", kept()(feeds.CHANGED_OF_PERSON), name="person-changes"),
    path("on-this-day/", views_days.today, name="on-this-day"),
    path("on-this-day/feed.atom", kept(each_day=True)(feeds.OnThisDay()), name="day-feed"),
    path("on-this-day/<str:day>/", views_days.day_of_year, name="day-of-year"),
    path("on-this-day.ics", views_days.calendar, name="day-calendar"),
    path("claims/", views_claims.claim_list, name="claim-list"),
    path("claims/<slug:slug>/", views_claims.claim_detail, name="claim-detail"),
]
