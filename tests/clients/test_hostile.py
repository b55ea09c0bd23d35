"""Bodies and headers that nobody means well with: refused, never a fault of the server."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cubaru.core.roles import Role
from events.models import Theme
from tests.clients.helpers import Program, program
from tests.core.test_workflow import member

pytestmark = pytest.mark.django_db

BULK, EVENTS, THEMES, ONE = (
    f"/api/v1/{path}" for path in ("bulk/", "events/", "themes/", "themes/diplomacy/")
)
#: Method, address.
DOORS = [
    ("post", EVENTS),
    ("post", "/api/v1/sources/"),
    ("patch", "/api/v1/events/missile-crisis-1962/"),
    ("patch", ONE),
    ("post", f"{ONE}submit/"),
    ("post", f"{ONE}withdraw/"),
    ("post", BULK),
]
BODIES = {
    "no JSON": b"{",
    "not UTF-8": b'{"slug": "\xff"}',
    "NUL in the body": b'{"slug": "a\x00b"}',
    "NUL in a text": b'{"slug": "a\\u0000b", "name": {"en": "\\u0000"}}',
    "half of a pair": b'{"name": {"en": "\\ud800"}}',
    "not a number": b'{"position": NaN, "importance": Infinity}',
    "a huge number": b'{"position": ' + b"9" * 400 + b', "importance": 1e999}',
    "a large number": b'{"position": 99999999999999999999, "importance": -9007199254740993}',
    "very deep lists": b'{"themes": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "deep maps": b'{"name": ' + b'{"en": ' * 900 + b"1" + b"}" * 901,
    "deep operations": b"[" * 60 + b"]" * 60,
    "a list": b'["slug"]',
    "null": b"null",
    "a long text": b'{"slug": "' + b"a" * 5000 + b'", "name": {"en": "' + b"a" * 100_000 + b'"}}',
    "a long key": b'{"' + b"k" * 100_000 + b'": 1}',
    "names of Python": b'{"__class__": {}, "pk": 1, "id": 1, "status": {}, "record": []}',
    "links that are none": b'{"themes": [{}, [], null, 5, ""], "participants": [[], 5, null, "x"]}',
    "a step's note": b'{"note": {"a": 1}}',
}


@pytest.fixture
def editor(db: None) -> Program:
    return program(member(Role.EDITOR, "boris"))


def send(writer: Program, method: str, path: str, body: bytes, **headers: str) -> Any:
    sent = {"authorization": f"Bearer {writer.secret}", "if-match": "*", **headers}
    return getattr(writer.browser, method)(path, body, content_type="application/json", headers=sent)


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize(("method", "path"), DOORS)
def test_a_hostile_body_is_refused(editor: Program, method: str, path: str, name: str) -> None:
    response = send(editor, method, path, BODIES[name])
    assert response.status_code in {400, 409, 422}, response.content
    assert response.headers["Content-Type"] == "application/problem+json"
    assert len(response.content) < 200_000


@pytest.mark.parametrize(("method", "path"), DOORS)
def test_a_body_has_at_most_a_million_bytes(editor: Program, method: str, path: str) -> None:
    body = b'{"slug": "' + b"a" * 1024 * 1024 + b'"}'
    assert send(editor, method, path, body).status_code == 413


@pytest.mark.parametrize("header", ["if-match", "idempotency-key", "content-type", "accept"])
@pytest.mark.parametrize("value", ['"' * 4000, "\u00ff", "W/", "a, b, c", "*" * 300, "; ;", "\x7f"])
def test_hostile_headers_are_no_fault_of_the_server(editor: Program, header: str, value: str) -> None:
    response = editor.browser.patch(
        ONE, b"{}", headers={"authorization": f"Bearer {editor.secret}", header: value}
    )
    assert 400 <= response.status_code < 500
    response = send(editor, "post", THEMES, b"{}", **{"idempotency-key": value})
    assert 400 <= response.status_code < 500


@pytest.mark.parametrize("slug", ["%00", "a%2Fb", "..", "%F0%9F%9A%80", "A", "x" * 5000])
def test_hostile_addresses_are_404(editor: Program, slug: str) -> None:
    for method, path in (
        ("patch", f"{THEMES}{slug}/"),
        ("delete", f"{THEMES}{slug}/"),
        ("post", f"{THEMES}{slug}/publish/"),
        ("get", f"{THEMES}{slug}/document/"),
        ("get", f"{THEMES}{slug}/"),
    ):
        response = editor.get(path) if method == "get" else send(editor, method, path, b"{}")
        assert response.status_code == 404, (method, path)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
KEYS = (
    "slug", "status", "record", "title", "summary", "body", "date", "importance", "themes", "places", "names",
    "participants", "relations", "claims", "citations", "images", "identifiers",
)  # fmt: skip


@settings(
    max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None
)
@given(patch=st.dictionaries(st.sampled_from(KEYS), JSON, max_size=4))
def test_no_patch_is_a_fault_of_the_server(editor: Program, patch: Any) -> None:
    body = json.dumps(patch).encode()
    response = send(editor, "patch", "/api/v1/events/missile-crisis-1962/", body)
    assert response.status_code in {200, 400, 422}, response.content


def test_nothing_of_this_was_written(editor: Program) -> None:
    send(editor, "post", THEMES, BODIES["a long text"])
    assert Theme.objects.count() == 16
