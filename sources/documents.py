"""The document of a source, and the items with which other records cite and show."""

from cubaru.core.document_items import Day, File, Json, Link, Parts, Plain, Texts, When, identifiers
from cubaru.core.documents import RecordKind
from sources.models import Source

CITATION = [Link("source"), Plain("stance"), Plain("locator"), Plain("quotation"), Texts("note")]

IMAGE = [
    File("file"),
    Plain("sha256"),
    Plain("width"),
    Plain("height"),
    Plain("credit"),
    Plain("licence"),
    Plain("licence_url"),
    Texts("alt"),
    Texts("caption"),
    Link("source"),
    Plain("origin_url"),
]


def citations() -> Parts:
    return Parts("citations", CITATION, identity=("source", "stance", "locator"))


def images() -> Parts:
    return Parts("images", IMAGE, identity=("sha256",))


SOURCE = RecordKind(
    name="source",
    plural="sources",
    model=Source,
    items=[
        Plain("kind"),
        Plain("type"),
        Plain("title"),
        Plain("title_transliterated"),
        Texts("title_translated"),
        Plain("container_title"),
        Json("creators", order=("role", "family", "given", "literal")),
        When("issued"),
        Plain("publisher"),
        Plain("publisher_place"),
        Plain("volume"),
        Plain("issue"),
        Plain("pages"),
        Plain("language"),
        Plain("doi"),
        Plain("isbn"),
        Plain("archive"),
        Plain("collection"),
        Plain("call_number"),
        Parts(
            "access",
            [Plain("url"), Plain("archived_url"), Day("accessed_on"), Plain("label")],
            identity=("url",),
        ),
        Plain("basis"),
        Texts("note"),
        Json("csl"),
        identifiers(),
    ],
    searched=("title", "title_transliterated", "title_translated", "container_title", "creators.family",
              "creators.given", "creators.literal", "publisher",
              "archive", "collection", "call_number"),
)  # fmt: skip
