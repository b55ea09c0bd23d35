"""The full text of the index: FTS5 on SQLite, tsvector with GIN on PostgreSQL, with the same answers.

Both hold the same tokens, which Python made, and are only asked which rows have them, first rows first.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from django.db import connection

from cubaru.core.search.entries import GAP, Posting
from cubaru.core.search.expressions import Expression, in_fts5, in_tsquery, lexeme
from cubaru.core.search.rows import BANDS, band_of_row, record_in

#: Below so many hits PostgreSQL is asked for all of them at once.
FEW = 4000
_AT_ONCE = 500


def band_mark(band: int) -> str:
    """What stands before the tokens of a stretch: a capital letter, which no token begins with."""
    return chr(ord("A") + band)


def write(postings: Iterable[Posting]) -> None:
    # In order: FTS5 begins a new piece of the index whenever a row does not come after the one before.
    ordered = sorted(postings, key=lambda posting: posting.row)
    rows: list[tuple[int | str, ...]] = [(posting.row, *_columns(posting)) for posting in ordered]
    if not rows:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.executemany(
                "INSERT INTO core_searchtext (id, tokens) VALUES (%s, %s::tsvector)"
                " ON CONFLICT (id) DO UPDATE SET tokens = excluded.tokens",
                rows,
            )
        else:
            cursor.executemany(
                "INSERT OR REPLACE INTO core_searchtext (rowid, body, marks) VALUES (%s, %s, %s)", rows
            )


def _columns(posting: Posting) -> tuple[str, ...]:
    if connection.vendor == "postgresql":
        return (tsvector_of(posting),)
    return " ".join(posting.body), " ".join(posting.marks)


def tsvector_of(posting: Posting) -> str:
    """The text of a tsvector: every token as it is, and once more with the mark of its stretch."""
    places: dict[str, list[str]] = {}
    for at, term in enumerate(posting.body, start=1):
        if term != GAP:
            places.setdefault(term, []).append(str(at))
    mark = band_mark(band_of_row(posting.row))
    tokens = [f"{lexeme(term)}:{','.join(found[:255])}" for term, found in places.items()]
    tokens += [lexeme(token) for token in posting.marks if token not in places]
    tokens += [lexeme(mark + token) for token in dict.fromkeys([*places, *posting.marks])]
    return " ".join(tokens)


def remove(rows: Sequence[int]) -> None:
    column = "id" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        for start in range(0, len(rows), _AT_ONCE):
            some = rows[start : start + _AT_ONCE]
            holders = ", ".join(["%s"] * len(some))
            cursor.execute(f"DELETE FROM core_searchtext WHERE {column} IN ({holders})", some)  # noqa: S608


def clear() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_searchtext")


@contextmanager
def made_anew() -> Iterator[Callable[[Iterable[Posting]], None]]:
    """Gives what writes the postings of a new full text, which takes the place of the old one in the end.

    On PostgreSQL that is another table, indexed when it is full: much quicker than row by row, and the old
    one is read until then. To be called in a transaction.
    """
    if connection.vendor != "postgresql":
        clear()
        yield write
        return
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE core_searchtext_new (id bigint NOT NULL, tokens tsvector NOT NULL)")

        def copy(postings: Iterable[Posting]) -> None:
            with cursor.copy("COPY core_searchtext_new (id, tokens) FROM STDIN") as rows:
                for posting in postings:
                    rows.write_row((posting.row, tsvector_of(posting)))

        yield copy
        for statement in _IN_ITS_PLACE:
            cursor.execute(statement)


#: What takes long stands before what makes readers wait.
_IN_ITS_PLACE = (
    "ALTER TABLE core_searchtext_new ADD CONSTRAINT core_searchtext_new_pkey PRIMARY KEY (id)",
    "CREATE INDEX core_searchtext_new_gin ON core_searchtext_new USING gin (tokens) WITH (fastupdate = off)",
    "DROP TABLE core_searchtext",
    "ALTER TABLE core_searchtext_new RENAME TO core_searchtext",
    "ALTER INDEX core_searchtext_new_pkey RENAME TO core_searchtext_pkey",
    "ALTER INDEX core_searchtext_new_gin RENAME TO core_searchtext_tokens",
)


def find(
    expression: Expression, limit: int, *, expected: int = 0, bands: Mapping[int, int] | None = None
) -> list[int]:
    """The first rows, at most `limit`, that the expression is true of, in their order.

    `expected` is at least roughly how many there are in all, `bands` how many rows each stretch has; they
    only decide how PostgreSQL goes about it.
    """
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT rowid FROM core_searchtext WHERE core_searchtext MATCH %s ORDER BY rowid LIMIT %s",
                [in_fts5(expression), limit],
            )
            return [row for (row,) in cursor.fetchall()]
    if expected <= FEW or not bands:
        return _matching(in_tsquery(expression), limit)
    found: list[int] = []
    for stretch in _stretches(limit, expected, bands):
        text = " | ".join(in_tsquery(expression, band_mark(band)) for band in stretch)
        found += _matching(text, limit - len(found))
        if len(found) >= limit:
            break
    return found


def all_rows(expression: Expression, column: str = "{row}") -> tuple[str, list[str]]:
    """SQL, with its parameters, for all rows that the expression is true of, in no order."""
    if connection.vendor == "postgresql":
        select = column.format(row="id")
        return f"SELECT {select} FROM core_search_rows(%s::tsquery, 2147483647) id", [in_tsquery(expression)]  # noqa: S608
    select = column.format(row="rowid")
    return f"SELECT {select} FROM core_searchtext WHERE core_searchtext MATCH %s", [in_fts5(expression)]  # noqa: S608


def all_records(expression: Expression) -> tuple[str, list[str]]:
    """The same for their records; the expression has to be true of one kind only, and not of claims."""
    return all_rows(expression, record_in("{row}"))


def _matching(tsquery: str, limit: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT core_search_rows(%s::tsquery, %s)", [tsquery, limit])
        return [row for (row,) in cursor.fetchall()]


def _stretches(limit: int, expected: int, bands: Mapping[int, int]) -> list[list[int]]:
    """The stretches in order, as many together as are expected to hold enough hits, then more each time."""
    total = sum(bands.values())
    stretches: list[list[int]] = []
    rows: list[int] = []
    wanted = total * 1.5 * limit / expected
    for band in range(BANDS):
        if not bands.get(band):
            continue
        if stretches and sum(rows) < wanted:
            stretches[-1].append(band)
            rows.append(bands[band])
        else:
            wanted *= 2 if stretches else 1
            stretches.append([band])
            rows = [bands[band]]
    return stretches


def band_sizes(counted: Mapping[str, int]) -> dict[int, int]:
    """The sizes of the stretches from the counts kept under their marks."""
    return {band: counted[band_mark(band)] for band in range(BANDS) if counted.get(band_mark(band))}
