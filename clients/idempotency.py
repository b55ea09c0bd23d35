"""A repeated POST makes one record: with the header Idempotency-Key it is answered as the first time.

What was answered is kept in the transaction of the write, so that there is never one without the other. An
error is not kept: nothing was written, and a repetition is tried anew.
"""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Final

import orjson
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from clients.models import KeptAnswer, Token
from cubaru.core.api.problems import ProblemError

HEADER: Final = "Idempotency-Key"
KEPT_FOR: Final = timedelta(hours=24)
LONGEST_KEY: Final = 255
#: Seconds after which a request that never came to its end keeps no other from being tried.
_LONGEST_WRITE: Final = 60
_HEADERS: Final = ("Location", "ETag")


def once(request: Request, write: Callable[[], Response]) -> Response:
    """What `write` answers, or what it answered the first time. Raises ProblemError: 400, 409 or 422."""
    token, key = request.auth, request.headers.get(HEADER)
    assert isinstance(token, Token)
    if key is None:
        return write()
    if not (0 < len(key) <= LONGEST_KEY and key.isascii() and key.isprintable()):
        detail = _("“%(header)s” has 1 to %(most)d printable ASCII characters.")
        raise ProblemError(400, detail % {"header": HEADER, "most": LONGEST_KEY})
    lock = f"idempotency:{token.pk}:{hashlib.sha256(key.encode()).hexdigest()}"
    if not cache.add(lock, 1, timeout=_LONGEST_WRITE):
        detail = _("A request with this “%(header)s” is being answered just now: repeat it later.")
        raise ProblemError(409, detail % {"header": HEADER}, headers={"Retry-After": "1"})
    try:
        return _once(token, key, _fingerprint(request), write)
    finally:
        cache.delete(lock)


def _once(token: Token, key: str, fingerprint: str, write: Callable[[], Response]) -> Response:
    KeptAnswer.objects.filter(token=token, made_at__lt=timezone.now() - KEPT_FOR).delete()
    if (kept := _kept(token, key, fingerprint)) is not None:
        return kept
    try:
        with transaction.atomic():
            response = write()
            KeptAnswer.objects.create(
                token=token,
                key=key,
                fingerprint=fingerprint,
                status=response.status_code,
                headers={name: response.headers[name] for name in _HEADERS if name in response.headers},
                body=orjson.dumps(response.data).decode(),
            )
    except IntegrityError:
        # Another process was quicker, whose cache is not ours: what was written here is undone.
        if (kept := _kept(token, key, fingerprint)) is None:
            raise
        return kept
    return response


def _kept(token: Token, key: str, fingerprint: str) -> Response | None:
    """Raises ProblemError if the key was used for something else."""
    kept = KeptAnswer.objects.filter(token=token, key=key).first()
    if kept is None:
        return None
    if kept.fingerprint != fingerprint:
        detail = _("This “%(header)s” was used for another request: take a new one.")
        raise ProblemError(422, detail % {"header": HEADER})
    headers = {**kept.headers, "Idempotency-Replayed": "true"}
    return Response(orjson.loads(kept.body), status=kept.status, headers=headers)


def _fingerprint(request: Request) -> str:
    body = orjson.dumps(request.data, option=orjson.OPT_SORT_KEYS)
    address = f"{request.method} {request.get_full_path()}\n"
    return hashlib.sha256(address.encode() + body).hexdigest()
