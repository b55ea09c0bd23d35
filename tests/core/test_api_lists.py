"""Lists: every record once, in order, forwards and backwards, whatever happens meanwhile."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db.models import QuerySet
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from events.models import Event
from tests.factories import EventFactory, ThemeFactory

KINDS = ["events", "people", "organizations", "places", "themes", "sources", "claims"]


def pages(client: Client, path: str, link: str = "next") -> Iterator[dict[str, Any]]:
    """The pages from `path` on, following the links."""
    while path:
        response = client.get(path)
        assert response.status_code == 200, response.content
        yield response.json()
        address = response.json()[link]
        path = f"{urlsplit(address).path}?{urlsplit(address).query}" if address else ""


def slugs(page: dict[str, Any]) -> list[str]:
    return [record["slug"] for record in page["results"]]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("page_size", [7, 100])
def test_the_pages_hold_every_record_once_in_both_directions(
    client: Client, kind: str, page_size: int
) -> None:
    walked = list(pages(client, f"/api/v1/{kind}/?page_size={page_size}"))
    forwards = [slug for page in walked for slug in slugs(page)]
    assert len(forwards) == len(set(forwards)) == walked[0]["count"]
    assert walked[0]["previous"] is None
    assert walked[-1]["next"] is None
    if len(walked) > 1:
        start = walked[-1]["previous"]
        back = list(pages(client, f"{urlsplit(start).path}?{urlsplit(start).query}", "previous"))
        backwards = [slug for page in reversed(back) for slug in slugs(page)] + slugs(walked[-1])
        assert backwards == forwards
        assert back[-1]["previous"] is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "orderings"),
    [
        ("events", ["date", "importance", "modified", "slug"]),
        ("people", ["name", "birth", "modified", "slug"]),
        ("organizations", ["name", "founded", "modified", "slug"]),
        ("places", ["name", "modified", "slug"]),
        ("themes", ["position", "name", "modified", "slug"]),
        ("sources", ["title", "issued", "modified", "slug"]),
        ("claims", ["slug", "verdict", "checked_on"]),
    ],
)
def test_every_order_holds_every_record_once(client: Client, kind: str, orderings: list[str]) -> None:
    expected = client.get(f"/api/v1/{kind}/").json()["count"]
    for ordering in orderings:
        for sign in ("", "-"):
            path = f"/api/v1/{kind}/?page_size=100&ordering={sign}{ordering}&fields=slug&lang=ru"
            found = [slug for page in pages(client, path) for slug in slugs(page)]
            assert len(found) == len(set(found)) == expected, ordering


@pytest.mark.django_db
def test_events_are_in_order_of_date_and_undated_ones_stand_last_either_way(client: Client) -> None:
    theme = ThemeFactory.create(slug="ordered")
    for slug, date in (("b-year", "1962"), ("a-day", "1962-01-01"), ("none", ""), ("later", "1963-05")):
        EventFactory.create(slug=slug, date=date).theme_links.create(theme=theme)
    ordered = {
        ordering: slugs(client.get(f"/api/v1/events/?theme=ordered&ordering={ordering}").json())
        for ordering in ("date", "-date")
    }
    assert ordered["date"] == ["a-day", "b-year", "later", "none"]
    assert ordered["-date"] == ["later", "b-year", "a-day", "none"]


@pytest.mark.django_db
def test_a_cursor_serves_no_other_order_and_no_other_list(client: Client) -> None:
    cursor = urlsplit(client.get("/api/v1/events/?page_size=1").json()["next"]).query.split("cursor=")[1]
    cursor = cursor.split("&")[0]
    assert client.get(f"/api/v1/events/?cursor={cursor}").status_code == 200
    assert client.get(f"/api/v1/events/?ordering=-date&cursor={cursor}").status_code == 400
    assert client.get(f"/api/v1/sources/?cursor={cursor}").status_code == 400


@pytest.mark.django_db
def test_an_empty_list_is_an_answer(client: Client) -> None:
    page = client.get("/api/v1/events/?from=1400&to=1401").json()
    assert page == {"count": 0, "next": None, "previous": None, "results": []}


DATES = st.sampled_from(["", "1960", "1960-02", "1960-02-04", "1961-04-17", "1962", "1962-10", "196X"])


class WalkTest(TestCase):
    """Rows come and go while somebody walks through the list."""

    @settings(max_examples=25, deadline=None)
    @given(
        before=st.lists(DATES, min_size=2, max_size=9),
        meanwhile=st.lists(st.tuples(DATES, st.booleans()), max_size=4),
        page_size=st.integers(1, 4),
        ordering=st.sampled_from(["date", "-date", "importance", "slug"]),
        back=st.booleans(),
    )
    def test_what_was_there_all_the_time_comes_exactly_once(
        self, before: list[str], meanwhile: list[tuple[str, bool]], page_size: int, ordering: str, back: bool
    ) -> None:
        for number, date in enumerate(before):
            self._add(date, 1 + number % 3)
        changes = iter(meanwhile)
        start = f"/api/v1/events/?q=walked&page_size={page_size}&ordering={ordering}"
        if back:
            last = list(pages(self.client, start))[-1]
            path = last["previous"]
            start = f"{urlsplit(path).path}?{urlsplit(path).query}" if path else start
        staying = self._slugs_from(start, "previous" if back else "next")
        seen: list[str] = []
        for page in pages(self.client, start, "previous" if back else "next"):
            seen += reversed(slugs(page)) if back else slugs(page)
            self._change(next(changes, None), seen, staying)
        assert len(seen) == len(set(seen))
        assert [slug for slug in seen if slug in staying] == [slug for slug in staying if slug in seen]
        assert set(staying) <= set(seen)

    def _slugs_from(self, start: str, link: str) -> list[str]:
        found: list[str] = []
        for page in pages(self.client, start, link):
            found += reversed(slugs(page)) if link == "previous" else slugs(page)
        return found

    def _add(self, date: str, importance: int) -> None:
        event = EventFactory.build(date=date, importance=importance)
        QuerySet(Event).bulk_create([event])  # keeps no history, which is not what is looked at here

    def _change(self, change: tuple[str, bool] | None, seen: list[str], staying: list[str]) -> None:
        if change is None:
            return
        date, is_removal = change
        coming = [slug for slug in staying if slug not in seen]
        if is_removal and coming:
            QuerySet(Event).filter(slug=coming[0]).update(status="draft")
            staying.remove(coming[0])
        else:
            self._add(date, 2)
