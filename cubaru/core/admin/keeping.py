"""Unsaved text stays in the curator's browser (admin_theme/keep.js) until the server says it is saved."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

#: The hidden field with which the script names a form, and the cookie that says it was saved.
KEPT: Final = "kept"
COOKIE: Final = "desk_saved"
#: Long enough for the next page to come.
SECONDS: Final = 300
LONGEST: Final = 64


def tell_browser(request: HttpRequest, answer: HttpResponse) -> None:
    """Says with the answer that this form is saved, so that the next page forgets what was kept of it."""
    name = request.POST.get(KEPT, "")
    if name and len(name) <= LONGEST and name.isascii():
        answer.set_cookie(
            COOKIE, name, max_age=SECONDS, path=reverse("admin:index"), samesite="Lax",
            secure=request.is_secure(),
        )  # fmt: skip
