"""What the page of styles fills the parts with: a few records of the corpus, and numbers that are samples."""

from datetime import date
from typing import Any, Final

from django import template
from django.utils.translation import gettext as _

from cubaru.core.languages import LocalText, best_of, current_language
from cubaru.core.templatetags.charts import (
    Bin,
    Companion,
    EventMark,
    Lane,
    NamedEvent,
    OfficeBar,
    PersonAxis,
    Tick,
    TimelineChart,
)
from cubaru.core.templatetags.glyphs import LANES, VERDICT_WORDS

register = template.Library()

FIRST_YEAR: Final = 1902
LAST_YEAR: Final = 2026
_YEARS: Final = LAST_YEAR - FIRST_YEAR + 1

_VISIT: Final = {
    "en": "Mikoyan visits Cuba and opens the Soviet exhibition",
    "es": "Mikoyán visita Cuba e inaugura la exposición soviética",
    "ru": "Визит Микояна на Кубу и открытие советской выставки",
}
_VISIT_SUMMARY: Final = {
    "en": "The first senior Soviet visitor opened a trade and science fair, met Castro and Guevara and "
    "prepared the first agreements. Shots were fired when students protested.",
    "es": "El primer alto dirigente soviético que visitó la isla inauguró una feria de comercio y ciencia, "
    "se reunió con Castro y Guevara y preparó los primeros acuerdos. Hubo disparos durante una protesta "
    "estudiantil.",
    "ru": "Первый высокий гость из СССР открыл торговую и научную выставку, встретился с Кастро и Геварой и "
    "подготовил первые соглашения. Во время студенческого протеста прозвучали выстрелы.",
}
_RELATIONS: Final = {
    "en": "Cuba and the USSR restore diplomatic relations",
    "es": "Restablecimiento de las relaciones diplomáticas entre Cuba y la URSS",
    "ru": "Восстановление дипломатических отношений между Кубой и СССР",
}
_AGREEMENT: Final = {
    "en": "First Soviet–Cuban trade and credit agreement",
    "es": "Primer acuerdo comercial y de crédito cubano-soviético",
    "ru": "Первое советско-кубинское соглашение о торговле и кредите",
}
_STATEMENTS: Final = {
    "disputed": {
        "en": "Moscow placed missiles in Cuba because it felt bound to protect an ally and keep its trust.",
        "es": "Moscú instaló misiles en Cuba porque se sentía obligada a proteger a un aliado y conservar su "
        "confianza.",
        "ru": "Москва разместила ракеты на Кубе, считая своим долгом защитить союзника и сохранить его "
        "доверие.",
    },
    "corroborated": {
        "en": "Relations between Russia and Cuba are older than Fidel Castro's rule.",
        "es": "Las relaciones entre Rusia y Cuba son anteriores al gobierno de Fidel Castro.",
        "ru": "Отношения России и Кубы начались до прихода к власти Фиделя Кастро.",
    },
    "unverified": {"en": "Litvinov had been a revolutionary in Russia."},
}

_NAMED: Final = (
    (1902.5, 0, "after", "1902", ("Empire recognises", "the Republic")),
    (1942.8, 0, "after", "1942", ("Relations", "established")),
    (1952.3, 1, "before", "1952", ("Relations", "broken off")),
    (1960.1, 0, "before", "1960", ("Mikoyan", "in Havana")),
    (1962.8, 0, "after", "1962", ("The Missile", "Crisis")),
    (1968.6, 1, "after", "1968", ("Speech on", "Czechoslovakia")),
    (1972.5, 2, "after", "1972", ("Cuba joins", "the CMEA")),
    (1980.7, 0, "after", "1980", ("Tamayo flies", "to Salyut 6")),
    (1991.7, 1, "after", "1991", ("Brigade to be", "withdrawn")),
    (2001.8, 2, "after", "2001", ("Lourdes", "to close")),
    (2014.5, 0, "after", "2014", ("Debt", "written off")),
)


