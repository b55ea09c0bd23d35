from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "cubaru.core"
    label = "core"
    verbose_name = "cubaru"

    def ready(self) -> None:
        from cubaru.core import history, ledger, likeness, roles, verification, wording_checks, wordings
        from cubaru.core.search import checking, indexing

        history.connect_signals()
        # After the permissions of the models are there: the app of those stands before this one.
        post_migrate.connect(roles.keep_groups, dispatch_uid="roles: groups have their rights")
        if indexing.index not in ledger.FOLLOWERS:
            ledger.FOLLOWERS.append(indexing.index)
        for follower in (wordings.follow, likeness.follow):
            if follower not in history.FOLLOWERS:
                history.FOLLOWERS.append(follower)
        verification.MORE[_("records whose translations are as told")] = wording_checks.verify
        verification.MORE[_("records in the search index")] = checking.verify
