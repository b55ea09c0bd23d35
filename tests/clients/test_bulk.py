"""Several writes at once: all of them or none."""

from typing import Any

import pytest

from clients.models.token import Scope
from cubaru.core.models import Revision
from cubaru.core.roles import Role
from events.models import Theme
from tests.clients.helpers import Program, faults, program, theme
from tests.core.test_workflow import member
from tests.factories import ThemeFactory

pytestmark = pytest.mark.django_db

BULK = "/api/v1/bulk/"


@pytest.fixture
def author(db: None) -> Program:
    return program(member(Role.CONTRIBUTOR, "ana"))


def make(slug: str, **more: Any) -> dict[str, Any]:
    return {"method": "POST", "kind": "themes", "document": theme(slug, **more)}


def test_all_operations_are_done_in_their_order(author: Program) -> None:
    author.post("/api/v1/themes/", theme("old"))
    old = author.etag("/api/v1/themes/old/")
    published = ThemeFactory.create()
    event = {"slug": "a-match", "title": {"en": "A match"}, "themes": ["sport"], "importance": 2}
    response = author.post(
        BULK,
        [
            {**make("sport"), "note": "begun"},
            {"method": "POST", "kind": "events", "document": event},
            {"method": "PATCH", "kind": "themes", "slug": "sport", "if_match": "*", "patch": {"position": 4}},
            {"method": "PATCH", "kind": "themes", "slug": published.slug,
             "if_match": author.etag(f"/api/v1/themes/{published.slug}/"), "patch": {"position": 4}},
            {"method": "DELETE", "kind": "themes", "slug": "old", "if_match": old},
        ],
    )  # fmt: skip
    assert response.status_code == 200, response.content
    results = response.json()["results"]
    assert [one["status"] for one in results] == [201, 201, 200, 202, 204]
    assert results[0]["body"]["position"] == 0  # as it was then
    assert results[2]["etag"] == author.etag("/api/v1/themes/sport/")
    assert results[2]["body"]["position"] == 4
    assert results[4] == {"status": 204, "etag": None, "body": None}
    assert [one.why for one in Revision.objects.filter(kind="theme", slug="sport")] == ["begun", ""]


def test_what_is_made_can_be_deleted_in_the_same_list(author: Program) -> None:
    deletion = {"method": "DELETE", "kind": "themes", "slug": "sport", "if_match": "*"}
    response = author.post(BULK, [make("sport"), deletion, make("sport")])
    assert [one["status"] for one in response.json()["results"]] == [201, 204, 201]


def test_one_fault_undoes_all_and_every_fault_is_told(author: Program) -> None:
    before = Revision.objects.count()
    response = author.post(
        BULK,
        [
            make("sport"),
            make("wrong", position="x", a=1),
            {"method": "PATCH", "kind": "themes", "slug": "sport", "patch": {"position": 4}},
            {"method": "PATCH", "kind": "themes", "slug": "none", "if_match": "*", "patch": {}},
            {"method": "DELETE", "kind": "themes", "slug": "diplomacy", "if_match": "*"},
            {"method": "PUT", "kind": "themes"},
            {"method": "POST", "kind": "claims"},
            {"method": "POST", "kind": "themes", "document": theme("x"), "slug": "x"},
            {"method": "PATCH", "kind": "themes", "slug": 5, "patch": {}},
            {"method": "POST", "kind": "themes"},
            "nothing",
        ],
    )
    assert response.status_code == 422
    found = {one["pointer"]: one["status"] for one in response.json()["errors"]}
    assert found == {
        "/1/document/a": 422,
        "/1/document/position": 422,
        "/2/patch": 428,
        "/3/patch": 404,
        "/4": 409,
        "/5/method": 422,
        "/6/kind": 422,
        "/7/slug": 422,
        "/8/slug": 422,
        "/9/document": 422,
        "/10": 422,
    }
    assert not Theme.objects.filter(slug="sport").exists()
    assert Revision.objects.count() == before


@pytest.mark.parametrize("body", [[], {}, [make("sport")] * 101])
def test_a_list_has_1_to_100_operations(author: Program, body: Any) -> None:
    response = author.post(BULK, body)
    assert response.status_code == 422
    assert "" in faults(response)


def test_a_repeated_list_is_done_once(author: Program) -> None:
    first = author.post(BULK, [make("sport")], idempotency_key="k1")
    again = author.post(BULK, [make("sport")], idempotency_key="k1")
    assert (first.status_code, again.content) == (200, first.content)
    assert Revision.objects.filter(kind="theme", slug="sport").count() == 1


def test_a_failed_list_may_be_sent_again_under_its_key(author: Program) -> None:
    assert author.post(BULK, [make("a"), make("b", lane="x")], idempotency_key="k1").status_code == 422
    assert author.post(BULK, [make("a"), make("b")], idempotency_key="k1").status_code == 200


def test_what_readers_notice_takes_its_scope_here_too(author: Program) -> None:
    editor = program(member(Role.EDITOR, "boris"), Scope.WRITE)
    published = ThemeFactory.create()
    operation = {"method": "PATCH", "kind": "themes", "slug": published.slug, "if_match": "*",
                 "patch": {"position": 4}}  # fmt: skip
    response = editor.post(BULK, [operation])
    assert [one["status"] for one in response.json()["results"]] == [202]
