"""Two states of a record side by side: which texts differ, and in which words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Literal

from django.utils.translation import gettext as _

from cubaru.core.reading import Leaf, Path, Reader

#: Beyond this many words two texts are shown whole: comparing them word by word takes quadratic time.
MOST_WORDS = 4_000

# A word with the space behind it, so that a changed phrase is marked as one.
_PIECES = re.compile(r"\w+\s*|[^\w\s]\s*|\s+", re.UNICODE)


@dataclass(frozen=True)
class Piece:
    """A run of words that both states have, or only one."""

    kind: Literal["same", "old", "new"]
    text: str


@dataclass(frozen=True)
class Difference:
    """A text that differs: the names on the way to it, and its words with what is old and new marked.

    `path` is where it stands in the document.
    """

    labels: tuple[str, ...]
    language: str
    pieces: tuple[Piece, ...]
    path: Path = ()

    @property
    def label(self) -> str:
        return " · ".join(filter(None, self.labels))

    @property
    def before(self) -> str:
        return "".join(piece.text for piece in self.pieces if piece.kind != "new")

    @property
    def after(self) -> str:
        return "".join(piece.text for piece in self.pieces if piece.kind != "old")


def differences(old: Reader, new: Reader) -> list[Difference]:
    """What changed from one state to the other, in the order of the newer one; what is gone comes last."""
    before, after = old.leaves(), new.leaves()
    return [*_changed(before, after), *_gone(before, after), *_moved(old, new)]


def _changed(before: dict[Path, Leaf], after: dict[Path, Leaf]) -> Iterator[Difference]:
    for path, leaf in after.items():
        earlier = before.get(path)
        if earlier is None:
            yield Difference(leaf.labels, leaf.language, (Piece("new", leaf.text),), path)
        elif earlier.text != leaf.text:
            pieces = tuple(marked_words(earlier.text, leaf.text))
            yield Difference(leaf.labels, leaf.language, pieces, path)
        elif earlier.value != leaf.value:  # what differs is told, even where it reads the same
            pieces = (Piece("old", earlier.text), Piece("new", leaf.text))
            yield Difference(leaf.labels, leaf.language, pieces, path)


def _gone(before: dict[Path, Leaf], after: dict[Path, Leaf]) -> Iterator[Difference]:
    for path, leaf in before.items():
        if path not in after:
            yield Difference(leaf.labels, leaf.language, (Piece("old", leaf.text),), path)


def _moved(old: Reader, new: Reader) -> Iterator[Difference]:
    """The lists whose parts stand in another order, not counting those that only one state has."""
    earlier = old.orders()
    for path, (labels, after) in new.orders().items():
        before = earlier[path][1] if path in earlier else {}
        was = [key for key in before if key in after]
        now = [key for key in after if key in before]
        if was != now:
            pieces = (
                Piece("old", "; ".join(before[key] for key in was)),
                Piece("new", "; ".join(after[key] for key in now)),
            )
            yield Difference((*labels, _("order")), "", pieces, path)


def marked_words(old: str, new: str) -> Iterator[Piece]:
    """The words of both texts in reading order; put together, "same" and "new" are the new text."""
    a, b = _PIECES.findall(old), _PIECES.findall(new)
    if len(a) + len(b) > MOST_WORDS:
        yield from (Piece("old", old), Piece("new", new))
        return
    words, others = ([piece.rstrip() for piece in pieces] for pieces in (a, b))
    runs = _Runs()
    for operation, i1, i2, j1, j2 in SequenceMatcher(None, words, others, autojunk=False).get_opcodes():
        if operation != "equal":
            runs.change("".join(a[i1:i2]), "".join(b[j1:j2]))
            continue
        for before, after in zip(a[i1:i2], b[j1:j2], strict=True):
            word = after.rstrip() if before != after else after
            runs.keep(word)
            runs.change(before[len(word) :], after[len(word) :])  # the space behind a word may differ
    yield from runs.pieces()


@dataclass
class _Runs:
    """Words as they come, put together to runs: what is old in one, then what is new."""

    found: list[Piece] = field(default_factory=list)
    same: str = ""
    old: str = ""
    new: str = ""

    def keep(self, text: str) -> None:
        if not text:
            return
        if self.old or self.new:
            self._end()
        self.same += text

    def change(self, old: str, new: str) -> None:
        self.old += old
        self.new += new

    def pieces(self) -> list[Piece]:
        self._end()
        return self.found

    def _end(self) -> None:
        runs = (Piece("same", self.same), Piece("old", self.old), Piece("new", self.new))
        self.found += [piece for piece in runs if piece.text]
        self.same = self.old = self.new = ""
