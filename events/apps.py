from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Events")

    def ready(self) -> None:
        from cubaru.core import bulk_load, ledger, verification
        from cubaru.core.documents import register
        from cubaru.core.tables import kinds as tables
        from events.documents import CLAIM_RULES, EVENT, THEME, claims
        from events.levels import checking, upkeep
        from events.levels.rebuilding import rebuild
        from events.likeness import watch_events
        from events.quality import register_checks
        from events.querysets import statement_of
        from events.tables import claims_table
        from people.documents import PERSON
        from sources.cited_pages import TITLES

        register(THEME)
        register(EVENT)
        watch_events()
        PERSON.add(claims(), before="citations")
        PERSON.rules += CLAIM_RULES
        register_checks()
        tables.register(claims_table())
        TITLES["events:claim-detail"] = statement_of
        if upkeep.follow not in ledger.FOLLOWERS:
            ledger.FOLLOWERS.append(upkeep.follow)
            bulk_load.AFTERWARDS.append(rebuild)
        verification.MORE[_("events where the timeline has them")] = checking.check_entries
        verification.MORE[_("tiles of the timeline")] = checking.check_tiles
