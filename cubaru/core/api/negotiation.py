"""Which format an answer has: by `?format=`, or by the Accept header."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request


class ContentNegotiation(BaseContentNegotiation):
    """A format that is not offered is 406, however it was asked for, and the answer names those that are.

    The weights of the Accept header count (RFC 9110), which the framework's own negotiation passes over.
    """

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        offered = list(renderers)
        wanted = request.query_params.get("format")
        if wanted is not None:
            found = [renderer for renderer in offered if renderer.format == wanted]
        else:
            # Of two that are wanted as much, the one that is offered first.
            accepted = request._request.get_preferred_type([str(one.media_type) for one in offered])  # noqa: SLF001
            found = [renderer for renderer in offered if renderer.media_type == accepted]
        if not found:
            raise self._not_offered(offered)
        return found[0], str(found[0].media_type)

    def select_parser(self, request: Request, parsers: Iterable[Any]) -> Any:
        return next((parser for parser in parsers if parser.media_type == request.content_type), None)

    def _not_offered(self, renderers: Iterable[BaseRenderer]) -> NotAcceptable:
        formats = ", ".join(f"{renderer.format} ({renderer.media_type})" for renderer in renderers)
        return NotAcceptable(_("Offered here: %(formats)s.") % {"formats": formats})
