"""The frame with a page's own citation."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse

from cubaru.core.edition_links import History
from cubaru.core.models import Record
from sources.cited_pages import item_of_path
from sources.csl import source_item
from sources.models import Source
from sources.page_citations import FORMATS, edition_item, in_styles

register = template.Library()


@register.inclusion_tag("parts/cite.html")
def cite_page(record: Record, history: History) -> dict[str, Any]:
    """How the newest edition of a record is cited: three styles, three files."""
    return {
        "texts": in_styles(edition_item(record.label, history.newest)),
        "formats": [
            {"label": each.label, "url": f"{history.newest.url}cite/{name}/"}
            for name, each in FORMATS.items()
        ],
        "stays": True,
    }


@register.inclusion_tag("sources/parts/cite_source.html")
def cite_source(source: Source) -> dict[str, Any]:
    """How the source itself is cited: three styles, three files."""
    return {
        "texts": in_styles(source_item(source)),
        "formats": [
            {"label": each.label, "url": reverse("source-citation", args=[source.slug, name])}
            for name, each in FORMATS.items()
        ],
    }


@register.inclusion_tag("parts/cite.html", takes_context=True)
def cite_list(context: dict[str, Any]) -> dict[str, Any]:
    """How this page is cited as it is filtered; its edition is the version of the whole chronicle."""
    path = context["request"].get_full_path()
    item = item_of_path(path)
    if item is None:
        return {}
    query = urlencode({"of": path})
    return {
        "texts": in_styles(item),
        "formats": [
            {"label": each.label, "url": f"{reverse('page-citation', args=[name])}?{query}"}
            for name, each in FORMATS.items()
        ],
    }
