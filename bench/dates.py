"""How long historical dates take to read and to word, in the time the edtf library takes to read them.

A number below 1 is faster than that library. Both are measured in one run, so the machine does not matter.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from timeit import repeat

from edtf import parse_edtf

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from cubaru.core.date_words import in_words
from cubaru.core.dates import Calendar, parse

DATES = ["1962", "1962-10", "1962-10-16", "1962-10-16/1962-10-28", "1961~", "1902/..", "196X", "1960-05-08?"]


def seconds(action: Callable[[], object]) -> float:
    """The best of five rounds: what the machine does besides only ever adds."""
    return min(repeat(action, number=20, repeat=5))


def main() -> None:
    yardstick = seconds(lambda: [parse_edtf(text) for text in DATES])
    read = [parse(text, Calendar.GREGORIAN) for text in DATES]
    measured = {
        "reading": seconds(lambda: [parse(text, Calendar.GREGORIAN) for text in DATES]),
        "wording in three languages": seconds(
            lambda: [in_words(day, to) for day in read for to in ("en", "es", "ru")]
        ),
    }
    for what, taken in measured.items():
        print(f"{what:<28}{taken / yardstick:8.3f} of the time edtf takes to read")


if __name__ == "__main__":
    main()
