"""How often one address may send a form."""

import time
from typing import Final

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from rest_framework.throttling import BaseThrottle

HOUR: Final = 3600


def may_send(request: HttpRequest, form: str) -> bool:
    """Counts one more sending; False once there were READER_FORMS_AN_HOUR (0: any number) within the hour.

    Counted by the clock's hours in the cache, so for all instances. The address itself is not kept.
    """
    limit: int = settings.READER_FORMS_AN_HOUR
    if not limit:
        return True
    address: str = BaseThrottle().get_ident(request)  # type: ignore[arg-type]  # asks for the headers only
    who = salted_hmac("readers.throttling", address).hexdigest()[:32]
    key = f"reader-forms:{form}:{who}:{int(time.time()) // HOUR}"
    cache.add(key, 0, timeout=2 * HOUR)
    try:
        return int(cache.incr(key)) <= limit
    except ValueError:  # thrown out of a full cache between the two calls
        return True
