"""The timeline on pages of other apps, which know nothing of events."""

from typing import Any

from django import template
from django.template import Context

from events import timeline_embed

register = template.Library()


@register.simple_tag
def timeline_of_person(slug: str) -> dict[str, Any]:
    """What the templates of the instrument want; empty without events."""
    return timeline_embed.timeline_of(person=slug)


@register.simple_tag(takes_context=True)
def oembed_address(context: Context) -> str:
    """Where oEmbed answers for this page."""
    return timeline_embed.discovery(context["request"].get_full_path())
