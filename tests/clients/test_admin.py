"""Tokens at the desk: made by their users, shown once, revoked."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clients.models import Token
from clients.tokens import make_token, token_of
from cubaru.core.roles import Role
from tests.core.test_roles import signed_in
from tests.core.test_workflow import member

pytestmark = pytest.mark.django_db

LIST, ADD = (reverse(f"admin:clients_token_{view}") for view in ("changelist", "add"))


@pytest.fixture
def ana(db: None) -> Any:
    return member(Role.CONTRIBUTOR, "ana")


def page_of(token: Token) -> str:
    return reverse("admin:clients_token_change", args=[token.pk])


def test_a_token_is_shown_once_and_never_again(ana: Any) -> None:
    client = signed_in(ana)
    made = client.post(ADD, {"name": "import", "may_write": "on", "days": "30"})
    assert made.status_code == 200
    assert "no-store" in made.headers["Cache-Control"]
    secret = re.findall(r"cubaru_[A-Za-z0-9_-]{43}", made.content.decode())[0]
    token = token_of(secret)
    assert token is not None
    assert (token.user, token.made_by, token.may_write, token.may_publish) == (ana, ana, True, False)
    for path in (LIST, page_of(token)):
        page = client.get(path).content.decode()
        assert token.start in page
        assert secret not in page
        assert token.digest not in page


@pytest.mark.parametrize("posted", [{"name": "", "days": "9"}, {"name": "x", "days": "0"}, {"name": "x"}])
def test_a_form_that_is_not_valid_makes_no_token(ana: Any, posted: dict[str, str]) -> None:
    assert b"errorlist" in signed_in(ana).post(ADD, posted).content
    assert not Token.objects.exists()


def test_one_sees_and_revokes_ones_own_tokens_and_administrators_all(ana: Any) -> None:
    mine, secret = make_token(ana, name="of Ana")
    other = make_token(member(Role.EDITOR, "boris"), name="of Boris")[0]
    client, olga = signed_in(ana), signed_in(member(Role.ADMINISTRATOR, "olga"))
    assert b"of Boris" not in client.get(LIST).content
    assert client.get(page_of(other)).status_code == 302  # as for what is not there
    assert b"of Boris" in olga.get(LIST).content
    assert client.post(reverse("admin:clients_token_revoke", args=[other.pk])).status_code == 404
    revoking = reverse("admin:clients_token_revoke", args=[mine.pk])
    assert client.get(revoking).status_code == 403
    assert token_of(secret) == mine
    assert Client().post(revoking).status_code == 302
    assert token_of(secret) == mine
    assert client.post(revoking).status_code == 302
    assert token_of(secret) is None
    page = client.get(page_of(mine)).content.decode()
    assert "is revoked" in page
    assert revoking not in page
    assert olga.post(reverse("admin:clients_token_revoke", args=[other.pk])).status_code == 302
    other.refresh_from_db()
    assert other.revoked_at is not None
