"""Who a request comes from: the token in its header Authorization, and what that token is good for."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated, Throttled
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from clients.models import Token
from clients.models.token import Scope
from clients.throttling import WrongTokenThrottle
from clients.tokens import note_use, token_of
from cubaru.core.api.problems import ProblemError

REALM = 'Bearer realm="cubaru"'


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer cubaru_…`. Another scheme is no business of ours: a proxy may ask for one."""

    def authenticate(self, request: Request) -> tuple[Any, Token] | None:
        secret = _secret_in(request)
        if secret is None:
            return None
        wrong_tries = WrongTokenThrottle()
        if wrong_tries.is_exceeded(request):
            raise Throttled(wait=wrong_tries.wait())
        token = token_of(secret)
        if token is None:
            wrong_tries.count(request)
            raise AuthenticationFailed(_("The token is wrong, expired or revoked."))
        note_use(token)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return REALM if _secret_in(request) is None else f'{REALM}, error="invalid_token"'


def _secret_in(request: Request) -> str | None:
    scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else None


class InScope(BasePermission):
    """The view's `scope_needed` says which scope a token must have; None is open to all."""

    def has_permission(self, request: Request, view: Any) -> bool:
        scope: Scope | None = view.scope_needed()
        if scope is None:
            return True
        if not isinstance(request.auth, Token):
            raise NotAuthenticated(_("Send a token: Authorization: Bearer cubaru_…"))
        require_scope(request.auth, scope)
        return True


def require_scope(token: Token, scope: Scope) -> None:
    """Raises ProblemError."""
    if scope not in token.scopes:
        raise ProblemError(
            403,
            _("The token lacks the scope “%(scope)s”.") % {"scope": scope.value},
            headers={"WWW-Authenticate": f'{REALM}, error="insufficient_scope", scope="{scope.value}"'},
        )
