"""What pages of people and organizations show."""

from typing import Any

import pytest
from django.utils import translation

from cubaru.core.languages import LocalText
from people.axis import ROOM_FOR_DATES, Span, company_of, event_marks, person_axis, span_of, ticks_of
from people.models import Person
from people.presentation import monogram_names, office_dates, offices_text, participant
from people.presentation_person import (
    happenings,
    life,
    office_rows,
    other_names,
    own_name,
    person_json_ld,
)
from tests.factories import (
    EventFactory,
    OfficeFactory,
    OrganizationFactory,
    ParticipationFactory,
    PersonFactory,
    PersonNameFactory,
    PlaceFactory,
)

pytestmark = pytest.mark.django_db


def loaded(person: Person) -> Person:
    return Person.objects.with_public_parts().get(pk=person.pk)


# Offices -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("1955", "1964", "1955–1964"),
        ("1955", "..", "from 1955"),
        ("1955", "", "from 1955"),
        ("", "1964", "until 1964"),
        ("1962-11", "1962-11", "Nov 1962"),
        ("1952", "1959-01-01", "1952 – 1 Jan 1959"),
        ("1990?", "1991", "1990? – 1991"),
        ("", "", ""),
    ],
)
def test_the_dates_of_an_office_are_short_words(start: str, end: str, words: str) -> None:
    end = "1955/.." if end == ".." else end
    assert office_dates(OfficeFactory.create(start=start, end=end)) == words


def test_titles_held_on_a_day_stand_in_one_line() -> None:
    person = PersonFactory.create()
    OfficeFactory.create(person=person, title_en="First Deputy Chairman", start="1955", end="1964")
    OfficeFactory.create(person=person, title_en="Member of the Presidium", start="1935", end="1966")
    OfficeFactory.create(person=person, title_en="Chairman", start="1964-07", end="1965-12")
    event = EventFactory.create(date="1960-02-04")
    text = offices_text(loaded(person), event.date_earliest, event.date_latest)
    assert text == "First Deputy Chairman; Member of the Presidium"


def test_nobody_holds_an_office_on_an_unknown_day() -> None:
    assert offices_text(OfficeFactory.create().person, None, None) == ""


def test_an_organization_takes_part_without_monogram_or_office() -> None:
    event = EventFactory.create()
    shown = participant(
        OrganizationFactory.create(),
        role="host",
        note=LocalText("", "en", False),
        first=event.date_earliest,
        last=event.date_latest,
    )
    assert (shown.latin, shown.cyrillic, shown.office) == ("", "", "")


def test_the_monogram_falls_back_to_the_name_and_to_spanish() -> None:
    person = PersonFactory.create(sort_name_en="", name_en="", sort_name_ru="")
    assert monogram_names(person) == ("Mikoyán, Anastás", "Анастас Микоян")


def test_offices_without_dates_stand_in_the_table_and_not_on_the_axis() -> None:
    person = PersonFactory.create()
    OfficeFactory.create(person=person, start="", end="")
    assert [row.dates for row in office_rows(loaded(person))] == ["dates not known"]
    assert person_axis(loaded(person).offices.all(), [], []) is None


# Names and life ------------------------------------------------------------------------------------


def test_the_fullest_native_name_stands_under_the_name() -> None:
    person = PersonFactory.create()
    for text in ("Анастас Микоян", "Анастас Иванович Микоян"):
        PersonNameFactory.create(person=person, text=text)
    assert own_name(loaded(person)) == LocalText("Анастас Иванович Микоян", "ru", True)


def test_a_name_is_not_said_twice() -> None:
    person = PersonFactory.create(name_ru="Анастас Микоян")
    PersonNameFactory.create(person=person, text="Анастас Микоян")
    with translation.override("ru"):
        assert own_name(loaded(person)) is None


def test_a_spelling_of_several_languages_stands_once_with_all_of_them() -> None:
    person = PersonFactory.create(name_es="Anastas Mikojan", name_ru="")
    PersonNameFactory.create(
        person=person, text="Anastas Mikojan", language="de", script="Latn", kind="transliteration"
    )
    PersonNameFactory.create(
        person=person, text="Anastas Mikojan", language="nl", script="Latn", kind="alias"
    )
    [row] = other_names(loaded(person))
    assert (row.text, row.note) == ("Anastas Mikojan", "German, Dutch")


def test_aliases_and_names_at_birth_are_called_so() -> None:
    person = PersonFactory.create(name_es="", name_ru="")
    PersonNameFactory.create(person=person, text="Che", language="es", script="Latn", kind="alias")
    [row] = other_names(loaded(person))
    assert row.note == "Spanish, other name"


@pytest.mark.parametrize(
    ("birth", "verified", "death", "dates", "unverified"),
    [
        ("1919-11-25", True, "1978", "25 November 1919 – 1978", "date of death not seen in a source"),
        ("1895", False, "1978", "1895–1978", "dates not seen in a source"),
        ("1936~", True, "", "born c. 1936", ""),
        ("", False, "1976-12-16", "died 16 December 1976", "date of death not seen in a source"),
    ],
)
def test_life_says_what_was_not_seen_in_a_source(
    birth: str, verified: bool, death: str, dates: str, unverified: str
) -> None:
    shown = life(PersonFactory.create(birth=birth, birth_verified=verified, death=death))
    assert shown is not None
    assert (shown.dates, shown.unverified) == (dates, unverified)


