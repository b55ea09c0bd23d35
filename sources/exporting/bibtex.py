"""Writes items as biblatex entries, in UTF-8 with ASCII keys."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from bibtexparser.entrypoint import parse_string, write_string
from bibtexparser.library import Library
from bibtexparser.model import Entry, Field

from sources.csl import CslItem, issued_of, latin_slug
from sources.csl_dates import document_date, historical
from sources.importers.bibtex import REST, item_of
from sources.importers.bibtex_tables import (
    CSL_TYPES,
    ENTRY_TYPES,
    FURTHER_ENTRY_TYPES,
    LANGUAGES,
    NAMES,
    VERBATIM,
    fields_of_type,
)
from sources.importers.found import rest_of

#: What LaTeX would take for its own. The braces are balanced, as BibTeX wants them even where escaped.
_ESCAPES: Final = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", "%": r"\%", "&": r"\&", "#": r"\#", "$": r"\$", "_": r"\_",
})  # fmt: skip
#: Two characters that LaTeX prints as one.
_LIGATURES: Final = re.compile(r"(?<=-)(?=-)|(?<=`)(?=`)|(?<=')(?=')|(?<=[!?])(?=`)|(?<=<)(?=<)|(?<=>)(?=>)")
_FIELD_NAME: Final = re.compile(r"[a-z][a-z0-9_-]*")
#: The dates that biblatex understands are those of EDTF, levels 0 and 1.
_BIBLATEX_DATE: Final = re.compile(r"[\dX]{4}(-\d\d){0,2}[~?%]?(/(\.\.|[\dX]{4}(-\d\d){0,2}[~?%]?)?)?")


def bibtex(items: Iterable[CslItem]) -> Iterator[str]:
    """The entries, one after another, as pieces of a file; each comes back whole through `import_sources`."""
    keys: set[str] = set()
    for item in items:
        key = _free(latin_slug(str(item.get("id", ""))) or "source", keys)
        yield _entry_text(item, key)


def _entry_text(item: CslItem, key: str) -> str:
    entry = _entry(item, key)
    restored = item_of(parse_string(_written(entry)).entries[0])
    if rest := rest_of(item, restored):
        # A brace within a text would have to be balanced; JSON can spell it otherwise.
        entry.set_field(Field(REST, _with_braces_spelled(rest)))
    return _written(entry)


def _entry(item: CslItem, key: str) -> Entry:
    csl_type = str(item.get("type", ""))
    foreign = _foreign(item)
    entry_type, subtype = _type(csl_type, foreign)
    fields = {"entrysubtype": subtype}
    fields |= {name: _names(item.get(key)) for key, name in NAMES.items()}
    fields |= {name: _text(item.get(key)) for key, name in fields_of_type(csl_type).items()}
    fields["pages"] = re.sub(r"(-|\{\}|–)+", "--", fields["pages"])
    fields["library"] = ", ".join(
        filter(None, (_text(item.get(key)) for key in ("archive", "archive_collection", "call-number")))
    )
    fields |= _dates(item)
    fields["langid"] = LANGUAGES.get(str(item.get("language")), "")
    fields |= {name: _verbatim(item.get(key)) for key, name in VERBATIM.items()}
    fields |= {
        name: _text(value)
        for name, value in foreign.get("fields", {}).items()
        if not fields.get(name) and _FIELD_NAME.fullmatch(name) and name != REST
    }
    return Entry(entry_type, key, [Field(name, value) for name, value in fields.items() if value])


def _type(csl_type: str, foreign: dict[str, Any]) -> tuple[str, str]:
    """The entry type, the one that a foreign file gave where it means the same."""
    entry_type, subtype = str(foreign.get("type")), str(foreign.get("entrysubtype", ""))
    meant = CSL_TYPES.get((entry_type, subtype)) or CSL_TYPES.get((entry_type, ""))
    if (meant or FURTHER_ENTRY_TYPES.get(entry_type)) == csl_type and _FIELD_NAME.fullmatch(entry_type):
        return entry_type, _text(subtype)
    return ENTRY_TYPES.get(csl_type, ("misc", ""))


def _foreign(item: CslItem) -> dict[str, Any]:
    custom = item.get("custom")
    foreign = custom.get("bibtex") if isinstance(custom, dict) else None
    if not isinstance(foreign, dict):
        return {}
    return foreign if isinstance(foreign.get("fields", {}), dict) else foreign | {"fields": {}}


def _dates(item: CslItem) -> dict[str, str]:
    issued, fields = issued_of(item), {}
    edtf = str(issued.get("edtf", ""))
    if historical(issued) and _BIBLATEX_DATE.fullmatch(edtf):
        fields["date"] = edtf
    elif isinstance(literal := item.get("issued"), dict):
        fields["year"] = _text(literal.get("literal"))
    read = document_date(item.get("accessed")).get("edtf", "")
    original = document_date(item.get("original-date")).get("edtf", "")
    return fields | {"urldate": read, "origdate": original}


def _names(value: object) -> str:
    names = value if isinstance(value, list) else []
    return " and ".join(filter(None, (_name(name) for name in names if isinstance(name, dict))))


def _name(name: dict[str, object]) -> str:
    literal, given, suffix = (_text(name.get(key)) for key in ("literal", "given", "suffix"))
    particles = [_text(name.get(f"{kind}-particle")) for kind in ("dropping", "non-dropping")]
    family = " ".join(filter(None, [*particles, _text(name.get("family"))]))
    if not given or not family:
        return f"{{{literal or family or given}}}" if literal or family or given else ""
    return ", ".join(_part(part) for part in (family, suffix, given) if part)


def _part(text: str) -> str:
    """A part of a name, in braces where it has what would part it further."""
    return f"{{{text}}}" if "," in text or re.search(r"(^|\s)and(\s|$)", text, re.IGNORECASE) else text


def _text(value: object) -> str:
    """The text on one line, in LaTeX."""
    on_one_line = re.sub(r"[ \t\r\n]+", " ", value).strip() if isinstance(value, str) else ""
    return _LIGATURES.sub("{}", on_one_line.translate(_ESCAPES))


def _verbatim(value: object) -> str:
    """The value without space; braces, which must be balanced, and backslashes as addresses spell them."""
    without_space = re.sub(r"\s+", "", value) if isinstance(value, str) else ""
    return without_space.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def _written(entry: Entry) -> str:
    return write_string(Library([entry])) + "\n"


def _with_braces_spelled(text: str) -> str:
    """The JSON with the braces inside of its texts spelled by their numbers."""
    pieces = re.split(r'("(?:[^"\\]|\\.)*")', text)
    for index in range(1, len(pieces), 2):
        pieces[index] = pieces[index].replace("{", r"\u007b").replace("}", r"\u007d")
    return "".join(pieces)


def _free(key: str, keys: set[str]) -> str:
    candidate, number = key, 1
    while candidate in keys:
        number += 1
        candidate = f"{key}-{number}"
    keys.add(candidate)
    return candidate
