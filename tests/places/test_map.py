"""The map of places: its projection, its views, what is drawn as one, and its pages without scripts."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from cubaru.core.languages import LocalText
from events.models import EventPlace
from places.map_drawing import APART, Spot, clusters, draw, radius
from places.map_view import NARROWEST, SHAPE, WORLD, MapView
from places.projection import latitude_of, longitude_of, x_of, y_of
from tests.factories import EventFactory, EventPlaceFactory, PlaceFactory
from tests.pages import text_of

ROOT = Path(__file__).resolve().parents[2]
LAND = ROOT / "static" / "vendor" / "map" / "land.svg"
HAVANA, MOSCOW = (23.1136, -82.3666), (55.7558, 37.6173)

longitudes = st.floats(-180, 180)
latitudes = st.floats(-58, 84)


@pytest.fixture(scope="module")
def outlines() -> ModuleType:
    """scripts/outlines.py as a module."""
    spec = importlib.util.spec_from_file_location("outlines", ROOT / "scripts" / "outlines.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def spot(slug: str, latitude: float, longitude: float, events: int = 1) -> Spot:
    point = (x_of(longitude), y_of(latitude))
    return Spot(slug, LocalText(slug.title(), "en", False), f"/en/places/{slug}/", events, point)


def dots_in(html: str) -> list[tuple[str, str]]:
    """Where each dot of the map leads, and what it is called."""
    return re.findall(r'<a class="map__dot[^"]*" href="([^"]*)" aria-label="([^"]*)"', html)


def place_with_events(count: int, **fields: Any) -> Any:
    place = PlaceFactory.create(**fields)
    for _number in range(count):
        EventPlaceFactory.create(place=place, event=EventFactory.create())
    return place


# Projection and views ------------------------------------------------------------------------------


@given(latitude=latitudes, longitude=longitudes)
@settings(max_examples=50)
def test_the_way_to_map_units_and_back_loses_nothing(latitude: float, longitude: float) -> None:
    assert latitude_of(y_of(latitude)) == pytest.approx(latitude, abs=1e-6)
    turn = longitude_of(x_of(longitude)) - longitude
    assert turn - 360 * round(turn / 360) == pytest.approx(0, abs=1e-6)


def test_russia_is_whole_and_its_farthest_cape_lies_in_the_east() -> None:
    assert x_of(-169.7) > x_of(179.9) > x_of(37.6)
    assert longitude_of(x_of(-169.7)) == pytest.approx(-169.7)


@given(points=st.lists(st.tuples(longitudes, latitudes), min_size=1, max_size=6))
@settings(max_examples=50)
def test_a_view_around_places_holds_them_and_stays_on_the_map(points: list[tuple[float, float]]) -> None:
    places = [(x_of(longitude), y_of(latitude)) for longitude, latitude in points]
    view = MapView.around(places)
    assert view.width >= NARROWEST
    assert view.left >= WORLD[0] - 1
    assert view.top + view.height <= WORLD[3] + 1
    wide = max(x for x, _y in places) - min(x for x, _y in places)
    if wide < view.width:
        assert all(-1e-9 <= part <= 1 + 1e-9 for place in places for part in view.place_of(place))


def test_the_whole_world_may_be_asked_for() -> None:
    view = MapView.of_box((-180, -90, 180, 90))
    assert view.width == pytest.approx((WORLD[3] - WORLD[1]) / SHAPE, rel=0.3)


@pytest.mark.parametrize("box", [(-85, 19.5, -74, 23.5), (30, 50, 45, 60), (170, 50, -170, 70)])
def test_a_view_can_be_asked_for_again_by_its_box(box: tuple[float, float, float, float]) -> None:
    view = MapView.of_box(box)
    west, south, east, north = (float(part) for part in view.box.split(","))
    again = MapView.of_box((west, south, east, north))
    assert again.left == pytest.approx(view.left, abs=20)
    assert again.width == pytest.approx(view.width, abs=40)


# Dots ----------------------------------------------------------------------------------------------


def test_near_places_are_one_dot_led_by_that_of_most_events() -> None:
    spots = [spot("regla", 23.1237, -82.3247), spot("havana", *HAVANA, 116), spot("moscow", *MOSCOW, 66)]
    view = MapView.around(one.point for one in spots)
    groups = clusters(spots, view, 640)
    assert [[one.slug for one in group] for group in groups] == [["havana", "regla"], ["moscow"]]


def test_no_two_dots_touch_and_no_place_in_view_is_lost() -> None:
    spots = [spot(f"p{number}", 20 + number % 7, -84 + number % 11, number) for number in range(60)]
    view = MapView.around(one.point for one in spots)
    groups = clusters(spots, view, 640)
    assert sum(len(group) for group in groups) == 60
    unit = 640 / view.width
    leaders = [group[0].point for group in groups]
    for at, (x, y) in enumerate(leaders):
        for other_x, other_y in leaders[at + 1 :]:
            assert ((x - other_x) ** 2 + (y - other_y) ** 2) ** 0.5 * unit >= APART


def test_a_dot_grows_with_its_events_up_to_a_bound() -> None:
    few, many, most = (radius([spot("one", *HAVANA, events)]) for events in (1, 50, 100_000))
    assert few < many < most == 26


def test_opening_a_dot_of_several_parts_them() -> None:
    spots = [spot("havana", *HAVANA, 9), spot("santiago", 20.0247, -75.8219, 3), spot("moscow", *MOSCOW)]
    view = MapView.around(one.point for one in spots)
    opened: list[MapView] = []

    def address(to: MapView) -> str:
        opened.append(to)
        return "#"

    draw(spots, view, 320, address)
    inner = [group for group in clusters(spots, opened[0], 320) if group[0].slug != "moscow"]
    assert [len(group) for group in inner] == [1, 1]


def test_a_name_that_would_run_over_other_dots_stands_above() -> None:
    beside = [spot(f"p{at}", 23.1, at) for at in (-82.6, -81.5, -80.5, -79.4)]
    spots = [spot("a-rather-long-name", 23.1, -81.0, 5), *beside]
    [dot, *_others] = draw(spots, MapView.around(one.point for one in spots), 320, lambda view: "").dots
    assert (dot.label, dot.anchor) == ("A-Rather-Long-Name", "middle")
    assert float(dot.label_y) < 0


# Outlines ------------------------------------------------------------------------------------------


def test_the_coasts_are_light_and_name_no_border() -> None:
    svg = LAND.read_text(encoding="utf-8")
    assert len(svg) < 120_000
    assert svg.count("<path") == 1


def test_a_ring_over_the_date_line_is_one_piece(outlines: ModuleType) -> None:
    ring = [(170.0, 60.0), (179.0, 61.0), (-175.0, 62.0), (-170.0, 60.0), (170.0, 60.0)]
    xs = [x for x, _y in outlines.unrolled(ring)]
    assert max(xs) - min(xs) == pytest.approx(20)


def test_points_that_do_not_show_are_left_out(outlines: ModuleType) -> None:
    ring = [(0.0, 0.0), (5.0, 0.01), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0), (0.0, 0.0)]
    assert (5.0, 0.01) not in outlines.simplified(ring, 1.0)
    assert len(outlines.simplified(ring, 1.0)) == 5


# Pages ---------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.usefixtures("empty_database")
def test_dots_are_links_with_names_and_without_what_readers_do_not_see(client: Client) -> None:
    place_with_events(2, name_en="Havana", latitude=HAVANA[0], longitude=HAVANA[1])
    moscow = place_with_events(0, name_en="Moscow", latitude=MOSCOW[0], longitude=MOSCOW[1])
    EventPlace.objects.create(event=EventFactory.create(status="draft"), place=moscow)
    PlaceFactory.create(name_en="Secret base", status="draft", latitude=0.0, longitude=0.0)
    html = text_of(client, "/en/places/")
    assert sorted(title for _url, title in dots_in(html)) == ["Havana, 2 events", "Moscow"]
    assert f"/en/places/{moscow.slug}/" in dict(dots_in(html))
    assert "Secret" not in html


@pytest.mark.django_db
@pytest.mark.usefixtures("empty_database")
def test_a_dot_of_several_says_how_many_and_leads_nearer(client: Client) -> None:
    place_with_events(2, name_en="Havana", latitude=HAVANA[0], longitude=HAVANA[1])
    place_with_events(1, name_en="Regla", latitude=23.1237, longitude=-82.3247)
    place_with_events(1, name_en="Moscow", latitude=MOSCOW[0], longitude=MOSCOW[1])
    [(url, title)] = [dot for dot in dots_in(text_of(client, "/en/places/")) if "bbox" in dot[0]]
    assert title == "2 places, 3 events: Havana, Regla"
    html = text_of(client, url.replace("&amp;", "&"))
    assert "2 of 3 places in view" in html
    assert re.search(r'<li[^>]*data-slug="[^"]*"[^>]* hidden><a[^>]*>Moscow', html)


@pytest.mark.django_db
@pytest.mark.parametrize("box", ["somewhere", "1,2,3", "0,0,0,100", "nan,0,1,1", "1,9,2,3"])
def test_a_box_that_cannot_be_read_is_said_and_everything_shown(client: Client, box: str) -> None:
    answer = client.get("/en/places/", {"bbox": box})
    assert answer.status_code == 400
    assert "west,south,east,north" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("empty_database")
def test_without_a_located_place_there_is_no_map(client: Client) -> None:
    PlaceFactory.create(latitude=None, longitude=None)
    assert "cubaru-map" not in text_of(client, "/en/places/")


@pytest.mark.django_db
def test_coordinates_are_written_alike_in_every_language(client: Client) -> None:
    drawn = {
        language: re.findall(
            r'<svg x="([^"]*)" y="([^"]*)" overflow', text_of(client, f"/{language}/places/")
        )
        for language in ("en", "es", "ru")
    }
    assert drawn["en"] == drawn["es"] == drawn["ru"]
    assert all("," not in part for pair in drawn["ru"] for part in pair)


@pytest.mark.django_db
@pytest.mark.usefixtures("empty_database")
def test_a_name_of_a_place_cannot_break_out_of_the_map(client: Client) -> None:
    evil = '"><script>alert(1)</script>'
    place = place_with_events(1, name_en=evil, latitude=HAVANA[0], longitude=HAVANA[1])
    for path in ("/en/places/", f"/en/places/{place.slug}/", f"/en/events/{place.events.get().slug}/"):
        assert "<script>alert" not in text_of(client, path)


@pytest.mark.django_db
def test_a_place_and_an_event_show_where_on_a_small_map(client: Client) -> None:
    event = EventFactory.create()
    for latitude, longitude in (HAVANA, MOSCOW):
        EventPlaceFactory.create(
            event=event, place=PlaceFactory.create(latitude=latitude, longitude=longitude)
        )
    html = text_of(client, f"/en/events/{event.slug}/")
    assert html.count('class="map__disc"') == 2
    assert "/en/places/?bbox=" in html
    place = event.places.first()
    assert place is not None
    assert text_of(client, f"/en/places/{place.slug}/").count('class="map__disc"') == 1


@pytest.mark.django_db
def test_what_is_not_located_has_no_small_map(client: Client) -> None:
    place = PlaceFactory.create(latitude=None, longitude=None)
    event = EventPlaceFactory.create(event=EventFactory.create(), place=place).event
    for path in (f"/en/places/{place.slug}/", f"/en/events/{event.slug}/"):
        assert "map__disc" not in text_of(client, path)


@pytest.mark.django_db
@pytest.mark.usefixtures("empty_database")
def test_many_places_are_asked_for_no_more_often_than_few(client: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            text_of(client, "/en/places/?bbox=-85,19,-74,24")
        return len(asked)

    place_with_events(1)
    few = queries()
    for _number in range(5):
        place_with_events(1)
    assert queries() == few
