"""Dates in Russian.

A month alone is in the nominative («октябрь 1962 г.»), with a day in the genitive («16 октября»). No line may
break between a number and what it counts, so those spaces are no-break ones. Days of the old calendar come
before those of the new, which stand in brackets: «25 октября (7 ноября) 1917 г.».
"""

from collections.abc import Sequence

from cubaru.core.dates_atoms import Atom, Kind
from cubaru.core.dates_numerals import roman
from cubaru.core.dates_structure import Component, Point
from cubaru.core.dates_wording import Case, Wording

NBSP = "\u00a0"
GENITIVE_MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
SHORT_GENITIVE_MONTHS = (
    "янв.", "февр.", "марта", "апр.", "мая", "июня", "июля", "авг.", "сент.", "окт.", "нояб.", "дек.",
)  # fmt: skip

# Nominative, after a preposition (genitive), up to (accusative).
SEASONS = (
    ("весна", "весны", "весну"), ("лето", "лета", "лето"),
    ("осень", "осени", "осень"), ("зима", "зимы", "зиму"),
)  # fmt: skip
QUARTERS = {33 + place: f"{roman(place + 1)}{NBSP}квартал" for place in range(4)}
THIRDS_OF_YEAR = (
    ("первая треть", "первой трети", "первую треть"),
    ("вторая треть", "второй трети", "вторую треть"),
    ("последняя треть", "последней трети", "последнюю треть"),
)
HALVES = (
    ("первая половина", "первой половины", "первую половину"),
    ("вторая половина", "второй половины", "вторую половину"),
)
PARTS = {
    **{code: SEASONS[(code - 21) % 4] for code in range(21, 33)},
    **{code: (quarter, f"{quarter}а", quarter) for code, quarter in QUARTERS.items()},
    **{37 + place: forms for place, forms in enumerate(THIRDS_OF_YEAR)},
    **{40 + place: forms for place, forms in enumerate(HALVES)},
}
DECADES = ("годы", "годов", "годы")
CENTURIES = ("век", "века", "век")
CASES = (Case.PLAIN, Case.AFTER, Case.UP_TO)

THIRDS = ("начало", "середина", "конец")
COMPONENTS = {Component.YEAR: "год", Component.MONTH: "месяц", Component.DAY: "день"}


def _inflected(forms: Sequence[str], case: Case) -> str:
    return forms[CASES.index(case)]


