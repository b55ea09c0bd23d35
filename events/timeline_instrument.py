"""What the timeline's script needs of the page: which events, which window, words in its language."""

from typing import Any, Final

from babel.dates import get_month_names
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cubaru.core.languages import current_language
from events import choices
from events.timeline_eras import dated_eras
from events.timeline_page import Asked
from events.timeline_window import Window

#: Numbers that between them have every plural form of the three languages.
_PLURALS: Final = {"one": 1, "few": 2, "many": 5, "other": 5}


def instrument(asked: Asked, *, writes: bool = True) -> dict[str, Any]:
    """The context of timeline_head.html and timeline_instrument.html; nothing where the script has no part.

    There are no levels of a lane within a theme, and lists stay lists. `writes` says whether the page's
    address follows the window.
    """
    if asked.view == "list" or (asked.theme and asked.lane):
        return {}
    return {"instrument": configuration(asked, writes=writes)}


def configuration(asked: Asked, *, writes: bool) -> dict[str, Any]:
    """What <cubaru-timeline> reads."""
    months = get_month_names("abbreviated", context="stand-alone", locale=current_language())
    return {
        "language": current_language(),
        "tiles": reverse("api-timeline"),
        "card": reverse("events:event-card", args=["SLUG"]),
        "path": reverse(asked.page),
        "writes": writes,
        "heading": 3,
        "whole": _ends(asked.whole),
        "window": _ends(asked.window),
        "view": asked.view,
        "usual": asked.usual_view,
        "theme": asked.theme.slug if asked.theme else "",
        "person": asked.person.slug if asked.person else "",
        "lane": asked.lane,
        "today": _parts(timezone.now().date()),
        "eras": [
            {
                "name": era.name,
                "start": _parts(era.first),
                "end": _parts(era.last) if era.last else None,
                "isOpen": era.is_open,
                "url": era.url,
            }
            for era in dated_eras()
        ],
        "lanes": {lane.value: str(lane.label) for lane in choices.Lane},
        "hasLanes": asked.theme is None,
        "months": [months[number].rstrip(".") for number in range(1, 13)],
        "title": _("cubaru: a chronicle of Cuban–Russian relations"),
        "words": _words(),
    }


def _words() -> dict[str, Any]:
    return {
        "plot": _(
            "Timeline: arrow keys go from event to event, plus and minus zoom, Escape shows all years."
        ),
        "title": _("{period} · Timeline · cubaru"),
        "status": _forms(
            lambda count: ngettext(
                "{named} of {number} event named", "{named} of {number} events named", count
            )
        ),
        "more": _forms(
            lambda count: ngettext("{number} more event, {period}", "{number} more events, {period}", count)
        ),
        "lost": _("This part of the timeline did not load."),
        "retry": _("Try again"),
        "earlier": _("Earlier"),
        "later": _("Later"),
        "in": _("Zoom in"),
        "out": _("Zoom out"),
        "all": _("All themes"),
    }


def _forms(of: Any) -> dict[str, str]:
    return {name: of(count) for name, count in _PLURALS.items()}


def _ends(window: Window) -> list[str]:
    return [window.from_text, window.to_text]


def _parts(day: Any) -> list[int]:
    """Year, month (from 0) and day, as JavaScript counts them."""
    return [day.year, day.month - 1, day.day]
