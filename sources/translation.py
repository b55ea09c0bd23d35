from modeltranslation.translator import TranslationOptions, register

from sources.models import Source


@register(Source)
class SourceTranslation(TranslationOptions):
    fields = ("title_translated", "note")


class CitationTranslation(TranslationOptions):
    fields = ("note",)


class ImageTranslation(TranslationOptions):
    fields = ("alt", "caption")
