"""The timeline for programs: what a viewport needs, tile by tile or all at once, and what has no date."""

from typing import Any

from django.http import Http404
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.gzip import gzip_page
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cubaru.core.api.fields import (
    AddressField,
    HistoricalDateField,
    PageField,
    ShortDateField,
    TextField,
    TextLanguageField,
)
from cubaru.core.api.filter_fields import published_keys
from cubaru.core.api.parameters import choice_fault, choice_of_language, shortened
from cubaru.core.api.problems import BadParametersError, Fault
from cubaru.core.api.views import ReadView, is_slug
from cubaru.core.dates import DateError, parse
from cubaru.core.languages import LANGUAGES
from events.choices import Lane
from events.levels.models import LevelEntry
from events.levels.periods import UNITS, Period, read_periods, unit_of
from events.levels.persons import PersonSeries
from events.levels.reading import (
    MOST_TILES,
    Viewport,
    finest_level,
    read_undated,
    read_viewport,
    whole_span,
)
from events.levels.series import ALL, LANE_NUMBERS, LANES, series_of_theme
from events.levels.tiles import DEEPEST, LEVELS, Tiles, day_number, day_of, tile_days
from events.models import Theme
from people.models import Person

_LEVELS = [str(level) for level in LEVELS]
_SERIES = [
    OpenApiParameter(
        "theme",
        {"type": "string", "format": "slug-of-theme", "minLength": 1},
        description=gettext_lazy("Only events about this theme (slug); they have levels of their own."),
    ),
    OpenApiParameter(
        "lane",
        {"type": "string", "enum": Lane.values},
        description=gettext_lazy("Only events that run in this lane; they have levels of their own."),
    ),
    OpenApiParameter(
        "person",
        {"type": "string", "format": "slug-of-person", "minLength": 1},
        description=gettext_lazy(
            "Only events in which this person (slug) took part, 2,000 of them at most, the most important."
        ),
    ),
    OpenApiParameter(
        "lang",
        {"type": "string", "enum": list(LANGUAGES)},
        description=gettext_lazy("Texts as plain strings in this language, or in the first that has them."),
    ),
]
_VIEWPORT = [
    OpenApiParameter(
        "from",
        {"type": "string", "format": "edtf", "minLength": 1, "maxLength": 64, "examples": ["1962-10"]},
        description=gettext_lazy("The first day (EDTF or ISO 8601); without it that of the first event."),
    ),
    OpenApiParameter(
        "to",
        {"type": "string", "format": "edtf", "minLength": 1, "maxLength": 64, "examples": ["1962-11"]},
        description=gettext_lazy("The last day (EDTF or ISO 8601); without it that of the last event."),
    ),
    OpenApiParameter(
        "level",
        {"type": "integer", "minimum": 0, "maximum": DEEPEST},
        description=gettext_lazy(
            "How deep to look: each level halves the tiles. Without it the deepest for the span."
        ),
    ),
]


class TimelineEventSerializer(serializers.Serializer[Any]):
    """An event on the timeline."""

    slug = serializers.CharField(read_only=True)
    url = AddressField()
    html_url = PageField()
    title = TextField()
    title_language = TextLanguageField(source="title")
    date = HistoricalDateField()
    date_short = ShortDateField()
    importance = serializers.IntegerField(read_only=True, min_value=1, max_value=5)
    lane = serializers.ChoiceField(
        [*Lane.values, ""],
        source="lane_of_entry",
        read_only=True,
        help_text=gettext_lazy("That of its first theme; empty without one."),
    )
    level = serializers.IntegerField(
        read_only=True,
        min_value=0,
        max_value=DEEPEST + 2,
        help_text=gettext_lazy("The first level at which it shows."),
    )


class TimelineBinSerializer(serializers.Serializer[Any]):
    """How many events begin in a bin, which is a tile of a deeper level; bins without any are left out."""

    index = serializers.IntegerField(
        read_only=True, help_text=gettext_lazy("Its first day is 1 January 1900 plus index x bin_days.")
    )
    count = serializers.IntegerField(read_only=True)
    rest = serializers.IntegerField(
        read_only=True, help_text=gettext_lazy("How many of them are not among the events of this answer.")
    )


