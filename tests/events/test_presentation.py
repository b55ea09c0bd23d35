"""What pages of events are told about dates, names, relations and claims."""

from datetime import date

import pytest
from django.utils import translation

from cubaru.core.linked_data import exact_days
from events.models import Event, EventName
from events.presentation import date_of, event_row, in_order_of_date, mention, short_date_of
from events.presentation_claims import meaning_of, verdict_counts
from events.presentation_event import date_block, other_names
from tests.factories import ClaimFactory, EventFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def test_the_year_stands_alone_when_the_whole_date_is_in_it() -> None:
    found = date_block(EventFactory.create(date="1962-10-16/1962-10-28"))

    assert found is not None
    assert (found.year, found.is_span, found.words) == ("1962", False, "16–28 October")


@pytest.mark.parametrize(
    ("edtf", "year"),
    [("1959/1961", "1959–1961"), ("1902/..", "1902–"), ("/1962", "–1962"), ("196X", "1960–1969")],
)
def test_a_date_over_several_years_shows_its_ends(edtf: str, year: str) -> None:
    found = date_block(EventFactory.create(date=edtf))

    assert found is not None
    assert (found.year, found.is_span) == (year, True)


def test_a_vague_date_is_drawn_vague() -> None:
    vague, sure = (
        date_block(EventFactory.create(date="1961-04~")),
        date_block(EventFactory.create(date="1961-04")),
    )

    assert vague is not None
    assert sure is not None
    assert (vague.is_vague, sure.is_vague) == (True, False)


def test_an_undated_event_has_no_block_and_says_so_in_words() -> None:
    event = EventFactory.create(date="")

    assert date_block(event) is None
    assert (date_of(event), short_date_of(event)) == ("Undated", "undated")


def test_dates_follow_the_language_of_the_reader() -> None:
    event = EventFactory.create(date="1962-10-16")

    with translation.override("ru"):
        assert date_of(event).replace("\u00a0", " ") == "16 октября 1962 г."


def test_names_are_told_once_and_never_that_of_the_heading() -> None:
    event = EventFactory.create(title_en="Missile Crisis", title_es="Crisis de Octubre", title_ru="")
    EventName.objects.create(event=event, text="Crisis de Octubre", language="es")
    EventName.objects.create(event=event, text="Карибский кризис", language="ru", script="Cyrl")

    names = other_names(Event.objects.with_public_parts().get(pk=event.pk))

    assert [(name.text, name.language) for name in names] == [
        ("Crisis de Octubre", "es"),
        ("Карибский кризис", "ru"),
    ]


def test_mentions_stand_as_time_went_with_the_undated_last() -> None:
    events = [EventFactory.create(date=edtf, title_en=edtf or "undated") for edtf in ("", "1968", "1962")]

    ordered = in_order_of_date((event, mention(event)) for event in events)

    assert [shown.title.text for shown in ordered] == ["1962", "1968", "undated"]


def test_a_row_tells_how_many_claims_and_published_sources_there_are() -> None:
    event = ClaimFactory.create().event

    row = event_row(Event.objects.with_themes().with_counts().get(pk=event.pk))

    assert row.facts == ["1 claim"]


def test_verdicts_are_counted_in_their_order() -> None:
    verdicts = ("unverified", "disputed", "corroborated", "disputed")
    claims = [ClaimFactory.build(verdict=verdict, event=None) for verdict in verdicts]

    assert list(verdict_counts(claims).items()) == [("corroborated", 1), ("disputed", 2), ("unverified", 1)]


def test_every_verdict_has_a_meaning() -> None:
    from events.choices import Verdict

    assert len({meaning_of(verdict) for verdict in Verdict.values}) == len(Verdict.values)


@pytest.mark.parametrize(
    ("edtf", "days"),
    [
        ("1962-10-16", ("1962-10-16", "1962-10-16")),
        ("1962-10-16/1962-10-28", ("1962-10-16", "1962-10-28")),
        ("1962-10", None),
        ("1962-10-16~", None),
        ("1962-10-16/1962-11", None),
        ("1962-10-16/..", None),
        ("1962-XX-16", None),
        ("[1962-10-16,1962-10-18]", None),
        ("", None),
    ],
)
def test_days_are_exact_only_when_both_ends_are_known_for_certain(
    edtf: str, days: tuple[str, str] | None
) -> None:
    event = EventFactory.create(date=edtf)

    assert exact_days(event.when) == days


def test_days_of_the_julian_calendar_are_stated_in_the_gregorian() -> None:
    event = EventFactory.create(date="1917-10-25", date_calendar="julian")

    assert exact_days(event.when) == ("1917-11-07", "1917-11-07")
    assert event.date_earliest == date(1917, 11, 7)
