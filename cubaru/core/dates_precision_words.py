"""Short notes for readers on how much of a date is known."""

from cubaru.core.dates import HistoricalDate, Precision, point_precision
from cubaru.core.dates_atoms import Kind, third_of
from cubaru.core.dates_structure import End, Group, Point, Span

UNITS: dict[str, dict[Precision | Kind, str]] = {
    "en": {
        Precision.DAY: "the day",
        Precision.MONTH: "the month",
        Precision.SEASON: "the part of the year",
        Precision.YEAR: "the year",
        Precision.DECADE: "the decade",
        Precision.CENTURY: "the century",
        Kind.MONTH: "a part of the month",
        Kind.YEAR: "a part of the year",
        Kind.DECADE: "a part of the decade",
    },
    "es": {
        Precision.DAY: "el día",
        Precision.MONTH: "el mes",
        Precision.SEASON: "la parte del año",
        Precision.YEAR: "el año",
        Precision.DECADE: "el decenio",
        Precision.CENTURY: "el siglo",
        Kind.MONTH: "la parte del mes",
        Kind.YEAR: "la parte del año",
        Kind.DECADE: "la parte del decenio",
    },
    "ru": {
        Precision.DAY: "дня",
        Precision.MONTH: "месяца",
        Precision.SEASON: "части года",
        Precision.YEAR: "года",
        Precision.DECADE: "десятилетия",
        Precision.CENTURY: "века",
        Kind.MONTH: "части месяца",
        Kind.YEAR: "части года",
        Kind.DECADE: "части десятилетия",
    },
}
KNOWN = {"en": "known to {unit}", "es": "se conoce {unit}", "ru": "известно с точностью до {unit}"}
# What is approximate or uncertain is not known to the day, however exactly it is written.
GIVEN = {"en": "given to {unit}", "es": "se indica {unit}", "ru": "указано с точностью до {unit}"}
YEAR_UNKNOWN = {"en": "year not known", "es": "no se conoce el año", "ru": "год неизвестен"}
BOTH_ENDS = {
    "en": "both ends {known}",
    "es": "de ambos extremos {known}",
    "ru": "начало и окончание: {known}",
}
START = {"en": "start {known}", "es": "del comienzo {known}", "ru": "начало: {known}"}
END = {"en": "end {known}", "es": "del fin {known}", "ru": "окончание: {known}"}
ONE_OF = {"en": "one of these dates", "es": "una de estas fechas", "ru": "одна из этих дат"}
EACH_OF = {"en": "each of these dates", "es": "cada una de estas fechas", "ru": "каждая из этих дат"}
NOTES = {
    "open_start": {"en": "open start", "es": "comienzo abierto", "ru": "начало открыто"},
    "open_end": {"en": "open end", "es": "fin abierto", "ru": "окончание открыто"},
    "unknown_start": {"en": "start unknown", "es": "comienzo desconocido", "ru": "начало неизвестно"},
    "unknown_end": {"en": "end unknown", "es": "fin desconocido", "ru": "окончание неизвестно"},
    "approximate": {"en": "approximate", "es": "aproximada", "ru": "приблизительно"},
    "uncertain": {"en": "uncertain", "es": "incierta", "ru": "предположительно"},
}


def note_on_precision(date: HistoricalDate, language: str) -> str:
    """The note in one of the languages en, es, ru, with a capital letter."""
    notes = [_known(date, language)]
    notes += [words[language] for state, words in NOTES.items() if getattr(date, state)]
    note = "; ".join(notes)
    return note[0].upper() + note[1:]


def _known(date: HistoricalDate, language: str) -> str:
    match date.expression:
        case Point() as point:
            return _known_of(point, language)
        case Span(start, end):
            return _ends_known(start, end, language)
        case Group() as group:
            if third := third_of(group, date.calendar):
                return KNOWN[language].format(unit=UNITS[language][third.kind])
            return (EACH_OF if group.is_every else ONE_OF)[language]


def _ends_known(start: Point | End, end: Point | End, language: str) -> str:
    first = _known_of(start, language) if isinstance(start, Point) else ""
    last = _known_of(end, language) if isinstance(end, Point) else ""
    if first == last:
        return BOTH_ENDS[language].format(known=first)
    notes = [START[language].format(known=first)] if first else []
    notes += [END[language].format(known=last)] if last else []
    return "; ".join(notes)


def _known_of(point: Point, language: str) -> str:
    precision = point_precision(point)
    if precision is Precision.UNKNOWN:
        return YEAR_UNKNOWN[language]
    return (GIVEN if point.is_qualified else KNOWN)[language].format(unit=UNITS[language][precision])
