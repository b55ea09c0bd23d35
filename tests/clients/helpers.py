"""What tests of writing through the API share: tokens, requests with them, documents to send."""

from dataclasses import dataclass
from typing import Any

from django.test import Client

from clients.models import Token
from clients.models.token import Scope
from clients.tokens import make_token

ALL = tuple(Scope)


@dataclass
class Program:
    """A client of the API that shows its token with each request."""

    secret: str
    token: Token
    browser: Client

    def get(self, path: str, **headers: str) -> Any:
        return self._ask("get", path, None, headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self._ask("post", path, body if body is not None else {}, headers)

    def patch(self, path: str, body: Any, **headers: str) -> Any:
        return self._ask("patch", path, body, headers)

    def delete(self, path: str, **headers: str) -> Any:
        return self._ask("delete", path, None, headers)

    def etag(self, path: str) -> str:
        etag: str = self.get(path).headers["ETag"]
        return etag

    def _ask(self, method: str, path: str, body: Any, headers: dict[str, str]) -> Any:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = {"authorization": f"Bearer {self.secret}", **named}
        if body is None:
            return getattr(self.browser, method)(path, headers=sent)
        return getattr(self.browser, method)(path, body, content_type="application/json", headers=sent)


def program(user: Any, *scopes: Scope, **more: Any) -> Program:
    token, secret = make_token(user, name="a trial", scopes=scopes or ALL, **more)
    return Program(secret, token, Client())


def theme(slug: str = "sport", **more: Any) -> dict[str, Any]:
    return {"slug": slug, "name": {"en": "Sport", "es": "Deporte"}, "lane": "culture", **more}


def faults(response: Any) -> dict[str, str]:
    return {one["pointer"]: one["detail"] for one in response.json().get("errors", [])}
