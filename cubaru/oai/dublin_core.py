"""A published document in unqualified Dublin Core (oai_dc)."""

from collections.abc import Iterator, Mapping
from typing import Any, Final
from xml.etree.ElementTree import Element, SubElement

from cubaru.core.api.links import page_of_slug
from cubaru.core.dumps.making import LICENCES
from cubaru.core.feeds import without_controls

OAI_DC: Final = "http://www.openarchives.org/OAI/2.0/oai_dc/"
DC: Final = "http://purl.org/dc/elements/1.1/"
SCHEMA: Final = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
SCHEMA_LOCATION: Final = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"

#: The DCMI type of each kind; what is not named here is none of them.
TYPES: Final = {"event": "Event", "source": "Text"}
#: Where in documents the texts, dates and links of each element stand.
TEXTS: Final = {"title": ("title", "name"), "description": ("summary", "description", "note")}
DATES: Final = ("date", "issued", "founded", "birth")
LINKS: Final = {"subject": ("theme",), "coverage": ("place",), "contributor": ("person", "organization"),
                "source": ("source",), "relation": ("event",)}  # fmt: skip

#: An element's name, its text and the language of the text ("" where none is known).
Statement = tuple[str, str, str]


def dublin_core(document: Mapping[str, Any]) -> Element:
    root = Element(f"{{{OAI_DC}}}dc", {SCHEMA_LOCATION: f"{OAI_DC} {SCHEMA}"})
    for name, text, language in dict.fromkeys(_statements(document)):
        element = SubElement(root, f"{{{DC}}}{name}", {XML_LANG: language} if language else {})
        element.text = without_controls(text)
    return root


def _statements(document: Mapping[str, Any]) -> Iterator[Statement]:
    for name, keys in TEXTS.items():
        for key in keys:
            yield from _in_languages(name, document.get(key), document.get("language", ""))
    yield from _of_sources(document)
    for key in DATES:
        if edtf := document.get(key, {}).get("edtf"):
            yield "date", edtf, ""
    kind = document["record"]
    if kind in TYPES:
        yield "type", TYPES[kind], ""
    yield "identifier", page_of_slug(kind, document["slug"]), ""
    labels: Mapping[str, Any] = document.get("labels", {})
    for name, kinds in LINKS.items():
        for linked in kinds:
            for label in labels.get(linked, {}).values():
                yield from _in_languages(name, label, "")
    yield from (("rights", address, "") for address in LICENCES.values())


def _in_languages(name: str, value: Any, language: str) -> Iterator[Statement]:
    """A map of languages, or a text in the language of a source."""
    if isinstance(value, str):
        yield name, value, language
    else:
        yield from ((name, text, code) for code, text in (value or {}).items())


def _of_sources(document: Mapping[str, Any]) -> Iterator[Statement]:
    for creator in document.get("creators", []):
        names = (creator.get("literal"), creator.get("family"), creator.get("given"))
        yield "creator", ", ".join(filter(None, names)), ""
    for name, key in (("publisher", "publisher"), ("language", "language")):
        if document["record"] == "source" and document.get(key):
            yield name, document[key], ""
    if doi := document.get("doi"):
        yield "identifier", f"https://doi.org/{doi}", ""
