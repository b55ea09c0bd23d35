from modeltranslation.translator import TranslationOptions, register

from events.models import (
    Claim,
    ClaimCitation,
    Event,
    EventCitation,
    EventImage,
    EventRelation,
    Participation,
    Theme,
)
from sources.translation import CitationTranslation, ImageTranslation


@register(Event)
class EventTranslation(TranslationOptions):
    fields = ("title", "summary", "body", "date_note")


@register(Theme)
class ThemeTranslation(TranslationOptions):
    fields = ("name", "description")


@register(Claim)
class ClaimTranslation(TranslationOptions):
    fields = ("statement", "reasoning")


@register([EventRelation, Participation])
class NoteTranslation(TranslationOptions):
    fields = ("note",)


register([ClaimCitation, EventCitation])(CitationTranslation)
register(EventImage)(ImageTranslation)