@register.simple_tag
def style_samples() -> dict[str, Any]:
    """Everything `templates/styles.html` shows, by the name of the part."""
    return {
        "lanes": [{"lane": lane, "name": name} for lane, name in zip(LANES, _lane_names(), strict=True)],
        "verdicts": list(VERDICT_WORDS),
        "date": {
            "year": "1960",
            "words": "4–13 February 1960",
            "earliest": date(1960, 2, 4),
            "latest": date(1960, 2, 13),
        },
        "month": {"earliest": date(1960, 8, 1), "latest": date(1960, 8, 31)},
        "vague": {"earliest": date(1960, 8, 1), "latest": date(1960, 9, 14)},
        "claims": _claims(),
        "people": _people(),
        "rows": _rows(),
        "spine": _spine(),
        "course": _course(),
        "day_events": [{"year": "1960", "title": _local(_VISIT), "url": "#rows"}],
        "sources": _sources(),
        "totals": [
            {"verdict": verdict, "count": count, "url": "#claims", "meaning": meaning}
            for verdict, count, meaning in zip(
                VERDICT_WORDS, (3406, 512, 287, 143, 694), _meanings(), strict=True
            )
        ],
        "figures": [
            {"count": 4218, "word": _("events"), "url": "#rows"},
            {"count": 1037, "word": _("people"), "url": "#people"},
            {"count": 26114, "word": _("sources"), "url": "#sources"},
        ],
        "choices": [
            {"value": lane, "lane": lane, "label": name, "count": 10 * index + 7, "is_chosen": index == 1}
            for index, (lane, name) in enumerate(zip(LANES, _lane_names(), strict=True))
        ],
        "filters": [{"label": _lane_names()[1], "url": "#forms"}, {"label": "1959–1964", "url": "#forms"}],
        "verdict_choices": [
            {"value": verdict, "verdict": verdict, "label": word, "count": 12, "is_chosen": False}
            for verdict, word in VERDICT_WORDS.items()
        ],
        "trail": [{"title": _("Events"), "url": "#rows"}, {"title": _local(_VISIT)}],
        "sections": [{"anchor": "claims", "title": _("Claims")}, {"anchor": "people", "title": _("People")}],
        "cited": [
            {"style": "apa", "label": "APA", "text": "cubaru. (2026). Mikoyan visits Cuba (edition 2)."},
        ],
        "formats": [{"label": label, "url": "#cite"} for label in ("BibTeX", "RIS", "CSL-JSON")],
        "errors": [
            {"field": "from", "text": _("“196O” is not a date. Write a year or a date such as 1960-02-04.")}
        ],
        "tabs": [
            {"title": _("All"), "url": "#forms", "count": 418, "is_current": True},
            {"title": _("Events"), "url": "#rows", "count": 231},
        ],
        "views": [
            {"label": _("By theme"), "url": "#chart", "is_current": True},
            {"label": _("All together"), "url": "#chart"},
            {"label": _("As a list"), "url": "#chart"},
        ],
        "chart": _chart(),
        "bins": _bins(),
        "ticks": _ticks(),
        "window": (_at(1959), 6 / _YEARS),
        "axis": _axis(),
        "untranslated": LocalText("Анастас Иванович Микоян", "ru", current_language() != "ru"),
    }


def _local(by_language: dict[str, str]) -> LocalText:
    return best_of(by_language, current_language())


def _at(year: float) -> float:
    return (year - FIRST_YEAR) / _YEARS


def _lane_names() -> list[str]:
    return [
        _("Diplomacy"),
        _("Defence and security"),
        _("Trade and energy"),
        _("Party and ideology"),
        _("Science and space"),
        _("Culture and education"),
    ]


def _meanings() -> list[str]:
    return [
        _("Independent sources agree."),
        _("True in substance; a number, date or name is off."),
        _("Good sources disagree."),
        _("The evidence is against it."),
        _("Not yet checked against a source."),
    ]


def _claims() -> list[dict[str, Any]]:
    supports = [
        {"label": "Szulc", "url": "#sources", "locator": "p. 70", "note": ""},
        {"label": "ТАСС-Досье", "url": "#sources", "locator": "", "quotation": "", "note": ""},
    ]
    against = [{"label": "Time, 15 February 1960", "url": "#sources", "locator": "", "note": ""}]
    return [
        {
            "anchor": f"claim-{verdict}",
            "verdict": verdict,
            "statement": _local(statement),
            "supports": supports if verdict != "unverified" else [],
            "contradicts": against if verdict == "disputed" else [],
            "reasoning": "",
            "about": [{"title": _local(_VISIT), "url": "#rows"}] if verdict == "disputed" else [],
        }
        for verdict, statement in _STATEMENTS.items()
    ]


def _people() -> list[dict[str, Any]]:
    return [
        {"name": name, "url": "#people", "latin": latin, "cyrillic": cyrillic, "office": "", "role": role}
        for name, latin, cyrillic, role in (
            ("Anastas Mikoyan", "Mikoyan, Anastas", "Микоян, Анастас", _("visitor")),
            ("Fidel Castro", "Castro, Fidel", "Кастро, Фидель", _("host")),
            ("Nikita Khrushchev", "Khrushchev, Nikita", "Хрущёв, Никита", _("author")),
            ("Ernesto Guevara", "Guevara, Ernesto", "Гевара, Эрнесто", _("negotiator")),
        )
    ]


