"""Narratives: Markdown with Pandoc's citations, rendered as text with numbered footnotes.

    In Havana the alert began on the 22nd [@frus-1961-63-v11, doc. 84; see @castro-1992, p. 12].

What stands in square brackets and names a source by its key (its address part) is a citation; several
are parted by semicolons, and each may have a locator after a comma. Equal citations share a footnote.
HTML in the text is shown, not obeyed.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import nh3
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

#: Longer texts are refused: Markdown of pathological texts takes quadratic time.
MOST_CHARACTERS: Final = 60_000

#: What a locator may begin with; a bare number is a page.
LOCATOR_WORDS: Final = (
    "app.", "art.", "bk.", "ch.", "chap.", "col.", "doc.", "docs.", "entry", "fig.", "fol.", "fols.", "f.",
    "frame", "item", "l.", "line", "min.", "n.", "no.", "nos.", "note", "op.", "p.", "pp.", "par.", "para.",
    "part", "pt.", "rec.", "sec.", "§", "§§", "ser.", "sheet", "st.", "supp.", "table", "v.", "vol.", "vols.",
)  # fmt: skip

_KEY = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_ITEM = re.compile(rf"(?P<prefix>[^@\[\]]*?)\s*-?@(?P<key>{_KEY})\s*(?:,\s*(?P<locator>[^@\[\]]+))?")
_GROUP = re.compile(r"\[(?P<inside>[^\[\]]*@[^\[\]]*)\]")
_LOCATOR = re.compile(
    rf"(?:(?:{'|'.join(map(re.escape, LOCATOR_WORDS))})\s*\S.*|\d\S*(?:[–, -]+\S+)*)", re.IGNORECASE
)

_TAGS: Final = {"a", "blockquote", "br", "code", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre",
                "strong", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul"}  # fmt: skip
_ATTRIBUTES: Final = {"a": {"href"}, "sup": {"class", "id"}, "ol": {"start"}}


class NarrativeError(ValueError):
    """A fault of a narrative, on one line of it (counted from 1)."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(_("Line %(line)d: %(message)s") % {"line": line, "message": message})
        self.line = line


@dataclass(frozen=True)
class Pointer:
    """One source cited in a footnote, with the words before it and the place in it."""

    key: str
    locator: str = ""
    prefix: str = ""


@dataclass(frozen=True)
class Footnote:
    """A footnote: `marks` are the ids of the places in the text that lead to it, in order."""

    number: int
    pointers: tuple[Pointer, ...]
    marks: tuple[str, ...]
    line: int

    @property
    def anchor(self) -> str:
        return f"note-{self.number}"


@dataclass(frozen=True)
class Narrative:
    html: SafeString
    footnotes: tuple[Footnote, ...]

    def pointers(self) -> Iterator[tuple[int, Pointer]]:
        """All sources cited, each with the line of its first citation."""
        for footnote in self.footnotes:
            for pointer in footnote.pointers:
                yield footnote.line, pointer


def render(text: str) -> Narrative:
    """The narrative as sanitised HTML with its footnotes; marks link to `#note-1`, notes back to `#mark-1`.

    Raises NarrativeError for what looks like a citation and is none, for a locator that begins with
    no word of LOCATOR_WORDS, and for a text that is too long. Whether a key names a source, the caller knows.
    """
    if len(text) > MOST_CHARACTERS:
        raise NarrativeError(1, _("The text is longer than %(most)d characters.") % {"most": MOST_CHARACTERS})
    environment: dict[str, Any] = {"notes": {}, "marks": {}, "lines": {}}
    html = _markdown().render(text, environment)
    clean = nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"http", "https", "mailto"})
    footnotes = tuple(
        Footnote(number, pointers, tuple(environment["marks"][pointers]), environment["lines"][pointers])
        for pointers, number in environment["notes"].items()
    )
    return Narrative(mark_safe(clean), footnotes)  # noqa: S308 — cleaned above


