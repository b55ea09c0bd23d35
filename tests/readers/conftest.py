"""Readers who took their time over a form."""

import re
from typing import Any

import pytest
from django.test import Client

from readers import tokens


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test waits until a form is old enough."""
    monkeypatch.setattr(tokens, "QUICKEST", -1)


def token_of(client: Client, path: str) -> str:
    page = client.get(path)
    assert page.status_code == 200, path
    assert not page.cookies
    found = re.search(r'name="token" value="([^"]+)"', page.content.decode())
    assert found is not None
    return found[1]


def send(client: Client, path: str, headers: dict[str, str] | None = None, **fields: Any) -> Any:
    """Opens the form at the path and sends it filled in."""
    filled = {"token": token_of(client, path), "homepage": "", **fields}
    return client.post(path, filled, headers=headers)
