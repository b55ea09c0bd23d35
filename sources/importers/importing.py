"""Brings bibliographic files in: new sources, and what is missing in those that are there."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cubaru.core.documents import Document, DocumentError, State, apply_document, to_document
from cubaru.core.history import recording
from cubaru.core.models.record import SLUG
from sources.csl import CslItem, from_csl, is_own
from sources.importers.bibtex import read_bibtex
from sources.importers.csl_json import read_csl_json
from sources.importers.found import FoundEntry, ImportFileError
from sources.importers.matching import Known, by_slug
from sources.importers.ris import read_ris
from sources.models import Source

Reader = Callable[[Path], Iterator[FoundEntry]]
READERS: Final[dict[str, Reader]] = {"bibtex": read_bibtex, "ris": read_ris, "csl-json": read_csl_json}
_BY_SUFFIX: Final = {".bib": "bibtex", ".bibtex": "bibtex", ".ris": "ris", ".json": "csl-json"}

#: Keys that an entry never changes in a source that it matches: where it stands, and what only editors know.
_KEPT: Final = {"record", "slug", "status", "kind", "type", "basis"}


class Result(StrEnum):
    NEW = "new"
    COMPLETED = "completed"
    OVERWRITTEN = "overwritten"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one entry: the source, and the keys of its document that were written."""

    label: str
    result: Result
    slug: str
    keys: tuple[str, ...] = ()


@dataclass
class Report:
    rows: list[Row] = field(default_factory=list)

    def count(self, result: Result) -> int:
        return Counter(row.result for row in self.rows)[result]


@dataclass
class _Import:
    """One import at work: what is known, and the sources that this file has spoken of."""

    path: Path
    overwrite: bool
    known: Known
    seen: set[int] = field(default_factory=set)


def format_of(path: Path, format_name: str = "") -> str:
    """The name of the file's format. Raises ImportFileError where nothing tells it."""
    found = format_name or _BY_SUFFIX.get(path.suffix.lower(), "")
    if not found:
        raise ImportFileError(
            f"{path.name}: "
            + _("The name does not tell the format; say --format and one of %(known)s.")
            % {"known": ", ".join(READERS)}
        )
    return found


def count_entries(path: Path, format_name: str = "") -> int:
    """Reads the whole file before anything is written: a fault on its last line costs nothing."""
    count = sum(1 for _entry in READERS[format_of(path, format_name)](path))
    if not count:
        raise ImportFileError(f"{path.name}: " + _("The file has no entries."))
    return count


def import_sources(
    path: Path,
    format_name: str = "",
    *,
    dry_run: bool = False,
    overwrite: bool = False,
    progress: Callable[[], object] = lambda: None,
) -> Report:
    """Makes a source of each entry, or completes the one that it matches; all or nothing.

    What a matched source has is not overwritten, unless `overwrite`; the same file again changes nothing.
    Entries of our own exports keep their address and status, foreign ones become drafts. Raises
    ImportFileError.
    """
    report = Report()
    read = READERS[format_of(path, format_name)]
    try:
        with recording(why=_("Imported from %(file)s") % {"file": path.name}), transaction.atomic():
            work = _Import(path, overwrite, Known.all())
            for entry in read(path):
                report.rows.append(_import_entry(work, entry))
                progress()
            transaction.set_rollback(dry_run)
    except ValidationError as error:  # a rule over a whole record, checked at the end
        raise ImportFileError(f"{path.name}: {' '.join(error.messages)}") from error
    return report


def _import_entry(work: _Import, entry: FoundEntry) -> Row:
    own = is_own(entry.item)
    document = _document(work, entry.item, entry.label)
    source = _present(work, document, own=own)
    if source is None:
        document["slug"] = _free_slug(document["slug"])
        made, _state = _applied(work, entry, document, None)
        assert isinstance(made, Source)
        work.known.learn(made, document)
        work.seen.add(made.pk)
        return Row(entry.label, Result.NEW, made.slug)
    present = to_document(source)
    wanted = _wanted(present, document, whole=own and work.overwrite, overwrite=work.overwrite)
    changed = tuple(key for key in wanted | present if wanted.get(key) != present.get(key))
    if changed:
        _applied(work, entry, wanted, source)
        work.known.learn(source, wanted)
    result = _result(changed, overwrite=work.overwrite, again=source.pk in work.seen)
    work.seen.add(source.pk)
    return Row(entry.label, result, wanted["slug"], changed)


def _result(changed: tuple[str, ...], *, overwrite: bool, again: bool) -> Result:
    if again:
        return Result.DUPLICATE
    if not changed:
        return Result.UNCHANGED
    return Result.OVERWRITTEN if overwrite else Result.COMPLETED


def _present(work: _Import, document: Document, *, own: bool) -> Source | None:
    """The source that is there already. Ours are known by their address, and else only by their DOI:
    two of them may well have the same title or the same web address.
    """
    if not own:
        return work.known.find(document)
    only_doi: Document = {key: document[key] for key in ("type", "doi") if key in document}
    return by_slug(document["slug"]) or work.known.find(only_doi)


def _document(work: _Import, item: CslItem, label: str) -> Document:
    document = from_csl(item)
    if not document.get("title"):
        raise _error(work, label, "title", _("A source needs a title."))
    if not re.match(SLUG.regex, str(document.get("slug"))):  # only a tampered export of ours has such a one
        raise _error(work, label, "slug", str(SLUG.message))
    return document


def _applied(
    work: _Import, entry: FoundEntry, document: Document, source: Source | None
) -> tuple[Any, State]:
    try:
        return apply_document(document, source)
    except DocumentError as error:
        raise _error(work, entry.label, error.at, error.message) from error


def _error(work: _Import, label: str, at: str, message: str) -> ImportFileError:
    where = ", ".join(filter(None, (work.path.name, label, at)))
    return ImportFileError(f"{where}: {capfirst(message)}")


def _wanted(present: Document, found: Document, *, whole: bool, overwrite: bool) -> Document:
    """The document that the source is to have."""
    if whole:
        return found | {"slug": present["slug"]}
    wanted = dict(present)
    for key, value in found.items():
        if key in _KEPT:
            continue
        if key == "access":
            wanted[key] = _more_access(present.get(key, []), value, overwrite=overwrite)
        elif isinstance(value, dict) and key != "issued":
            # The key by which a foreign file cites is no news about a source that is known.
            news = {inner: value[inner] for inner in value if (key, inner) != ("csl", "citation-key")}
            both = (present.get(key, {}) | news) if overwrite else (news | present.get(key, {}))
            wanted |= {key: both} if both else {}
        elif overwrite or key not in present:
            wanted[key] = value
    return wanted


def _more_access(
    present: list[dict[str, str]], found: list[dict[str, str]], *, overwrite: bool
) -> list[dict[str, str]]:
    """The access points, with new ones at the end."""
    by_url = {access["url"]: access for access in present}
    for access in found:
        there = by_url.get(access["url"], {})
        by_url[access["url"]] = (there | access) if overwrite else (access | there)
    return list(by_url.values())


def _free_slug(slug: str) -> str:
    taken = set(Source.objects.filter(slug__startswith=slug[:95]).values_list("slug", flat=True))
    candidate, number = slug, 1
    while candidate in taken or (number > 1 and by_slug(candidate)):
        number += 1
        candidate = f"{slug[:95].rstrip('-')}-{number}"
    return candidate
