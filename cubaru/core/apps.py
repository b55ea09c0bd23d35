from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "cubaru.core"
    label = "core"
    verbose_name = "cubaru"

    def ready(self) -> None:
        from cubaru.core import history

        history.connect_signals()
