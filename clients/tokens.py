"""Making tokens, finding the token that a secret belongs to, and taking tokens back."""

import hashlib
import re
import secrets
from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils import timezone

from clients.models import Token
from clients.models.token import Scope
from cubaru.core.roles import Right, may

#: By it a secret is known where it must not be: in a repository, a log, a chat.
PREFIX: Final = "cubaru_"
SECRET: Final = re.compile(rf"{PREFIX}[A-Za-z0-9_-]{{43}}")
#: Of a secret so much is shown later, to tell tokens apart.
SHOWN: Final = len(PREFIX) + 4
DAYS: Final = 365
MOST_DAYS: Final = 3650
#: The moment of use is written no more often.
_USE_IS_NOTED_AFTER: Final = timedelta(hours=1)


def make_token(
    user: Any, *, name: str, scopes: Iterable[Scope] = (), days: int = DAYS, by: Any = None
) -> tuple[Token, str]:
    """A new token, and its secret, which nobody can ask for again. Every token may read."""
    secret = PREFIX + secrets.token_urlsafe(32)
    given = set(scopes)
    token = Token.objects.create(
        user=user,
        name=name,
        digest=digest_of(secret),
        start=secret[:SHOWN],
        may_write=Scope.WRITE in given,
        may_publish=Scope.PUBLISH in given,
        made_by=by or user,
        expires_at=timezone.now() + timedelta(days=days),
    )
    return token, secret


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def token_of(secret: str) -> Token | None:
    """The valid token with this secret, with its user; None if there is none."""
    if not SECRET.fullmatch(secret):
        return None
    return Token.objects.valid().filter(digest=digest_of(secret)).select_related("user").first()


def note_use(token: Token) -> None:
    """Keeps when the token was last used, within an hour."""
    now = timezone.now()
    earlier = Q(last_used_at__isnull=True) | Q(last_used_at__lt=now - _USE_IS_NOTED_AFTER)
    if token.last_used_at is None or token.last_used_at < now - _USE_IS_NOTED_AFTER:
        Token.objects.filter(earlier, pk=token.pk).update(last_used_at=now)


def revoke(token: Token) -> None:
    """From now on it opens nothing. Again changes nothing."""
    Token.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=timezone.now())


def tokens_seen_by(user: Any) -> QuerySet[Token]:
    """One's own; all for whoever looks after logins."""
    tokens: QuerySet[Token] = Token.objects.select_related("user", "made_by")
    return tokens if may(user, Right.CHANGE, get_user_model()) else tokens.filter(user=user)
