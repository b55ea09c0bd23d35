"""Tokens: kept as a digest only, expiring, revocable; and what is answered to wrong ones."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from clients.models import Token
from clients.models.token import Scope
from clients.tokens import PREFIX, digest_of, make_token, revoke, token_of
from cubaru.core.roles import Role
from tests.clients.helpers import program, theme
from tests.core.test_workflow import member

pytestmark = pytest.mark.django_db

THEMES = "/api/v1/themes/"


@pytest.fixture
def ana(db: None) -> Any:
    return member(Role.CONTRIBUTOR, "ana")


def asked(secret: str, path: str = THEMES, **more: Any) -> Any:
    return Client().get(path, headers={"authorization": f"Bearer {secret}"}, **more)


# At rest ------------------------------------------------------------------------------------------


def test_a_secret_is_kept_nowhere(ana: Any) -> None:
    token, secret = make_token(ana, name="a trial")
    assert secret.startswith(PREFIX)
    assert len(secret) == len(PREFIX) + 43  # 256 bits
    kept = Token.objects.filter(pk=token.pk).values().get()
    assert kept["digest"] == digest_of(secret)
    assert not any(secret in str(value) for value in kept.values())
    assert secret.startswith(kept["start"])
    assert len(kept["start"]) <= len(PREFIX) + 4
    assert make_token(ana, name="a trial")[1] != secret


@pytest.mark.parametrize(
    ("columns", "rule"),
    [
        ({"name": ""}, "token_has_a_name"),
        ({"digest": PREFIX + "x" * 43}, "token_is_kept_as_a_digest_only"),
        ({"expires_at": timezone.now() - timedelta(days=1)}, "token_expires_after_it_was_made"),
        ({"revoked_at": timezone.now() - timedelta(days=1)}, "token_is_revoked_after_it_was_made"),
    ],
)
def test_the_database_holds_the_rules(ana: Any, columns: dict[str, Any], rule: str) -> None:
    token = make_token(ana, name="a trial")[0]
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Token.objects.filter(pk=token.pk).update(**columns)


def test_a_token_opens_until_it_expires_is_revoked_or_its_user_goes(ana: Any) -> None:
    token, secret = make_token(ana, name="a trial")
    assert token_of(secret) == token
    assert asked(secret).status_code == 200
    now = timezone.now()
    Token.objects.filter(pk=token.pk).update(made_at=now - timedelta(days=9), expires_at=now)
    assert (token_of(secret), token.__class__.objects.get(pk=token.pk).is_valid) == (None, False)
    assert asked(secret).status_code == 401
    token, secret = make_token(ana, name="another")
    revoke(token)
    assert asked(secret).status_code == 401
    token, secret = make_token(ana, name="a third")
    ana.is_active = False
    ana.save()
    assert asked(secret).status_code == 401


def test_when_a_token_was_used_is_written_once_an_hour(ana: Any) -> None:
    token, secret = make_token(ana, name="a trial")
    asked(secret)
    token.refresh_from_db()
    first = token.last_used_at
    assert first is not None
    asked(secret)
    token.refresh_from_db()
    assert token.last_used_at == first
    Token.objects.filter(pk=token.pk).update(last_used_at=first - timedelta(hours=2))
    asked(secret)
    token.refresh_from_db()
    assert token.last_used_at > first - timedelta(minutes=1)


# Answers ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("secret", ["", "cubaru_", "x" * 50, PREFIX + "a" * 43, PREFIX + "a" * 5000, "a b"])
@pytest.mark.parametrize("path", [THEMES, f"{THEMES}diplomacy/", f"{THEMES}diplomacy/document/"])
def test_a_wrong_token_is_401(secret: str, path: str) -> None:
    response = asked(secret, path)
    assert response.status_code == 401
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["WWW-Authenticate"] == 'Bearer realm="cubaru", error="invalid_token"'
    assert response.headers["Cache-Control"] == "private, no-store"


def test_another_scheme_is_passed_over() -> None:
    response = Client().get(THEMES, headers={"authorization": "Basic eDp5"})
    assert response.status_code == 200
    assert Client().post(THEMES, headers={"authorization": "Basic eDp5"}).status_code == 401


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("post", THEMES),
        ("patch", f"{THEMES}diplomacy/"),
        ("delete", f"{THEMES}diplomacy/"),
        ("post", f"{THEMES}diplomacy/submit/"),
        ("post", f"{THEMES}diplomacy/publish/"),
        ("post", f"{THEMES}diplomacy/withdraw/"),
        ("get", f"{THEMES}diplomacy/document/"),
        ("post", "/api/v1/bulk/"),
    ],
)
def test_without_a_token_nothing_is_written(method: str, path: str) -> None:
    response = getattr(Client(), method)(path)
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == 'Bearer realm="cubaru"'


def test_a_token_does_no_more_than_its_scopes(ana: Any) -> None:
    reading = program(ana, Scope.READ)
    response = reading.post(THEMES, theme())
    assert response.status_code == 403
    assert 'error="insufficient_scope", scope="write"' in response.headers["WWW-Authenticate"]
    assert reading.get(f"{THEMES}diplomacy/document/").status_code == 200
    assert reading.post("/api/v1/bulk/", [{}]).status_code == 403
    writing = program(ana, Scope.WRITE)
    assert writing.post(THEMES, theme()).status_code == 201
    assert writing.post(f"{THEMES}sport/publish/", if_match="*").status_code == 403


def test_a_token_is_no_password_for_the_desk_and_a_session_none_for_the_api(desk: Client, ana: Any) -> None:
    secret = make_token(ana, name="a trial")[1]
    assert Client().get("/admin/", headers={"authorization": f"Bearer {secret}"}).status_code == 302
    assert desk.post(THEMES, theme(), content_type="application/json").status_code == 401


# Limits -------------------------------------------------------------------------------------------


def test_a_token_writes_so_many_times_a_minute(ana: Any, settings: Any) -> None:
    settings.API_WRITES_A_MINUTE = 2
    writer, other = program(ana), program(ana)
    answers = [writer.post(THEMES, []) for _number in range(6)]
    statuses = [answer.status_code for answer in answers]
    assert statuses[:2] == [422, 422]
    assert 429 in statuses
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert 1 <= int(refused.headers["Retry-After"]) <= 61
    assert writer.get(THEMES).status_code == 200
    assert other.post(THEMES, []).status_code == 422
    settings.API_WRITES_A_MINUTE = 0
    assert writer.post(THEMES, []).status_code == 422


def test_wrong_tokens_are_counted_by_address(ana: Any, settings: Any) -> None:
    settings.API_WRONG_TOKENS_A_MINUTE = 2
    statuses = [asked("wrong").status_code for _number in range(6)]
    assert statuses[:2] == [401, 401]
    assert 429 in statuses
    assert asked("wrong", REMOTE_ADDR="203.0.113.9").status_code == 401
    assert Client().get(THEMES).status_code == 200
    settings.API_WRONG_TOKENS_A_MINUTE = 0
    assert asked("wrong").status_code == 401


# The command --------------------------------------------------------------------------------------


def test_the_command_prints_a_token_once(ana: Any) -> None:
    out, told = StringIO(), StringIO()
    call_command("create_token", "ana", "--days", "7", "--name", "import", stdout=out, stderr=told)
    token = token_of(out.getvalue().strip())
    assert token is not None
    assert (token.user, token.name, token.scopes) == (ana, "import", {Scope.READ, Scope.WRITE})
    assert timedelta(days=6) < token.expires_at - timezone.now() <= timedelta(days=7)
    call_command("create_token", "ana", "--scope", "publish", stdout=StringIO(), stderr=StringIO())
    assert Token.objects.latest("pk").scopes == {Scope.READ, Scope.PUBLISH}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nobody"], "There is no login “nobody”"),
        (["ana", "--days", "0"], "from 1 to 3650 days"),
        (["ana", "--name", "x" * 101], "at most 100 characters"),
    ],
)
def test_the_command_says_what_is_wrong(ana: Any, words: list[str], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        call_command("create_token", *words)
    ana.is_active = False
    ana.save()
    with pytest.raises(CommandError, match="switched off"):
        call_command("create_token", "ana")