class TimelineSerializer(serializers.Serializer[Any]):
    """Some neighbouring tiles of one level: their most important events, and counts of all."""

    level = serializers.IntegerField(read_only=True, min_value=0, max_value=DEEPEST)
    first_tile = serializers.IntegerField(read_only=True)
    last_tile = serializers.IntegerField(read_only=True)
    tile_days = serializers.IntegerField(
        read_only=True,
        help_text=gettext_lazy("Tile n of the level begins on 1 January 1900 plus n x tile_days."),
    )
    first_day = serializers.DateField(
        read_only=True, help_text=gettext_lazy("Of the first tile; a viewport is whole tiles.")
    )
    last_day = serializers.DateField(read_only=True)
    total = serializers.IntegerField(
        read_only=True, help_text=gettext_lazy("How many events begin here; each at its earliest day.")
    )
    events = TimelineEventSerializer(
        many=True, help_text=gettext_lazy("In the order in which they appear when one zooms in.")
    )
    bin_level = serializers.IntegerField(read_only=True, min_value=0, max_value=DEEPEST)
    bin_days = serializers.IntegerField(read_only=True)
    bins = TimelineBinSerializer(many=True)


class TimelinePeriodSerializer(serializers.Serializer[Any]):
    """How many events begin in a calendar year, month or day; those without any are left out."""

    period = serializers.CharField(read_only=True, help_text=gettext_lazy("1962, 1962-10 or 1962-10-22."))
    count = serializers.IntegerField(read_only=True)
    lanes = serializers.DictField(
        child=serializers.IntegerField(),
        help_text=gettext_lazy(
            "How many of them run in each lane; empty for a theme, where it is not known."
        ),
    )


class TimelineTileSerializer(TimelineSerializer):
    """One tile of the timeline; of calendar periods it has those whose first day lies in it."""

    unit = serializers.ChoiceField(list(UNITS.values()), read_only=True)
    periods = TimelinePeriodSerializer(many=True)


class UndatedSerializer(serializers.Serializer[Any]):
    """Events whose date is not known, the most important first."""

    events = TimelineEventSerializer(many=True)


class _OfDatabase:
    """A series that the levels keep."""

    def __init__(self, number: int) -> None:
        self._number = number

    @property
    def span(self) -> tuple[int, int] | None:
        return whole_span(self._number)

    def viewport(self, tiles: Tiles) -> Viewport:
        return read_viewport(self._number, tiles)

    def periods(self, tiles: Tiles) -> list[Period]:
        return read_periods(self._number, tiles)

    def undated(self) -> list[LevelEntry]:
        return read_undated(self._number)


Series = _OfDatabase | PersonSeries


class _TimelineView(ReadView):
    def known_parameters(self) -> list[str]:
        return ["theme", "lane", "person", "lang", "format"]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.language = choice_of_language(request.query_params)
        self.languages: dict[str, None] = {}

    def languages_of_answer(self) -> list[str]:
        language = getattr(self, "language", None)
        return list(dict.fromkeys([language, *self.languages])) if language else list(LANGUAGES)

    def series(self, faults: list[Fault]) -> Series:
        """The series that is asked for; adds what is wrong with that to the faults."""
        theme, lane, person = (self.request.query_params.get(name) for name in ("theme", "lane", "person"))
        if lane is not None and lane not in LANE_NUMBERS:
            faults.append(choice_fault("lane", lane, Lane.values))
        for name, other in (("lane", lane), ("person", person)):
            if theme is not None and other is not None:
                detail = _("Only one of “theme” and “%(other)s” can be given.") % {"other": name}
                faults.append(Fault(parameter=name, detail=detail))
        if person is not None and (key := self._key("person", Person, person, faults)) is not None:
            return PersonSeries(key, LANE_NUMBERS.get(lane or ""))
        if theme is not None and (key := self._key("theme", Theme, theme, faults)) is not None:
            return _OfDatabase(series_of_theme(key))
        return _OfDatabase(LANE_NUMBERS.get(lane or "", ALL))

    def _key(self, name: str, model: type[Theme | Person], slug: str, faults: list[Fault]) -> int | None:
        found = published_keys(model, [slug]) if is_slug(slug) else {}
        if slug not in found:
            words = {"kind": model._meta.verbose_name, "slug": shortened(slug)}
            detail = _("There is no published %(kind)s “%(slug)s”.") % words
            faults.append(Fault(parameter=name, detail=detail))
        return found.get(slug)

    def asked_series(self) -> Series:
        """For an address that takes no more than that. Raises BadParametersError."""
        faults: list[Fault] = []
        series = self.series(faults)
        _refuse(faults)
        return series

    def events(self, entries: list[LevelEntry]) -> list[Any]:
        serializer = TimelineEventSerializer(context={"language": self.language, "languages": self.languages})
        found = []
        for entry in entries:
            event: Any = entry.event
            event.lane_of_entry, event.level = LANES[entry.lane], entry.level
            found.append(serializer.to_representation(event))
        return found

    def answer(self, viewport: Viewport, **further: Any) -> Response:
        tiles = viewport.tiles
        return Response({
            "level": tiles.level,
            "first_tile": tiles.first,
            "last_tile": tiles.last,
            "tile_days": tile_days(tiles.level),
            "first_day": day_of(tiles.first_day).isoformat(),
            "last_day": day_of(tiles.last_day).isoformat(),
            "total": sum(one.count for one in viewport.bins),
            "events": self.events(viewport.entries),
            "bin_level": viewport.bin_level,
            "bin_days": tile_days(viewport.bin_level),
            "bins": [
                {"index": one.index, "count": one.count, "rest": one.rest} for one in viewport.bins
            ],
            **further,
        })  # fmt: skip


