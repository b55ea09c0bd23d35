"""What pages of all kinds of records say of themselves as schema.org data."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from cubaru.core.context import absolute
from cubaru.core.dates import HistoricalDate
from cubaru.core.dates_structure import Point, Span
from cubaru.core.edition_links import History
from cubaru.core.identifiers import SCHEMES
from cubaru.core.languages import current_language
from cubaru.core.models import Record


class CatalogueLink(NamedTuple):
    """A record's entry in another catalogue."""

    label: str
    url: str


def catalogue_links(record: Record) -> list[CatalogueLink]:
    """The record in other catalogues that have an address for it, each called by catalogue and number."""
    return [
        CatalogueLink(
            f"{scheme.label} {record.identifiers[name]}", scheme.address.format(record.identifiers[name])
        )
        for name, scheme in SCHEMES.items()
        if scheme.address and name in record.identifiers
    ]


def exact_days(when: HistoricalDate | None) -> tuple[str, str] | None:
    """First and last day as ISO text where both are known for certain, otherwise None.

    schema.org has no words for "about" or "probably": a vague date would be stated as a fact.
    """
    if when is None or when.approximate or when.uncertain:
        return None
    expression = when.expression
    ends = (expression.start, expression.end) if isinstance(expression, Span) else (expression, expression)
    if not all(isinstance(end, Point) and _is_a_day(end) for end in ends):
        return None
    return when.earliest.isoformat(), when.latest.isoformat()


def _is_a_day(point: Point) -> bool:
    return all(digits.isdigit() for digits in (point.year, point.month, point.day))


def exact_day(when: HistoricalDate | None) -> str:
    """The day as ISO text where it is one and known for certain, otherwise ""."""
    days = exact_days(when)
    return days[0] if days and days[0] == days[1] else ""


def page_about(record: Record, entity: dict[str, Any], *, description: str) -> dict[str, Any]:
    """The page of a record, with the thing that it is about; what is empty is left out."""
    address = absolute(record.get_absolute_url())
    return without_empty(
        {
            "@type": "WebPage",
            "@id": address,
            "url": address,
            "name": record.label.text,
            "description": description,
            "inLanguage": current_language(),
            "dateModified": record.modified_at.isoformat(),
            "isPartOf": {"@type": "WebSite", "name": "cubaru", "url": absolute("/")},
            "mainEntity": without_empty(entity),
        }
    )


def as_edition(
    page: dict[str, Any], history: History | None, citation: Sequence[dict[str, Any]] = ()
) -> dict[str, Any]:
    """The page with the works that it cites, the number of the edition that it shows, and since when."""
    cited = {**page, "citation": list(citation)} if citation else page
    if history is None:
        return cited
    newest = history.newest
    return {**cited, "version": str(newest.number), "datePublished": newest.date.isoformat()}


def without_empty(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value not in ("", None, [], {})}
