"""Which format an answer has: by `?format=`, or by the Accept header."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request


class ContentNegotiation(DefaultContentNegotiation):
    """A format that is not offered is 406, however it was asked for, and the answer names those that are."""

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> Any:
        offered = list(renderers)
        try:
            return super().select_renderer(request, offered, format_suffix)
        except NotAcceptable as error:
            raise self._not_offered(offered) from error

    def filter_renderers(self, renderers: Iterable[BaseRenderer], format: str) -> list[BaseRenderer]:  # noqa: A002
        chosen = [renderer for renderer in renderers if renderer.format == format]
        if not chosen:
            raise self._not_offered(renderers)
        return chosen

    def _not_offered(self, renderers: Iterable[BaseRenderer]) -> NotAcceptable:
        formats = ", ".join(f"{renderer.format} ({renderer.media_type})" for renderer in renderers)
        return NotAcceptable(_("Offered here: %(formats)s.") % {"formats": formats})
