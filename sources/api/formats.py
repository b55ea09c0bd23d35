"""Formats of reference managers."""

from collections.abc import Sequence
from typing import Any

from cubaru.core.api.formats import Format
from sources.csl import source_item
from sources.page_citations import FORMATS


class _Bibliography(Format):
    """The sources as a file that reference managers read; nothing of a source is lost in it."""

    is_whole = True
    #: What a file of a language means to a reader does not change with the reader's.
    is_multilingual = True

    def write(self, rows: Sequence[Any], view: Any) -> bytes:
        return "".join(FORMATS[self.format or ""].write([source_item(source) for source in rows])).encode()


class BibtexFormat(_Bibliography):
    media_type = FORMATS["bibtex"].content_type
    format = "bibtex"
    charset = "utf-8"
    ending = FORMATS["bibtex"].ending


class RisFormat(_Bibliography):
    media_type = FORMATS["ris"].content_type
    format = "ris"
    charset = "utf-8"
    ending = FORMATS["ris"].ending


class CslJsonFormat(_Bibliography):
    media_type = FORMATS["csl-json"].content_type
    format = "csl-json"
    schema = {"type": "array", "items": {"type": "object", "required": ["id", "type"]}}
