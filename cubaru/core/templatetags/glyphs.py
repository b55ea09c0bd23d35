"""Tags for what the chronicle draws in place of a word, always with the word beside it.

The shapes are symbols of `templates/parts/sprite.html`, which every page carries once.
"""

from typing import Any, Final

from django import template
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cubaru.core.templatetags.wording import number

register = template.Library()

VERDICT_WORDS: Final[dict[str, Promise]] = {
    "corroborated": _("Corroborated"),
    "imprecise": _("Imprecise"),
    "disputed": _("Disputed"),
    "contradicted": _("Contradicted"),
    "unverified": _("Unverified"),
}
LANES: Final = ("diplomacy", "defence", "trade", "party", "science", "culture")

#: More squares than this stop being countable at a glance; the words beside them still say the number.
MOST_SQUARES: Final = 8
_SQUARE, _STEP = 14, 17


@register.simple_tag
def icon(name: str, classes: str = "") -> SafeString:
    """An icon: search, menu, plus, minus, left, right, down, close, copy, external or download."""
    return _glyph(f"icon-{name}", classes)


@register.simple_tag
def verdict_glyph(verdict: str) -> SafeString:
    """The verdict's glyph alone: for places where its word stands beside it already."""
    return _glyph(f"verdict-{_known(verdict, VERDICT_WORDS)}")


@register.inclusion_tag("parts/verdict.html")
def verdict(verdict: str, count: int | None = None) -> dict[str, Any]:
    """Glyph and word; with `count`, glyph, number and word ("7 corroborated")."""
    known = _known(verdict, VERDICT_WORDS)
    words = VERDICT_WORDS[known] if count is None else _counted(known, count) % {"count": number(count)}
    return {"verdict": known, "words": words}


@register.simple_tag
def theme_glyph(lane: str, small: bool = False) -> SafeString:
    """The shape of a lane in the lane's ink."""
    size = " glyph--small" if small else ""
    return _glyph(f"theme-{_known(lane, LANES)}", f"lane-{lane}{size}")


@register.inclusion_tag("parts/theme.html")
def theme(name: str, lane: str, url: str = "", count: int | None = None) -> dict[str, Any]:
    """A theme's shape and name, linked where `url` is given."""
    return {"name": name, "lane": lane, "url": url, "count": count}


@register.inclusion_tag("parts/evidence.html")
def evidence(supports: int, contradicts: int) -> dict[str, Any]:
    """Blue squares for, hatched red ones against, "2 for, 1 against", and sentences for listeners."""
    shown_for = min(supports, MOST_SQUARES)
    shown_against = min(contradicts, MOST_SQUARES)
    squares = [
        {"x": str(index * _STEP), "against": index >= shown_for} for index in range(shown_for + shown_against)
    ]
    sentences = []
    if supports:
        sentences.append(
            ngettext("%d source supports this.", "%d sources support this.", supports) % supports
        )
    if contradicts:
        sentences.append(
            ngettext("%d source contradicts this.", "%d sources contradict this.", contradicts) % contradicts
        )
    return {
        "supports": supports,
        "contradicts": contradicts,
        "squares": squares,
        "width": str(len(squares) * _STEP),
        "size": str(_SQUARE),
        "sentences": sentences,
    }


def _glyph(symbol: str, classes: str = "") -> SafeString:
    return format_html(
        '<svg class="glyph{}" width="20" height="20" viewBox="0 0 20 20" aria-hidden="true"'
        ' focusable="false"><use href="#{}"/></svg>',
        f" {classes}" if classes else "",
        symbol,
    )


def _counted(verdict: str, count: int) -> str:
    """The words of a number of claims: English does not inflect them, Spanish does."""
    return {
        "corroborated": ngettext("%(count)s corroborated", "%(count)s corroborated", count),
        "imprecise": ngettext("%(count)s imprecise", "%(count)s imprecise", count),
        "disputed": ngettext("%(count)s disputed", "%(count)s disputed", count),
        "contradicted": ngettext("%(count)s contradicted", "%(count)s contradicted", count),
        "unverified": ngettext("%(count)s unverified", "%(count)s unverified", count),
    }[verdict]


def _known(value: str, among: Any) -> str:
    if value not in among:
        raise template.TemplateSyntaxError(f"No glyph for {value!r}; there are {', '.join(among)}.")
    return str(value)
