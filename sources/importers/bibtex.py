"""Reads BibTeX and biblatex, one entry at a time."""

import logging
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

from bibtexparser.entrypoint import parse_string
from bibtexparser.library import Library
from bibtexparser.middlewares.names import (
    InvalidNameError,
    parse_single_name_into_parts,
    split_multiple_persons_names,
)
from bibtexparser.model import DuplicateFieldKeyBlock, Entry, ParsingFailedBlock
from django.utils.translation import gettext as _
from pylatexenc.latex2text import LatexNodes2Text

from sources.csl import CslItem
from sources.csl_dates import csl_date, dated
from sources.importers.bibtex_tables import (
    CSL_TYPES,
    ENTRY_TYPES,
    FURTHER_ENTRY_TYPES,
    NAMES,
    OLD_NAMES,
    TAGS,
    VERBATIM,
    fields_of_type,
)
from sources.importers.found import (
    FoundEntry,
    ImportFileError,
    checked,
    fault_of_text,
    read_text,
    with_rest,
)

# The parser tells each fault twice: in what it returns, and in the log.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)

#: The field that keeps what biblatex has no field for.
REST: Final = "cubaru"

#: Where the parser, too, takes a new block to begin.
_BLOCK: Final = re.compile(r"\s*@\w*[ \t]*[{(]")
_STRING: Final = re.compile(r"\s*@string\b", re.IGNORECASE)
_LATEX: Final = re.compile(r"[\\{}$~^]|--|``|''|[!?]`")
_PIECE: Final = re.compile(r'"([^"]*)"|\{([^{}]*)\}|([^#\s"{}]+)')
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def read_bibtex(path: Path) -> Iterator[FoundEntry]:
    """The entries of a file; no more than one of them is held. Raises ImportFileError."""
    strings = ""
    for line, block in _blocks(path):
        if _STRING.match(block):
            strings += block
            continue
        library = parse_string(strings + block)
        for failed in library.failed_blocks:
            raise ImportFileError(f"{path.name}: {_sentence(failed, line, block)}")
        for entry in library.entries:
            label = entry.key or _("the entry on line %(line)d") % {"line": line}
            _join_pieces(entry, library)
            for name, value in _lower(entry).items():
                if fault := fault_of_text(value):  # before LaTeX is decoded, which is slow
                    raise ImportFileError(f"{path.name}, {label}, {name}: {fault}")
            try:
                item = item_of(entry)
            except (InvalidNameError, RecursionError) as error:
                raise ImportFileError(
                    f"{path.name}, {label}: "
                    + _("A name or text of the entry cannot be read (%(why)s).") % {"why": error}
                ) from error
            yield checked(path, FoundEntry(label, item))


def item_of(entry: Entry) -> CslItem:
    """The item of an entry as the parser gives it, its fields still in LaTeX."""
    fields = {OLD_NAMES.get(key, key): value for key, value in _lower(entry).items()}
    rest = fields.pop(REST, "")
    entry_type, subtype = entry.entry_type.lower(), fields.pop("entrysubtype", "")
    csl_type = CSL_TYPES.get((entry_type, subtype)) or CSL_TYPES.get((entry_type, ""))
    item: CslItem = {"id": entry.key, "type": csl_type or FURTHER_ENTRY_TYPES.get(entry_type, "document")}
    item |= _taken(item["type"], fields)
    kept: CslItem = {}
    if ENTRY_TYPES.get(item["type"]) != (entry_type, subtype):
        kept = {"type": entry_type} | ({"entrysubtype": subtype} if subtype else {})
    if fields:
        kept["fields"] = {key: in_unicode(value) for key, value in fields.items()}
    if kept:
        item["custom"] = {"bibtex": kept}
    return with_rest(item, rest) if rest else item


def _taken(csl_type: str, fields: dict[str, str]) -> CslItem:
    """What CSL has a field for; it is taken out of `fields`."""
    item: CslItem = {}
    for key, name in fields_of_type(csl_type).items():
        if value := in_unicode(fields.pop(name, "")):
            item[key] = value
    if "page" in item:
        item["page"] = re.sub(r"\s*(?:–|--)\s*", "-", item["page"])
    if subtitle := in_unicode(fields.pop("subtitle", "")):
        item["title"] = f"{item['title']}: {subtitle}" if "title" in item else subtitle
    for key, name in VERBATIM.items():
        if value := fields.pop(name, "").strip():
            item[key] = value.replace(r"\_", "_").replace(r"\%", "%").replace(r"\&", "&")
    for key, name in NAMES.items():
        if names := [_name(one) for one in split_multiple_persons_names(fields.pop(name, ""))]:
            item[key] = names
    if (name := fields.get("langid", "").strip().lower()) in TAGS:
        item["language"] = TAGS[name]
        del fields["langid"]
    return item | _dates(fields)


