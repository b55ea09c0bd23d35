"""Imports: the rows of a file become documents, each tried out, and are kept as a change-set."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import translation

from cubaru.core.document_sets import Coming
from cubaru.core.documents import Document, DocumentError, kind_named, normal_document
from cubaru.core.history import undone
from cubaru.core.languages import LANGUAGES
from cubaru.core.models import ChangeSet, ChangeSetRow, Purpose, RowState, Stage
from cubaru.core.tables.files import FileTable
from cubaru.core.tables.headings import guessed
from cubaru.core.tables.kinds import Table, table_named
from cubaru.core.tables.rows import Change, Rows, rows_of

ResultT = TypeVar("ResultT")
Faults = dict[str, list[str]]
#: All that is wrong with a row: by language pairs of a key and a sentence.
AllFaults = dict[str, list[list[str]]]


class RowError(Exception):
    """A row that is broken: by language the key, and what is wrong there."""

    def __init__(self, faults: Faults) -> None:
        super().__init__()
        self.faults = faults


def prepare(
    table: Table, file: FileTable, *, title: str, by: AbstractBaseUser | None = None, why: str = ""
) -> ChangeSet:
    """A change-set of the file's rows, with its columns as they are guessed from the headings, tried out."""
    columns = [column.path if column else "" for column in guessed(file.headings, table.columns)]
    with transaction.atomic():
        change_set = ChangeSet.objects.create(
            purpose=Purpose.IMPORT, table=table.name, title=title, why=why, headings=file.headings,
            columns=columns, made_by_id=by.pk if by else None,
        )  # fmt: skip
        rows = (
            ChangeSetRow(change_set=change_set, number=number, cells=cells, state=RowState.UNCHANGED)
            for number, cells in file.rows
        )
        ChangeSetRow.objects.bulk_create(rows, batch_size=200)
        preview(change_set)
    return change_set


def preview(change_set: ChangeSet) -> None:
    """Tries out every row of a waiting import, by its columns, and keeps what would come of each.

    Nothing of what is tried stays in the database.
    """
    table = table_named(change_set.table)
    assert table is not None, "the table of a change-set is known"
    with transaction.atomic():
        locked = ChangeSet.objects.select_for_update().get(pk=change_set.pk)
        if locked.stage != Stage.WAITING or locked.purpose != Purpose.IMPORT:
            return
        rows = list(locked.rows.order_by("number"))
        reader = rows_of(table, locked.columns, empties=locked.empties)
        reader.load([row.cells for row in rows])
        with undone():
            _try(rows, reader)
        # Written anew, which is far quicker than an update of all columns.
        locked.rows.all().delete()
        ChangeSetRow.objects.bulk_create(rows, batch_size=100)


def _try(rows: Sequence[ChangeSetRow], reader: Rows) -> None:
    new = _new_records(rows, reader)
    coming = Coming(new)
    for kind_name in {change.kind.name for change in new}:
        kind = kind_named(kind_name)
        coming.related.preload(kind.model, [change.slug for change in new], kind.prefetch())
    reader.start_again()
    for row in rows:
        _forget(row)
        try:
            change = in_each_language(lambda row=row: reader.read(row.number, row.cells))  # type: ignore[misc]
            row.kind, row.slug, row.record_id = change.kind.name, change.slug, change.record_id
            row.after = in_each_language(lambda change=change: _tried(change, coming))  # type: ignore[misc]
        except RowError as error:
            row.state, row.faults = RowState.BROKEN, _all_faults(row, reader, coming, error.faults)
            continue
        row.before, row.state = change.before, _state_of(change.before, row.after)
        if change.record_id is not None:
            reader.present.learn(change.kind, change.record_id, row.after)
        if row.state == RowState.UNCHANGED:
            row.before = row.after = None


def _new_records(rows: Sequence[ChangeSetRow], reader: Rows) -> list[Change]:
    """The records that the file makes, for its other rows to link to."""
    found = []
    for row in rows:
        try:
            change = reader.read(row.number, row.cells)
        except DocumentError:  # told when the row is tried
            continue
        if change.before is None:
            found.append(change)
    return found


def _tried(change: Change, coming: Coming[Change]) -> Document:
    """The document as it would be in the database. Raises DocumentError."""
    wanted = normal_document(change.document, related=coming.related)
    if wanted != change.before:
        change.document = wanted
        coming.apply(change)
    return wanted


def _all_faults(row: ChangeSetRow, reader: Rows, coming: Coming[Change], first: Faults) -> AllFaults:
    """What is wrong with a row beside the first thing that was found.

    The cell of each fault is left out and the rest read again, for what can be said of single cells;
    whether a record breaks a rule as a whole can be said only of a whole record.
    """
    found = [first]
    cells, keys = list(row.cells), {_key(first)}
    while reader.leave_out(cells, _key(found[-1])):
        try:
            in_each_language(lambda: _looked_up(reader.read(row.number, cells), coming))
        except RowError as error:
            if _key(error.faults) in keys:
                break
            found.append(error.faults)
            keys.add(_key(error.faults))
        else:
            break
    return {language: [faults[language] for faults in found] for language in LANGUAGES}


def _key(faults: Faults) -> str:
    return faults[LANGUAGES[0]][0]


def _looked_up(change: Change, coming: Coming[Change]) -> Document:
    return normal_document(change.document, related=coming.related)


def _state_of(before: Document | None, after: Document | None) -> RowState:
    if before is None:
        return RowState.NEW
    return RowState.UNCHANGED if before == after else RowState.CHANGED


def _forget(row: ChangeSetRow) -> None:
    row.kind, row.slug, row.record_id = "", "", None
    row.before, row.after, row.faults = None, None, {}


def in_each_language(act: Callable[[], ResultT]) -> ResultT:
    """What `act` returns. Raises RowError, with what is wrong said in each language, for a DocumentError."""
    try:
        return act()
    except DocumentError:
        faults: Faults = {}
        for language in LANGUAGES:
            with translation.override(language):
                try:
                    act()
                except DocumentError as error:
                    faults[language] = [error.at, error.message]
        raise RowError(faults) from None