def test_nothing_known_of_a_life_shows_nothing() -> None:
    assert life(PersonFactory.create()) is None


def test_a_place_of_birth_that_is_not_published_is_not_named() -> None:
    hidden = PlaceFactory.create(status="draft")
    shown = life(PersonFactory.create(birth="1895", birth_place=hidden, death_place=PlaceFactory.create()))
    assert shown is not None
    assert [place.term for place in shown.places] == ["Died in"]


# Events --------------------------------------------------------------------------------------------


def test_events_come_as_time_went_each_once_with_all_roles_and_the_office() -> None:
    person = PersonFactory.create()
    OfficeFactory.create(person=person, start="1955", end="1964")
    late, early = EventFactory.create(date="1970"), EventFactory.create(date="1960-02-04")
    undated = EventFactory.create(date="")
    for event in (undated, late, early):
        ParticipationFactory.create(event=event, person=person, role="visitor")
    ParticipationFactory.create(event=early, person=person, role="signatory")
    shown = happenings(person, loaded(person).participations.all())
    assert [one.facts for one in shown] == [
        ("First Deputy Chairman", "visitor, signatory"),
        ("visitor",),
        ("visitor",),
    ]
    assert shown[-1].date == "undated"


def test_those_of_most_common_events_come_first_and_drafts_never() -> None:
    person, friend, other = PersonFactory.create(), PersonFactory.create(), PersonFactory.create()
    hidden = PersonFactory.create(status="draft")
    first, second = EventFactory.create(date="1960"), EventFactory.create(date="1962")
    for event in (first, second):
        for guest in (person, friend, hidden):
            ParticipationFactory.create(event=event, person=guest)
    ParticipationFactory.create(event=second, person=other)
    company = company_of(person, [first, second])
    assert [(one.person, len(one.events)) for one in company] == [(friend, 2), (other, 1)]


# The axis ------------------------------------------------------------------------------------------


def axis_of(*offices: tuple[str, str], events: tuple[str, ...] = ()) -> Any:
    person = PersonFactory.create()
    for start, end in offices:
        OfficeFactory.create(person=person, start=start, end=end)
    happened = [EventFactory.create(date=date) for date in events]
    return person_axis(loaded(person).offices.all(), happened, [])


def test_the_axis_runs_over_whole_decades() -> None:
    days = [
        event.date_earliest
        for event in (EventFactory.create(date="1926"), EventFactory.create(date="1964-07"))
    ]
    assert span_of(days) == Span(1920, 1969)
    assert [tick.label for tick in ticks_of(Span(1920, 1969))] == ["1920", "’30", "’40", "’50", "’60"]
    assert [tick.label for tick in ticks_of(Span(1990, 2009))] == ["1990", "’95", "2000", "’05"]
    assert span_of([]) is None


def test_an_office_of_unknown_end_is_hatched_up_to_the_edge() -> None:
    [bar] = axis_of(("1955", ""), events=("1964",)).offices
    assert bar.is_uncertain
    assert bar.start + bar.width == pytest.approx(1)
    assert not bar.goes_on


def test_an_office_still_held_runs_on_over_the_edge() -> None:
    [bar] = axis_of(("1955", "1955/.."), events=("1964",)).offices
    assert bar.goes_on
    assert not bar.is_uncertain


def test_an_office_as_long_as_the_axis_leaves_room_for_its_dates() -> None:
    [bar] = axis_of(("1950", "1969")).offices
    assert bar.start >= ROOM_FOR_DATES


def test_marks_of_the_same_days_are_stacked() -> None:
    events = [EventFactory.create(date=date) for date in ("1962-10-16", "1962-10-22", "1974")]
    marks = event_marks(events, Span(1960, 1979))
    assert [mark.row for mark in marks] == [0, 1, 0]
    assert marks[0].at == marks[1].at < marks[2].at


def test_the_tinted_years_hold_all_events() -> None:
    axis = axis_of(events=("1960-02-04", "1962-11", ""))
    start, width = axis.tint
    assert start == pytest.approx(0)
    assert width == pytest.approx(3 / 10, abs=0.01)
    assert axis.events_note == "3 events, 1960–1962"


# JSON-LD -------------------------------------------------------------------------------------------


def test_linked_data_gives_dates_only_where_they_are_exact() -> None:
    person = PersonFactory.create(birth="1895-11-25", death="1978~")
    OfficeFactory.create(person=person, start="1964-07-15", end="1965")
    entity = person_json_ld(loaded(person))["mainEntity"]
    assert entity["birthDate"] == "1895-11-25"
    assert "deathDate" not in entity
    [office] = entity["hasOccupation"]
    assert office["startDate"] == "1964-07-15"
    assert "endDate" not in office
    assert entity["worksFor"][0]["worksFor"]["name"] == "Council of Ministers of the USSR"


def test_linked_data_names_all_spellings_and_other_catalogues() -> None:
    person = PersonFactory.create(identifiers={"viaf": "102325430"})
    PersonNameFactory.create(person=person, text="Анастас Иванович Микоян")
    entity = person_json_ld(loaded(person))["mainEntity"]
    assert entity["alternateName"] == ["Anastás Mikoyán", "Анастас Иванович Микоян", "Анастас Микоян"]
    assert entity["sameAs"] == ["https://viaf.org/viaf/102325430"]
