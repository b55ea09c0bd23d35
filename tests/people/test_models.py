"""People and organizations: what the database refuses, and what is protected."""

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db.models import F, ProtectedError

from people.models import Organization, Person
from tests.databases import (
    Breach,
    citation_breaches,
    date_breaches,
    image_breaches,
    name_breaches,
    record_breaches,
    rules_of,
)
from tests.factories import (
    OfficeCitationFactory,
    OfficeFactory,
    OrganizationCitationFactory,
    OrganizationFactory,
    OrganizationNameFactory,
    ParticipationFactory,
    PersonCitationFactory,
    PersonFactory,
    PersonImageFactory,
    PersonNameFactory,
    PersonNarrativeCitationFactory,
)

BREACHES = [
    *record_breaches(PersonFactory, "person", "name"),
    Breach("person_does_not_die_before_birth", PersonFactory, {"death": "1894", "death_calendar": "gregorian",
           "death_earliest": date(1894, 1, 1), "death_latest": date(1894, 12, 31)},
           made_with={"birth": "1895-11-25", "death": "1978-10-21"}),
    Breach("person_birth_is_verified_only_when_known", PersonFactory, {"birth_verified": True}),
    Breach("person_death_is_verified_only_when_known", PersonFactory, {"death_verified": True}),
    *date_breaches(PersonFactory, "person", "birth"),
    *date_breaches(PersonFactory, "person", "death"),
    *name_breaches(PersonNameFactory, "person_name", "person"),
    *citation_breaches(PersonCitationFactory, "person_citation"),
    Breach("source_stands_once_per_narrative_of_person", PersonNarrativeCitationFactory, twice=True),
    *image_breaches(PersonImageFactory, "person_image"),
    *record_breaches(OrganizationFactory, "organization", "name"),
    Breach("organization_has_a_known_category", OrganizationFactory, {"category": "club"}),
    Breach("organization_is_not_part_of_itself", OrganizationFactory, {"parent": F("pk")}, derived=True),
    Breach("organization_is_not_dissolved_before_it_is_founded", OrganizationFactory, {"dissolved": "1945",
           "dissolved_earliest": date(1945, 1, 1), "dissolved_latest": date(1945, 12, 31)},
           made_with={"founded": "1946-03-15", "dissolved": "1991"}),
    *date_breaches(OrganizationFactory, "organization", "founded"),
    *date_breaches(OrganizationFactory, "organization", "dissolved"),
    *name_breaches(OrganizationNameFactory, "organization_name", "organization"),
    *citation_breaches(OrganizationCitationFactory, "organization_citation"),
    Breach("office_has_a_title_in_some_language", OfficeFactory, {"title_en": ""}),
    Breach("office_does_not_end_before_it_starts", OfficeFactory,
           {"end": "1954", "end_earliest": date(1954, 1, 1), "end_latest": date(1954, 12, 31)}),
    *date_breaches(OfficeFactory, "office", "start"),
    *date_breaches(OfficeFactory, "office", "end"),
    *citation_breaches(OfficeCitationFactory, "office_citation"),
]  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("breach", BREACHES, ids=str)
def test_database_refuses_a_row_that_breaks_a_rule(breach: Breach) -> None:
    breach.is_refused()


def test_every_rule_is_broken_once() -> None:
    assert {breach.rule for breach in BREACHES} == rules_of(*apps.get_app_config("people").get_models())


@pytest.mark.parametrize(
    ("target", "linking", "by"),
    [
        (OrganizationFactory, OfficeFactory, "organization"),
        (OrganizationFactory, OrganizationFactory, "parent"),
        (PersonFactory, ParticipationFactory, "person"),
    ],
)
def test_record_that_others_link_to_cannot_be_deleted(target: Any, linking: Any, by: str) -> None:
    record = target()
    linking(**{by: record})
    with pytest.raises(ProtectedError):
        record.delete()
    assert type(record).objects.filter(pk=record.pk).exists()


def test_organization_that_took_part_cannot_be_deleted() -> None:
    organization = OrganizationFactory.create()
    ParticipationFactory.create(person=None, organization=organization)
    with pytest.raises(ProtectedError):
        organization.delete()
    assert Organization.objects.filter(pk=organization.pk).exists()


def test_person_goes_with_names_offices_and_citations() -> None:
    name, office, image = PersonNameFactory.create(), OfficeFactory.create(), PersonImageFactory.create()
    OfficeCitationFactory.create(office=office)
    for part in (name, office, image):
        part.person.delete()
        assert not type(part).objects.filter(pk=part.pk).exists()
        assert not Person.objects.filter(pk=part.person_id).exists()
    assert not office.citations.exists()
