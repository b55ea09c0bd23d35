from modeltranslation.translator import TranslationOptions, register

from places.models import Place


@register(Place)
class PlaceTranslation(TranslationOptions):
    fields = ("name", "description")