class Russian(Wording):
    """Russian words. The case AFTER is the genitive, UP_TO the accusative."""

    months = (
        "январь", "февраль", "март", "апрель", "май", "июнь",
        "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
    )  # fmt: skip
    short_months = (
        "янв.",
        "февр.",
        "март",
        "апр.",
        "май",
        "июнь",
        "июль",
        "авг.",
        "сент.",
        "окт.",
        "нояб.",
        "дек.",
    )
    old_style = f"(ст.{NBSP}ст.)"
    circa = "ок."
    approximately = "примерно"
    possibly = "предположительно"
    approximate_remark = "приблизительно"
    uncertain_remark = "предположительно"
    dash = f"{NBSP}— "
    since = "с"
    until = "до"
    start = "с"
    end = "по"
    start_unknown = "начало неизвестно"
    end_unknown = "окончание неизвестно"
    year_unknown = "год неизвестен"
    any_digit = "X — любая цифра"
    hemispheres = ("Северное полушарие", "Южное полушарие")

    def head(self, atom: Atom, case: Case) -> str:
        if atom.kind is Kind.PART:
            return _inflected(PARTS[atom.month], case)
        if atom.day:
            return self.days_of_month(str(atom.day), atom.month)
        if case is Case.AFTER:
            return self._genitive(atom.month)
        return (self.short_months if self.short else self.months)[atom.month - 1]

    def days_of_month(self, days: str, month: int) -> str:
        return f"{days}{NBSP}{self._genitive(month)}"

    def _genitive(self, month: int) -> str:
        return (SHORT_GENITIVE_MONTHS if self.short else GENITIVE_MONTHS)[month - 1]

    def with_year(self, head: str, atom: Atom) -> str:
        if atom.year == self.omitted_year:
            is_portion = atom.kind is Kind.PART and atom.month >= 37
            return f"{head} года" if is_portion else head
        return f"{head} {self._year(atom.year)}"

    def _year(self, year: int) -> str:
        return f"{year:04}" if self.short else f"{year:04}{NBSP}г."

    def bare(self, atom: Atom, case: Case) -> str:
        if atom.kind is Kind.YEAR:
            return self._year(atom.year)
        if atom.kind is Kind.DECADE:
            number = f"{atom.year:04}-{_inflected(('е', 'х', 'е'), case)}"
            return number if self.short else f"{number}{NBSP}{_inflected(DECADES, case)}"
        name = "в." if self.short else _inflected(CENTURIES, case)
        return f"{roman(atom.year // 100 + 1)}{NBSP}{name}"

    def third(self, atom: Atom) -> str:
        name = THIRDS[atom.third - 1]
        if atom.kind is Kind.YEAR and atom.year == self.omitted_year:
            return f"{name} года"
        if atom.kind is Kind.MONTH:
            return f"{name} {self.with_year(self._genitive(atom.month), atom)}"
        return f"{name} {self.bare(atom, Case.AFTER)}"

    def plain_range(self, first: Atom, last: Atom) -> str:
        if first.kind is last.kind is Kind.YEAR:
            years = f"{first.year:04}–{last.year:04}"
            return years if self.short else f"{years}{NBSP}гг."
        if first.kind is last.kind is Kind.DECADE:
            return f"{first.year:04}–{self.bare(last, Case.PLAIN)}"
        if first.kind is last.kind is Kind.CENTURY:
            name = "вв." if self.short else "века"
            return f"{roman(first.year // 100 + 1)}–{roman(last.year // 100 + 1)}{NBSP}{name}"
        if first.is_within_year and last.is_within_year and first.year == last.year:
            if first.kind is last.kind is Kind.DAY and first.month == last.month:
                return self.with_year(self.days_of_month(f"{first.day}–{last.day}", first.month), first)
            heads = self.head(first, Case.PLAIN), self.head(last, Case.PLAIN)
            return self.with_year(self.dash.join(heads), last)
        return f"{self.named(first)}{self.dash}{self.named(last)}"

    def both_days(self, old: Atom, new: Atom, case: Case) -> str:
        return self.both_ranges((old, old), (new, new))

    def both_ranges(self, old: tuple[Atom, Atom], new: tuple[Atom, Atom]) -> str:
        if len({atom.year for atom in old + new}) > 1:
            return f"{self.range_of_names(*old)} ({self.range_of_names(*new)})"
        yearless = self.without_year(new[0].year)
        if len({atom.month for atom in old + new}) == 1:
            days = f"{_numbers(*old)}{NBSP}({_numbers(*new)})"
            return self.with_year(self.days_of_month(days, new[0].month), new[0])
        days = f"{yearless.range_of_names(*old)} ({yearless.range_of_names(*new)})"
        return self.with_year(days, new[0])

    def range_of_names(self, first: Atom, last: Atom) -> str:
        """A range that may be of one day, in a single calendar."""
        return self.named(first) if first == last else self.plain_range(first, last)

    def and_later(self, first: str, kind: Kind) -> str:
        return f"{first} и позднее в том же {'месяце' if kind is Kind.MONTH else 'году'}"

    def about(self, atom: Atom) -> str:
        return f"около {self.atom(atom, Case.AFTER)}"

    def between(self, first: str, last: str) -> str:
        return f"не ранее {first} и не позднее {last}"

    def or_earlier(self, point: Point) -> str:
        return self.one_sided("не позднее", point)

    def or_later(self, point: Point) -> str:
        return self.one_sided("не ранее", point)

    def years_listed(self, years: Sequence[int], is_every: bool) -> str:
        numbers = self.joined([f"{year:04}" for year in years], is_every)
        return numbers if self.short else f"{numbers}{NBSP}{'гг.' if is_every else 'г.'}"

    def joined(self, items: Sequence[str], is_every: bool) -> str:
        *others, last = items
        return f"{', '.join(others)} {'и' if is_every else 'или'} {last}" if others else last

    def missing(self, components: Sequence[Component]) -> str:
        names = self.joined([COMPONENTS[component] for component in components], True)
        return f"{names} {'неизвестны' if len(components) > 1 else 'неизвестен'}"

    def day_of_some_month(self, day: int) -> str:
        return f"{day}-е число неизвестного месяца"

    def partly(self, components: Sequence[Component], point: Point, is_approximate: bool) -> str:
        names = [
            "период" if point.part and component is Component.MONTH else COMPONENTS[component]
            for component in components
        ]
        remark = self.approximate_remark if is_approximate else self.uncertain_remark
        return f"{self.joined(names, True)} — {remark}"


def _numbers(first: Atom, last: Atom) -> str:
    return str(first.day) if first == last else f"{first.day}–{last.day}"
