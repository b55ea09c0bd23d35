"""Row numbers: the primary keys of the index, in the order in which hits are worth looking at.

Who asks for a word of half of all texts gets the first thousand rows ranked, not all of them; so the rows
that matter stand first. Themes, people, organizations and places come first, then events by importance,
then claims, then sources. Within each a part of a 64th and then of an eighth is set apart, chosen by the
address: so a stretch of the index that holds enough hits is short, however common the word is.
"""

from zlib import crc32

#: Stretches of the index, in order: three for each standing. No number of rows is ever moved.
STANDINGS = 7
BANDS = STANDINGS * 3
_BAND_SHIFT, _KIND_SHIFT, _PART_SIZE = 58, 54, 1024


def band_of(standing: int, slug: str) -> int:
    """The stretch of an entry, from 0 on."""
    share = crc32(slug.encode()) % 64
    return standing * 3 + (0 if share == 0 else 1 if share < 8 else 2)


def row_number(band: int, kind_number: int, record_id: int, part: int = 0) -> int:
    """Unique among all entries; `part` numbers the claims of one record from 1."""
    within = record_id * _PART_SIZE + part if part else record_id
    return (band << _BAND_SHIFT) | (kind_number << _KIND_SHIFT) | within


def record_in(row: str) -> str:
    """SQL for the record of a row that is no claim; `row` is the name of a column."""
    return f"{row} & {(1 << _KIND_SHIFT) - 1}"


def band_of_row(row: int) -> int:
    return row >> _BAND_SHIFT


def standing_of_row(row: int) -> int:
    return band_of_row(row) // 3


def kind_number_of_row(row: int) -> int:
    return row >> _KIND_SHIFT & 0b1111
