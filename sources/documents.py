"""The document of a source, and the items with which other records cite and show."""

from collections.abc import Callable
from typing import Any

from django.db import models
from django.utils.safestring import SafeString

from cubaru.core.document_items import Day, File, Json, Link, Parts, Plain, Texts, When, identifiers
from cubaru.core.documents import Derivation, Document, RecordKind
from cubaru.core.models import PastSlug
from sources.models import Source
from sources.narrative import NarrativeError, cited_keys, with_footnotes

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


class TranslatedTitle(Texts):
    """What a source is called in other languages than its own."""

    translates = "title"


class Narrative(Texts):
    """A narrative: Markdown that cites sources by their key (sources.narrative)."""

    mentions = Source

    def mentioned(self, value: dict[str, str]) -> set[str]:
        return {key for text in value.values() for key in keys_of(text)}

    def as_html(self, text: str, name_of: Callable[[str], SafeString]) -> SafeString | None:
        try:
            return with_footnotes(text, name_of)
        except NarrativeError:
            return None


def keys_of(text: str) -> set[str]:
    """The keys that a narrative cites; none while it cannot be read (a rule tells)."""
    try:
        return {key for _line, key in cited_keys(text)}
    except NarrativeError:
        return set()


def keep_narrative_citations(item: Narrative) -> Derivation:
    """Keeps a row for each source that the narrative cites, so that the database knows of it."""

    def derive(record: Any, document: Document) -> None:
        rows = record.narrative_citations
        keys = item.mentioned(document.get(item.key, {}))
        if not keys and not rows.exists():
            return
        owner = {rows.field.name: record}
        plain: models.QuerySet[Any] = models.QuerySet(rows.model)  # these rows are no part of the document
        cited = Source.objects.filter(slug__in=keys) | Source.objects.filter(pk__in=_moved(keys))
        plain.filter(**owner).exclude(source__in=cited).delete()
        present = set(plain.filter(**owner).values_list("source_id", flat=True))
        plain.bulk_create(
            rows.model(source_id=pk, **owner)
            for pk in cited.order_by("pk").values_list("pk", flat=True)
            if pk not in present
        )

    return derive


def _moved(keys: set[str]) -> list[int]:
    past = PastSlug.objects.filter(kind=Source.record_kind, slug__in=keys)
    return list(past.values_list("record_id", flat=True))


SOURCE = RecordKind(
    name="source",
    plural="sources",
    model=Source,
    items=[
        Plain("kind"),
        Plain("type"),
        Plain("title"),
        Plain("title_transliterated"),
        TranslatedTitle("title_translated"),
        Plain("container_title"),
        Json("creators", order=("role", "family", "given", "literal")),
        When("issued"),
        Plain("publisher"),
        Plain("publisher_place"),
        Plain("volume"),
        Plain("issue"),
        Plain("pages"),
        Plain("language"),
        Plain("country"),
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
