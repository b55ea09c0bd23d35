from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HooksConfig(AppConfig):
    name = "hooks"
    verbose_name = _("Webhooks")

    def ready(self) -> None:
        from cubaru.core import ledger
        from hooks.outbox import put

        if put not in ledger.KEEPERS:
            ledger.KEEPERS.append(put)
