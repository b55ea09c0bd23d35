"""Pages of lists: how many there are, a page of them, and the addresses of the next and the previous page."""

import hashlib
from collections.abc import Sequence
from typing import Any

from django.core.cache import cache
from django.db.models import QuerySet, Subquery, prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param, replace_query_param

from cubaru.core.api.keyset import Cursor, CursorError, Order, decode, encode, rows_from
from cubaru.core.api.problems import BadParametersError, Fault
from cubaru.core.context import absolute
from cubaru.core.models.ledger_entry import LedgerEntry

#: Read with the rows, at no cost, so that the count that belongs to them is known.
_CONTENT_VERSION = Subquery(LedgerEntry.objects.order_by("-number").values("number")[:1])
PAGE_SIZE = 25
LARGEST_PAGE = 100

#: What the schema says of a record when `fields` chose from it.
SPARSE = {
    "type": "object",
    "description": gettext_lazy("With `fields`: the fields that were asked for."),
    "minProperties": 1,
}


class KeysetPagination(BasePagination):
    """The view says in which `order` (`cubaru.core.api.keyset`); `?cursor=` where, `?page_size=` how many."""

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any] | None:
        self.address = absolute(request.path)
        query = request.META.get("QUERY_STRING", "")
        if query:
            self.address += f"?{query}"
        order: Order = view.order
        size = page_size_of(request)
        cursor = _cursor(request, order)
        # Two stretches of rows may make one page: what belongs to the rows is then loaded once for both.
        lookups: Sequence[Any] = queryset._prefetch_related_lookups  # noqa: SLF001
        versioned = queryset.prefetch_related(None).annotate(content_version=_CONTENT_VERSION)
        rows, more = rows_from(versioned, order, cursor, size)
        prefetch_related_objects(rows, *lookups)
        if cursor is None and not more:
            self.count = len(rows)
        else:
            self.count = _count(queryset, request, view, rows[0].content_version if rows else None)
        self.next, self.previous = _neighbours(rows, order, cursor, more)
        return rows

    def get_paginated_response(self, data: Any) -> Response:
        response = Response(
            {
                "count": self.count,
                "next": self._link(self.next),
                "previous": self._link(self.previous),
                "results": data,
            }
        )
        links = [
            f'<{self._link(cursor)}>; rel="{name}"'
            for name, cursor in (("next", self.next), ("prev", self.previous))
            if cursor
        ]
        if links:
            response.headers["Link"] = ", ".join(links)
        return response

    def _link(self, cursor: str) -> str | None:
        if not cursor:
            return None
        return replace_query_param(remove_query_param(self.address, "cursor"), "cursor", cursor)

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["count", "next", "previous", "results"],
            "properties": {
                "count": {
                    "type": "integer",
                    "minimum": 0,
                    "description": gettext_lazy("How many records the filters let through, on all pages."),
                },
                "next": {**link, "description": gettext_lazy("Address of the next page; null on the last.")},
                "previous": {
                    **link,
                    "description": gettext_lazy("Address of the previous page; null on the first."),
                },
                "results": {"type": "array", "items": {"anyOf": [schema["items"], SPARSE]}},
            },
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        return [
            {
                "name": "page_size",
                "in": "query",
                "schema": {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": PAGE_SIZE},
                "description": gettext_lazy("How many records a page has."),
            },
            {
                "name": "cursor",
                "in": "query",
                "schema": {"type": "string", "format": "cursor", "minLength": 1},
                "description": gettext_lazy(
                    "Where the page begins: part of the addresses in `next` and `previous`."
                ),
            },
        ]


def _count(queryset: QuerySet[Any], request: Request, view: Any, version: int | None) -> int:
    """How many rows there are on all pages; counted once for each content version and set of filters.

    What a token sees changes without a new content version, so that is counted each time.
    """
    if version is None or request.auth is not None:
        return queryset.count()
    filters = view.filterset_class.base_filters
    asked = sorted((name, values) for name, values in request.query_params.lists() if name in filters)
    digest = hashlib.sha256(repr((request.path, asked)).encode()).hexdigest()
    count = cache.get_or_set(f"api-count:{version}:{digest}", queryset.count, timeout=3600)
    return int(count or 0)


def _neighbours(rows: list[Any], order: Order, cursor: Cursor | None, more: bool) -> tuple[str, str]:
    """The cursors of the next and the previous page, "" where there is none."""
    if not rows:
        return "", ""
    last = encode(Cursor(tuple(order.values_of(rows[-1]))), order)
    first = encode(Cursor(tuple(order.values_of(rows[0])), backwards=True), order)
    if cursor is not None and cursor.backwards:
        return last, first if more else ""
    return last if more else "", first if cursor is not None else ""


def page_size_of(request: Request) -> int:
    text = request.query_params.get("page_size")
    if text is None:
        return PAGE_SIZE
    if not (text.isascii() and text.isdigit() and len(text) < 5 and 1 <= int(text) <= LARGEST_PAGE):
        raise BadParametersError(
            [
                Fault(
                    parameter="page_size",
                    detail=_("A page has 1 to %(most)d records.") % {"most": LARGEST_PAGE},
                )
            ]
        )
    return int(text)


def _cursor(request: Request, order: Order) -> Cursor | None:
    text = request.query_params.get("cursor")
    if text is None:
        return None
    try:
        return decode(text, order)
    except CursorError as error:
        fault = Fault(
            parameter="cursor",
            detail=_("This is not a cursor of this list in this order; begin again without one."),
        )
        raise BadParametersError([fault]) from error
