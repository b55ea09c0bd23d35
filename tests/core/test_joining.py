"""Two records merged into one: nothing is lost, the old address leads on, and all of it can be undone."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cubaru.core.change_pairs import ChangeSetError
from cubaru.core.change_sets import undo
from cubaru.core.documents import kinds, to_document
from cubaru.core.joining import hindrance, join, plan
from cubaru.core.ledger import newest_entries
from cubaru.core.models import LedgerEntry, PastSlug
from cubaru.core.roles import Role
from cubaru.core.verification import check_ledger
from events.models import Claim, Event
from people.models import Person
from sources.models import Source
from tests.core.test_change_sets import client_of
from tests.databases import records_digest
from tests.factories import (
    ClaimFactory,
    EventCitationFactory,
    EventFactory,
    OfficeFactory,
    ParticipationFactory,
    PersonFactory,
    PersonNameFactory,
    PlaceFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


def two_khrushchevs() -> tuple[Any, Any]:
    """The one that goes, with much that is his, and the one that stays."""
    kept = PersonFactory.create(slug="khrushchev-nikita-1", birth="1894-04-15", name_es="Nikita Jruschov")
    away = PersonFactory.create(
        slug="jruschov-nikita-1", name_en="N. S. Khrushchev", name_es="Nikita Jruschov", death="1971-09-11",
        birth="1894-04-17", identifiers={"viaf": "59102"},
    )  # fmt: skip
    PersonNameFactory.create(person=away, text="Никита Сергеевич Хрущёв")
    OfficeFactory.create(person=away)
    ClaimFactory.create(event=None, person=away, slug="his-claim-1")
    both = EventFactory.create(slug="both-met-1")
    ParticipationFactory.create(event=both, person=away, organization=None, role="visitor")
    ParticipationFactory.create(event=both, person=kept, organization=None, role="visitor")
    alone = EventFactory.create(slug="he-spoke-1")
    ParticipationFactory.create(event=alone, person=away, organization=None, role="speaker")
    return away, kept


def test_all_that_one_had_goes_to_the_other_and_comes_back_by_undo(curator: Any, client: Client) -> None:
    away, kept = two_khrushchevs()
    before = records_digest()
    change_set = join(away, kept, by=curator, why="One and the same.")
    merged = to_document(Person.objects.get(pk=kept.pk))
    assert merged["death"]["edtf"] == "1971-09-11"
    assert merged["birth"]["edtf"] == "1894-04-15"
    assert merged["identifiers"] == {"viaf": "59102"}
    assert [name["text"] for name in merged["names"]] == ["Никита Сергеевич Хрущёв", "N. S. Khrushchev"]
    assert len(merged["offices"]) == 1
    assert Claim.objects.get(slug="his-claim-1").person == kept
    for slug, role in (("both-met-1", "visitor"), ("he-spoke-1", "speaker")):
        assert to_document(Event.objects.get(slug=slug))["participants"] == [
            {"person": kept.slug, "role": role}
        ]
    assert not Person.objects.filter(pk=away.pk).exists()
    response = client.get("/en/people/jruschov-nikita-1/")
    assert (response.status_code, response["Location"]) == (301, "/en/people/khrushchev-nikita-1/")
    response = client.get("/api/v1/people/jruschov-nikita-1/")
    assert (response.status_code, response["Location"]) == (301, "/api/v1/people/khrushchev-nikita-1/")
    assert client.get("/en/people/jruschov-nikita-1/editions/1/").status_code == 200
    entry = newest_entries("person", [away.pk])[away.pk]
    assert (entry.action, entry.slug, entry.target) == ("merge", "jruschov-nikita-1", "khrushchev-nikita-1")
    assert (entry.by, entry.why) == (curator.username, "One and the same.")
    undo(change_set, by=curator)
    assert records_digest() == before
    assert client.get("/en/people/jruschov-nikita-1/").status_code == 200
    editions = LedgerEntry.objects.filter(kind="person", record_id=away.pk, action="edition")
    assert list(editions.order_by("number").values_list("edition", "slug"))[-1] == (
        editions.count(), "jruschov-nikita-1",
    )  # fmt: skip
    assert not LedgerEntry.objects.filter(action="new_slug", record_id=away.pk).exists()
    assert set(check_ledger()) == {""}


def test_what_they_say_differently_is_decided_by_a_person(curator: Any) -> None:
    away, kept = two_khrushchevs()
    assert [conflict.path for conflict in plan(away, kept).conflicts] == [("name", "en"), ("birth",)]
    join(away, kept, by=curator, taken=[("birth",)])
    kept.refresh_from_db()
    assert (kept.birth, kept.name_en) == ("1894-04-17", "Anastas Mikoyan")


def test_former_addresses_of_the_one_that_goes_lead_on_and_come_back(client: Client) -> None:
    away, kept = PlaceFactory.create(slug="mill-first-1"), PlaceFactory.create(slug="mill-kept-1")
    away.slug = "mill-second-1"
    away.save()
    before = records_digest()
    change_set = join(away, kept, by=None)
    for slug in ("mill-first-1", "mill-second-1"):
        assert client.get(f"/en/places/{slug}/")["Location"] == "/en/places/mill-kept-1/"
    undo(change_set, by=None)
    assert records_digest() == before
    assert PastSlug.objects.get(kind="place", slug="mill-first-1").record_id == away.pk


def test_narratives_that_cite_a_source_go_on_citing_the_one_it_was_merged_into(client: Client) -> None:
    away, kept = SourceFactory.create(slug="memoir-once-1"), SourceFactory.create(slug="memoir-1")
    event = EventFactory.create(body_en="It began in Havana [@memoir-once-1, p. 3].")
    EventCitationFactory.create(event=event, source=away)
    before = records_digest()
    change_set = join(away, kept, by=None)
    assert [row.source for row in event.narrative_citations.all()] == [kept]
    assert [row.source for row in event.citations.all()] == [kept]
    assert client.get(event.get_absolute_url()).status_code == 200
    undo(change_set, by=None)
    assert records_digest() == before
    assert [row.source for row in event.narrative_citations.all()] == [away]


def test_a_record_that_readers_know_is_not_merged_into_one_that_they_do_not() -> None:
    away, kept = PlaceFactory.create(), PlaceFactory.create(status="draft")
    before = records_digest()
    assert hindrance(away, kept) is not None
    with pytest.raises(ChangeSetError):
        join(away, kept, by=None)
    with pytest.raises(ChangeSetError):
        join(kept, kept, by=None)
    assert records_digest() == before


def test_a_place_within_the_other_does_not_become_a_part_of_itself() -> None:
    away = PlaceFactory.create()
    kept = PlaceFactory.create(parent=away)
    before = records_digest()
    change_set = join(away, kept, by=None)
    kept.refresh_from_db()
    assert kept.parent is None
    undo(change_set, by=None)
    assert records_digest() == before


def test_a_merge_that_would_break_a_rule_is_told_before_and_refused() -> None:
    """Evidence by the very source that asserts a claim is none."""
    asserting, supporting = SourceFactory.create(), SourceFactory.create()
    claim = ClaimFactory.create(verdict="unverified")
    for source, stance in ((asserting, "asserts"), (supporting, "supports")):
        claim.citations.create(source=source, stance=stance)
    claim.verdict = "corroborated"
    claim.save()
    refused = hindrance(supporting, asserting)
    assert refused is not None
    assert Source.objects.filter(pk=supporting.pk).exists()


@pytest.mark.parametrize("kind", [kind.name for kind in kinds()])
def test_any_two_records_of_the_corpus_can_be_looked_at_as_a_merge(desk: Client, kind: str) -> None:
    model = next(one.model for one in kinds() if one.name == kind)
    first, second = model._base_manager.order_by("pk").values_list("pk", flat=True)[:2]
    before = records_digest()
    page = desk.get(f"{reverse('admin:join')}?kind={kind}&first={first}&second={second}")
    assert page.status_code == 200
    assert records_digest() == before


def test_a_merge_is_made_and_undone_at_the_desk(desk: Client) -> None:
    away, kept = two_khrushchevs()
    before = records_digest()
    start = f"{reverse('admin:join')}?kind=person&first={away.pk}"
    assert b"khrushchev-nikita-1" in desk.get(f"{start}&q=Mikoyan").content
    page = desk.get(f"{start}&second={kept.pk}").content.decode()
    assert "He spoke" not in page
    assert page.count('value="away"') == 2
    response = desk.post(f"{start}&second={kept.pk}", {"choice-0": "away", "why": "Same"}, follow=True)
    kept.refresh_from_db()
    assert kept.name_en == "N. S. Khrushchev"
    desk.post(response.redirect_chain[-1][0], {"_undo": "1"})
    assert records_digest() == before


def test_contributors_do_not_merge() -> None:
    contributor = client_of(Role.CONTRIBUTOR)
    away, kept = PlaceFactory.create(), PlaceFactory.create()
    address = f"{reverse('admin:join')}?kind=place&first={away.pk}&second={kept.pk}"
    assert contributor.get(address).status_code == 403
    assert contributor.post(address).status_code == 403
