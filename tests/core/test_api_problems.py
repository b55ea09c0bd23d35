"""Whatever goes wrong under /api/ is told in one form, application/problem+json."""

from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

BAD_PARAMETERS = [
    ("events", "nope=1", "nope"),
    ("events", "person=castro-fidel&Person=castro-fidel", "Person"),
    ("events", "from=", "from"),
    ("events", "from=1962-13", "from"),
    ("events", "from=yesterday", "from"),
    ("events", "to=1900-02-29", "to"),
    ("events", "from=1963&to=1962", "to"),
    ("events", "from=1962&from=1963", "from"),
    ("events", "person=nobody-of-this-name", "person"),
    ("events", "organization=no-such-body", "organization"),
    ("events", "place=atlantis", "place"),
    ("events", "theme=no-such-theme", "theme"),
    ("events", "source=no-such-source", "source"),
    ("events", "theme=diplomacy&theme=no-such-theme", "theme"),
    ("events", "importance_min=0", "importance_min"),
    ("events", "importance_min=6", "importance_min"),
    ("events", "importance_min=99999999999999999999", "importance_min"),
    ("events", "verdict=true", "verdict"),
    ("events", "bbox=1,2,3", "bbox"),
    ("events", "bbox=1,2,3,x", "bbox"),
    ("events", "bbox=nan,nan,nan,nan", "bbox"),
    ("events", "bbox=-85,24,-74,19", "bbox"),
    ("events", "bbox=-185,19,-74,24", "bbox"),
    ("events", "changed_since=1962-99-99", "changed_since"),
    ("events", "changed_since=soon", "changed_since"),
    ("events", "changed_since=0001-01-01", "changed_since"),
    ("events", "ordering=title", "ordering"),
    ("events", "ordering=--date", "ordering"),
    ("events", "page_size=0", "page_size"),
    ("events", "page_size=101", "page_size"),
    ("events", "page_size=-1", "page_size"),
    ("events", "page_size=ten", "page_size"),
    ("events", "page_size=٣", "page_size"),
    ("events", "cursor=abc", "cursor"),
    ("events", "cursor=%25%25%25", "cursor"),
    ("events", "lang=fr", "lang"),
    ("events", "lang=EN", "lang"),
    ("events", "fields=title,colour", "fields"),
    ("events", "fields=title.fr", "fields"),
    ("events", "fields=slug.en", "fields"),
    ("events", "fields=date.display.fr", "fields"),
    ("events", "fields=date.display.en.x", "fields"),
    ("events", "fields=,", "fields"),
    ("events", f"fields={','.join(['slug'] * 101)}", "fields"),
    ("events", f"q={'x' * 501}", "q"),
    ("events", "q=%00", "q"),
    ("events", "status=draft", "status"),
    ("people", "organization=no-such-body", "organization"),
    ("people", "on=never", "on"),
    ("people", "event=no-such-event", "event"),
    ("people", "nationality=Cuba", "nationality"),
    ("people", "from=1962", "from"),
    ("organizations", "category=gang", "category"),
    ("organizations", "parent=no-such-body", "parent"),
    ("places", "country=cuba", "country"),
    ("places", "bbox=a", "bbox"),
    ("themes", "lane=left", "lane"),
    ("sources", "kind=tertiary", "kind"),
    ("sources", "type=papyrus", "type"),
    ("sources", "language=Spanish!", "language"),
    ("claims", "verdict=true", "verdict"),
    ("claims", "event=no-such-event", "event"),
]


def problem_of(response: Any, status: int) -> dict[str, Any]:
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"
    problem: dict[str, Any] = response.json()
    assert {"type", "title", "status", "detail", "instance"} <= set(problem)
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"]
    return problem


@pytest.mark.parametrize(("kind", "query", "parameter"), BAD_PARAMETERS)
def test_a_bad_parameter_is_refused_by_name(client: Client, kind: str, query: str, parameter: str) -> None:
    problem = problem_of(client.get(f"/api/v1/{kind}/?{query}"), 400)
    assert [error["parameter"] for error in problem["errors"]] == [parameter]
    assert problem["errors"][0]["detail"]
    assert problem["type"].endswith("/api/v1/docs/#bad-parameters")


