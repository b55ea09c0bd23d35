"""What lists of events, themes and claims can be narrowed by."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet

from cubaru.core.api.filter_fields import (
    AtLeastFilter,
    BoxFilter,
    ChangedSinceFilter,
    ChoicesFilter,
    HistoricalDateFilter,
    RecordsFilter,
    WordsFilter,
    span_of,
)
from cubaru.core.languages import language_columns
from events.choices import Lane, Verdict


class EventFilterSet(FilterSet):
    """`from` and `to` are added by `get_filters`, as `from` cannot be the name of an attribute."""

    q = WordsFilter(help_text=_("Words of the title, of a name, of the text or of a claim, in any language."))
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
    verdict = ChoicesFilter(Verdict, "claims__verdict", help_text=_("The verdict on one of its claims."))
    importance_min = AtLeastFilter(
        field_name="importance", help_text=_("At least as important as this, from 1 (all) to 5.")
    )
    bbox = BoxFilter("places", help_text=_("Happened within west,south,east,north, in degrees."))
    changed_since = ChangedSinceFilter(
        field_name="modified_at", help_text=_("Changed on or after this day or moment.")
    )

    @classmethod
    def get_filters(cls) -> Any:
        first = HistoricalDateFilter(
            label=_("From"), help_text=_("May have happened on or after this date (EDTF or ISO 8601).")
        )
        last = HistoricalDateFilter(
            label=_("To"), help_text=_("May have happened on or before this date (EDTF or ISO 8601).")
        )
        return {"from": first, "to": last, **super().get_filters()}

    @property
    def span(self) -> tuple[date, date] | None:
        """The first and the last day asked for, if the set is valid and asks for any."""
        return span_of(self.form.cleaned_data.get("from"), self.form.cleaned_data.get("to"))

    def is_valid(self) -> bool:
        if not super().is_valid():
            return False
        if self.span and self.span[1] < self.span[0]:
            self.form.add_error("to", _("“to” is before “from”."))
        return bool(self.form.is_valid())

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        queryset = super().filter_queryset(queryset)
        if self.span is None:
            return queryset
        overlapping: QuerySet[Any] = queryset.overlapping(*self.span)  # type: ignore[attr-defined]
        return overlapping


class ThemeFilterSet(FilterSet):
    q = WordsFilter(help_text=_("Words of the name or of the description, in any language."))
    lane = ChoicesFilter(Lane, "lane", help_text=_("The lane of the timeline."))
    changed_since = ChangedSinceFilter(
        field_name="modified_at", help_text=_("Changed on or after this day or moment.")
    )


class ClaimWordsFilter(WordsFilter):
    """Claims hold no folded words: each word is looked for as it is written, small or with a capital."""

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        for word in (value or "").split():
            condition = Q()
            for column in (*language_columns("statement"), *language_columns("reasoning")):
                # SQLite tells Cyrillic capitals from small letters even where it is asked not to.
                for form in {word, word.lower(), word.capitalize()}:
                    condition |= Q(**{f"{column}__icontains": form})
            qs = qs.filter(condition)
        return qs


class ClaimFilterSet(FilterSet):
    q = ClaimWordsFilter(help_text=_("Words of the statement or of the reasoning, in any language."))
    verdict = ChoicesFilter(Verdict, "verdict", help_text=_("What the check of it came to."))
    event = RecordsFilter(
        "event", "event", "event_links__event", help_text=_("About this event, or bears on it (slug).")
    )
    person = RecordsFilter("person", "person", help_text=_("About this person (slug)."))
    theme = RecordsFilter(
        "theme", "event__theme_links__theme", help_text=_("About an event of this theme (slug).")
    )
    source = RecordsFilter("source", "citations__source", help_text=_("Cites this source (slug)."))
