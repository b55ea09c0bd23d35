"""How often an answer asks the database: never more than the numbers in query_counts.json say.

A number may be made smaller; one that grows needs a reason in the commit that changes it.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.django_db

COUNTS: dict[str, int] = json.loads((Path(__file__).parents[1] / "query_counts.json").read_text())
MOST_FOR_A_LIST, MOST_FOR_ONE = 5, 8


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len([query for query in queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))])


@pytest.mark.parametrize("path", COUNTS)
def test_an_answer_asks_the_database_no_more_often_than_noted(client: Client, path: str) -> None:
    assert queries(client, path) <= COUNTS[path]


def test_no_list_asks_more_often_than_five_times_and_no_record_more_than_eight() -> None:
    """A list that expands asks again for what it shows whole, once a kind."""
    plain = {path: count for path, count in COUNTS.items() if "expand=" not in path}
    lists = {path: count for path, count in plain.items() if path.partition("?")[0].count("/") == 4}
    ones = {path: count for path, count in plain.items() if path not in lists}
    assert len(lists) >= 20
    assert len(ones) >= 9
    assert max(lists.values()) <= MOST_FOR_A_LIST
    assert max(ones.values()) <= MOST_FOR_ONE


@pytest.mark.parametrize("kind", ["events", "people", "sources"])
def test_a_longer_page_asks_no_more_often(client: Client, kind: str) -> None:
    short = queries(client, f"/api/v1/{kind}/?page_size=2")
    assert queries(client, f"/api/v1/{kind}/?page_size=100") <= short


@pytest.mark.parametrize("kind", ["events", "people", "organizations"])
def test_a_record_with_many_parts_asks_no_more_often_than_one_with_few(client: Client, kind: str) -> None:
    found: dict[str, Any] = {}
    for record in client.get(f"/api/v1/{kind}/?page_size=100").json()["results"][:20]:
        path = f"/api/v1/{kind}/{record['slug']}/"
        found[path] = queries(client, path)
    assert max(found.values()) <= max(count for path, count in COUNTS.items() if f"/{kind}/" in path)
