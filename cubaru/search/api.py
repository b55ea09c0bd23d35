"""The search for programs: ranked, over all kinds of records, with highlights and facets."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from cubaru.core.api.filter_fields import published_keys
from cubaru.core.api.links import address_of, page_of
from cubaru.core.api.pagination import LARGEST_PAGE, PAGE_SIZE, page_size_of
from cubaru.core.api.parameters import choice_fault, choice_of_language, shortened
from cubaru.core.api.problems import BadParametersError, Fault
from cubaru.core.api.views import ReadView, is_slug
from cubaru.core.context import absolute
from cubaru.core.date_words import in_words
from cubaru.core.dates import DateError, parse
from cubaru.core.languages import LANGUAGES
from cubaru.core.search.profiles import PROFILES, VERDICTS
from cubaru.core.search.queries import MOST_CHARACTERS, QueryError
from cubaru.core.search.query_dates import QueryDate
from cubaru.core.search.searching import MOST_CANDIDATES, Hit, Results, search
from events.models import Claim, Event, Theme
from people.models import Organization, Person
from places.models import Place
from sources.models import Source

_MODELS: Final[dict[str, Any]] = {
    model._meta.model_name or "": model
    for model in (Theme, Person, Organization, Place, Event, Source, Claim)
}
_PARAMETERS = [
    OpenApiParameter(
        "q",
        {
            "type": "string",
            "format": "words",
            "minLength": 1,
            "maxLength": MOST_CHARACTERS,
            "examples": ["Jruschov octubre de 1962"],
        },
        required=True,
        description=gettext_lazy(
            "What to look for: words in any spelling and script, “phrases” in quotation marks, -words that "
            "must not be there, beginnings of words with * at the end, times such as October 1962 or "
            "1960-1964."
        ),
    ),
    OpenApiParameter(
        "kind",
        {"type": "array", "items": {"type": "string", "enum": list(PROFILES)}},
        description=gettext_lazy("Only records of this kind; several mean any of them."),
    ),
    OpenApiParameter(
        "theme",
        {"type": "array", "items": {"type": "string", "format": "slug-of-theme", "minLength": 1}},
        description=gettext_lazy("Only what is about this theme (slug); several mean any of them."),
    ),
    OpenApiParameter(
        "verdict",
        {"type": "array", "items": {"type": "string", "enum": list(VERDICTS)}},
        description=gettext_lazy(
            "Only claims with this verdict, and what has such a claim; several mean any of them."
        ),
    ),
    OpenApiParameter(
        "from",
        {"type": "string", "format": "edtf", "minLength": 1, "maxLength": 64, "examples": ["1962-10"]},
        description=gettext_lazy("May lie on or after this date (EDTF or ISO 8601)."),
    ),
    OpenApiParameter(
        "to",
        {"type": "string", "format": "edtf", "minLength": 1, "maxLength": 64, "examples": ["1962-11"]},
        description=gettext_lazy("May lie on or before this date (EDTF or ISO 8601)."),
    ),
    OpenApiParameter(
        "lang",
        {"type": "string", "enum": list(LANGUAGES)},
        description=gettext_lazy(
            "Titles as plain strings in this language, or in the first that has them; passages and reasons "
            "are in it too, or without it in English."
        ),
    ),
    OpenApiParameter(
        "page_size",
        {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": PAGE_SIZE},
        description=gettext_lazy("How many records a page has."),
    ),
    OpenApiParameter(
        "cursor",
        {"type": "string", "format": "cursor", "minLength": 1},
        description=gettext_lazy("Where the page begins: part of the address in `next`."),
    ),
]


class PieceSerializer(serializers.Serializer[Any]):
    """A part of a text."""

    text = serializers.CharField(read_only=True)
    is_match = serializers.BooleanField(
        read_only=True, help_text=gettext_lazy("Whether it is a word that was looked for.")
    )


class HighlightSerializer(serializers.Serializer[Any]):
    """A passage of a text of the record, in pieces."""

    field = serializers.CharField(
        read_only=True, help_text=gettext_lazy("The key of the record's document under which it stands.")
    )
    language = serializers.CharField(
        read_only=True, help_text=gettext_lazy("BCP 47 tag; empty where it is not recorded.")
    )
    pieces = PieceSerializer(many=True, read_only=True)


@extend_schema_field({
    "oneOf": [{"type": "object", "additionalProperties": {"type": "string"}}, {"type": "string"}],
    "description": gettext_lazy(
        "A map of languages (a source's title is in its own, “und” where that is not known); "
        "with `lang`, a plain string."
    ),
})  # fmt: skip
class TitleField(serializers.Field[Any, Any, Any, Any]):
    """A title in the languages that it has."""


class FoundSerializer(serializers.Serializer[Any]):
    """A record that was found."""

    kind = serializers.ChoiceField(list(PROFILES), read_only=True)
    slug = serializers.CharField(read_only=True)
    url = serializers.URLField(read_only=True, help_text=gettext_lazy("The record in this API."))
    html_url = serializers.URLField(read_only=True, help_text=gettext_lazy("The page for readers."))
    title = TitleField(read_only=True)
    earliest = serializers.DateField(
        read_only=True,
        allow_null=True,
        help_text=gettext_lazy("First day of its time; null where open or unknown."),
    )
    latest = serializers.DateField(
        read_only=True,
        allow_null=True,
        help_text=gettext_lazy("Last day of its time; null where open or unknown."),
    )
    score = serializers.IntegerField(
        read_only=True, help_text=gettext_lazy("How well it matches; hits with more come first.")
    )
    reason = serializers.CharField(read_only=True, help_text=gettext_lazy("Why it was found, in words."))
    title_pieces = PieceSerializer(many=True, read_only=True)
    highlights = HighlightSerializer(many=True, read_only=True)


class CountSerializer(serializers.Serializer[Any]):
    """How many hits a further choice would leave."""

    value = serializers.CharField(read_only=True)
    count = serializers.IntegerField(read_only=True, min_value=0)


class FacetsSerializer(serializers.Serializer[Any]):
    """Counts by kind, theme, verdict and first year, each as if nothing else of its sort had been chosen."""

    kind = CountSerializer(many=True, read_only=True)
    theme = CountSerializer(many=True, read_only=True)
    verdict = CountSerializer(many=True, read_only=True)
    year = CountSerializer(
        many=True,
        read_only=True,
        help_text=gettext_lazy("None where there were too many hits to count them."),
    )


class TimeSerializer(serializers.Serializer[Any]):
    """The time that was asked for, and how sure the hits are of it."""

    edtf = serializers.CharField(
        read_only=True,
        allow_null=True,
        help_text=gettext_lazy("As `q` was read; null where it says no time."),
    )
    display = serializers.CharField(
        read_only=True, help_text=gettext_lazy("The same in words; may be empty.")
    )
    certainly = serializers.IntegerField(
        read_only=True, min_value=0, help_text=gettext_lazy("Hits whose whole time lies within it.")
    )
    possibly = serializers.IntegerField(
        read_only=True,
        min_value=0,
        help_text=gettext_lazy("Further hits, whose dates are known less exactly or reach beyond it."),
    )


class SearchSerializer(serializers.Serializer[Any]):
    """What was found, the best first, and what was understood."""

    count = serializers.IntegerField(
        read_only=True,
        min_value=0,
        help_text=gettext_lazy("How many hits there are, as far as they are counted."),
    )
    is_capped = serializers.BooleanField(
        read_only=True, help_text=gettext_lazy("Whether there are more than were looked at.")
    )
    next = serializers.URLField(read_only=True, allow_null=True)
    did_you_mean = serializers.CharField(
        read_only=True,
        help_text=gettext_lazy("What was looked for in the place of words that stand nowhere; often empty."),
    )
    also_found_as = serializers.ListField(
        child=serializers.CharField(),
        read_only=True,
        help_text=gettext_lazy("Other spellings that were looked for."),
    )
    missing = serializers.ListField(
        child=serializers.CharField(),
        read_only=True,
        help_text=gettext_lazy("Words that the first hit lacks, where no record has all."),
    )
    time = TimeSerializer(read_only=True, allow_null=True)
    facets = FacetsSerializer(read_only=True)
    results = FoundSerializer(many=True, read_only=True)


class SearchView(ReadView):
    subject = "search"
    about = gettext_lazy(
        "Everything that readers can find, ranked: events, people, organizations, places, themes, sources "
        "and claims, in any spelling. A name in any of its spellings finds the person."
    )

    def known_parameters(self) -> list[str]:
        return [*(parameter.name for parameter in _PARAMETERS), "format"]

    def repeatable_parameters(self) -> list[str]:
        return ["kind", "theme", "verdict"]

    def languages_of_answer(self) -> list[str]:
        language = self.request.query_params.get("lang")
        return [language] if language in LANGUAGES else list(LANGUAGES)

    @extend_schema(parameters=_PARAMETERS, responses=SearchSerializer)
    def get(self, request: Request) -> Response:
        language = choice_of_language(request.query_params)
        query = request.query_params
        faults: list[Fault] = []
        kinds = query.getlist("kind")
        faults += [choice_fault("kind", kind, PROFILES) for kind in kinds if kind not in PROFILES]
        faults += _faults_of_themes(query.getlist("theme"))
        verdicts = query.getlist("verdict")
        faults += [
            choice_fault("verdict", verdict, VERDICTS) for verdict in verdicts if verdict not in VERDICTS
        ]
        first, last = (_day(name, query, faults) for name in ("from", "to"))
        if faults:
            raise BadParametersError(faults)
        try:
            results = search(
                query.get("q", ""), language=language or "en", kinds=kinds, from_=first, to=last,
                themes=query.getlist("theme"), verdicts=verdicts, limit=page_size_of(request),
                cursor=query.get("cursor"), facets=True,
            )  # fmt: skip
        except QueryError as error:
            parameter = "cursor" if "cursor" in query and not _is_cursor(query["cursor"]) else "q"
            raise BadParametersError([Fault(parameter=parameter, detail=str(error))]) from error
        return self._answer(request, results, language)

    def _answer(self, request: Request, results: Results, language: str | None) -> Response:
        following = _next(request, results.next_cursor)
        response = Response({
            "count": results.total,
            "is_capped": results.is_capped,
            "next": following,
            "did_you_mean": results.did_you_mean,
            "also_found_as": results.also_found_as,
            "missing": list(results.missing),
            "time": _time(results, language or "en"),
            "facets": _facets(results),
            "results": [_found(hit, language) for hit in results.hits],
        })  # fmt: skip
        if following:
            response.headers["Link"] = f'<{following}>; rel="next"'
        return response


def _is_cursor(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 5 and int(text) <= MOST_CANDIDATES


def _next(request: Request, cursor: str | None) -> str | None:
    if cursor is None:
        return None
    query = request.META.get("QUERY_STRING", "")
    return replace_query_param(absolute(f"{reverse('api-search')}?{query}"), "cursor", cursor)


def _faults_of_themes(slugs: list[str]) -> list[Fault]:
    found = published_keys(Theme, [slug for slug in slugs if is_slug(slug)])
    return [
        Fault(
            parameter="theme",
            detail=_("There is no published %(kind)s “%(slug)s”.")
            % {"kind": Theme._meta.verbose_name, "slug": shortened(slug)},
        )
        for slug in slugs
        if slug not in found
    ]


def _day(name: str, query: Mapping[str, str], faults: list[Fault]) -> date | None:
    if name not in query:
        return None
    try:
        found = parse(query[name])
    except DateError as error:
        faults.append(Fault(parameter=name, detail=str(error)))
        return None
    return found.earliest if name == "from" else found.latest


def _found(hit: Hit, language: str | None) -> dict[str, Any]:
    row = _MODELS[hit.kind](slug=hit.slug)
    return {
        "kind": hit.kind,
        "slug": hit.slug,
        "url": address_of(row),
        "html_url": page_of(row),
        "title": hit.title.text if language else hit.titles,
        "earliest": _iso(hit.earliest, date.min),
        "latest": _iso(hit.latest, date.max),
        "score": hit.score,
        "reason": hit.reason,
        "title_pieces": [_piece(piece) for piece in hit.title_pieces],
        "highlights": [
            {"field": one.key, "language": one.language, "pieces": [_piece(piece) for piece in one.pieces]}
            for one in hit.highlights
        ],
    }


def _piece(piece: Any) -> dict[str, Any]:
    return {"text": piece.text, "is_match": piece.is_match}


def _iso(day: date | None, open_end: date) -> str | None:
    return None if day is None or day == open_end else day.isoformat()


def _time(results: Results, language: str) -> dict[str, Any] | None:
    if results.certainly is None:
        return None
    said: QueryDate | None = results.date
    return {
        "edtf": said.edtf if said else None,
        "display": in_words(parse(said.edtf), language) if said else "",
        "certainly": results.certainly,
        "possibly": results.possibly,
    }


def _facets(results: Results) -> dict[str, list[dict[str, Any]]]:
    counts: dict[str, Mapping[Any, int]] = {"kind": results.counts}
    if facets := results.facets:
        counts |= {"theme": facets.themes, "verdict": facets.verdicts, "year": facets.years}
    return {
        name: [{"value": str(value), "count": count} for value, count in found.items()]
        for name, found in counts.items()
    }
