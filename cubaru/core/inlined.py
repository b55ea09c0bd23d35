"""Small files that are written into a page, which then waits for none of them.

The content security policy refuses what is written into a page, but for what it names by its hash. So a file
is written by a tag (`cubaru.core.templatetags.inlined`), and the view that shows the page names it too.
"""

import hashlib
from base64 import b64encode
from collections.abc import Callable
from functools import cache, wraps
from pathlib import Path
from typing import Any, Final

from csp.decorators import csp_update
from django.contrib.staticfiles import finders
from django.http.response import HttpResponseBase

from cubaru.core.kept_answers import View

_DIRECTIVES: Final = {".css": "style-src", ".js": "script-src"}


@cache
def content_of(path: str) -> str:
    """What stands in a static file; FileNotFoundError if set-up has not made it."""
    found = finders.find(path)
    if found is None:
        raise FileNotFoundError(f"static/{path} is missing: run `make setup`.")
    return Path(found).read_text(encoding="utf-8").strip()


def writes_into_page(*paths: str) -> Callable[[View], View]:
    """For views whose page holds these files: lets the browser use them."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(*args: Any, **kwargs: Any) -> HttpResponseBase:
            return csp_update(_policy(paths))(view)(*args, **kwargs)

        return answer

    return decorate


@cache
def _policy(paths: tuple[str, ...]) -> dict[str, list[str]]:
    allowed: dict[str, list[str]] = {}
    for path in paths:
        digest = b64encode(hashlib.sha256(content_of(path).encode()).digest()).decode()
        allowed.setdefault(_DIRECTIVES[Path(path).suffix], []).append(f"'sha256-{digest}'")
    return allowed
