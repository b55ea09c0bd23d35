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
MOST_FOR_A_LIST = 5
RECORD_FILTERS = ["person", "organization", "place", "theme", "source", "event"]


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len([query for query in queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))])


@pytest.mark.parametrize("path", COUNTS)
def test_an_answer_asks_the_database_no_more_often_than_noted(client: Client, path: str) -> None:
    assert queries(client, path) <= COUNTS[path]


def test_no_list_asks_more_often_than_five_times() -> None:
    """Looking up a record that a filter names is one question more, for each kind of record named."""
    plain = {path: count for path, count in COUNTS.items() if path.endswith("/") and path.count("/") == 4}
    assert len(plain) >= 7
    assert max(plain.values()) <= MOST_FOR_A_LIST
    filtered = {path: count for path, count in COUNTS.items() if "?" in path}
    assert all(
        count <= MOST_FOR_A_LIST + len([name for name in RECORD_FILTERS if f"{name}=" in path])
        for path, count in filtered.items()
    )


@pytest.mark.parametrize("kind", ["events", "people", "sources"])
def test_a_longer_page_asks_no_more_often(client: Client, kind: str) -> None:
    assert queries(client, f"/api/v1/{kind}/?page_size=2") == queries(
        client, f"/api/v1/{kind}/?page_size=100"
    )


@pytest.mark.parametrize("kind", ["events", "people", "organizations"])
def test_a_record_with_many_parts_asks_no_more_often_than_one_with_few(client: Client, kind: str) -> None:
    found: dict[str, Any] = {}
    for record in client.get(f"/api/v1/{kind}/?page_size=100").json()["results"][:20]:
        path = f"/api/v1/{kind}/{record['slug']}/"
        found[path] = queries(client, path)
    assert max(found.values()) <= max(count for path, count in COUNTS.items() if f"/{kind}/" in path)