def test_an_unknown_parameter_is_answered_with_the_valid_ones(client: Client) -> None:
    problem = problem_of(client.get("/api/v1/events/?before=1962"), 400)
    assert {"from", "to", "person", "bbox", "cursor", "fields"} <= set(problem["errors"][0]["valid"])


def test_all_bad_values_are_named_at_once(client: Client) -> None:
    problem = problem_of(client.get("/api/v1/events/?from=x&bbox=x&importance_min=x"), 400)
    assert {error["parameter"] for error in problem["errors"]} == {"from", "bbox", "importance_min"}


def test_the_sentences_are_in_the_language_asked_for(client: Client, settings: Any) -> None:
    english = client.get("/api/v1/events/?page_size=0", headers={"accept-language": "ru"})
    assert english.headers["Content-Language"] == "en"
    russian = client.get("/api/v1/events/?page_size=0&lang=ru")
    assert russian.headers["Content-Language"] == "ru"


@pytest.mark.parametrize("query", ["lang=fr", "fields=nope", "from=1962", "nope=1"])
def test_details_are_as_strict_as_lists(client: Client, query: str) -> None:
    problem_of(client.get(f"/api/v1/events/missile-crisis-1962/?{query}"), 400)


@pytest.mark.parametrize(
    "path",
    [
        "/api/",
        "/api/v1/nothing/",
        "/api/v2/events/",
        "/api/v1/events/no-such-event/",
        "/api/v1/events/a/b/",
        "/api/v1/events/UPPER/",
        "/api/v1/events/%00/",
        "/api/v1/events/no_such.event/",
        "/api/v1/docs/nothing/",
    ],
)
def test_what_is_not_there_is_a_problem_too(client: Client, path: str) -> None:
    problem = problem_of(client.get(path), 404)
    assert problem["instance"].startswith("/api/")


#: What may be asked of an address, and for what of it a token is wanted.
ALLOWED = {
    "/api/v1/": ({"GET", "HEAD", "OPTIONS"}, set()),
    "/api/v1/claims/": ({"GET", "HEAD", "OPTIONS"}, set()),
    "/api/v1/timeline/": ({"GET", "HEAD", "OPTIONS"}, set()),
    "/api/v1/changes/": ({"GET", "HEAD", "OPTIONS"}, set()),
    "/api/v1/events/": ({"GET", "HEAD", "OPTIONS", "POST"}, {"POST"}),
    "/api/v1/events/missile-crisis-1962/": (
        {"GET", "HEAD", "OPTIONS", "PATCH", "DELETE"}, {"PATCH", "DELETE"},
    ),
    "/api/v1/bulk/": ({"OPTIONS", "POST"}, {"POST"}),
}  # fmt: skip


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ALLOWED)
def test_other_methods_are_405_and_told_what_is_allowed(client: Client, method: str, path: str) -> None:
    allowed, with_token = ALLOWED[path]
    response = client.generic(method, path)
    problem_of(response, 401 if method in with_token else 405)
    assert set(response.headers["Allow"].split(", ")) == allowed


def test_a_format_that_is_not_offered_is_406(client: Client) -> None:
    assert "json" in problem_of(client.get("/api/v1/events/?format=xml"), 406)["detail"]
    problem_of(client.get("/api/v1/events/", headers={"accept": "application/pdf"}), 406)
    assert client.get("/api/v1/events/?format=json").status_code == 200


def test_a_fault_of_the_server_tells_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    from events.api.viewsets import EventViewSet

    def fail(*args: Any) -> None:
        raise RuntimeError("the password is swordfish")

    monkeypatch.setattr(EventViewSet, "listed", fail)
    response = Client(raise_request_exception=False).get("/api/v1/events/")
    problem_of(response, 500)
    assert b"swordfish" not in response.content


def test_a_wrong_host_is_a_problem_too(client: Client) -> None:
    problem_of(client.get("/api/v1/events/", headers={"host": "evil.example"}), 400)


def test_errors_outside_the_api_stay_pages(client: Client) -> None:
    response = client.get("/en/no-such-page/")
    assert response.status_code == 404
    assert response.headers["Content-Type"].startswith("text/html")
