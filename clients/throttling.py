"""How often a token may write, and how often an address may try tokens."""

from django.core.cache import cache
from rest_framework.request import Request

from clients.models import Token
from cubaru.core.api.throttling import CountedThrottle


class WriteThrottle(CountedThrottle):
    """Counted for each token; who has none is counted by address, as a reader."""

    setting = "API_WRITES_A_MINUTE"

    def who(self, request: Request) -> str:
        return str(request.auth.pk) if isinstance(request.auth, Token) else f"at-{super().who(request)}"


class WrongTokenThrottle(CountedThrottle):
    """Asked before a token is looked up, so that trying costs the database nothing."""

    setting = "API_WRONG_TOKENS_A_MINUTE"

    def is_exceeded(self, request: Request) -> bool:
        return bool(self.limit) and int(cache.get(self.key(request)) or 0) >= self.limit