def _rows() -> list[dict[str, Any]]:
    diplomacy, _defence, trade, *_others = _lane_names()
    return [
        {
            "date": "4–13 February 1960",
            "title": _local(_VISIT),
            "url": "#rows",
            "summary": _local(_VISIT_SUMMARY),
            "themes": [{"name": trade, "lane": "trade"}, {"name": diplomacy, "lane": "diplomacy"}],
            "facts": ["1 · 4"],
        },
        {
            "date": "8 May 1960",
            "title": _local(_RELATIONS),
            "url": "#rows",
            "summary": "",
            "themes": [{"name": diplomacy, "lane": "diplomacy"}],
            "facts": [],
        },
    ]


def _spine() -> list[dict[str, Any]]:
    return [
        {"date": "4–13 February 1960", "title": _local(_VISIT), "url": "#rows", "lane": "trade", "fact": ""},
        {"more": 31, "url": "#chart", "period": "1960"},
        {"date": "8 May 1960", "title": _local(_RELATIONS), "url": "#rows", "lane": "diplomacy", "fact": ""},
    ]


def _course() -> dict[str, Any]:
    return {
        "title": _local(_VISIT),
        "led_here": [],
        "followed": [
            {"date": "13 Feb 1960", "title": _local(_AGREEMENT), "url": "#course", "relation": _("led to")},
            {"date": "8 May 1960", "title": _local(_RELATIONS), "url": "#course", "relation": _("see also")},
        ],
    }


def _sources() -> list[dict[str, Any]]:
    return [
        {"reference": "Tad Szulc.", "url": "#sources", "locator": "p. 70", "note": "", "links": []},
        {
            "reference": "Известия, 14 февраля 1960.",
            "url": "#sources",
            "note": "",
            "links": [{"label": "example.org", "url": "https://example.org/"}],
        },
    ]


def _sample_count(year: int) -> int:
    """A made-up number of events: few before 1959, many in the decades after, none of it data."""
    swing = (year * 7919) % 23
    if year < 1959:
        return 4 + swing % 6 + (14 if 1942 <= year <= 1945 else 0)
    if year == 1962:
        return 128
    return (52 if year < 1991 else 20 if year < 2005 else 34) + swing


def _bins(share: float = 1.0) -> list[Bin]:
    return [
        Bin(_at(year), 1 / _YEARS, int(_sample_count(year) * share), str(year))
        for year in range(FIRST_YEAR, LAST_YEAR + 1)
    ]


def _ticks() -> list[Tick]:
    return [Tick(_at(FIRST_YEAR), str(FIRST_YEAR), "#chart", "1902–1909")] + [
        Tick(
            _at(year),
            str(year) if year in (1950, 2000) else f"’{year % 100:02}",
            "#chart",
            f"{year}–{year + 9}",
        )
        for year in range(1910, LAST_YEAR, 10)
    ]


def _chart() -> TimelineChart:
    return TimelineChart(
        title=_("Events by year, 1902–2026"),
        bins=_bins(),
        ticks=_ticks(),
        named=[
            NamedEvent(_at(year), row, words, lines, "#rows", "before" if side == "before" else "after")
            for year, row, side, words, lines in _NAMED
        ],
        lanes=[
            Lane(lane, name, 1200 - 150 * index, "#chart", _bins(0.5 - 0.07 * index))
            for index, (lane, name) in enumerate(zip(LANES, _lane_names(), strict=True))
        ],
    )


def _axis() -> PersonAxis:
    def at(year: float) -> float:
        return (year - 1920) / 60

    return PersonAxis(
        ticks=[
            Tick(at(year), str(year) if year == 1920 else f"’{year % 100}")
            for year in (1920, 1930, 1940, 1950, 1960, 1970)
        ],
        offices=[
            OfficeBar("First Deputy Premier", "Council of Ministers", "1955–1964", at(1955), 9 / 60),
            OfficeBar(_("Sample of an uncertain end"), "", "c. 1926", at(1926), 20 / 60, is_uncertain=True),
            OfficeBar(_("Sample that goes on"), "", "1970–", at(1970), 10 / 60, goes_on=True),
        ],
        events=[
            EventMark(at(1960.1), 0, "trade", _VISIT["en"], "#rows"),
            EventMark(at(1960.1), 1, "diplomacy", _RELATIONS["en"], "#rows"),
            EventMark(at(1962.8), 0, "defence", "Missile Crisis", "#rows"),
        ],
        companions=[
            Companion("Fidel Castro", "#people", 2, (at(1960.1), at(1962.8))),
            Companion("Ernesto Guevara", "#people", 1, (at(1960.1),)),
        ],
        tint=(at(1960), 5 / 60),
    )