def _dates(fields: dict[str, str]) -> CslItem:
    item: CslItem = {}
    for key, name in (("issued", "date"), ("accessed", "urldate"), ("original-date", "origdate")):
        if found := csl_date(dated(fields.get(name, "").strip())):
            item[key] = found
            del fields[name]
    year = in_unicode(fields.get("year", ""))
    if year and "issued" not in item and "date" not in fields:
        month = _MONTHS.index(name) + 1 if (name := fields.get("month", "").lower()[:3]) in _MONTHS else 0
        month = month or int(re.sub(r"\D", "", fields.get("month", ""))[:2] or 0)
        found = csl_date(dated(f"{year}-{month:02}" if month else year))
        item["issued"] = found or {"literal": " ".join(filter(None, [fields.get("month", ""), year]))}
        fields.pop("year")
        fields.pop("month", None)
    return item


def _name(text: str) -> dict[str, str]:
    """The CSL name of a person; a body stands in braces."""
    text = text.strip()
    if text.startswith("{") and text.endswith("}") and _closes_at_end(text):
        return {"literal": in_unicode(text)}
    parts = parse_single_name_into_parts(text, strict=False)
    family = in_unicode(" ".join([*parts.von, *parts.last]))
    given, suffix = in_unicode(" ".join(parts.first)), in_unicode(" ".join(parts.jr))
    if not given:
        return {"literal": family}
    return {"family": family, "given": given} | ({"suffix": suffix} if suffix else {})


def _closes_at_end(text: str) -> bool:
    depth = 0
    for position, character in enumerate(text):
        depth += (character == "{") - (character == "}")
        if depth == 0:
            return position == len(text) - 1
    return False


def in_unicode(latex: str) -> str:
    """The text that a value in LaTeX stands for, on one line."""
    if _LATEX.search(latex):
        latex = _decoder().latex_to_text(latex)
    return re.sub(r"[ \t\r\n]+", " ", latex).strip()


@cache
def _decoder() -> Any:
    return LatexNodes2Text(math_mode="verbatim", keep_comments=True)


def _join_pieces(entry: Entry, library: Library) -> None:
    """Puts together the values that the parser leaves in pieces: `jan # "~22"`."""
    strings = {string.key.lower(): str(string.value) for string in library.strings}
    for field in entry.fields:
        value = str(field.value)
        if field.enclosing == "no-enclosing" and "#" in value:
            field.value = "".join(
                piece[1] or piece[2] or strings.get(piece[3].lower(), piece[3])
                for piece in _PIECE.finditer(value)
            )


def _lower(entry: Entry) -> dict[str, str]:
    return {field.key.lower(): str(field.value) for field in entry.fields}


def _blocks(path: Path) -> Iterator[tuple[int, str]]:
    """Each block with the number of its first line; what stands before the first is a comment."""
    first, lines = 0, list[str]()
    for number, line in enumerate(read_text(path), start=1):
        if _BLOCK.match(line):
            if first:
                yield first, "".join(lines)
            first, lines = number, []
        if first:
            lines.append(line)
    if first:
        yield first, "".join(lines)


def _sentence(failed: ParsingFailedBlock, line: int, block: str) -> str:
    place = {"line": line, "begin": " ".join(block[:60].split())}
    if isinstance(failed, DuplicateFieldKeyBlock):
        return _("Line %(line)d: the entry that begins “%(begin)s” has the field “%(name)s” twice.") % {
            **place,
            "name": min(failed.duplicate_keys),
        }
    why = getattr(failed.error, "abort_reason", "") or str(failed.error)
    return _("Line %(line)d: the entry that begins “%(begin)s” is broken (%(why)s).") % {
        **place,
        "why": why.strip().split("\n")[0].rstrip(".")[:200],
    }
