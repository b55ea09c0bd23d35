from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SourcesConfig(AppConfig):
    name = "sources"
    verbose_name = _("Sources")

    def ready(self) -> None:
        from cubaru.core.documents import register
        from sources.documents import SOURCE
        from sources.likeness import watch_sources
        from sources.quality import register_checks

        register(SOURCE)
        watch_sources()
        register_checks()
