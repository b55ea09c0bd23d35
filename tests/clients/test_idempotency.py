"""A POST that is repeated with its key makes one record and is answered as the first time."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone

from clients import idempotency
from clients.models import KeptAnswer
from cubaru.core.models import Revision, Step
from cubaru.core.roles import Role
from events.models import Theme
from tests.clients.helpers import Program, program, theme
from tests.core.test_workflow import member

pytestmark = pytest.mark.django_db

THEMES, SPORT = "/api/v1/themes/", "/api/v1/themes/sport/"


@pytest.fixture
def author(db: None) -> Program:
    return program(member(Role.CONTRIBUTOR, "ana"))


def test_a_repeated_post_makes_one_record(author: Program) -> None:
    first = author.post(THEMES, theme(), idempotency_key="k1")
    again = author.post(THEMES, dict(reversed(theme().items())), idempotency_key="k1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    for name in ("ETag", "Location"):
        assert again.headers[name] == first.headers[name]
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"
    assert Theme.objects.filter(slug="sport").count() == 1
    assert Revision.objects.filter(kind="theme", slug="sport").count() == 1


def test_a_repeated_step_is_taken_once_though_its_state_is_gone(author: Program) -> None:
    author.post(THEMES, theme())
    etag = author.etag(SPORT)
    first = author.post(f"{SPORT}submit/", idempotency_key="k1", if_match=etag)
    again = author.post(f"{SPORT}submit/", idempotency_key="k1", if_match=etag)
    assert (first.status_code, again.content) == (200, first.content)
    assert Step.objects.filter(kind="theme").count() == 1
    assert author.post(f"{SPORT}submit/", idempotency_key="k2", if_match=etag).status_code == 412


@pytest.mark.parametrize(("path", "body"), [(THEMES, theme("other")), ("/api/v1/places/", theme())])
def test_a_key_stands_for_one_request(author: Program, path: str, body: Any) -> None:
    author.post(THEMES, theme(), idempotency_key="k1")
    response = author.post(path, body, idempotency_key="k1")
    assert response.status_code == 422
    assert "another request" in response.json()["detail"]


def test_keys_belong_to_a_token(author: Program) -> None:
    author.post(THEMES, theme(), idempotency_key="k1")
    other = program(author.token.user)
    assert other.post(THEMES, theme("other"), idempotency_key="k1").status_code == 201


def test_an_error_is_not_kept(author: Program) -> None:
    assert author.post(THEMES, theme(lane="x"), idempotency_key="k1").status_code == 422
    assert author.post(THEMES, theme(), idempotency_key="k1").status_code == 201


def test_an_answer_is_kept_for_a_day(author: Program) -> None:
    author.post(THEMES, theme(), idempotency_key="k1")
    KeptAnswer.objects.update(made_at=timezone.now() - timedelta(hours=25))
    assert author.post(THEMES, theme(), idempotency_key="k1").status_code == 422  # the slug is taken
    assert not KeptAnswer.objects.exists()


@pytest.mark.parametrize("key", ["", "x" * 256, "ключ", "a\tb"])
def test_a_key_that_is_none_is_400(author: Program, key: str) -> None:
    assert author.post(THEMES, theme(), idempotency_key=key).status_code == 400
    assert not Theme.objects.filter(slug="sport").exists()


def test_a_request_that_is_being_answered_is_409(author: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    during: list[Any] = []
    kept = idempotency._kept

    def ask_again(*args: Any) -> Any:
        if not during:
            during.append(None)
            during[0] = author.post(THEMES, theme(), idempotency_key="k1")
        return kept(*args)

    monkeypatch.setattr(idempotency, "_kept", ask_again)
    assert author.post(THEMES, theme(), idempotency_key="k1").status_code == 201
    assert during[0].status_code == 409
    assert during[0].headers["Retry-After"] == "1"
    assert author.post(THEMES, theme(), idempotency_key="k1").status_code == 201


def test_where_no_cache_is_shared_the_database_still_makes_one_record(
    author: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process comes first, after this one has looked for an answer and found none."""
    first: list[Any] = []
    kept = idempotency._kept

    def be_late(*args: Any) -> Any:
        if first:
            return kept(*args)
        found = kept(*args)
        first.append(None)
        cache.clear()
        first[0] = author.post(THEMES, theme(), idempotency_key="k1")
        Theme.objects.get(slug="sport").delete()  # so that only the key stands in the way
        return found

    monkeypatch.setattr(idempotency, "_kept", be_late)
    second = author.post(THEMES, theme(), idempotency_key="k1")
    assert (second.status_code, second.content) == (201, first[0].content)
    assert not Theme.objects.filter(slug="sport").exists()
