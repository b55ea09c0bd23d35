"""How a page of the chronicle is cited: in three styles, and as files for reference managers."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

from django.utils.safestring import SafeString

from cubaru.core.context import absolute
from cubaru.core.edition_links import EditionLink
from cubaru.core.languages import LocalText, current_language
from sources.csl import CslItem, page_entry
from sources.exporting.bibtex import bibtex
from sources.exporting.csl_json import csl_json
from sources.exporting.ris import ris
from sources.formatting import Style, reference


class FileFormat(NamedTuple):
    """A format that reference managers read."""

    label: str
    content_type: str
    ending: str
    write: Callable[[Iterable[CslItem]], Iterator[str]]


FORMATS: Final = {
    "bibtex": FileFormat("BibTeX", "application/x-bibtex", "bib", bibtex),
    "ris": FileFormat("RIS", "application/x-research-info-systems", "ris", ris),
    "csl-json": FileFormat("CSL-JSON", "application/vnd.citationstyles.csl+json", "json", csl_json),
}


class StyledText(NamedTuple):
    """A citation in one style."""

    style: str
    label: str
    text: SafeString


def edition_item(title: LocalText, edition: EditionLink) -> CslItem:
    """The item by which an edition is cited: its own address, which stays."""
    item = page_entry(title, absolute(edition.url), edition.date, edition.number)
    # The record's own address makes the key: "cubaru-mikoyan-3".
    return item | {"id": f"cubaru-{edition.slug}-{edition.number}"}


def in_styles(item: CslItem) -> list[StyledText]:
    """The item in each style, for a reader of the active language."""
    language = current_language()
    return [StyledText(style.value, str(style.label), reference(item, style, language)) for style in Style]
