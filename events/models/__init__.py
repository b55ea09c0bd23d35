from events.levels.models import LevelEntry, TileCount
from events.models.claim import Claim, ClaimCitation, ClaimEvent
from events.models.event import (
    Event,
    EventCitation,
    EventImage,
    EventName,
    EventNarrativeCitation,
    EventPlace,
    EventTheme,
)
from events.models.participation import Participation
from events.models.relation import EventRelation
from events.models.theme import Theme

__all__ = [
    "Claim",
    "ClaimCitation",
    "ClaimEvent",
    "Event",
    "EventCitation",
    "EventImage",
    "EventName",
    "EventNarrativeCitation",
    "EventPlace",
    "EventRelation",
    "EventTheme",
    "LevelEntry",
    "Participation",
    "Theme",
    "TileCount",
]
