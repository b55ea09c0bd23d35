"""What needs a person: each number of the first page leads to a list of exactly as many."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cubaru.core import quality
from cubaru.core.admin.needs import list_of
from cubaru.core.countries import countries_by_script
from cubaru.core.history import recording
from cubaru.core.models import Status, Step
from events.models import Claim, Event
from people.models import Office, Person
from tests.factories import (
    ClaimCitationFactory,
    ClaimFactory,
    EventCitationFactory,
    EventFactory,
    EventNarrativeCitationFactory,
    OfficeCitationFactory,
    OfficeFactory,
    OrganizationFactory,
    ParticipationFactory,
    PersonFactory,
    PersonNameFactory,
    PlaceFactory,
    SourceFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


def rows(model: Any) -> Any:
    """The rows of a model whose translated columns the type checker does not know."""
    return model.objects


TODAY = reverse("admin:index")


@pytest.fixture(autouse=True)
def counted_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However busy the machine is, nothing takes long to count."""
    monkeypatch.setattr(quality, "_LONG", float("inf"))


def finds(name: str, row: Any) -> bool:
    check = quality.check_named(name)
    assert check is not None
    return check.model._base_manager.filter(check.condition(), pk=row.pk).exists()


def test_an_event_is_cited_by_itself_its_claims_or_its_narrative() -> None:
    bare, cited, claimed, told = (EventFactory() for _number in range(4))
    EventCitationFactory(event=cited)
    ClaimCitationFactory(claim=ClaimFactory(event=claimed))
    EventNarrativeCitationFactory(event=told)
    found = [finds("events-without-citation", event) for event in (bare, cited, claimed, told)]
    assert found == [True, False, False, False]


def test_nobody_works_on_what_is_withdrawn() -> None:
    assert not finds("events-without-citation", EventFactory(status=Status.WITHDRAWN))
    withdrawn = ClaimFactory(event=EventFactory(status=Status.WITHDRAWN))
    assert not finds("claims-unchecked", withdrawn)


def test_an_event_rests_on_one_source_however_often_it_is_cited() -> None:
    event, source = EventFactory(), SourceFactory()
    EventCitationFactory(event=event, source=source, locator="p. 1")
    EventCitationFactory(event=event, source=source, locator="p. 2")
    assert finds("events-on-one-source", event)
    claim = ClaimFactory(event=event)
    ClaimCitationFactory(claim=claim, source=source)
    assert finds("events-on-one-source", event)
    ClaimCitationFactory(claim=claim)
    assert not finds("events-on-one-source", event)


@pytest.mark.parametrize(
    ("countries", "is_one_sided"),
    [
        (["RU", "SU"], True),
        (["CU", "CU"], True),
        (["US", "DE"], True),
        (["CU", "RU"], False),
        (["RU"], False),
        (["RU", ""], False),  # unknown is neither side
        (["RU", "SU", ""], True),
        (["RU", "SU", "US"], False),
    ],
)
def test_an_event_is_told_by_one_side(countries: list[str], is_one_sided: bool) -> None:
    event = EventFactory()
    for country in countries:
        EventCitationFactory(event=event, source=SourceFactory(country=country))
    assert finds("events-on-one-side", event) == is_one_sided


def test_claims_want_a_citation_a_verdict_and_a_check() -> None:
    claim = ClaimFactory()
    names = ("claims-without-citation", "claims-unverified", "claims-unchecked")
    assert [finds(name, claim) for name in names] == [True, True, True]
    ClaimCitationFactory(claim=claim)
    rows(Claim).filter(pk=claim.pk).update(verdict="imprecise", checked_by="Ana")
    assert [finds(name, claim) for name in names] == [False, False, False]


@pytest.mark.parametrize(
    ("columns", "names", "is_lacking"),
    [
        ({"nationality": "SU"}, [], False),
        ({"nationality": "SU", "name_ru": ""}, [], True),
        ({"nationality": "RU", "name_ru": ""}, ["Cyrl"], False),
        ({"nationality": "CU", "name_en": "", "name_es": ""}, [], True),
        ({"nationality": "CU", "name_en": ""}, [], False),
        ({"nationality": "CN"}, [], True),
        ({"nationality": "CN"}, ["Hans"], False),
        ({"nationality": "GE"}, ["Cyrl", "Latn"], True),
        ({"nationality": "", "name_ru": ""}, [], False),  # nothing is said where nothing is known
    ],
)
def test_people_have_a_name_in_their_own_script(
    columns: dict[str, str], names: list[str], is_lacking: bool
) -> None:
    person = PersonFactory(**columns)
    for script in names:
        PersonNameFactory(person=person, script=script)
    assert finds("people-without-own-script", person) == is_lacking


