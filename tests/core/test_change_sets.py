"""Imports as change-sets: tried out, applied whole or not at all, and undone as one action."""

import hashlib
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from cubaru.core.change_pairs import ChangeSetError
from cubaru.core.change_sets import Hindrance, apply, undo
from cubaru.core.importing import prepare, preview
from cubaru.core.ledger import content_version
from cubaru.core.models import ChangeSet, LedgerEntry, PastSlug, RowState, Stage
from cubaru.core.tables.csv_files import written_csv
from cubaru.core.tables.columns import Cell, cells_of
from cubaru.core.tables.kinds import table_named, tables
from cubaru.core.tables.reading import read_table
from cubaru.core.verification import check_ledger
from events.models import Claim, Event
from places.models import Place
from sources.models import Source
from tests.databases import records_digest
from tests.factories import ClaimFactory, EventFactory, OrganizationFactory, PlaceFactory, SourceFactory

pytestmark = pytest.mark.django_db


def prepared(table: str, headings: list[str], *rows: list[Cell], by: Any = None) -> ChangeSet:
    """A change-set of a CSV file with these rows."""
    known = table_named(table)
    assert known is not None
    content = b"".join(written_csv(headings, rows))
    return prepare(known, read_table(content), title=f"{table}.csv", by=by)


def states(change_set: ChangeSet) -> list[str]:
    return list(change_set.rows.order_by("number").values_list("state", flat=True))


def faults(change_set: ChangeSet, language: str = "en") -> list[str]:
    rows = change_set.rows.filter(state=RowState.BROKEN).order_by("number")
    return [f"{row.number}: {': '.join(row.faults[language])}" for row in rows]


PLACES = ["slug", "name.en", "name.es", "name.ru", "latitude", "longitude", "names", "parent"]


def word(number: int) -> str:
    """A name unlike all others, so that nothing has to be compared with anything."""
    return (
        hashlib.sha256(str(number).encode())
        .hexdigest()[:12]
        .translate(str.maketrans("0123456789", "ghijklmnop"))
    )


def thousand_places() -> list[list[Cell]]:
    rows: list[list[Cell]] = [
        [f"mill-{number}", word(number), word(number), word(number), 21.5, -78.0,
         f"{word(-number)} | language: es | script: Latn | kind: alias", "mill-0" if number else ""]
        for number in range(1_000)
    ]  # fmt: skip
    rows[7][0] = "havana"  # a place that is there already
    rows[7][7] = ""
    return rows


def test_a_thousand_rows_are_previewed_applied_and_undone_to_the_last_bit(curator: Any) -> None:
    before = records_digest()
    change_set = prepared("place", PLACES, *thousand_places(), by=curator)
    assert states(change_set) == ["new"] * 7 + ["changed"] + ["new"] * 992
    assert records_digest() == before
    apply(change_set, by=curator)
    assert change_set.stage == Stage.APPLIED
    assert Place.objects.get(slug="mill-999").parent.slug == "mill-0"  # type: ignore[union-attr]
    assert Place.objects.get(slug="havana").name_en == word(7)
    assert records_digest() != before
    again = prepared("place", PLACES, *thousand_places(), by=curator)
    assert set(states(again)) == {"unchanged"}
    undo(change_set, by=curator)
    assert records_digest() == before
    assert list(check_ledger()) == [""] * LedgerEntry.objects.count()
