from modeltranslation.translator import TranslationOptions, register

from people.models import (
    Office,
    OfficeCitation,
    Organization,
    OrganizationCitation,
    Person,
    PersonCitation,
    PersonImage,
)
from sources.translation import CitationTranslation, ImageTranslation


@register(Person)
class PersonTranslation(TranslationOptions):
    fields = ("name", "sort_name", "description", "body")


@register(Organization)
class OrganizationTranslation(TranslationOptions):
    fields = ("name", "description")


@register(Office)
class OfficeTranslation(TranslationOptions):
    fields = ("title",)


register([OfficeCitation, OrganizationCitation, PersonCitation])(CitationTranslation)
register(PersonImage)(ImageTranslation)
