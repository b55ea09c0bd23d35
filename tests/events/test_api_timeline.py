"""The timeline's answers: whole tiles, bounded, strict, and the same for all who ask."""

import json
from collections import Counter
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cubaru.core.dates import parse
from events.choices import Lane
from events.levels.tiles import MOST_SHOWN, Tiles, day_number, tile_of
from events.models import Event
from tests.factories import (
    EventFactory,
    EventThemeFactory,
    ParticipationFactory,
    PersonFactory,
    ThemeFactory,
)
from tests.test_schema import faults

pytestmark = pytest.mark.django_db

PATH = "/api/v1/timeline/"


def ask(client: Client, path: str = PATH, /, **parameters: Any) -> Any:
    answer = client.get(path, parameters)
    assert answer.status_code == 200, answer.content
    return answer.json()


def refused(client: Client, **parameters: Any) -> dict[str, str]:
    answer = client.get(PATH, parameters)
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
    return {fault["parameter"]: fault["detail"] for fault in answer.json()["errors"]}


def slugs(answer: Any) -> list[str]:
    return [event["slug"] for event in answer["events"]]


@pytest.mark.parametrize(
    "query",
    ["", "?from=1962-10&to=1962-11", "?level=0", "?lane=science&lang=es", "?theme=space", "?from=9998"],
)
def test_answers_are_as_described(client: Client, query: str) -> None:
    assert faults("Timeline", ask(client, PATH + query)) == []


def test_undated_events_are_listed_apart(client: Client) -> None:
    before = ask(client)["total"]
    minor = EventFactory.create(date="", importance=1)
    major = EventFactory.create(date="", importance=5)
    answer = ask(client, f"{PATH}undated/")
    assert slugs(answer) == [major.slug, minor.slug]
    assert faults("Undated", answer) == []
    assert ask(client)["total"] == before


def test_whole_span_counts_every_dated_event_and_shows_the_most_important_first(client: Client) -> None:
    answer = ask(client)
    assert answer["total"] == sum(one["count"] for one in answer["bins"])
    assert answer["total"] - len(answer["events"]) == sum(one["rest"] for one in answer["bins"])
    levels = [event["level"] for event in answer["events"]]
    assert levels == sorted(levels)
    assert levels[0] == 0
    assert max(levels) <= answer["level"]


def test_crowd_shows_twelve_events_a_tile_and_counts_the_rest(client: Client) -> None:
    for _ in range(MOST_SHOWN + 3):
        EventFactory.create(date="1850-01-01/2150-01-01", importance=5)
    answer = ask(client, **{"from": "1900-01-01", "to": "1900-01-01", "level": 17})
    assert len(answer["events"]) == MOST_SHOWN
    assert answer["bins"] == [{"index": 0, "count": MOST_SHOWN + 3, "rest": 3}]


def test_viewport_is_never_more_than_sixteen_tiles(client: Client) -> None:
    for span in ({"from": "1902", "to": "2026"}, {"from": "1962-10-15", "to": "1962-10-29"}, {}):
        answer = ask(client, **span)
        tiles = answer["last_tile"] - answer["first_tile"] + 1
        assert tiles <= 16
        assert len(answer["events"]) <= 16 * MOST_SHOWN


def test_viewport_is_whole_tiles_and_equals_the_tiles_on_their_own(client: Client) -> None:
    whole = ask(client, **{"from": "1961", "to": "1963", "level": 9})
    events, bins = [], []
    for index in range(whole["first_tile"], whole["last_tile"] + 1):
        tile = ask(client, f"{PATH}9/{index}/")
        assert (tile["first_tile"], tile["last_tile"], tile["level"]) == (index, index, 9)
        assert faults("TimelineTile", tile) == []
        events += slugs(tile)
        bins += tile["bins"]
    assert sorted(events) == sorted(slugs(whole))
    assert bins == whole["bins"]


def test_theme_and_lane_have_levels_of_their_own(client: Client) -> None:
    theme = ThemeFactory.create(lane=Lane.SCIENCE)
    event = EventFactory.create(date="1988-01-01", importance=1)
    EventThemeFactory.create(event=event, theme=theme)
    of_theme = ask(client, theme=theme.slug)
    assert slugs(of_theme) == [event.slug]
    assert (of_theme["events"][0]["level"], of_theme["events"][0]["lane"]) == (0, "science")
    of_lane = ask(client, lane="science")
    assert event.slug in slugs(of_lane)
    assert {one["lane"] for one in of_lane["events"]} == {"science"}


@pytest.mark.parametrize(("level", "unit"), [(3, "year"), (7, "month"), (12, "day")])
def test_tiles_count_whole_calendar_periods_each_in_one_tile(client: Client, level: int, unit: str) -> None:
    last = Tiles.around(0, day_number(date(2026, 12, 31)), level).last
    tiles = [ask(client, f"{PATH}{level}/{index}/") for index in range(last + 1)] if level < 12 else []
    tiles = tiles or [ask(client, f"{PATH}{level}/{tile_of(day_number(date(1962, 10, 22)), level)}/")]
    counted = [one for tile in tiles for one in tile["periods"]]
    assert {tile["unit"] for tile in tiles} == {unit}
    assert len({one["period"] for one in counted}) == len(counted) > 0
    for one in counted:
        period = parse(one["period"])
        begun = Event.objects.published().filter(date_earliest__range=(period.earliest, period.latest))
        assert one["count"] == begun.count(), one
        lanes = Counter(event.lane for event in begun.with_themes() if event.lane)
        assert one["lanes"] == lanes, one


