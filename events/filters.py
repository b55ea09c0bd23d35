"""What lists of events, themes and claims can be narrowed by."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet

from cubaru.core.api.date_filters import ChangedSinceFilter, SpanFilterSet
from cubaru.core.api.filter_fields import (
    AtLeastFilter,
    BoxFilter,
    ChoicesFilter,
    RecordsFilter,
    WordsFilter,
)
from cubaru.core.models import Status
from events.choices import Lane, Verdict
from sources.choices import SourceKind


class SourceKindFilter(ChoicesFilter):
    """Rows that cite a source of one of these kinds, as far as readers see it."""

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        if not value:
            return qs
        cited = {f"{self.path}__kind__in": value, f"{self.path}__status": Status.PUBLISHED}
        return qs.filter(pk__in=qs.model._base_manager.filter(**cited).values("pk"))


class EventFilterSet(SpanFilterSet):
    q = WordsFilter(
        "event", help_text=_("Words of the title, of a name, of the text or of a claim, in any language.")
    )
    person = RecordsFilter("person", "participations__person", help_text=_("Who took part (slug)."))
    organization = RecordsFilter(
        "organization", "participations__organization", help_text=_("Which organization took part (slug).")
    )
    place = RecordsFilter("place", "place_links__place", help_text=_("Where it happened (slug)."))
    theme = RecordsFilter("theme", "theme_links__theme", help_text=_("What it is about (slug)."))
    source = RecordsFilter(
        "source",
        "citations__source",
        "claims__citations__source",
        "narrative_citations__source",
        help_text=_("A source that the event or one of its claims cites (slug)."),
    )
    source_kind = SourceKindFilter(
        SourceKind, "citations__source", help_text=_("It cites a source of this kind.")
    )
    verdict = ChoicesFilter(Verdict, "claims__verdict", help_text=_("The verdict on one of its claims."))
    importance_min = AtLeastFilter(
        field_name="importance", help_text=_("At least as important as this, from 1 (all) to 5.")
    )
    bbox = BoxFilter("places", help_text=_("Happened within west,south,east,north, in degrees."))
    changed_since = ChangedSinceFilter(
        field_name="modified_at", help_text=_("Changed on or after this day or moment.")
    )


class ThemeFilterSet(FilterSet):
    q = WordsFilter("theme", help_text=_("Words of the name or of the description, in any language."))
    lane = ChoicesFilter(Lane, "lane", help_text=_("The lane of the timeline."))
    changed_since = ChangedSinceFilter(
        field_name="modified_at", help_text=_("Changed on or after this day or moment.")
    )


class RecordChangedSinceFilter(ChangedSinceFilter):
    """A claim changes with the event or person that it is about."""

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        changed = Q(event__modified_at__gte=value) | Q(person__modified_at__gte=value)
        return qs.filter(changed) if value else qs


class ClaimFilterSet(FilterSet):
    q = WordsFilter("claim", help_text=_("Words of the statement or of the reasoning, in any language."))
    verdict = ChoicesFilter(Verdict, "verdict", help_text=_("What the check of it came to."))
    event = RecordsFilter(
        "event", "event", "event_links__event", help_text=_("About this event, or bears on it (slug).")
    )
    person = RecordsFilter("person", "person", help_text=_("About this person (slug)."))
    organization = RecordsFilter(
        "organization",
        "event__participations__organization",
        help_text=_("About an event in which this organization took part (slug)."),
    )
    place = RecordsFilter(
        "place", "event__place_links__place", help_text=_("About an event that happened there (slug).")
    )
    theme = RecordsFilter(
        "theme", "event__theme_links__theme", help_text=_("About an event of this theme (slug).")
    )
    source = RecordsFilter("source", "citations__source", help_text=_("Cites this source (slug)."))
    changed_since = RecordChangedSinceFilter(
        help_text=_("What it is about was changed on or after this day or moment.")
    )
