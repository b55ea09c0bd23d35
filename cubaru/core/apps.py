from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "cubaru.core"
    label = "core"
    verbose_name = "cubaru"

    def ready(self) -> None:
        from cubaru.core import history, ledger, verification
        from cubaru.core.search import checking, indexing

        history.connect_signals()
        if indexing.index not in ledger.FOLLOWERS:
            ledger.FOLLOWERS.append(indexing.index)
        verification.MORE[_("records in the search index")] = checking.verify
