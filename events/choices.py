"""The fixed words of events and claims; the roles are in `role_vocabulary`."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Verification(models.TextChoices):
    """How much of an event was seen in the sources it cites."""

    SEEN = "seen", _("seen in the sources cited")
    PARTLY = "partly", _("partly seen in the sources cited")
    UNVERIFIED = "unverified", _("not yet seen in a source")


class Relation(models.TextChoices):
    """What an event is to another, read from it to the other; `INVERSE` reads the other way."""

    PART_OF = "part_of", _("part of")
    LED_TO = "led_to", _("led to")
    RESPONDS_TO = "responds_to", _("responds to")
    SEE_ALSO = "see_also", _("see also")


INVERSE = {
    Relation.PART_OF: _("includes"),
    Relation.LED_TO: _("follows from"),
    Relation.RESPONDS_TO: _("answered by"),
    Relation.SEE_ALSO: _("see also"),
}


class Verdict(models.TextChoices):
    CORROBORATED = "corroborated", _("corroborated")
    IMPRECISE = "imprecise", _("imprecise")
    DISPUTED = "disputed", _("disputed")
    CONTRADICTED = "contradicted", _("contradicted")
    UNVERIFIED = "unverified", _("unverified")


class Confidence(models.TextChoices):
    LOW = "low", _("low")
    MEDIUM = "medium", _("medium")
    HIGH = "high", _("high")


class Lane(models.TextChoices):
    """The six lanes of the timeline, each with an ink and a shape; every theme runs in one."""

    DIPLOMACY = "diplomacy", _("Diplomacy")
    DEFENCE = "defence", _("Defence and security")
    TRADE = "trade", _("Trade and energy")
    PARTY = "party", _("Party and ideology")
    SCIENCE = "science", _("Science and space")
    CULTURE = "culture", _("Culture and education")
