"""All addresses: pages under a language, the API, the admin, the probes."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path
from django.views.generic import TemplateView

from cubaru.data_views import dump_file
from cubaru.health import healthz, readyz
from cubaru.oai.views import oai
from cubaru.oembed_views import oembed
from cubaru.sitemaps import SITEMAPS, sitemap_index

urlpatterns = [
    path("healthz", healthz),
    path("readyz", readyz),
    path("robots.txt", TemplateView.as_view(template_name="robots.txt", content_type="text/plain")),
    path("sitemap.xml", sitemap_index),
    path("sitemap-<section>.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap-section"),
    path("oembed/", oembed, name="oembed"),
    path("oai/", oai, name="oai"),
    path("dumps/<slug:dump>/<str:name>", dump_file, name="dump-file"),
    path("api/v1/", include("cubaru.api")),
    path("admin/", admin.site.urls),
    path("nested_admin/", include("nested_admin.urls")),
]
urlpatterns += i18n_patterns(
    path("", include("cubaru.site_urls")),
    path("", include("cubaru.edition_urls")),
    path("", include("events.urls")),
    path("", include("people.urls")),
    path("", include("places.urls")),
    path("", include("sources.urls")),
    path("", include("readers.urls")),
)

handler400 = "cubaru.core.api.problems.bad_request"
handler403 = "cubaru.core.api.problems.permission_denied"
handler404 = "cubaru.lost_views.not_found"
handler500 = "cubaru.lost_views.server_error"
