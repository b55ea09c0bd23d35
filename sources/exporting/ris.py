"""Writes items as RIS, in UTF-8."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from rispy import RisWriter

from sources.csl import CslItem, issued_of
from sources.csl_dates import document_date
from sources.importers.found import rest_of
from sources.importers.ris import REST, REST_WORD, item_of, tags_of
from sources.importers.ris_tables import NAMES, RIS_TYPES, TAGS


class _Writer(RisWriter):
    """Writes tags as they are, without a number above each record."""

    def set_header(self, count: int) -> str:
        return ""


def ris(items: Iterable[CslItem]) -> Iterator[str]:
    """The records, one after another, as pieces of a file; each comes back whole through `import_sources`."""
    for item in items:
        tags = _tags(item)
        restored = item_of(tags_of(_written(tags).split("\n")))
        if rest := rest_of(item, restored):
            tags[REST] = [*tags.get(REST, []), REST_WORD + rest]
        yield _written(tags) + "\n"


def _tags(item: CslItem) -> dict[str, list[str]]:
    custom = item.get("custom")
    foreign = custom.get("ris") if isinstance(custom, dict) else None
    foreign = foreign if isinstance(foreign, dict) else {}
    tags = {"TY": [_type(item, foreign)], "ID": [_text(item.get("id"))]}
    tags |= {tag: [_text(item.get(key))] for key, tag in TAGS.items()}
    tags |= {tag: _names(item.get(key)) for key, tag in NAMES.items()}
    tags |= _dates(item)
    tags["KW"] = [word.strip() for word in _text(item.get("keyword")).split(",")]
    tags["SP"], tags["EP"] = _pages(_text(item.get("page")))
    tags["SN"] = [_text(item.get("ISBN")) or _text(item.get("ISSN"))]
    for tag, values in foreign.items():
        if re.fullmatch(r"[A-Z][A-Z0-9]", tag) and tag not in {"TY", "ER", "UK"} and isinstance(values, list):
            tags[tag] = [*tags.get(tag, []), *map(_text, values)]
    return {tag: present for tag, values in tags.items() if (present := list(filter(None, values)))}


def _type(item: CslItem, foreign: dict[str, Any]) -> str:
    """The type of RIS, the one that a foreign file gave where it means the same."""
    match foreign.get("TY"):
        case [str(given)] if re.fullmatch(r"[A-Z]{2,8}", given) and item_of({"TY": [given]})[
            "type"
        ] == item.get("type"):
            return given
    return RIS_TYPES.get(str(item.get("type")), "GEN")


def _dates(item: CslItem) -> dict[str, list[str]]:
    issued = str(issued_of(item).get("edtf", ""))
    read = document_date(item.get("accessed")).get("edtf", "")
    year = re.match(r"\d{4}", issued)
    literal = item["issued"].get("literal") if isinstance(item.get("issued"), dict) else None
    return {
        "PY": [year[0] if year else _text(literal)],
        "DA": [_slashed(issued)],
        "Y2": [_slashed(read)],
    }


def _slashed(edtf: str) -> str:
    """A plain date as "1962/10/22/"; "" for what RIS cannot say."""
    is_plain = re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?", edtf)
    return "/".join([*edtf.split("-"), "", "", ""][:4]) if is_plain else ""


def _names(value: object) -> list[str]:
    return [_name(name) for name in value if isinstance(name, dict)] if isinstance(value, list) else []


def _name(name: dict[str, object]) -> str:
    if literal := _text(name.get("literal")):
        return literal
    particles = [_text(name.get(f"{kind}-particle")) for kind in ("dropping", "non-dropping")]
    family = " ".join(filter(None, [*particles, _text(name.get("family"))]))
    parts = [family, _text(name.get("given"))] + ([suffix] if (suffix := _text(name.get("suffix"))) else [])
    return ", ".join(parts) if any(parts) else ""


def _pages(text: str) -> tuple[list[str], list[str]]:
    first, dash, last = re.sub("–|--", "-", text).partition("-")
    return ([first.strip()], [last.strip()]) if dash and "-" not in last else ([text], [])


def _text(value: object) -> str:
    """The text on one line."""
    return re.sub(r"\s+", " ", value).strip() if isinstance(value, str) else ""


def _written(tags: dict[str, list[str]]) -> str:
    names = {tag: tag.lower() for tag in tags} | {"TY": _Writer.REFERENCE_TYPE_KEY}
    writer = _Writer(mapping=names, list_tags=list(names), delimiter_tags_mapping={})
    values = {names[tag]: found for tag, found in tags.items()}
    text: str = writer.formats([values | {_Writer.REFERENCE_TYPE_KEY: tags["TY"][0]}])
    return text
