"""What the API says in headers: caches, languages, other sites' scripts, limits."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from events.api.viewsets import ThemeViewSet
from people.models import Person

pytestmark = pytest.mark.django_db

LIST, ONE = "/api/v1/themes/", "/api/v1/events/missile-crisis-1962/"


@pytest.mark.parametrize("path", [LIST, ONE, "/api/v1/", "/api/v1/schema/"])
def test_an_unchanged_answer_is_304(client: Client, path: str) -> None:
    first = client.get(path)
    again = client.get(path, headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert client.get(path, headers={"if-none-match": '"other"'}).status_code == 200


def test_a_changed_part_changes_the_etag(client: Client) -> None:
    before = client.get(ONE).headers["ETag"]
    people: Any = Person.objects.filter(slug="castro-fidel")
    people.update(name_en="F. Castro")
    assert client.get(ONE).headers["ETag"] != before


def test_data_may_load_nothing_and_pages_what_they_need(client: Client) -> None:
    data = client.get(LIST).headers
    assert data["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert "Permissions-Policy" not in data
    page = client.get("/api/v1/docs/").headers
    assert "style-src 'self'" in page["Content-Security-Policy"]
    assert "Permissions-Policy" in page


@pytest.mark.parametrize("path", [LIST, ONE, "/api/v1/", "/api/v1/schema/"])
def test_head_answers_as_get_does_without_the_body(client: Client, path: str) -> None:
    whole, head = client.get(path), client.head(path)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("ETag", "Content-Type", "Cache-Control", "Content-Language"):
        assert head.headers[name] == whole.headers[name]


@pytest.mark.parametrize("path", [LIST, ONE])
def test_answers_may_be_kept_by_all_and_set_no_cookie(client: Client, path: str) -> None:
    response = client.get(path, headers={"accept-language": "ru"})
    assert "public" in response.headers["Cache-Control"]
    assert "stale-while-revalidate" in response.headers["Cache-Control"]
    assert response.headers["Vary"] == "Accept, Authorization"  # a token is answered more
    assert "Last-Modified" in response.headers
    assert not response.cookies


def test_the_answer_does_not_depend_on_accept_language(client: Client) -> None:
    assert (
        client.get(ONE, headers={"accept-language": "ru"}).content
        == client.get(ONE, headers={"accept-language": "es"}).content
    )


@pytest.mark.parametrize("path", [LIST, "/api/v1/nothing/", "/api/v1/events/?x=1", "/api/v1/events"])
def test_scripts_of_other_sites_may_read_every_answer(client: Client, path: str) -> None:
    response = client.get(path, headers={"origin": "https://elsewhere.example"})
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response.headers


def test_a_preflight_request_is_answered(client: Client) -> None:
    response = client.options(
        "/api/v1/claims/",
        headers={"origin": "https://elsewhere.example", "access-control-request-method": "GET"},
    )
    assert (response.status_code, response.content) == (204, b"")
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert 'rel="describedby"' in response.headers["Link"]
    assert response.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in response.headers["Access-Control-Allow-Headers"]


def test_an_address_without_its_last_slash_leads_on(client: Client) -> None:
    response = client.get("/api/v1/events?from=1962")
    assert response.status_code == 301
    assert response.headers["Location"] == "/api/v1/events/?from=1962"


def test_lists_name_their_neighbours_in_a_link_header(client: Client) -> None:
    response = client.get("/api/v1/events/?page_size=3")
    assert response.headers["Link"] == f'<{response.json()["next"]}>; rel="next"'


def test_more_reads_than_a_minute_allows_are_429(client: Client, settings: Any) -> None:
    settings.API_READS_A_MINUTE = 3
    statuses = [client.get(LIST).status_code for _number in range(8)]
    # A minute may turn meanwhile: never fewer than three pass, and never all eight.
    assert statuses[:3] == [200, 200, 200]
    refused = client.get(LIST) if 429 not in statuses else None
    assert 429 in statuses or (refused is not None and refused.status_code == 429)


def test_a_refused_read_is_told_how_long_to_wait(client: Client, settings: Any) -> None:
    settings.API_READS_A_MINUTE = 1
    response = next(
        response for response in (client.get(LIST) for _number in range(9)) if response.status_code == 429
    )
    assert response.headers["Content-Type"] == "application/problem+json"
    assert 1 <= int(response.headers["Retry-After"]) <= 61


def test_another_address_is_counted_apart(client: Client, settings: Any) -> None:
    settings.API_READS_A_MINUTE = 1
    for _number in range(4):
        client.get(LIST)
    assert client.get(LIST, REMOTE_ADDR="203.0.113.9").status_code == 200


def test_an_invented_forwarding_header_gives_no_new_count(client: Client, settings: Any) -> None:
    settings.API_READS_A_MINUTE = 1
    statuses = {
        client.get(LIST, headers={"x-forwarded-for": f"198.51.100.{number}"}).status_code
        for number in range(6)
    }
    assert 429 in statuses


def test_zero_switches_the_limit_off(client: Client, settings: Any) -> None:
    settings.API_READS_A_MINUTE = 0
    assert {client.get(LIST).status_code for _number in range(5)} == {200}


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        (LIST, "GET, POST, HEAD, OPTIONS"),
        (ONE, "GET, PATCH, DELETE, HEAD, OPTIONS"),
        (f"{ONE}document/", "GET, HEAD, OPTIONS"),
        (f"{ONE}submit/", "POST, OPTIONS"),
        ("/api/v1/bulk/", "POST, OPTIONS"),
        ("/api/v1/claims/", "GET, HEAD, OPTIONS"),
        ("/api/v1/changes/", "GET, HEAD, OPTIONS"),
        ("/api/v1/schema/", "GET, HEAD, OPTIONS"),
    ],
)
def test_what_cannot_be_done_here_is_405_and_says_what_can(
    client: Client, method: str, path: str, allowed: str
) -> None:
    response = getattr(client, method)(path)
    assert response.status_code == (401 if method.upper() in allowed else 405)
    assert response.headers["Content-Type"] == "application/problem+json"
    assert client.options(path).headers["Allow"] == allowed
    if response.status_code == 405:
        assert response.headers["Allow"] == allowed


def test_an_address_that_will_go_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Deprecation" not in client.get(LIST).headers
    monkeypatch.setattr(ThemeViewSet, "deprecated_since", datetime(2026, 11, 1, tzinfo=UTC))
    monkeypatch.setattr(ThemeViewSet, "gone_after", datetime(2027, 5, 1, tzinfo=UTC))
    monkeypatch.setattr(ThemeViewSet, "deprecation_page", "/api/v1/docs/#changes")
    response = client.get(f"{LIST}?page_size=1")
    assert response.headers["Deprecation"] == "@1793491200"
    assert response.headers["Sunset"] == "Sat, 01 May 2027 00:00:00 GMT"
    assert {link.rpartition(";")[0].split("; ")[-1] for link in response.headers["Link"].split(", ")} >= {
        'rel="deprecation"'
    }
    assert 'rel="next"' in response.headers["Link"]
