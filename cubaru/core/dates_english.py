"""Dates in English: day before month, an en dash in ranges (spaced between names of several words)."""

from collections.abc import Sequence

from cubaru.core.dates_atoms import Atom, Kind
from cubaru.core.dates_structure import Component, Point
from cubaru.core.dates_wording import Case, Wording

SEASONS = ("spring", "summer", "autumn", "winter")
PARTS = {
    **{code: SEASONS[(code - 21) % 4] for code in range(21, 33)},
    **{
        33 + place: f"{ordinal} quarter"
        for place, ordinal in enumerate(("first", "second", "third", "fourth"))
    },
    **{37 + place: f"{ordinal} third" for place, ordinal in enumerate(("first", "middle", "last"))},
    **{40 + place: f"{ordinal} half" for place, ordinal in enumerate(("first", "second"))},
}
THIRDS = ("early ", "mid-", "late ")
THIRDS_OF_THE_YEAR = ("early in the year", "in the middle of the year", "late in the year")


class English(Wording):
    """English words."""

    months = (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    )  # fmt: skip
    short_months = tuple(month[:3] for month in months)
    old_style = "(O.S.)"
    circa = "c."
    approximately = "approximately"
    possibly = "possibly"
    approximate_remark = "approximate"
    uncertain_remark = "uncertain"
    dash = " – "
    since = "since"
    until = "until"
    start = "from"
    end = "to"
    start_unknown = "start unknown"
    end_unknown = "end unknown"
    year_unknown = "year unknown"
    any_digit = "X: any digit"
    hemispheres = ("Northern Hemisphere", "Southern Hemisphere")

    def head(self, atom: Atom, case: Case) -> str:
        if atom.kind is Kind.PART:
            return PARTS[atom.month]
        return self.days_of_month(str(atom.day), atom.month) if atom.day else self._month(atom.month)

    def days_of_month(self, days: str, month: int) -> str:
        return f"{days} {self._month(month)}"

    def _month(self, month: int) -> str:
        return (self.short_months if self.short else self.months)[month - 1]

    def with_year(self, head: str, atom: Atom) -> str:
        is_portion = atom.kind is Kind.PART and atom.month >= 33
        if atom.year == self.omitted_year:
            return f"{head} of the year" if is_portion else head
        return f"{head}{' of ' if is_portion else ' '}{atom.year:04}"

    def bare(self, atom: Atom, case: Case) -> str:
        if atom.kind is Kind.CENTURY:
            return f"{_ordinal(atom.year // 100 + 1)} century"
        return f"{atom.year:04}{'s' if atom.kind is Kind.DECADE else ''}"

    def third(self, atom: Atom) -> str:
        if atom.kind is Kind.YEAR and atom.year == self.omitted_year:
            return THIRDS_OF_THE_YEAR[atom.third - 1]
        if atom.kind is Kind.MONTH:
            return THIRDS[atom.third - 1] + self.with_year(self._month(atom.month), atom)
        return THIRDS[atom.third - 1] + self.bare(atom, Case.PLAIN)

    def plain_range(self, first: Atom, last: Atom) -> str:
        if first.kind is last.kind is Kind.CENTURY:
            return f"{_ordinal(first.year // 100 + 1)}–{_ordinal(last.year // 100 + 1)} centuries"
        if not first.is_within_year and first.kind is last.kind:
            return f"{self.bare(first, Case.PLAIN)}–{self.bare(last, Case.PLAIN)}"
        if first.is_within_year and last.is_within_year and first.year == last.year:
            if first.kind is last.kind is Kind.DAY and first.month == last.month:
                return self.with_year(self.days_of_month(f"{first.day}–{last.day}", first.month), first)
            heads = self.head(first, Case.PLAIN), self.head(last, Case.PLAIN)
            return self.with_year(("–" if " " not in "".join(heads) else self.dash).join(heads), last)
        return f"{self.named(first)}{self.dash}{self.named(last)}"

    def and_later(self, first: str, kind: Kind) -> str:
        return f"{first} and later that {'month' if kind is Kind.MONTH else 'year'}"

    def about(self, atom: Atom) -> str:
        return f"{self.circa} {self.atom(atom)}"

    def one_sided(self, preposition: str, point: Point) -> str:
        # English has a word that may follow any preposition: "since c. 1902".
        return f"{preposition} {self.point(point)}"

    def hedged(self, text: str, point: Point) -> str:
        if self._is_whole(point, point.approximate) and not self.short:
            certain = Point(point.year, point.month, point.day, point.uncertain)
            return super().hedged(f"{self.circa} {text}", certain)
        return super().hedged(text, point)

    def between(self, first: str, last: str) -> str:
        return f"between {first} and {last}"

    def or_earlier(self, point: Point) -> str:
        return f"{self.point(point)} or earlier"

    def or_later(self, point: Point) -> str:
        return f"{self.point(point)} or later"

    def years_listed(self, years: Sequence[int], is_every: bool) -> str:
        return self.joined([f"{year:04}" for year in years], is_every)

    def joined(self, items: Sequence[str], is_every: bool) -> str:
        *others, last = items
        return f"{', '.join(others)} {'and' if is_every else 'or'} {last}" if others else last

    def missing(self, components: Sequence[Component]) -> str:
        return f"{self.joined(components, True)} unknown"

    def day_of_some_month(self, day: int) -> str:
        return f"day {day} of an unknown month"

    def partly(self, components: Sequence[Component], point: Point, is_approximate: bool) -> str:
        names = ["season" if point.part and name is Component.MONTH else name for name in components]
        return f"{self.joined(names, True)} {'approximate' if is_approximate else 'uncertain'}"


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number % 100 // 10 != 1 else "th"
    return f"{number}{ending}"
