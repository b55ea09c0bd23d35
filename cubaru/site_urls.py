"""The addresses of the site's own pages, under the language."""

from django.urls import URLPattern, path
from django.views.generic import TemplateView

from cubaru import about_views, data_views, oembed_views, views
from cubaru.core.kept_answers import kept
from cubaru.search.feed import FoundRecords
from cubaru.search.page import search
from events import feeds, views_pictures

urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("embed/timeline/", oembed_views.embed, name="embed-timeline"),
    path("search/", search, name="search"),
    path("search/feed.atom", FoundRecords(), name="search-feed"),
    path("feed.atom", kept()(feeds.NEW), name="feed"),
    path("picture.png", views_pictures.site_picture, name="picture"),
    path("changes.atom", kept()(feeds.CHANGED), name="changes"),
    path("about/", about_views.about, name="about"),
    path("data/", data_views.data, name="data"),
    path("method/", about_views.method, name="method"),
    path("licence/", about_views.licence, name="licence"),
    path("accessibility/", about_views.accessibility, name="accessibility"),
    path("styles/", TemplateView.as_view(template_name="styles.html"), name="styles"),
]
