from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SourcesConfig(AppConfig):
    name = "sources"
    verbose_name = _("Sources")

    def ready(self) -> None:
        from cubaru.core.documents import register
        from sources.documents import SOURCE
        from sources.likeness import watch_sources

        register(SOURCE)
        watch_sources()
