from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Events")

    def ready(self) -> None:
        from cubaru.core import ledger, verification
        from cubaru.core.documents import register
        from events.documents import CLAIM_RULES, EVENT, THEME, claims
        from events.levels import checking, upkeep
        from people.documents import PERSON

        register(THEME)
        register(EVENT)
        PERSON.add(claims(), before="citations")
        PERSON.rules += CLAIM_RULES
        if upkeep.follow not in ledger.FOLLOWERS:
            ledger.FOLLOWERS.append(upkeep.follow)
        verification.MORE |= {
            _("events where the timeline has them"): checking.check_entries,
            _("tiles of the timeline"): checking.check_tiles,
        }
