"""What pages show of themes."""

from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from cubaru.core.context import absolute
from cubaru.core.languages import LocalText, best_text, current_language
from cubaru.core.templatetags.charts import Bin, Tick, TimelineChart
from events.models import Event, Theme
from events.presentation import count_of_events
from events.querysets import EventQuerySet
from events.timeline_counts import count_by_unit, whole_range
from events.timeline_ticks import ticks_of
from events.timeline_window import Level, Window


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """A theme in the list of themes."""

    name: LocalText
    url: str
    lane: str
    description: LocalText
    count: str

    @classmethod
    def of(cls, theme: Theme) -> Self:
        """Wants `event_count`."""
        return cls(
            name=theme.label,
            url=theme.get_absolute_url(),
            lane=theme.lane,
            description=best_text(theme, "description"),
            count=count_of_events(theme.event_count),  # type: ignore[attr-defined]
        )


def theme_chart(theme: Theme, events: EventQuerySet[Event]) -> TimelineChart | None:
    """The theme's events by year over all years of the chronicle; None when none is dated."""
    whole = whole_range(Event.objects.published())
    if whole is None:
        return None
    counts = count_by_unit(events, whole, Level.YEAR)
    return TimelineChart(
        title=_("Events by year: %(theme)s") % {"theme": theme.label.text},
        bins=[
            Bin(
                whole.place_of(year.first),
                year.days / whole.days,
                counts.by_unit[index],
                f"{year.first.year}: {count_of_events(counts.by_unit[index])}",
                _address(theme, year),
            )
            for index, year in enumerate(counts.units)
        ],
        ticks=[
            Tick(at, label, _address(theme, unit), unit.within(whole).in_words(current_language()))
            for at, label, unit in ticks_of(whole)
        ],
    )


def theme_json_ld(theme: Theme) -> dict[str, Any]:
    address = absolute(theme.get_absolute_url())
    return {
        "@type": "CollectionPage",
        "@id": address,
        "url": address,
        "name": theme.label.text,
        "description": best_text(theme, "description").text,
        "inLanguage": current_language(),
        "dateModified": theme.modified_at.isoformat(),
        "isPartOf": {"@type": "WebSite", "name": "cubaru", "url": absolute("/")},
        "about": {"@type": "Thing", "name": theme.label.text, "sameAs": theme.same_as},
    }


def _address(theme: Theme, window: Window) -> str:
    query = {"from": window.from_text, "to": window.to_text, "theme": theme.slug}
    return f"{reverse('home')}?{urlencode(query)}"
