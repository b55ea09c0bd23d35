"""Events, themes and claims: what the database refuses, what is protected, how they read."""

from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import F, ProtectedError

from events.levels.models import LevelEntry, TileCount
from events.models import Claim, Event
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
    ClaimCitationFactory,
    ClaimEventFactory,
    ClaimFactory,
    EventCitationFactory,
    EventFactory,
    EventImageFactory,
    EventNameFactory,
    EventNarrativeCitationFactory,
    EventPlaceFactory,
    EventRelationFactory,
    EventThemeFactory,
    OrganizationFactory,
    ParticipationFactory,
    PersonFactory,
    ThemeFactory,
)

EITHER = "participation_is_of_either_a_person_or_an_organization"
ABOUT = "claim_is_about_either_an_event_or_a_person"


def participation_of_an_organization() -> Any:
    return ParticipationFactory.create(person=None, organization=OrganizationFactory.create())


def place_on_the_timeline() -> Any:
    event = EventFactory.create(status="draft")
    return LevelEntry.objects.create(event=event, series=0, lane=0, day=0, level=0, rank=0)


def count_of_a_tile() -> Any:
    return TileCount.objects.create(series=-1, level=0, tile=0, count=1)


BREACHES = [
    *record_breaches(EventFactory, "event", "title"),
    Breach("event_importance_is_1_to_5", EventFactory, {"importance": 0}),
    Breach("event_importance_is_1_to_5", EventFactory, {"importance": 6}),
    Breach("event_has_a_known_verification", EventFactory, {"verification": "heard"}),
    *date_breaches(EventFactory, "event", "date"),
    Breach("theme_stands_once_per_event", EventThemeFactory, twice=True),
    Breach("place_stands_once_per_event", EventPlaceFactory, twice=True),
    *name_breaches(EventNameFactory, "event_name", "event"),
    *citation_breaches(EventCitationFactory, "event_citation"),
    Breach("source_stands_once_per_narrative_of_event", EventNarrativeCitationFactory, twice=True),
    *image_breaches(EventImageFactory, "event_image"),
    Breach(EITHER, ParticipationFactory, {"person": None}),
    Breach("participation_has_a_known_role", ParticipationFactory, {"role": "bystander"}),
    Breach("person_has_a_role_once_per_event", ParticipationFactory, twice=True),
    Breach("organization_has_a_role_once_per_event", participation_of_an_organization, twice=True),
    Breach("event_relation_is_of_a_known_kind", EventRelationFactory, {"relation": "resembles"}),
    Breach(
        "event_is_not_related_to_itself", EventRelationFactory, {"to_event": F("from_event")}, derived=True
    ),
    Breach("event_relation_stands_once", EventRelationFactory, twice=True),
    *record_breaches(ThemeFactory, "theme", "name"),
    Breach("theme_runs_in_a_known_lane", ThemeFactory, {"lane": "sport"}),
    Breach("claim_has_an_address", ClaimFactory, {"slug": ""}),
    Breach(ABOUT, ClaimFactory, {"event": None}),
    Breach("claim_is_stated_in_some_language", ClaimFactory, {"statement_en": ""}),
    Breach("claim_has_a_known_verdict", ClaimFactory, {"verdict": "true"}),
    Breach("claim_has_a_known_confidence_or_none", ClaimFactory, {"confidence": "total"}),
    Breach("claim_bears_on_an_event_once", ClaimEventFactory, twice=True),
    *citation_breaches(ClaimCitationFactory, "claim_citation"),
    Breach("event_stands_once_in_a_series", place_on_the_timeline, twice=True),
    Breach("tile_is_counted_once", count_of_a_tile, twice=True),
]

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("breach", BREACHES, ids=str)
def test_database_refuses_a_row_that_breaks_a_rule(breach: Breach) -> None:
    breach.is_refused()


def test_every_rule_is_broken_once() -> None:
    assert {breach.rule for breach in BREACHES} == rules_of(*apps.get_app_config("events").get_models())


def test_participation_of_both_a_person_and_an_organization_is_refused() -> None:
    Breach(EITHER, ParticipationFactory, {"organization_id": OrganizationFactory.create().pk}).is_refused()


def test_claim_about_both_an_event_and_a_person_is_refused() -> None:
    Breach(ABOUT, ClaimFactory, {"person_id": PersonFactory.create().pk}).is_refused()


@pytest.mark.parametrize(
    ("target", "linking", "by"),
    [
        (ThemeFactory, EventThemeFactory, "theme"),
        (EventFactory, EventRelationFactory, "to_event"),
        (EventFactory, ClaimEventFactory, "event"),
    ],
)
def test_record_that_others_link_to_cannot_be_deleted(target: Any, linking: Any, by: str) -> None:
    record = target()
    linking(**{by: record})
    with pytest.raises(ProtectedError):
        record.delete()
    assert type(record).objects.filter(pk=record.pk).exists()


def test_event_goes_with_all_its_parts() -> None:
    event = EventFactory.create()
    claim = ClaimFactory.create(event=event)
    ClaimCitationFactory.create(claim=claim)
    for factory in (EventThemeFactory, EventPlaceFactory, EventNameFactory, EventCitationFactory,
                    EventImageFactory, ParticipationFactory):  # fmt: skip
        factory(event=event)
    EventRelationFactory.create(from_event=event)
    event.delete()
    assert not Event.objects.filter(pk=event.pk).exists()
    assert not Claim.objects.filter(pk=claim.pk).exists()


def test_address_of_a_claim_belongs_to_one_claim_of_all() -> None:
    claim = ClaimFactory.create()
    with pytest.raises(ValidationError, match="slug"):
        ClaimFactory.build(slug=claim.slug, event=None, person=PersonFactory()).full_clean()


def test_claim_bears_on_no_event_that_it_is_about_already() -> None:
    claim = ClaimFactory.create()
    with pytest.raises(ValidationError, match="about this event already"):
        claim.event_links.model(claim=claim, event=claim.event).full_clean()


def test_claim_leads_to_what_it_is_about() -> None:
    person = PersonFactory.create()
    assert ClaimFactory.create(event=None, person=person).subject == person
    event = EventFactory.create()
    assert ClaimFactory.create(event=event).subject == event


def test_relation_is_called_by_its_inverse_from_the_other_event() -> None:
    relation = EventRelationFactory.create(relation="part_of")
    assert relation.inverse_label == "includes"


def test_participant_is_the_person_or_the_organization() -> None:
    participation = ParticipationFactory.create()
    assert participation.participant == participation.person
    assert participation_of_an_organization().participant.record_kind == "organization"


def test_event_runs_in_the_lane_of_its_first_published_theme() -> None:
    event = EventFactory.create()
    assert event.lane == ""
    EventThemeFactory.create(
        event=event, theme=ThemeFactory.create(lane="culture", status="draft"), position=0
    )
    EventThemeFactory.create(event=event, theme=ThemeFactory.create(lane="party"), position=1)
    EventThemeFactory.create(event=event, theme=ThemeFactory.create(lane="science"), position=2)
    assert event.lane == "party"


def test_undated_event_has_no_when() -> None:
    assert EventFactory.create(date="").when is None
    dated = EventFactory.create(date="1962-10-16").when
    assert dated is not None
    assert dated.edtf == "1962-10-16"
