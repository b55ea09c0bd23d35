"""Narratives in the API: sanitised HTML, and its footnotes with the sources they cite."""

from typing import Any

from django.db import models
from django.utils.html import linebreaks
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from rest_framework import serializers

from cubaru.core.api.fields import WholeRowField
from cubaru.core.api.serializers import ReadSerializer
from cubaru.core.languages import LANGUAGES, texts
from cubaru.core.published_rows import PublishedRecords
from sources.api.serializers import SourceBriefSerializer
from sources.models import Source
from sources.narrative import Footnote, Narrative, NarrativeError, render
from sources.presentation_narrative import sources_by_key


class NotedSourceSerializer(ReadSerializer):
    """A source that a footnote cites."""

    source = SourceBriefSerializer(read_only=True)  # type: ignore[assignment]
    locator = serializers.CharField(read_only=True, help_text=_("The place in the source; may be empty."))
    prefix = serializers.CharField(read_only=True, help_text=_("Words before the source; may be empty."))


class FootnoteSerializer(ReadSerializer):
    """A footnote; sources that are not published are left out of it."""

    number = serializers.IntegerField(read_only=True, min_value=1)
    citations = NotedSourceSerializer(many=True, read_only=True)


class NarrativeSerializer(ReadSerializer):
    """A text with its footnotes."""

    html = serializers.CharField(
        read_only=True, help_text=_("Sanitised; what leads to footnote 1 is a link to #note-1.")
    )
    footnotes = FootnoteSerializer(many=True, read_only=True)


class NarrativeField(WholeRowField):
    """The narrative in a translated column, in each language that has it. At most two queries."""

    keys = dict.fromkeys(LANGUAGES, ("html", "footnotes"))

    def to_representation(self, row: models.Model) -> Any:
        wanted = self._wanted(texts(row, self.attribute))
        rendered = {language: _rendered(text) for language, text in wanted.items()}
        keys = {pointer.key for one in rendered.values() for _line, pointer in one.pointers()}
        linked: PublishedRecords | None = self.context.get("linked")
        found = {source.slug: source for source in linked.of_model(Source)} if linked else {}
        # Written with a former slug, a key is not among what the document links to.
        sources = found | sources_by_key(keys - found.keys())
        serializer = NarrativeSerializer(context=self.context)
        answer = {
            language: serializer.to_representation(_with_sources(one, sources))
            for language, one in rendered.items()
        }
        return self.chosen(answer) if self.language is None else next(iter(answer.values()), None)

    def _wanted(self, by_language: dict[str, str]) -> dict[str, str]:
        """All languages, or the one that stands for the language asked for."""
        if self.language is None:
            return by_language
        text = self.localized(by_language)
        return {language: one for language, one in by_language.items() if text and one == text}


class NarrativeFieldExtension(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    """What the description of the API says of such a field."""

    target_class = NarrativeField

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        narrative = auto_schema.resolve_serializer(NarrativeSerializer, direction).ref
        by_language = {
            "type": "object",
            "properties": dict.fromkeys(LANGUAGES, narrative),
            "additionalProperties": False,
        }
        return {
            "oneOf": [by_language, narrative, {"type": "null"}],
            "description": _(
                "The text as HTML with its footnotes: a map of languages; with `lang`, that of one language, "
                "or null where there is none."
            ),
        }


def _rendered(text: str) -> Narrative:
    try:
        return render(text)
    except NarrativeError:  # written past the rules: shown as typed
        return Narrative(mark_safe(linebreaks(text, autoescape=True)), ())  # noqa: S308 — escaped by the call


def _with_sources(narrative: Narrative, sources: dict[str, Source]) -> dict[str, Any]:
    return {
        "html": str(narrative.html),
        "footnotes": [
            {"number": note.number, "citations": _citations(note, sources)} for note in narrative.footnotes
        ],
    }


def _citations(note: Footnote, sources: dict[str, Source]) -> list[dict[str, Any]]:
    return [
        {"source": sources[pointer.key], "locator": pointer.locator, "prefix": pointer.prefix}
        for pointer in note.pointers
        if pointer.key in sources
    ]
