"""The labels under the timeline's axis."""

from datetime import date
from typing import Final

from babel.dates import get_month_names

from cubaru.core.languages import current_language
from events.timeline_window import Level, Window, unit_around, units

#: A label that begins later would run out of the axis.
_LAST_PLACE: Final = 0.975

TickOf = tuple[float, str, Window]


def level_of_bars(window: Window) -> Level:
    """Which units the bars of a window stand for: years, months or days."""
    return Level(min(max(window.level, Level.DECADE) + 1, Level.DAY))


def ticks_of(window: Window) -> list[TickOf]:
    """Place, label and the unit that it leads to, from left to right."""
    match level_of_bars(window):
        case Level.YEAR:
            found = _years(window)
        case Level.MONTH:
            found = _months(window)
        case _:
            found = _days(window)
    return [tick for tick in found if 0 <= tick[0] <= _LAST_PLACE]


def _years(window: Window) -> list[TickOf]:
    years = units(window, Level.YEAR)
    if window.level is Level.ALL:
        return _decades(window)
    step = 1 if len(years) <= 14 else 5
    return [
        (window.place_of(year.within(window).first), f"{year.first.year:04}", year)
        for year in years
        if step == 1 or year.first.year % step == 0
    ]


def _decades(window: Window) -> list[TickOf]:
    """Decades by their last two digits, halves and whole centuries in full, as is the first one.

    A label that would run into the one before it is left out.
    """
    decades = units(window, Level.DECADE)
    step = 1 + (len(decades) - 1) // 16
    ticks: list[TickOf] = []
    for index, decade in enumerate(decades[::step]):
        part = decade.within(window)
        is_full = index == 0 or decade.first.year % 50 == 0 or step > 1
        label = f"{part.first.year:04}" if is_full else f"’{part.first.year % 100:02}"
        at = window.place_of(part.first)
        if not ticks or at - ticks[-1][0] > 0.045:
            ticks.append((at, label, decade))
    return ticks


def _months(window: Window) -> list[TickOf]:
    names = get_month_names("abbreviated", context="stand-alone", locale=current_language())
    months = units(window, Level.MONTH)
    ticks: list[TickOf] = []
    for month in months:
        is_january = month.first.month == 1 and len(months) > 14
        if len(months) > 14 and month.first.month not in {1, 4, 7, 10}:
            continue
        at = window.place_of(month.within(window).first)
        if is_january:
            ticks.append((at, f"{month.first.year:04}", unit_around(month.first, Level.YEAR)))
        else:
            ticks.append((at, names[month.first.month].rstrip("."), month))
    return ticks


def _days(window: Window) -> list[TickOf]:
    names = get_month_names("abbreviated", context="stand-alone", locale=current_language())
    is_one_month = window.days <= 31 and window.first.month == window.last.month
    ticks: list[TickOf] = []
    for day in units(window, Level.DAY):
        if is_one_month and (day.first.day % 2 == 1 or window.days <= 14):
            ticks.append((window.place_of(day.first), str(day.first.day), day))
        elif not is_one_month and day.first.day in {1, 8, 15, 22}:
            label = names[day.first.month].rstrip(".") if day.first.day == 1 else str(day.first.day)
            ticks.append((window.place_of(day.first), label, _month_or_day(day.first)))
    return ticks


def _month_or_day(day: date) -> Window:
    return unit_around(day, Level.MONTH if day.day == 1 else Level.DAY)