def test_every_country_writes_in_one_script() -> None:
    scripts = countries_by_script()
    countries = [country for some in scripts.values() for country in some]
    assert len(countries) == len(set(countries))
    assert {"RU", "SU", "UA"} <= set(scripts["Cyrl"])
    assert {"CU", "US", "ES"} <= set(scripts["Latn"])


@pytest.mark.parametrize(
    ("terms", "is_overlapping"),
    [
        ([("1950", "1960"), ("1955", "1965")], True),
        ([("1950", "1960"), ("1960", "1965")], False),  # within one year nothing is certain
        ([("1950", ""), ("1955", "1965")], False),
        ([("1950-01-01", "1955-06-30"), ("1955-06-01", "1957")], True),
        ([("1950", "1953"), ("1955", "1957")], False),
    ],
)
def test_one_office_is_held_by_one_at_a_time(terms: list[tuple[str, str]], is_overlapping: bool) -> None:
    organization = OrganizationFactory()
    first, second = (OfficeFactory(organization=organization, start=start, end=end) for start, end in terms)
    for office in (first, second):
        assert finds("people-offices-overlapping", office.person) == is_overlapping
    rows(Office).filter(pk=second.pk).update(title_en="Second Deputy Chairman")
    assert not finds("people-offices-overlapping", first.person)


def test_dates_want_a_source() -> None:
    person = PersonFactory(birth="1895", death="1978", birth_verified=True)
    assert finds("people-dates-unseen", person)
    rows(Person).filter(pk=person.pk).update(death_verified=True)
    assert not finds("people-dates-unseen", person)
    office = OfficeFactory(person=person)
    assert finds("people-offices-without-citation", person)
    OfficeCitationFactory(office=office)
    assert not finds("people-offices-without-citation", person)
    assert finds("organizations-dates-without-citation", OrganizationFactory(founded="1946"))
    assert finds("events-undated", EventFactory(date=""))


def test_a_link_to_what_readers_do_not_see_is_broken() -> None:
    event = EventFactory()
    participation = ParticipationFactory(event=event)
    assert not finds("events-broken-links", event)
    rows(Person).filter(pk=participation.person_id).update(status=Status.DRAFT)
    assert finds("events-broken-links", event)
    rows(Event).filter(pk=event.pk).update(status=Status.DRAFT)
    assert not finds("events-broken-links", event)


def test_links_of_parts_of_parts_and_of_the_record_itself_are_looked_at() -> None:
    claim = ClaimFactory(verdict="unverified")
    ClaimCitationFactory(claim=claim, source=SourceFactory(status=Status.DRAFT))
    assert finds("events-broken-links", claim.event)
    assert finds("people-broken-links", OfficeFactory(organization__status=Status.DRAFT).person)
    assert finds("places-broken-links", PlaceFactory(parent=PlaceFactory(status=Status.DRAFT)))


def test_a_draft_that_cites_what_is_gone_is_found() -> None:
    source = SourceFactory(slug="a-known-source")
    sound = EventFactory(status=Status.DRAFT, body_en="It is so [@a-known-source].")
    broken = EventFactory(status=Status.DRAFT, body_es="Es así [@no-such-source].")
    assert [finds("events-broken-mentions", event) for event in (sound, broken)] == [False, True]
    source.status = Status.DRAFT
    source.save()
    assert finds("events-broken-mentions", sound)


def test_each_check_is_a_sentence_with_advice_and_a_name_of_its_own() -> None:
    checks = [check for topic in quality.Topic for check in quality.in_topic(topic)]
    assert len({check.name for check in checks}) == len(checks)
    for check in checks:
        assert str(check.title)[0].islower(), check.name
        assert str(check.advice).endswith("."), check.name


# The first page -----------------------------------------------------------------------------------


def listed(desk: Client, url: str) -> int:
    """How many rows the page at the address lists."""
    page = desk.get(url)
    assert page.status_code == 200, url
    if "cl" in page.context:
        return int(page.context["cl"].result_count)
    if "tables" in page.context:
        return sum(len(rows) for _caption, rows in page.context["tables"])
    if "drafts" in page.context:
        return len(page.context["drafts"])
    pages = page.context.get("pages")
    return int(pages.total if pages else page.context["page"].paginator.count)