def test_person_has_levels_as_a_series_of_the_database_would(client: Client) -> None:
    person = PersonFactory.create()
    theme = ThemeFactory.create(lane=Lane.SCIENCE)
    for day in range(1, 15):
        event = EventFactory.create(date=f"1988-01-{day:02}", importance=1 + day % 5)
        ParticipationFactory.create(event=event, person=person)
        EventThemeFactory.create(event=event, theme=theme)
    for level, index in ((0, 0), (5, 7), (10, 251)):
        of_person = ask(client, f"{PATH}{level}/{index}/", person=person.slug)
        of_theme = ask(client, f"{PATH}{level}/{index}/", theme=theme.slug)
        assert of_person["events"] == of_theme["events"]
        assert of_person["bins"] == of_theme["bins"]
        assert [one["count"] for one in of_person["periods"]] == [one["count"] for one in of_theme["periods"]]
    assert slugs(ask(client, person=person.slug, lane="trade")) == []
    assert ask(client, person=person.slug, lane="science")["total"] == 14
    assert set(refused(client, person=person.slug, theme=theme.slug)) == {"person"}
    assert set(refused(client, person="nobody-at-all")) == {"person"}


def test_titles_say_their_language_where_another_one_stands_in(client: Client) -> None:
    event = EventFactory.create(date="1988-01-01", importance=5, title_es="", title_ru="")
    found = {one["slug"]: one["title_language"] for one in ask(client, f"{PATH}9/125/", lang="ru")["events"]}
    assert found[event.slug] == "en"
    assert {one["title_language"] for one in ask(client)["events"]} == {None}


def test_drafts_and_withdrawn_events_are_nowhere(client: Client) -> None:
    before = ask(client, **{"from": "1988", "to": "1988"})
    event = EventFactory.create(date="1988-01-01", status="draft")
    assert ask(client, **{"from": "1988", "to": "1988"}) == before
    event.status = "published"
    event.save()
    assert event.slug in slugs(ask(client, **{"from": "1988", "to": "1988"}))
    event.status = "withdrawn"
    event.save()
    assert ask(client, **{"from": "1988", "to": "1988"}) == before


def test_titles_are_maps_or_plain_in_one_language(client: Client) -> None:
    by_language = {event["slug"]: event["title"] for event in ask(client)["events"]}
    for event in ask(client, lang="ru")["events"]:
        titles = by_language[event["slug"]]
        assert event["title"] == titles.get("ru", titles.get("en", titles.get("es")))


def test_answer_that_the_client_has_is_304(client: Client) -> None:
    first = client.get(PATH)
    again = client.get(PATH, headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "public" in first.headers["Cache-Control"]


def test_every_wrong_parameter_is_named(client: Client) -> None:
    wrong = {"from": "1962-13", "to": "soon", "level": "18", "theme": "nowhere", "lane": "weather"}
    assert set(refused(client, **wrong)) == set(wrong)
    assert set(refused(client, colour="red")) == {"colour"}
    assert "before" in refused(client, **{"from": "1963", "to": "1962"})["to"]


@pytest.mark.parametrize("level", ["-1", "1.5", "٣", "017", "x", "9" * 5000])
def test_level_is_a_plain_number(client: Client, level: str) -> None:
    assert set(refused(client, level=level)) == {"level"}


def test_level_too_deep_for_the_span_is_refused_with_the_deepest(client: Client) -> None:
    said = refused(client, **{"from": "1902", "to": "2026", "level": 12})["level"]
    assert said == "A viewport has at most 16 tiles; for this span the deepest level is 5."


@pytest.mark.parametrize("path", ["18/0/", "3/8/", "17/131072/", "-1/0/", "x/0/", f"{'9' * 400}/0/"])
def test_tile_that_is_not_on_the_grid_is_404(client: Client, path: str) -> None:
    answer = client.get(PATH + path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.usefixtures("empty_database")
def test_empty_chronicle_has_an_empty_timeline(client: Client) -> None:
    from events.levels.rebuilding import rebuild

    rebuild()
    for parameters in ({}, {"from": "1962"}, {"to": "1962"}, {"lane": "trade"}):
        answer = ask(client, **parameters)
        assert (answer["total"], answer["events"], answer["bins"]) == (0, [], [])


@pytest.mark.parametrize(
    ("query", "most"),
    [("?from=1960&to=1970", 3), ("5/5/", 4), ("", 5), ("?theme=space", 6), ("?person=castro-fidel", 4)],
)
def test_viewport_asks_the_database_a_fixed_number_of_times(client: Client, query: str, most: int) -> None:
    with CaptureQueriesContext(connection) as queries:
        ask(client, PATH + query)
    assert len(queries) <= most, json.dumps([query["sql"] for query in queries])
