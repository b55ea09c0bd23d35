"""Reads RIS, one record at a time."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _
from rispy import RisParser

from sources.csl import CslItem
from sources.csl_dates import csl_date, dated
from sources.importers.found import FoundEntry, ImportFileError, checked, read_text, with_rest
from sources.importers.ris_tables import FURTHER_TYPES, NAMES, OTHER_TAGS, RIS_TYPES, TAGS
from sources.models.source import ISBN

#: The tag, free for any use, that keeps what RIS has no tag for; the word tells it from others' use of it.
REST: Final = "U1"
REST_WORD: Final = "cubaru "

_TAG: Final = re.compile(r"[A-Z][A-Z0-9]  -( |$)")
_CSL_TYPES: Final = {ris: csl for csl, ris in reversed(RIS_TYPES.items())} | FURTHER_TYPES
_SERIALS: Final = {"article-journal", "article-magazine", "article-newspaper", "periodical"}


def read_ris(path: Path) -> Iterator[FoundEntry]:
    """The records of a file; no more than one of them is held. Raises ImportFileError."""
    for number, (line, lines) in enumerate(_records(path), start=1):
        tags = tags_of(lines)
        item = item_of(tags)
        label = str(
            item.get("id") or _("record %(number)d (line %(line)d)") % {"number": number, "line": line}
        )
        yield checked(path, FoundEntry(label, item))


def tags_of(lines: list[str]) -> dict[str, list[str]]:
    """The values of each tag of one record, in order, as rispy reads them."""
    whole: list[str] = []
    for line in lines:
        if _TAG.match(line) or not whole:
            whole.append(line)
        else:  # the value goes on
            whole[-1] += f" {line.strip()}"
    plain = {tag: tag for tag in {line[:2] for line in whole} | {"TY", "ER"}}
    parser = RisParser(mapping=plain | {"UK": "UK"}, list_tags=list(plain), delimiter_tags_mapping={})
    records = parser.parse_lines(iter(whole))
    found = records[0] if records else {}
    return {tag: [value] if isinstance(value, str) else list(value) for tag, value in found.items()}


def item_of(tags: dict[str, list[str]]) -> CslItem:
    """The item of a record."""
    left: dict[str, list[str]] = {}
    for tag, values in tags.items():
        left[OTHER_TAGS.get(tag, tag)] = left.get(OTHER_TAGS.get(tag, tag), []) + [
            one for one in values if one
        ]
    ris_type = next(iter(left.pop("TY", [])), "")
    rest = [value for value in left.get(REST, []) if value.startswith(REST_WORD)]
    left[REST] = [value for value in left.get(REST, []) if value not in rest]
    item: CslItem = {"id": " ".join(left.pop("ID", [])), "type": _CSL_TYPES.get(ris_type, "document")}
    if not item["id"]:
        del item["id"]
    item |= _taken(left, item["type"])
    kept = {tag: values for tag, values in left.items() if values}
    if RIS_TYPES.get(item["type"]) != ris_type:
        kept["TY"] = [ris_type]
    if kept:
        item["custom"] = {"ris": kept}
    return with_rest(item, rest[0].removeprefix(REST_WORD)) if rest else item


def _taken(left: dict[str, list[str]], csl_type: str) -> CslItem:
    """What CSL has a field for; it is taken out of `left`."""
    item: CslItem = {}
    for key, tag in TAGS.items():
        if values := left.pop(tag, []):
            item[key], *others = values
            left[tag] = [value for value in others if value != item[key]]
    for key, tag in NAMES.items():
        if names := [_name(value) for value in left.pop(tag, [])]:
            item[key] = names
    if keywords := left.pop("KW", []):
        item["keyword"] = ", ".join(keywords)
    if pages := "-".join(left.pop("SP", [])[:1] + left.pop("EP", [])[:1]):
        item["page"] = pages
    if numbers := left.pop("SN", []):
        is_isbn = re.match(ISBN.regex, re.sub(r"[\s-]", "", numbers[0]).upper()) and csl_type not in _SERIALS
        item["ISBN" if is_isbn else "ISSN"] = " ".join(numbers)
    return item | _dates(left)


def _name(text: str) -> dict[str, str]:
    family, comma, others = (part.strip() for part in text.partition(","))
    if not comma:
        return {"literal": text}
    given, _comma, suffix = (part.strip() for part in others.partition(","))
    parts = {"family": family, "given": given, "suffix": suffix}
    return {key: part for key, part in parts.items() if part} or {"literal": text}


def _dates(left: dict[str, list[str]]) -> CslItem:
    item: CslItem = {}
    day, year = _first(left, "DA"), _first(left, "PY")
    if found := csl_date(dated(_edtf(day))):
        item["issued"] = found
        _drop(left, "DA")
        if year.strip("/ ") == day[:4]:
            _drop(left, "PY")
    elif words := year.strip("/ "):
        item["issued"] = csl_date(dated(_edtf(year))) or {"literal": words}
        _drop(left, "PY")
    if found := csl_date(dated(_edtf(_first(left, "Y2")))):
        item["accessed"] = found
        _drop(left, "Y2")
    return item


def _first(left: dict[str, list[str]], tag: str) -> str:
    return next(iter(left.get(tag, [])), "")


def _drop(left: dict[str, list[str]], tag: str) -> None:
    """Takes out the first value of a tag."""
    left[tag] = left[tag][1:]


def _edtf(text: str) -> str:
    """The date of a value such as "1962/10/22/" or "1962///"; "" where it says more."""
    year, *others = re.split(r"[/-]", text.strip())
    month_and_day = [part for part in others[:2] if part]
    if any(others[2:]) or len(year) != 4:
        return ""
    return "-".join([year, *(part.zfill(2) for part in month_and_day)])


def _records(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Each record with the number of its first line."""
    first, lines = 0, list[str]()
    for number, line in enumerate(read_text(path), start=1):
        if line.startswith("TY  -"):
            if lines:
                raise _unfinished(path, first)
            first = number
        if first:
            lines.append(line.rstrip("\n"))
        elif line.strip() and not re.fullmatch(r"\d+\.", line.strip()):
            raise ImportFileError(
                f"{path.name}: "
                + _("Line %(line)d stands in no record; a record begins with “TY  - ”.") % {"line": number}
            )
        if first and line.startswith("ER  -"):
            yield first, lines
            first, lines = 0, []
    if lines:
        raise _unfinished(path, first)


def _unfinished(path: Path, line: int) -> ImportFileError:
    return ImportFileError(
        f"{path.name}: "
        + _("The record that begins on line %(line)d has no end (“ER  - ”).") % {"line": line}
    )
