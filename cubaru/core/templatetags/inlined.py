"""Static files written into a page; the view names them with `writes_into_page` too."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from cubaru.core.inlined import content_of

register = template.Library()


@register.simple_tag
def inlined(path: str) -> SafeString:
    """A style sheet or a script of ours, as it stands in <style> or <script>."""
    return mark_safe(content_of(path))  # noqa: S308 (bundled from our own sources)
