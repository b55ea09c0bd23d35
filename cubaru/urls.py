"""All addresses: pages under a language, the API, the admin, the probes."""

from django.contrib import admin
from django.urls import path

from cubaru.health import healthz, readyz

urlpatterns = [
    path("healthz", healthz),
    path("readyz", readyz),
    path("admin/", admin.site.urls),
]
