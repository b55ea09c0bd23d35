"""Dates in Spanish: ranges of days and months in the running form («del 16 al 28 de octubre de 1962»).

Years keep the hyphen (1936-1939); the short form has hyphens throughout.
"""

from collections.abc import Sequence

from cubaru.core.dates_atoms import Atom, Kind
from cubaru.core.dates_numerals import roman
from cubaru.core.dates_structure import Component, Point
from cubaru.core.dates_wording import Case, Wording

SEASONS = (("la", "primavera"), ("el", "verano"), ("el", "otoño"), ("el", "invierno"))
PARTS = {
    **{code: SEASONS[(code - 21) % 4] for code in range(21, 33)},
    **{
        33 + place: ("el", f"{name} trimestre")
        for place, name in enumerate(("primer", "segundo", "tercer", "cuarto"))
    },
    **{
        37 + place: ("el", f"{name} cuatrimestre")
        for place, name in enumerate(("primer", "segundo", "tercer"))
    },
    **{40 + place: ("el", f"{name} semestre") for place, name in enumerate(("primer", "segundo"))},
}
THIRDS = ("principios", "mediados", "finales")
COMPONENTS = {Component.YEAR: "año", Component.MONTH: "mes", Component.DAY: "día"}


class Spanish(Wording):
    """Spanish words. The cases AFTER and UP_TO take an article where Spanish asks for one."""

    months = (
        "enero", "febrero", "marzo", "abril", "mayo", "junio",
        "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
    )  # fmt: skip
    short_months = tuple(f"{month[:3]}." for month in months)
    old_style = "(a.\u00a0e.)"
    circa = "c."
    approximately = "aproximadamente"
    possibly = "posiblemente"
    approximate_remark = "aproximadamente"
    uncertain_remark = "incierto"
    dash = " - "
    since = "desde"
    until = "hasta"
    start = "desde"
    end = "hasta"
    start_unknown = "comienzo desconocido"
    end_unknown = "fin desconocido"
    year_unknown = "año desconocido"
    any_digit = "X: cualquier cifra"
    hemispheres = ("hemisferio norte", "hemisferio sur")

    def head(self, atom: Atom, case: Case) -> str:
        if atom.kind is Kind.PART:
            article, name = PARTS[atom.month]
            return name if case is Case.PLAIN else f"{article} {name}"
        if not atom.day:
            return self._month(atom.month)
        day = self.days_of_month(str(atom.day), atom.month)
        return day if case is Case.PLAIN else f"el {day}"

    def days_of_month(self, days: str, month: int) -> str:
        return f"{days} {self._month(month)}" if self.short else f"{days} de {self._month(month)}"

    def day_number(self, day: int, case: Case) -> str:
        return str(day) if case is Case.PLAIN else f"el {day}"

    def _month(self, month: int) -> str:
        return (self.short_months if self.short else self.months)[month - 1]

    def with_year(self, head: str, atom: Atom) -> str:
        if atom.year == self.omitted_year:
            return head
        return f"{head}{' ' if self.short else ' de '}{atom.year:04}"

    def bare(self, atom: Atom, case: Case) -> str:
        if atom.kind is Kind.YEAR:
            return f"{atom.year:04}"
        if atom.kind is Kind.DECADE:
            article, name = "los", f"años {atom.year:04}"
        else:
            article, name = "el", f"{'s.' if self.short else 'siglo'} {roman(atom.year // 100 + 1)}"
        return name if case is Case.PLAIN or self.short else f"{article} {name}"

    def third(self, atom: Atom) -> str:
        name = THIRDS[atom.third - 1]
        if atom.kind is Kind.YEAR and atom.year == self.omitted_year:
            return f"{name} de año"
        if atom.kind is Kind.MONTH:
            return f"{name} de {self.with_year(self._month(atom.month), atom)}"
        return f"{name} de {self.bare(atom, Case.AFTER)}"

    def plain_range(self, first: Atom, last: Atom) -> str:
        if first.kind is last.kind is Kind.YEAR:
            return f"{first.year:04}-{last.year:04}"
        if first.kind is last.kind is Kind.CENTURY:
            centuries = f"{roman(first.year // 100 + 1)}-{roman(last.year // 100 + 1)}"
            return f"{'ss.' if self.short else 'siglos'} {centuries}"
        if self.short:
            return self._short_range(first, last)
        start, end = self.pair_of_names(first, last, Case.AFTER, Case.AFTER)
        return f"{_contracted('de', start)} {_contracted('a', end)}"

    def _short_range(self, first: Atom, last: Atom) -> str:
        if first.is_within_year and last.is_within_year and first.year == last.year:
            if first.kind is last.kind is Kind.DAY and first.month == last.month:
                return self.with_year(self.days_of_month(f"{first.day}-{last.day}", first.month), first)
            heads = self.head(first, Case.PLAIN), self.head(last, Case.PLAIN)
            return self.with_year(("-" if " " not in "".join(heads) else self.dash).join(heads), last)
        return f"{self.named(first)}{self.dash}{self.named(last)}"

    def and_later(self, first: str, kind: Kind) -> str:
        return f"{first} y más tarde ese mismo {'mes' if kind is Kind.MONTH else 'año'}"

    def about(self, atom: Atom) -> str:
        return f"hacia {self.atom(atom, Case.AFTER)}"

    def between(self, first: str, last: str) -> str:
        return f"entre {first} y {last}"

    def or_earlier(self, point: Point) -> str:
        return f"{self.point(point)} o antes"

    def or_later(self, point: Point) -> str:
        return f"{self.point(point)} o después"

    def years_listed(self, years: Sequence[int], is_every: bool) -> str:
        return self.joined([f"{year:04}" for year in years], is_every)

    def joined(self, items: Sequence[str], is_every: bool) -> str:
        *others, last = items
        if not others:
            return last
        if is_every:
            conjunction = "e" if last.startswith("i") else "y"
        else:
            conjunction = "u" if _sounds_like_o(last) else "o"
        return f"{', '.join(others)} {conjunction} {last}"

    def missing(self, components: Sequence[Component]) -> str:
        ending = "s" if len(components) > 1 else ""
        return f"{self.joined([COMPONENTS[component] for component in components], True)} desconocido{ending}"

    def day_of_some_month(self, day: int) -> str:
        return f"día {day} de un mes desconocido"

    def partly(self, components: Sequence[Component], point: Point, is_approximate: bool) -> str:
        names = [
            "período" if point.part and component is Component.MONTH else COMPONENTS[component]
            for component in components
        ]
        ending = "s" if len(components) > 1 else ""
        return f"{self.joined(names, True)} {'aproximado' if is_approximate else 'incierto'}{ending}"


def _contracted(preposition: str, text: str) -> str:
    return f"{preposition}l {text.removeprefix('el ')}" if text.startswith("el ") else f"{preposition} {text}"


def _sounds_like_o(text: str) -> bool:
    """Whether a word or number begins with the sound of "o": octubre, otoño, ocho, once, ochenta."""
    number = text.partition(" ")[0].partition("-")[0].lstrip("0")
    if number.isdigit():
        return number.startswith("8") or number == "11"
    return text.startswith("o")
