"""Pictures that stand for pages elsewhere: drawn in the site's identity, 1200 by 630 pixels, as PNG.

The fonts are those that pages load. They come in subsets, so a text is drawn in runs, each from the file that
has its letters; Cyrillic is drawn as Russian has it, for the font's own is Bulgarian.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from itertools import groupby
from operator import itemgetter
from threading import Lock
from typing import Final, NamedTuple
from unicodedata import combining

from django.conf import settings
from PIL import Image, ImageChops, ImageDraw, ImageFont

from cubaru.core.typefaces import subset_of

WIDTH: Final = 1200
HEIGHT: Final = 630

_PAPER, _INK = "#f3f4ef", "#11151b"
RED, BLUE = "#d92d1a", "#1a3c9c"
_MARGIN, _INNER = 64, WIDTH - 2 * 64
_BAR_TOP, _BAR = 336, 10
#: Sizes of titles with the lines that there is room for.
_TITLE_SIZES: Final = ((72, 2), (58, 3), (48, 4))
#: Drawing takes much of a processor: one picture at a time.
_drawing = Lock()


class Face(NamedTuple):
    family: str
    weight: int
    size: int = 0

    def at(self, size: int) -> "Face":
        return self._replace(size=size)


_FIGURE: Final = Face("sofia-sans-extra-condensed", 900)
_HEAD: Final = Face("sofia-sans-extra-condensed", 800)
_TITLE: Final = Face("source-serif-4", 600)
_WORDMARK: Final = ("CUBA", "RU")
#: So much of its size the second text of two is printed over the first.
_MEETING: Final = 0.13


@dataclass(frozen=True, slots=True)
class Poster:
    """`figure` is drawn huge, in its ink; `overprint` in blue over the end of a red one."""

    title: str
    figure: str = ""
    overprint: str = ""
    words: str = ""
    ink: str = RED


def draw(poster: Poster) -> bytes:
    """The picture as a PNG file."""
    with _drawing:
        sheet = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
        _words(sheet, poster.words, _figure(sheet, poster))
        bar = (_MARGIN, _BAR_TOP, WIDTH - _MARGIN - 1, _BAR_TOP + _BAR - 1)
        ImageDraw.Draw(sheet).rectangle(bar, fill=_INK)
        _title(sheet, poster.title)
        if poster.figure != _WORDMARK[0]:
            _overprint(sheet, (WIDTH - _MARGIN - _overprint_width(_WORDMARK, 80), 96), _WORDMARK, 80)
        file = BytesIO()
        sheet.quantize(colors=64, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


def _figure(sheet: Image.Image, poster: Poster) -> float:
    """Draws the figure as large as there is room for; returns where it ends at the right."""
    texts = poster.figure, poster.overprint
    room = _INNER - (240 if poster.figure != _WORDMARK[0] else 0)

    def width(size: int) -> float:
        return _overprint_width(texts, size) if poster.overprint else _width(texts[0], _FIGURE.at(size))

    size = next((size for size in range(380, 120, -10) if width(size) <= room), 120)
    at = _MARGIN - size * 0.02, _BAR_TOP - 24
    if poster.overprint:
        _overprint(sheet, at, texts, size)
    elif poster.figure:
        _write(sheet, at, poster.figure, _FIGURE.at(size), poster.ink)
    return _MARGIN + width(size)


def _words(sheet: Image.Image, words: str, left: float) -> None:
    """The words beside the figure, on its line, in as many lines as there is room for."""
    is_alone = left == _MARGIN
    left, size = (left, 110) if is_alone else (left + 36, 64)
    lines = _lines(words, _HEAD.at(size), WIDTH - _MARGIN - left)[: 2 if is_alone else 3]
    for number, line in enumerate(reversed(lines)):
        _write(sheet, (left, _BAR_TOP - 26 - number * size), line, _HEAD.at(size), _INK)


def _title(sheet: Image.Image, title: str) -> None:
    """The title in the first size at which it has no more than its lines; what is longer yet is cut."""
    for size, most in _TITLE_SIZES:
        lines = _lines(title, _TITLE.at(size), _INNER)
        if len(lines) <= most:
            break
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1]}…"]
    for number, line in enumerate(lines):
        baseline = _BAR_TOP + 34 + size + number * size * 1.14
        _write(sheet, (_MARGIN, baseline), line, _TITLE.at(size), _INK)


def _overprint(sheet: Image.Image, at: tuple[float, float], texts: tuple[str, str], size: int) -> None:
    """Two texts in two inks that darken where they meet."""
    x, baseline = at
    for text, ink in zip(texts, (RED, BLUE), strict=True):
        layer = Image.new("RGB", sheet.size, "white")
        _write(layer, (x, baseline), text, _FIGURE.at(size), ink)
        sheet.paste(ImageChops.multiply(sheet, layer))
        x += _width(text, _FIGURE.at(size)) - size * _MEETING


def _overprint_width(texts: tuple[str, str], size: int) -> float:
    return sum(_width(text, _FIGURE.at(size)) for text in texts) - size * _MEETING


# Text in runs --------------------------------------------------------------------------------------


def _lines(text: str, face: Face, room: float) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _width(longer, face) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _width(text: str, face: Face) -> float:
    return sum(_font(face, subset).getlength(run) for subset, run in _runs(text))


def _write(sheet: Image.Image, at: tuple[float, float], text: str, face: Face, ink: str) -> None:
    """Writes the text from the left end of its baseline on."""
    x, baseline = at
    pen = ImageDraw.Draw(sheet)
    for subset, run in _runs(text):
        font = _font(face, subset)
        language = "ru" if subset.startswith("cyrillic") else None
        pen.text((x, baseline), run, fill=ink, font=font, anchor="ls", language=language)
        x += font.getlength(run)


def _runs(text: str) -> Iterator[tuple[str, str]]:
    """Pieces of the text, each with the subset that has its letters; marks stay with their letters."""
    for subset, letters in groupby(_with_subset(text), key=itemgetter(0)):
        yield subset, "".join(letter for _subset, letter in letters)


def _with_subset(text: str) -> Iterator[tuple[str, str]]:
    subset = "latin"
    for letter in text:
        if not combining(letter):
            subset = subset_of(letter)
        yield subset, letter


@lru_cache(maxsize=64)
def _font(face: Face, subset: str) -> ImageFont.FreeTypeFont:
    file = settings.BASE_DIR / "static" / "vendor" / "fonts" / f"{face.family}-{subset}-wght-normal.woff2"
    font = ImageFont.truetype(str(file), face.size)
    font.set_variation_by_axes([face.weight])
    return font
