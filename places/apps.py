from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacesConfig(AppConfig):
    name = "places"
    verbose_name = _("Places")

    def ready(self) -> None:
        from cubaru.core.documents import register
        from places.documents import PLACE
        from places.likeness import watch_places
        from places.quality import register_checks

        register(PLACE)
        watch_places()
        register_checks()
