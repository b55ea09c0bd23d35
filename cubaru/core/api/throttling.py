"""How often one address may read, or whoever else may do what else."""

import time
from typing import Any, ClassVar, Final

from django.conf import settings
from django.core.cache import cache
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

MINUTE: Final = 60


class CountedThrottle(BaseThrottle):
    """So many requests a minute as `setting` says (0: any number), by the clock's minutes, in the cache.

    Counted there for all instances. A counter instead of the framework's list of times: one number for each
    who asks, and no two requests at once can both take the last place.
    """

    setting: ClassVar[str]

    def allow_request(self, request: Request, view: Any) -> bool:
        return self.count(request) <= self.limit if self.limit else True

    @property
    def limit(self) -> int:
        return int(getattr(settings, self.setting))

    def who(self, request: Request) -> str:
        return str(self.get_ident(request))

    def key(self, request: Request) -> str:
        return f"{self.setting}:{self.who(request)}:{int(time.time()) // MINUTE}"

    def count(self, request: Request) -> int:
        """Counts the request; returns how many there were in this minute."""
        key = self.key(request)
        cache.add(key, 0, timeout=2 * MINUTE)
        try:
            return int(cache.incr(key))
        except ValueError:  # thrown out of a full cache between the two calls
            return 1

    def wait(self) -> float:
        """Seconds until the next minute begins."""
        return MINUTE - time.time() % MINUTE


class ReadThrottle(CountedThrottle):
    setting = "API_READS_A_MINUTE"
