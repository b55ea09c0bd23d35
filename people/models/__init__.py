from people.models.office import Office, OfficeCitation
from people.models.organization import Organization, OrganizationCitation, OrganizationName
from people.models.person import Person, PersonCitation, PersonImage, PersonName, PersonNarrativeCitation

__all__ = [
    "Office",
    "OfficeCitation",
    "Organization",
    "OrganizationCitation",
    "OrganizationName",
    "Person",
    "PersonCitation",
    "PersonImage",
    "PersonName",
    "PersonNarrativeCitation",
]
