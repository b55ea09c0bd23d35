"""The eras under the axis: each runs from one event of the chronicle to another, so its ends can be checked.

An era is shown when the event that begins it is published; one whose end no event tells is left open.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.models import Event


@dataclass(frozen=True, slots=True)
class Era:
    """`begins` and `ends` are the events that do so; `name` may have their years in it.

    `runs` means that it lasts to this day, not that its end is unknown.
    """

    name: Promise
    begins: str
    ends: str = ""
    runs: bool = False


ERAS: Final[Sequence[Era]] = (
    Era(_("Relations, {first}–{last}"), "russia-recognises-cuba-1902", "relations-lapse-1917"),
    Era(_("Relations, {first}–{last}"), "relations-1942", "relations-broken-1952"),
    Era(_("Relations since {first}"), "relations-restored-1960", runs=True),
    Era(_("Special Period"), "special-period-1990"),
)


@dataclass(frozen=True, slots=True)
class DatedEra:
    """An era with its days; `last` is None where it goes on or its end is not known."""

    name: str
    first: date
    last: date | None
    is_open: bool
    url: str


def dated_eras() -> list[DatedEra]:
    """The eras whose first event is published, as they came."""
    slugs = [slug for era in ERAS for slug in (era.begins, era.ends) if slug]
    events = {event.slug: event for event in Event.objects.published().filter(slug__in=slugs)}
    found = []
    for era in ERAS:
        first, last = events.get(era.begins), events.get(era.ends)
        if first is None or first.date_earliest is None:
            continue
        end = last.date_latest if last else None
        found.append(
            DatedEra(
                name=str(era.name).format(first=first.date_earliest.year, last=end.year if end else ""),
                first=first.date_earliest,
                last=end,
                is_open=end is None and not era.runs,
                url=first.get_absolute_url(),
            )
        )
    return found