class TimelineView(_TimelineView):
    subject = "timeline"
    about = gettext_lazy(
        "What a viewport of the timeline needs: its most important events, and counts of all. "
        "It is answered in whole tiles, 16 of a level at most, each with 12 events at most, for any number "
        "of events."
    )

    def known_parameters(self) -> list[str]:
        return ["from", "to", "level", *super().known_parameters()]

    @extend_schema(parameters=[*_VIEWPORT, *_SERIES], responses=TimelineSerializer)
    def get(self, request: Request) -> Response:
        faults: list[Fault] = []
        series = self.series(faults)
        given = {name: self.day(name, faults) for name in ("from", "to")}
        level = self.level(faults)
        _refuse(faults)
        first, last = self.span(series, given["from"], given["to"])
        finest = finest_level(first, last)
        if level is not None and level > finest:
            detail = _(
                "A viewport has at most %(most)d tiles; for this span the deepest level is %(level)d."
            ) % {"most": MOST_TILES, "level": finest}
            _refuse([Fault(parameter="level", detail=detail)])
        tiles = Tiles.around(first, last, finest if level is None else level)
        return self.answer(series.viewport(tiles))

    def day(self, name: str, faults: list[Fault]) -> int | None:
        text = self.request.query_params.get(name)
        if text is None:
            return None
        try:
            found = parse(text)
        except DateError as error:
            faults.append(Fault(parameter=name, detail=str(error)))
            return None
        return day_number(found.earliest if name == "from" else found.latest)

    def level(self, faults: list[Fault]) -> int | None:
        text = self.request.query_params.get("level")
        if text is None:
            return None
        if text not in _LEVELS:
            faults.append(choice_fault("level", text, _LEVELS))
            return None
        return int(text)

    def span(self, series: Series, first: int | None, last: int | None) -> tuple[int, int]:
        """The first and the last day; what is not given is that of the events. Raises BadParametersError."""
        if first is not None and last is not None:
            if last < first:
                _refuse([Fault(parameter="to", detail=_("“to” lies before “from”."))])
            return first, last
        whole = series.span or (first or last or 0, last or first or 0)
        if first is not None:
            return first, max(first, whole[1])
        if last is not None:
            return min(last, whole[0]), last
        return whole


@method_decorator(gzip_page, name="dispatch")
class TimelineTileView(_TimelineView):
    subject = "timeline_tile"
    about = gettext_lazy(
        "One tile of the timeline, the same for all who ask: to be kept. Each level halves the tiles of the "
        "one before; level 0 is one tile, from 1 January 1900 on, of 131,072 days."
    )

    @extend_schema(parameters=_SERIES, responses=TimelineTileSerializer)
    def get(self, request: Request, level: int, index: int) -> Response:
        if level > DEEPEST or index >= 1 << level:
            raise Http404
        series, tile = self.asked_series(), Tiles(level, index, index)
        periods = [
            {"period": one.edtf, "count": one.count, "lanes": one.by_lane} for one in series.periods(tile)
        ]
        return self.answer(series.viewport(tile), unit=UNITS[unit_of(level)], periods=periods)


class TimelineUndatedView(_TimelineView):
    subject = "timeline_undated"
    about = gettext_lazy("Events without a date, which stand in no tile: the 200 most important ones.")

    @extend_schema(parameters=_SERIES, responses=UndatedSerializer)
    def get(self, request: Request) -> Response:
        return Response({"events": self.events(self.asked_series().undated())})


def _refuse(faults: list[Fault]) -> None:
    """Raises BadParametersError if there are any."""
    if faults:
        raise BadParametersError(faults)
