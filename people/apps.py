from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = _("People and organizations")

    def ready(self) -> None:
        from cubaru.core.documents import register
        from people.documents import ORGANIZATION, PERSON
        from people.likeness import watch_people
        from people.quality import register_checks

        register(ORGANIZATION)
        register(PERSON)
        watch_people()
        register_checks()
