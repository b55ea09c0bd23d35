"""On how many sources, and on which sides, years and themes rest."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cubaru.core.models import Status
from events.evidence import Ground, evidence
from tests.factories import EventCitationFactory, EventFactory, EventThemeFactory, SourceFactory, ThemeFactory

pytestmark = pytest.mark.django_db


def an_event(countries: list[str], **columns: Any) -> Any:
    event = EventFactory(**columns)
    for country in countries:
        EventCitationFactory(event=event, source=SourceFactory(country=country))
    return event


def test_events_and_sources_are_counted_by_year_and_by_theme(empty_database: None) -> None:
    theme = ThemeFactory()
    EventThemeFactory(event=an_event(["CU", "RU", ""], date="1961-04-12"), theme=theme)
    EventThemeFactory(event=an_event(["US"], date="1961"), theme=theme)
    EventThemeFactory(event=an_event(["SU"], date="1961", status=Status.DRAFT), theme=theme)
    an_event([], date="1972")
    found = evidence()
    sides = {"cuban": 1, "russian": 1, "other": 1, "unknown": 1}
    assert found.years == [Ground(1961, 2, 1, sides), Ground(1972, 1, 0, {})]
    assert found.themes == [Ground(theme.pk, 2, 1, sides)]
    assert list(found.decades()) == [(1960, 2, 1), (1970, 1, 0)]


def test_a_source_counts_once_for_a_year(empty_database: None) -> None:
    source = SourceFactory(country="CU")
    for day in ("1961-01-01", "1961-02-02"):
        EventCitationFactory(event=EventFactory(date=day), source=source)
    assert evidence().years == [Ground(1961, 2, 0, {"cuban": 1})]


@pytest.mark.parametrize(
    ("sides", "one_side", "is_few"),
    [
        ({}, "", True),
        ({"cuban": 2}, "", True),
        ({"cuban": 3}, "cuban", False),
        ({"russian": 4, "other": 1}, "russian", False),
        ({"russian": 3, "other": 1}, "", False),
        ({"other": 3, "unknown": 3}, "other", False),
        ({"other": 3, "unknown": 4}, "", False),  # too little is known to say so
    ],
)
def test_what_is_few_and_what_is_one_sided(sides: dict[str, int], one_side: str, is_few: bool) -> None:
    ground = Ground(1961, 1, 0, sides)
    assert (ground.one_side, ground.is_few) == (one_side, is_few)


def test_each_row_leads_to_as_many_events(desk: Client) -> None:
    page = desk.get(reverse("admin:evidence"))
    rows = [row for _caption, some in page.context["tables"] for row in some]
    assert len(rows) > 50
    for row in [*rows[:3], *rows[-3:]]:
        assert desk.get(row.url).context["cl"].result_count == row.ground.events, row.label


def test_bars_of_decades_lead_to_their_events(desk: Client) -> None:
    (_panel, shares, _url), *_more = desk.get(reverse("admin:index")).context["panels"]
    counts = [count for _decade, count, _second in evidence().decades()]
    assert [desk.get(share.url).context["cl"].result_count for share in shares[:2]] == counts[:2]
    assert all(0 <= share.part <= 1 for share in shares)


def test_the_page_can_be_narrowed_to_what_is_weak(desk: Client) -> None:
    page = desk.get(reverse("admin:evidence"), {"show": "weak"})
    rows = [row for _caption, some in page.context["tables"] for row in some]
    assert len(rows) == evidence().weak
    assert all(row.remarks for row in rows)
