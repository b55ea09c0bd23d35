"""Who cites a source: the records and statements of every app that readers may see.

Each app that cites has a citation table of its own; this looks at them all without knowing one of them.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from django.db import models
from django.db.models import Count, Q, QuerySet, prefetch_related_objects
from django.utils.text import capfirst

from cubaru.core.languages import LocalText, best_text
from cubaru.core.mentions import short_date_of
from cubaru.core.models import Part, Record, Status
from cubaru.core.querysets import public_parts
from sources.choices import Stance
from sources.models import Citation, Source

#: A page shows at most so many records of a kind that cite the source in one way; the rest are counted.
MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Citing:
    """A record or statement that cites the source."""

    title: LocalText
    url: str
    date: str
    verdict: str
    locator: str
    quotation: str
    note: LocalText


@dataclass(frozen=True, slots=True)
class CitingGroup:
    """All of one kind that cite the source in one way; `more` are left out."""

    title: str
    rows: list[Citing]
    more: int


@dataclass(frozen=True, slots=True)
class StanceGroup:
    """All that cite the source in one way."""

    stance: str
    groups: list[CitingGroup]


@dataclass(frozen=True, slots=True)
class CitingTable:
    """A table of citations: the model, the field of its owner, and the paths from it to whole records."""

    model: type[Citation]
    owner: str
    owner_model: type[models.Model]
    records: tuple[str, ...]

    @property
    def title(self) -> str:
        return capfirst(str(self.owner_model._meta.verbose_name_plural))

    def public(self) -> QuerySet[Citation]:
        """The citations of records that readers may see, with those records loaded."""
        seen = Q()
        for path in self.records:
            seen |= Q(**{f"{path}__status": Status.PUBLISHED})
        return self.model._base_manager.filter(seen)

    def in_order(self, rows: QuerySet[Citation]) -> QuerySet[Citation]:
        has_date = any(field.name == "date_earliest" for field in self.owner_model._meta.concrete_fields)
        order = [f"{self.owner}__date_earliest"] if has_date else []
        return rows.select_related("source", self.owner, *self.records).order_by(
            *order, f"{self.owner}__pk", "pk"
        )


@lru_cache(maxsize=1)
def citing_tables() -> tuple[CitingTable, ...]:
    """The citation tables of all apps: first those of statements with a verdict, then by their names."""
    found = []
    for relation in Source._meta.related_objects:
        model = relation.related_model
        if issubclass(model, Citation):
            owner = model.owned_by[0]
            found.append(CitingTable(model, owner, _related(model, owner), tuple(_paths_to_records(model))))
    return tuple(sorted(found, key=lambda table: (not _has_verdict(table.owner_model), table.model.__name__)))


def count_citations(sources: Iterable[Source]) -> dict[int, int]:
    """How often each source is cited by what readers may see, by its key; one query for each table."""
    keys = [source.pk for source in sources]
    counts = dict.fromkeys(keys, 0)
    for table in citing_tables():
        found = table.public().filter(source__in=keys).order_by().values("source")
        for row in found.annotate(n=Count("pk")):
            counts[row["source"]] += row["n"]
    return counts


def citing_groups(source: Source) -> list[StanceGroup]:
    """Everything that readers may see and that rests on the source, by stance and kind.

    Statements that the source asserts are not among them: see `asserted_statements`.
    """
    by_stance: dict[str, list[CitingGroup]] = {}
    for table in citing_tables():
        rows = list(table.in_order(table.public().filter(source=source)))
        for stance in Stance.values:
            of_stance = [row for row in rows if row.stance == stance]
            if of_stance and not (stance == Stance.ASSERTS and _has_verdict(table.owner_model)):
                shown = [_citing(table, row) for row in of_stance[:MOST_SHOWN]]
                group = CitingGroup(table.title, shown, len(of_stance) - len(shown))
                by_stance.setdefault(stance, []).append(group)
    return [StanceGroup(stance, groups) for stance, groups in by_stance.items()]


def asserted_statements(source: Source) -> list[Any]:
    """The claims that the source itself makes: citations in their order, their claims with all evidence."""
    rows: list[Any] = []
    for table in citing_tables():
        if _has_verdict(table.owner_model):
            found = list(table.in_order(table.public().filter(source=source, stance=Stance.ASSERTS)))
            claims = [getattr(row, table.owner) for row in found]
            prefetch_related_objects(claims, public_parts(table.owner_model, "citations", "source"))
            rows += found
    return sorted(rows, key=lambda row: (_number_in(row.locator), row.pk))


def _citing(table: CitingTable, citation: Any) -> Citing:
    owner = getattr(citation, table.owner)
    record = owner if hasattr(owner, "get_absolute_url") else _record_of(owner)
    return Citing(
        title=owner.label if hasattr(owner, "label") else _title_of_part(owner, record),
        url=record.get_absolute_url(),
        date=short_date_of(owner) if hasattr(owner, "when") else "",
        verdict=getattr(owner, "verdict", ""),
        locator=citation.locator,
        quotation=citation.quotation,
        note=best_text(citation, "note"),
    )


def _title_of_part(part: Any, record: Record) -> LocalText:
    """A part without a page, such as an office, is named after the record that it belongs to."""
    return LocalText(f"{record}: {part}", record.label.language, record.label.is_fallback)


def _record_of(part: Any) -> Record:
    owner = next(filter(None, (getattr(part, name) for name in part.owned_by)))
    return owner if isinstance(owner, Record) else _record_of(owner)


def _paths_to_records(model: type[Part]) -> Iterator[str]:
    for name in model.owned_by:
        owner = _related(model, name)
        if issubclass(owner, Record):
            yield name
        elif issubclass(owner, Part):
            yield from (f"{name}__{path}" for path in _paths_to_records(owner))


def _related(model: type[models.Model], name: str) -> type[models.Model]:
    return cast("type[models.Model]", model._meta.get_field(name).related_model)


def _has_verdict(model: type[models.Model]) -> bool:
    return any(field.name == "verdict" for field in model._meta.concrete_fields)


def _number_in(locator: str) -> int:
    found = re.search(r"\d+", locator)
    return int(found.group()) if found else 0
