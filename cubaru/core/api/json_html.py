"""JSON for reading: indented, its kinds of value told apart, its addresses on this site as links."""

from collections.abc import Iterable, Iterator
from typing import Any

import orjson
from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

INDENT = "  "


def json_html(value: Any) -> SafeString:
    return format_html_join("", "{}", ((piece,) for piece in _pieces(value, 0)))


def _pieces(value: Any, depth: int) -> Iterator[str]:
    if isinstance(value, dict) and value:
        items = [
            (format_html('<span class="json__key">{}</span>: ', _plain(key)), value[key]) for key in value
        ]
        yield from _block("{", items, "}", depth)
    elif isinstance(value, list) and value:
        yield from _block("[", [("", inner) for inner in value], "]", depth)
    else:
        yield _single(value)


def _block(opening: str, items: Iterable[tuple[str, Any]], closing: str, depth: int) -> Iterator[str]:
    yield opening
    for number, (key, inner) in enumerate(items):
        yield f"{',' if number else ''}\n{INDENT * (depth + 1)}"
        yield key
        yield from _pieces(inner, depth + 1)
    yield f"\n{INDENT * depth}{closing}"


def _single(value: Any) -> SafeString:
    if isinstance(value, str):
        if value.startswith(f"{settings.SITE_URL}/"):
            path = value.removeprefix(settings.SITE_URL)
            return format_html('<a class="json__text" href="{}">{}</a>', path, _plain(value))
        return format_html('<span class="json__text">{}</span>', _plain(value))
    return format_html('<span class="json__fixed">{}</span>', _plain(value))


def _plain(value: Any) -> str:
    return orjson.dumps(value).decode()
