"""Makes the font files that pages load, and a fonts.css, in static/vendor/fonts/, out of those of Fontsource.

Nearly every page needs three typefaces, and their files are most of what it weighs. So they keep the weights
that the style sheets use, the features that they ask for, and, in the files for all pages, the letters of the
site's three languages (cubaru/core/typefaces.py). Other letters are in files that few pages need.
"""

import logging
import re
import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Final

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from cubaru.core.typefaces import ITALICS, LETTERS, SIGNS, WEIGHTS  # noqa: E402

PACKAGES = ROOT / "node_modules" / "@fontsource-variable"
TARGET = ROOT / "static" / "vendor" / "fonts"

SUBSETS: Final = ("latin", "latin-ext", "cyrillic", "cyrillic-ext")
#: The characters of the small files, which no other file is asked for.
SMALL: Final = {ord(letter) for letters in LETTERS.values() for letter in letters}
FEATURES: Final = ["kern", "ccmp", "locl", "mark", "mkmk", "tnum", "lnum"]
FONT_FACE: Final = re.compile(r"/\* (?P<name>[\w-]+) \*/\s*@font-face \{(?P<body>.*?)\}", re.DOTALL)
RANGE: Final = re.compile(r"unicode-range: (?P<ranges>[^;]+);")
#: The address holds from fonts/ as from css/, which stands beside it.
FACE: Final = """@font-face {{
  font-family: "{family}";
  font-style: {style};
  font-weight: {lightest} {heaviest};
  font-display: swap;
  src: url("../fonts/{file}") format("woff2");
  unicode-range: {ranges};
}}
"""


def main() -> None:
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    TARGET.mkdir(parents=True, exist_ok=True)
    faces = [
        face
        for family in WEIGHTS
        for style in ("normal", "italic")
        if style == "normal" or family in ITALICS
        for face in faces_of(family, style)
    ]
    (TARGET / "fonts.css").write_text("\n".join(faces), encoding="utf-8")


def faces_of(family: str, style: str) -> Iterator[str]:
    """Writes the files of a family in one style, and tells how a style sheet declares each."""
    sheet = PACKAGES / family / ("wght.css" if style == "normal" else "wght-italic.css")
    declared = {face["name"]: face["body"] for face in FONT_FACE.finditer(sheet.read_text(encoding="utf-8"))}
    for name in SUBSETS:
        body = declared.get(f"{family}-{name}-wght-{style}")
        if body is None:
            continue
        source = PACKAGES / family / "files" / f"{family}-{name}-wght-{style}.woff2"
        shown = set(characters(ranges[1])) if (ranges := RANGE.search(body)) else set()
        found = re.search(r"font-family: '([^']+) Variable'", body)
        assert found, sheet
        for piece, wanted in pieces_of(family, name, shown).items():
            file = f"{family}-{piece}-wght-{style}.woff2"
            kept = write(source, file, wanted, WEIGHTS[family])
            lightest, heaviest = WEIGHTS[family]
            for title, letters in titles_of(found[1], piece, kept, SIGNS[family]).items():
                yield FACE.format(
                    family=title,
                    style=style,
                    lightest=lightest,
                    heaviest=heaviest,
                    file=file,
                    ranges=in_ranges(letters),
                )


def pieces_of(family: str, name: str, shown: set[int]) -> dict[str, set[int]]:
    """The files that are made out of one of Fontsource's, and the characters of each."""
    if name not in LETTERS:
        return {name: shown - SMALL}
    pieces = {name: shown & {ord(letter) for letter in LETTERS[name]}, f"{name}-more": shown - SMALL}
    return pieces | ({"signs": shown & {ord(letter) for letter in SIGNS[family]}} if name == "latin" else {})


def titles_of(family: str, piece: str, kept: list[int], signs: str) -> dict[str, list[int]]:
    """The families in which a style sheet declares a file, each with the characters that it is asked for."""
    russian = f"{family} Russian"
    if piece == "signs":
        return {russian: kept}
    rest = [number for number in kept if piece != "latin" or chr(number) not in signs]
    return {family: kept, russian: rest}


def write(source: Path, file: str, wanted: set[int], weights: tuple[int, int]) -> list[int]:
    """Writes the part of a font that draws the wanted characters, and tells which of them it has."""
    font = TTFont(source)
    kept = sorted(wanted & set(font.getBestCmap()))
    options = subset.Options()
    options.layout_features = FEATURES
    options.hinting = False
    options.notdef_outline = True
    part = subset.Subsetter(options)
    part.populate(unicodes=kept)
    part.subset(font)
    font = instancer.instantiateVariableFont(font, {"wght": weights})
    font.flavor = "woff2"
    font.save(TARGET / file)
    return kept


def characters(ranges: str) -> Iterator[int]:
    """The numbers of the characters in a unicode-range of a style sheet."""
    for part in ranges.split(","):
        first, _, last = part.strip().removeprefix("U+").partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)


def in_ranges(numbers: Iterable[int]) -> str:
    """Numbers of characters, in order, as a unicode-range."""
    runs = groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])
    ends = [(run[0][1], run[-1][1]) for run in (list(pairs) for _step, pairs in runs)]
    return ", ".join(f"U+{first:04X}" + (f"-{last:04X}" if last > first else "") for first, last in ends)


if __name__ == "__main__":
    main()
