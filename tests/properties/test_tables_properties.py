"""Tables: what goes out in a CSV or XLSX file comes back as the same documents."""

from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as DjangoProperties

from cubaru.core.documents import Document, kinds, normal_document
from cubaru.core.tables.cells import protected, unprotected
from cubaru.core.tables.columns import Cell, cells_of
from cubaru.core.tables.csv_files import written_csv
from cubaru.core.tables.headings import guessed
from cubaru.core.tables.kinds import RecordTable
from cubaru.core.tables.reading import read_table
from cubaru.core.tables.xlsx_files import write_xlsx
from tests.documents import Pool, text, whole

FORMULAS = ("=", "+", "-", "@", "\t", "\r", "|", "%", "＝")


def as_csv(headings: list[str], rows: list[list[Cell]]) -> bytes:
    return b"".join(written_csv(headings, rows))


def as_xlsx(headings: list[str], rows: list[list[Cell]]) -> bytes:
    file = BytesIO()
    write_xlsx("Records", headings, rows, file)
    return file.getvalue()


WRITERS = {"csv": as_csv, "xlsx": as_xlsx}


@given(st.one_of(text, st.text("=+-@'\" \t\n|%a", min_size=1, max_size=6)))
def test_a_protected_cell_is_no_formula_and_means_the_same_text(some: str) -> None:
    cell = protected(some)
    assert not cell.lstrip(' \n"').startswith(FORMULAS)
    assert unprotected(cell) == some


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20))
def test_what_is_typed_in_a_cell_is_that_text_without_spaces_around(typed: str) -> None:
    assert unprotected(protected(unprotected(typed))) == unprotected(typed)


class EveryKind(DjangoProperties):
    pool: Any = None

    @classmethod
    def setUpTestData(cls) -> None:
        cls.pool = Pool()

    @settings(max_examples=150, deadline=None)
    @given(st.data())
    def test_a_row_in_a_file_means_the_document_it_was_written_from(self, data: st.DataObject) -> None:
        kind = data.draw(st.sampled_from(kinds()))
        document = normal_document(data.draw(whole(self.pool, kind.name)))
        table = RecordTable(kind)
        headings = [column.path for column in table.columns]
        write = WRITERS[data.draw(st.sampled_from(sorted(WRITERS)))]
        file = read_table(write(headings, [cells_of(table.columns, document)]))
        assert guessed(file.headings, table.columns) == table.columns
        found: Document = {"record": kind.name}
        for column, cell in zip(table.columns, file.rows[0][1], strict=True):
            column.put(found, cell)
        assert normal_document(found) == document


@pytest.mark.parametrize("name", WRITERS)
def test_a_text_longer_than_a_cell_comes_back_whole(name: str) -> None:
    long = "=— narrative — " * 6_000
    file = read_table(WRITERS[name](["slug", "body.en"], [["moscow", long], ["havana", "short"]]))
    assert file.headings == ["slug", "body.en"]
    assert file.rows == [(2, ["moscow", long]), (3, ["havana", "short"])]
