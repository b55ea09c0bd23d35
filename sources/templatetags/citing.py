"""The frame with a page's own citation."""

from typing import Any

from django import template
from django.urls import reverse

from cubaru.core.edition_links import History
from cubaru.core.models import Record
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
