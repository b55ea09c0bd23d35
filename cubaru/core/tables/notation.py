r"""The notation in which the parts of a record stand in one cell: a line for each part.

    Анастас Иванович Микоян | language: ru | script: Cyrl | kind: native
    slug: essay-c07 | statement.en: A revolution took place. | verdict: corroborated
      citations: tass-dossier | stance: supports | locator: lead paragraph

Parts of a part follow it on lines of their own that begin with two spaces. In a value `\n` is a new line,
`\|` a bar, `\\` a backslash and `\u0020` a character that could not be told otherwise.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

_ESCAPES: Final = {"\n": "\\n", "\r": "\\r", "\\": "\\\\", "|": "\\|"}
_ESCAPED: Final = re.compile(r"\\(u[0-9a-fA-F]{4}|[nr\\|])")
_BAR: Final = re.compile(r"(?<!\\)((?:\\\\)*)\|")


@dataclass
class Line:
    """One part: its pairs of key and value in order ("" for a value without a key), and parts of its own."""

    pairs: list[tuple[str, str]]
    below: list[tuple[str, "Line"]] = field(default_factory=list)


def written(lines: Iterable[Line]) -> str:
    return "\n".join(text for line in lines for text in _texts(line, ""))


def _texts(line: Line, indent: str) -> Iterator[str]:
    yield " | ".join(f"{key}: {_escaped(value)}" if key else _escaped(value) for key, value in line.pairs)
    for key, inner in line.below:
        first, *others = _texts(inner, indent + "  ")
        yield f"{indent}  {key}: {first}"
        yield from others


def read(cell: str, keys: Iterable[str]) -> list[Line]:
    """The lines of a cell; a value stands without a key unless one of `keys` is before it.

    Raises ValueError, with the line, for a part of a part that stands before any part.
    """
    known = set(keys)
    lines: list[Line] = []
    for text in re.split(r"\r\n|\r|\n", cell):
        if not text.strip():
            continue
        if not text.startswith("  "):
            lines.append(Line(list(_pairs(text, known))))
            continue
        key, colon, rest = text.strip().partition(":")
        if not lines or not colon:
            raise ValueError(text.strip())
        lines[-1].below.append((key.strip(), Line(list(_pairs(rest, known)))))
    return lines


def _pairs(text: str, known: set[str]) -> Iterator[tuple[str, str]]:
    for segment in _segments(text):
        key, colon, value = segment.partition(":")
        if colon and key.strip() in known:
            yield key.strip(), _unescaped(value.strip())
        elif segment.strip():
            yield "", _unescaped(segment.strip())


def _segments(text: str) -> list[str]:
    """The text cut at its bars, but not at those behind a backslash."""
    return _BAR.sub(r"\1\n", text).split("\n")


def _escaped(value: str) -> str:
    text = "".join(_ESCAPES.get(character, character) for character in value)
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    if not text.strip():
        return "".join(_by_number(character) for character in text)
    edges = [_by_number(character) for character in text]
    return "".join([*edges[:start], text[start:end], *edges[end:]])


def _by_number(character: str) -> str:
    return f"\\u{ord(character):04x}"


def _unescaped(text: str) -> str:
    def character(match: re.Match[str]) -> str:
        name = match[1]
        if name.startswith("u"):
            return chr(int(name[1:], 16))
        return {"n": "\n", "r": "\r"}.get(name, name)

    return _ESCAPED.sub(character, text)
