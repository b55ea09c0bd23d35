"""How often one address may read."""

import time
from typing import Any, Final

from django.conf import settings
from django.core.cache import cache
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

MINUTE: Final = 60


class ReadThrottle(BaseThrottle):
    """API_READS_A_MINUTE (0: any number), counted by the clock's minutes in the cache, so for all instances.

    A counter instead of the framework's list of times: one number a reader, and no two requests at once
    can both take the last place.
    """

    def allow_request(self, request: Request, view: Any) -> bool:
        limit: int = settings.API_READS_A_MINUTE
        if not limit:
            return True
        key = f"api-reads:{self.get_ident(request)}:{int(time.time()) // MINUTE}"
        cache.add(key, 0, timeout=2 * MINUTE)
        try:
            return int(cache.incr(key)) <= limit
        except ValueError:  # thrown out of a full cache between the two calls
            return True

    def wait(self) -> float:
        """Seconds until the next minute begins."""
        return MINUTE - time.time() % MINUTE
