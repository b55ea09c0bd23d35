"""Querysets of events and claims: which may have happened when, and what readers are shown of them."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cubaru.core.history import recording
from cubaru.core.models import Status
from events.models import Claim, Event
from tests.factories import (
    ClaimCitationFactory,
    ClaimEventFactory,
    ClaimFactory,
    EventCitationFactory,
    EventFactory,
    EventImageFactory,
    EventPlaceFactory,
    EventRelationFactory,
    EventThemeFactory,
    ParticipationFactory,
    PersonFactory,
    PlaceFactory,
    SourceFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("edtf", "calendar", "is_found"),
    [
        ("1962-10-16", "gregorian", True),
        ("1962-10-31", "gregorian", True),
        ("1962-09-30", "gregorian", False),
        ("1962-11-01", "gregorian", False),
        ("1962-10", "gregorian", True),
        ("1962", "gregorian", True),
        ("196X", "gregorian", True),
        ("1962-09-30/1962-10-01", "gregorian", True),
        ("1962-10-31/1963", "gregorian", True),
        ("1902/..", "gregorian", True),
        ("../1962-09-30", "gregorian", False),
        ("1962-09-18", "julian", True),  # 1 October
        ("1962-09-17", "julian", False),
        ("", "gregorian", False),
    ],
)
def test_event_overlaps_a_month_if_any_of_its_days_does(edtf: str, calendar: str, is_found: bool) -> None:
    event = EventFactory(date=edtf, date_calendar=calendar)
    october = Event.objects.overlapping(date(1962, 10, 1), date(1962, 10, 31))
    assert (event in october) == is_found


def test_last_day_before_the_first_is_refused() -> None:
    with pytest.raises(ValueError, match="1962-10-01 is before 1962-10-02"):
        Event.objects.overlapping(date(1962, 10, 2), date(1962, 10, 1))


def test_undated_events_are_those_without_an_expression() -> None:
    undated, dated = EventFactory(date="", date_words="Some day"), EventFactory(date="1902/..")
    assert undated in Event.objects.undated()
    assert dated not in Event.objects.undated()


def test_events_are_in_order_of_their_first_day_and_undated_ones_last(empty_database: None) -> None:
    undated, long_one, short_one, early = (
        EventFactory(date=text) for text in ["", "1960/1962", "1960-01-01", "1902"]
    )
    assert list(Event.objects.all()) == [early, short_one, long_one, undated]


def test_sources_are_counted_once_and_only_if_they_are_public() -> None:
    event = EventFactory()
    with recording():
        source = SourceFactory()
        for cited in (source, source, SourceFactory(), SourceFactory(status=Status.DRAFT)):
            EventCitationFactory(event=event, source=cited)
        for _number in range(3):
            ClaimFactory(event=event)
    counted: Any = Event.objects.with_counts().get(pk=event.pk)
    assert (counted.source_count, counted.claim_count) == (2, 3)


def whole_event(status: Status) -> Event:
    """An event with one part of each sort, linked to records of this status."""
    with recording():
        event = EventFactory()
        source, other = SourceFactory(status=status), EventFactory(status=status)
        EventThemeFactory(event=event, theme=ThemeFactory(status=status))
        EventPlaceFactory(event=event, place=PlaceFactory(status=status))
        ParticipationFactory(event=event, person=PersonFactory(status=status))
        EventRelationFactory(from_event=event, to_event=other)
        EventRelationFactory(from_event=other, to_event=event)
        EventCitationFactory(event=event, source=source)
        EventImageFactory(event=event, source=source)
        claim = ClaimFactory(event=event)
        ClaimCitationFactory(claim=claim, source=source)
        ClaimEventFactory(claim=claim, event=other)
    assert isinstance(event, Event)
    return event


LINKING = [
    "theme_links",
    "place_links",
    "participations",
    "relations",
    "inverse_relations",
    "citations",
    "images",
]


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.PUBLISHED, Status.WITHDRAWN])
def test_reader_is_shown_parts_that_lead_to_public_records_only(status: Status) -> None:
    event = Event.objects.with_public_parts().get(pk=whole_event(status).pk)
    [claim] = event.claims.all()
    shown = [getattr(event, name) for name in LINKING] + [claim.citations, claim.event_links]
    assert {len(parts.all()) for parts in shown} == {1 if status is Status.PUBLISHED else 0}


def test_event_is_loaded_whole_by_a_fixed_number_of_queries() -> None:
    def queries(keys: list[int]) -> int:
        with CaptureQueriesContext(connection) as asked:
            for event in Event.objects.with_public_parts().filter(pk__in=keys):
                assert [str(link.theme) for link in event.theme_links.all()]
                assert [str(one.participant) for one in event.participations.all()]
                assert [str(relation.to_event) for relation in event.relations.all()]
                for claim in event.claims.all():
                    assert [str(citation) for citation in claim.citations.all()]
        return len(asked)

    keys = [whole_event(Status.PUBLISHED).pk for _number in range(3)]
    assert queries(keys) == queries(keys[:1])


@pytest.mark.parametrize("status", list(Status))
def test_claim_is_public_with_what_it_is_about(status: Status) -> None:
    of_event = ClaimFactory(event=EventFactory(status=status))
    of_person = ClaimFactory(event=None, person=PersonFactory(status=status))
    published = Claim.objects.published()
    for claim in (of_event, of_person):
        assert (claim in published) == (status is Status.PUBLISHED)


def test_claim_is_loaded_with_public_sources_and_events() -> None:
    claim = ClaimFactory()
    shown = ClaimCitationFactory(claim=claim)
    ClaimCitationFactory(claim=claim, source=SourceFactory(status=Status.DRAFT))
    ClaimEventFactory(claim=claim, event=EventFactory(status=Status.WITHDRAWN))
    found = Claim.objects.with_public_parts().get(pk=claim.pk)
    with CaptureQueriesContext(connection) as asked:
        assert list(found.citations.all()) == [shown]
        assert list(found.event_links.all()) == []
        assert found.subject == claim.event
    assert len(asked) == 0
