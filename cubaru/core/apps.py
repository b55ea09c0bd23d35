from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "cubaru.core"
    label = "core"
    verbose_name = "cubaru"

    def ready(self) -> None:
        from cubaru.core import history, ledger, roles, verification
        from cubaru.core.search import checking, indexing

        history.connect_signals()
        # After the permissions of the models are there: the app of those stands before this one.
        post_migrate.connect(roles.keep_groups, dispatch_uid="roles: groups have their rights")
        if indexing.index not in ledger.FOLLOWERS:
            ledger.FOLLOWERS.append(indexing.index)
        verification.MORE[_("records in the search index")] = checking.verify