@pytest.fixture
def something_of_everything(curator: Any) -> None:
    with recording(by=curator):
        EventFactory(status=Status.DRAFT, body_en="So [@nowhere].", date="")
    EventCitationFactory(source=SourceFactory(country="", status=Status.DRAFT))
    ClaimFactory(event=EventFactory(status=Status.IN_REVIEW))
    PersonFactory(name_ru="", sort_name_ru="", birth="1895")
    ThemeFactory()
    rows(Event).filter(pk=EventFactory(summary_es="Vino.").pk).update(summary_en="He came again.")


def test_each_number_leads_to_exactly_as_many(desk: Client, something_of_everything: None) -> None:
    page = desk.get(TODAY)
    numbers = {figure.words: (figure.count, figure.url) for figure in page.context["figures"]}
    numbers |= {
        finding.title: (finding.count, finding.url)
        for topic in page.context["findings"]
        for finding in topic.found
    }
    assert len(numbers) > 15
    assert {title: listed(desk, url) for title, (_count, url) in numbers.items()} == {
        title: count for title, (count, _url) in numbers.items()
    }


def test_what_is_in_order_is_told_too(desk: Client, empty_database: None) -> None:
    page = desk.get(TODAY)
    assert page.context["findings"] == []
    assert "events without a citation" in page.context["in_order"]


def test_what_waits_is_told_with_since_when_and_what_it_lacks(desk: Client) -> None:
    event = EventFactory(status=Status.IN_REVIEW, title_ru="", summary_en="")
    Step.objects.create(kind="event", record_id=event.pk, before="draft", after="in_review")
    (row,) = desk.get(TODAY).context["waiting"]
    assert (row.label, row.days, row.hindrance) == ("Mikoyan visits Havana", 0, "missing: Russian")


def test_the_numbers_are_counted_anew_when_anything_has_changed(desk: Client) -> None:
    def unchecked() -> int:
        return int(quality.numbers(quality.state_of_the_records()).value["claims-unchecked"])

    before = unchecked()
    claim = ClaimFactory()
    assert unchecked() == before + 1
    claim.event.claims.all().delete()
    assert unchecked() == before


def test_what_takes_long_to_count_is_kept_for_a_while_and_says_so(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quality, "_LONG", 0.0)
    monkeypatch.setattr(quality, "_KEPT_A_SECOND", timedelta(days=1))
    desk.get(TODAY)
    assert desk.get(TODAY).context["counted_at"] is None
    ClaimFactory()
    assert desk.get(TODAY).context["counted_at"] is not None
    monkeypatch.setattr(quality, "_KEPT_A_SECOND", timedelta(0))
    assert desk.get(TODAY).context["counted_at"] is None


def test_the_first_page_asks_few_questions(desk: Client, django_assert_max_num_queries: Any) -> None:
    cache.clear()
    with django_assert_max_num_queries(40):
        desk.get(TODAY)
    with django_assert_max_num_queries(24):  # while nothing changes, nothing is counted again
        desk.get(TODAY)


def test_the_number_of_questions_does_not_grow_with_the_records(desk: Client) -> None:
    EventFactory(status=Status.IN_REVIEW)
    few = questions(desk)
    for _number in range(5):
        EventFactory(status=Status.IN_REVIEW)
        PersonFactory(name_ru="", sort_name_ru="")
    assert questions(desk) == few


def questions(desk: Client) -> int:
    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        desk.get(TODAY)
    return len(asked)


def test_a_contributor_sees_no_queue_but_their_own_work(client: Client) -> None:
    user = get_user_model().objects.create_user("writer", is_staff=True)
    user.groups.add(Group.objects.get(name="contributor"))
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    with recording(by=user):
        EventFactory(status=Status.DRAFT)
    page = client.get(TODAY)
    assert not page.context["reviews"]
    assert page.context["figures"][0].words == "drafts of mine"
    assert page.context["figures"][0].count == 1
    assert [one.label for one in page.context["mine"]] == ["Mikoyan visits Havana"]


def test_who_may_see_nothing_sees_no_numbers(client: Client) -> None:
    user = get_user_model().objects.create_user("guest", is_staff=True)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(TODAY)
    assert page.context["findings"] == []
    assert [figure.words for figure in page.context["figures"]] == ["drafts of mine"]


@pytest.mark.parametrize("name", [check.name for topic in quality.Topic for check in quality.in_topic(topic)])
def test_every_list_can_be_narrowed_to_what_needs_a_person(desk: Client, name: str) -> None:
    check = quality.check_named(name)
    if check is not None:
        assert listed(desk, list_of(check)) == check.model._base_manager.filter(check.condition()).count()
