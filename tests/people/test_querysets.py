"""Querysets of people and organizations: what readers are shown of them."""

import pytest

from cubaru.core.history import recording
from cubaru.core.models import Status
from people.models import Organization, Person
from tests.factories import (
    ClaimFactory,
    EventFactory,
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
    SourceFactory,
)

pytestmark = pytest.mark.django_db

EACH_STATUS = pytest.mark.parametrize("status", list(Status))


@EACH_STATUS
def test_reader_is_shown_parts_of_a_person_that_lead_to_public_records_only(status: Status) -> None:
    with recording():
        person, source = PersonFactory(), SourceFactory(status=status)
        PersonNameFactory(person=person)
        ClaimFactory(event=None, person=person)
        OfficeFactory(person=person, organization=OrganizationFactory(status=status))
        OfficeCitationFactory(source=source, office__person=person)
        ParticipationFactory(person=person, event=EventFactory(status=status))
        PersonCitationFactory(person=person, source=source)
        PersonImageFactory(person=person, source=source)
    found = Person.objects.with_public_parts().get(pk=person.pk)
    expected = 1 if status is Status.PUBLISHED else 0
    assert [len(found.names.all()), len(found.claims.all())] == [1, 1]
    assert [len(parts.all()) for parts in (found.participations, found.citations, found.images)] == [
        expected
    ] * 3
    assert len(found.offices.all()) == 1 + expected
    assert sum(len(office.citations.all()) for office in found.offices.all()) == expected


@EACH_STATUS
def test_reader_is_shown_parts_of_an_organization_that_lead_to_public_records_only(status: Status) -> None:
    with recording():
        organization, source = OrganizationFactory(), SourceFactory(status=status)
        OrganizationNameFactory(organization=organization)
        OfficeFactory(organization=organization, person=PersonFactory(status=status))
        ParticipationFactory(person=None, organization=organization, event=EventFactory(status=status))
        OrganizationCitationFactory(organization=organization, source=source)
    found = Organization.objects.with_public_parts().get(pk=organization.pk)
    expected = 1 if status is Status.PUBLISHED else 0
    assert len(found.names.all()) == 1
    assert [len(parts.all()) for parts in (found.offices, found.participations, found.citations)] == [
        expected
    ] * 3