def with_footnotes(text: str, name_of: Callable[[str], SafeString]) -> SafeString:
    """The narrative with its footnotes below it; `name_of` gives what the source with a key is called.

    For where the text stands alone, as in an edition; pages set the notes beside it. Raises NarrativeError.
    """
    narrative = render(text)
    notes = format_html_join(
        "",
        '<li id="{}">{} {}</li>',
        (
            (
                note.anchor,
                format_html_join("; ", "{}", ((p,) for p in _spoken(note, name_of))),
                back_links(note),
            )
            for note in narrative.footnotes
        ),
    )
    return format_html('{}<ol class="footnotes">{}</ol>', narrative.html, notes) if notes else narrative.html


def back_links(note: Footnote) -> SafeString:
    """From a footnote back to each place in the text that leads to it."""
    return format_html_join(
        " ",
        '<a class="footnote-back" href="#{}" aria-label="{}">↩</a>',
        ((mark, _("Back to the text")) for mark in note.marks),
    )


def _spoken(note: Footnote, name_of: Callable[[str], SafeString]) -> Iterator[SafeString]:
    for pointer in note.pointers:
        prefix = f"{pointer.prefix} " if pointer.prefix else ""
        locator = f", {pointer.locator}" if pointer.locator else ""
        yield format_html("{}{}{}", prefix, name_of(pointer.key), locator)


def cited_keys(text: str) -> list[tuple[int, str]]:
    """The keys that a narrative cites, each with its line. Raises NarrativeError."""
    return [(line, pointer.key) for line, pointer in render(text).pointers()]


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    markdown.disable("image")
    markdown.inline.ruler.before("link", "citation", _parse_citation)
    markdown.core.ruler.after("inline", "number_citations", _number_citations)
    markdown.core.ruler.push("lower_headings", _lower_headings)
    markdown.add_render_rule("citation", _render_citation)
    return markdown


def _parse_citation(state: StateInline, silent: bool) -> bool:
    found = _GROUP.match(state.src, state.pos)
    if found is None or state.src[found.end() : found.end() + 1] == "(":  # a link, not a citation
        return False
    if not silent:
        token = state.push("citation", "", 0)
        token.content = found["inside"]
        token.meta = {"line": state.src.count("\n", 0, state.pos)}
    state.pos = found.end()
    return True


def _number_citations(state: StateCore) -> None:
    """Numbers the footnotes in the order of the text, and reads what each cites."""
    notes, marks, lines = (state.env[name] for name in ("notes", "marks", "lines"))
    for block in state.tokens:
        for token in block.children or ():
            if token.type == "citation":
                line = 1 + (block.map[0] if block.map else 0) + token.meta["line"]
                pointers = tuple(_pointers(token.content, line))
                number = notes.setdefault(pointers, len(notes) + 1)
                lines.setdefault(pointers, line)
                of_note = marks.setdefault(pointers, [])
                mark = f"mark-{number}" if not of_note else f"mark-{number}-{len(of_note) + 1}"
                of_note.append(mark)
                token.meta = {"number": number, "mark": mark}


def _pointers(inside: str, line: int) -> Iterator[Pointer]:
    for part in inside.split(";"):
        found = _ITEM.fullmatch(part.strip())
        if found is None:
            raise NarrativeError(
                line,
                _("“%(text)s” is no citation; write [@key, p. 12], the key as in the source's address.")
                % {"text": part.strip()},
            )
        locator = (found["locator"] or "").strip()
        if locator and not _LOCATOR.fullmatch(locator):
            raise NarrativeError(
                line,
                _("“%(locator)s” is no place in a source; begin it with p., doc., ch. or the like.")
                % {"locator": locator},
            )
        yield Pointer(found["key"], locator, found["prefix"].strip())


def _lower_headings(state: StateCore) -> None:
    """The page has its h1 and h2: a narrative's headings begin at h3."""
    for token in state.tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1]) + 2, 6)}"


def _render_citation(
    self: Any, tokens: Sequence[Token], index: int, options: Any, environment: dict[str, Any]
) -> str:
    meta = tokens[index].meta
    return format_html(
        '<sup class="note-mark" id="{}"><a href="#note-{}">{}</a></sup>',
        meta["mark"], meta["number"], meta["number"],
    )  # fmt: skip
