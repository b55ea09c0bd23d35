"""A signed token in each form for readers: it says what the form is about and when it was opened.

Readers have no cookies, so there is no CSRF cookie to compare with. There is nothing to forge either: such a
form acts with nobody's rights. The token keeps out what never opened the form, and `is_foreign` what another
site would have its visitors send.
"""

from enum import Enum
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.http import HttpRequest

#: Nobody reads the form and fills it in within so many seconds.
QUICKEST: Final = 3
#: Seconds after which a form is opened anew: a day and a night, for who left it open.
OLDEST: Final = 2 * 24 * 3600


class Fault(Enum):
    MISSING = "missing"
    QUICK = "quick"
    OLD = "old"


def issue(form: str, about: str) -> str:
    return signing.TimestampSigner(salt=f"readers.{form}").sign(about)


def read(form: str, token: str) -> tuple[str, Fault | None]:
    """What the token says the form is about, and what is wrong with it."""
    signer = signing.TimestampSigner(salt=f"readers.{form}")
    try:
        about = signer.unsign(token, max_age=OLDEST)
    except signing.SignatureExpired:
        return signer.unsign(token), Fault.OLD
    except signing.BadSignature:
        return "", Fault.MISSING
    try:
        signer.unsign(token, max_age=QUICKEST)
    except signing.SignatureExpired:
        return about, None
    return about, Fault.QUICK


def is_foreign(request: HttpRequest) -> bool:
    """Whether a page of another site sent the form, as far as the browser says."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    if origin is None:
        return False
    own = {settings.SITE_URL, *settings.CSRF_TRUSTED_ORIGINS}
    return origin not in own and urlsplit(origin).netloc != request.get_host()
