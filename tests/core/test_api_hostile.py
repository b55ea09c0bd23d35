"""What nobody asks in earnest never makes the server fail."""

import base64
import json
from urllib.parse import quote

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

VALUES = [
    "%00", "%00%00castro-fidel", "x" * 10_000, "%" * 300, "%ff%fe", "%ed%a0%80", "%F0%9F%92%A9", "%C3%28",
    "' OR 1=1 --", '"; DROP TABLE events_event; --', "../../etc/passwd", "<script>alert(1)</script>",
    "{{7*7}}", "${jndi:ldap://x}", "-1", "0", "1e999", "NaN", "Infinity", "99999999999999999999999999",
    "9999-12-31", "0000-00-00", "-9999", "Y17E99", "1900-02-29", "[1667,1668]", "{", "[", "null", "true",
    "%0d%0aSet-Cookie:%20a=b", "\u202e", "ß" * 500, "१९६२", "1,1,1,1,1", "1e308,1e308,1e308,1e308",
    "a.b.c.d.e.f.g.h.i.j.k.l", "__class__", "slug__startswith", "id", "%25s%25n", "\\", "%5C%27",
]  # fmt: skip
PARAMETERS = {
    "events": ["from", "to", "person", "theme", "bbox", "q", "verdict", "importance_min", "changed_since",
               "ordering", "fields", "lang", "page_size", "cursor", "format", "nope"],
    "people": ["q", "organization", "on", "event", "nationality"],
    "sources": ["q", "kind", "type", "language"],
    "claims": ["q", "verdict", "event"],
}  # fmt: skip


@pytest.fixture
def bold() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("kind", PARAMETERS)
def test_no_value_of_any_parameter_makes_the_server_fail(bold: Client, kind: str) -> None:
    failed = []
    for parameter in PARAMETERS[kind]:
        for value in VALUES:
            response = bold.get(f"/api/v1/{kind}/?{parameter}={value}", follow=False)
            if response.status_code not in {200, 400, 406}:
                failed.append((parameter, value[:40], response.status_code))
    assert failed == []


@pytest.mark.parametrize("value", VALUES)
def test_no_address_makes_the_server_fail(bold: Client, value: str) -> None:
    # A question mark or a slash would end the part of the address.
    path = value if "%" in value else quote(value, safe="")
    response = bold.get(f"/api/v1/events/{path}/")
    assert response.status_code in {400, 404}
    assert response.headers["Content-Type"] == "application/problem+json"


def a_cursor(*parts: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


ORDER = "date date_earliest"


@pytest.mark.parametrize(
    "cursor",
    [
        a_cursor(),
        a_cursor(ORDER),
        a_cursor(ORDER, False),
        a_cursor(ORDER, "no", "1962-01-01", "1962-01-01", "x"),
        a_cursor(ORDER, False, "1962-01-01", "1962-01-01"),
        a_cursor(ORDER, False, "1962-01-01", "1962-01-01", "x", "y"),
        a_cursor(ORDER, False, "1962-99-01", "1962-01-01", "x"),
        a_cursor(ORDER, False, 1962, "1962-01-01", "x"),
        a_cursor(ORDER, False, {"a": 1}, "1962-01-01", "x"),
        a_cursor(ORDER, False, "1962-01-01", "1962-01-01", "a\x00b"),
        a_cursor(ORDER, False, "1962-01-01", "1962-01-01", "\ud800"),
        a_cursor(ORDER, False, "1962-01-01", "1962-01-01", None),
        a_cursor("importance importance", False, str(10**30), "x"),
        base64.urlsafe_b64encode(b"[" * 2000).decode(),
        base64.urlsafe_b64encode(b"1" * 100).decode(),
        base64.urlsafe_b64encode(b'{"a": 1}').decode(),
        "A" * 5000,
        "é",
    ],
)
@pytest.mark.parametrize("ordering", ["date", "importance"])
def test_no_cursor_makes_the_server_fail(bold: Client, cursor: str, ordering: str) -> None:
    response = bold.get("/api/v1/events/", {"cursor": cursor, "ordering": ordering})
    assert response.status_code == 400
    assert response.json()["errors"][0]["parameter"] == "cursor"


def test_a_cursor_between_rows_is_good_even_if_its_row_is_gone(bold: Client) -> None:
    cursor = a_cursor(ORDER, False, "1962-10-16", "1962-10-28", "never-was")
    response = bold.get("/api/v1/events/", {"cursor": cursor, "page_size": "1"})
    assert response.status_code == 200
    assert response.json()["results"][0]["date"]["earliest"] >= "1962-10-16"


def test_a_thousand_parameters_are_refused(bold: Client) -> None:
    query = "&".join(f"p{number}=1" for number in range(900))
    assert bold.get(f"/api/v1/events/?{query}").status_code == 400
    query = "&".join(f"p{number}=1" for number in range(3000))
    assert bold.get(f"/api/v1/events/?{query}").status_code == 400


def test_more_values_than_a_filter_takes_are_refused(bold: Client) -> None:
    query = "&".join(f"person=p{number}" for number in range(30))
    assert bold.get(f"/api/v1/events/?{query}").status_code == 400


def test_a_body_in_a_read_is_passed_over(bold: Client) -> None:
    response = bold.generic("GET", "/api/v1/themes/", b"\xff" * 4000, content_type="application/json")
    assert response.status_code == 200
