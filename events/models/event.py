"""Event: something that happened, at a historical date, in places, with participants."""

import datetime as dt
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cubaru.core.dates import HistoricalDate
from cubaru.core.fields import HistoricalDateField, historical_date, historical_date_rules
from cubaru.core.models import Name, Part, Record
from cubaru.core.models.name import name_rules
from cubaru.core.models.record import record_rules
from events.choices import Verification
from events.models.theme import Theme
from events.querysets import EventManager
from places.models import Place
from sources.models import Citation, Image, NarrativeCitation, Source
from sources.models.citation import citation_rules
from sources.models.image import image_rules


class Event(Record):
    record_kind = "event"
    label_field = "title"

    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(
        _("summary"), blank=True, help_text=_("What happened, in one or two sentences.")
    )
    body = models.TextField(_("narrative"), blank=True)
    date = HistoricalDateField(_("date"), day_of_year=True)
    date_words: str
    date_calendar: str
    date_earliest: dt.date | None
    date_latest: dt.date | None
    date_precision: str
    date_approximate: bool
    date_uncertain: bool
    date_day_of_year: int | None
    date_note = models.TextField(
        _("note on the date"),
        blank=True,
        help_text=_("Calendars, time zones, disagreements between sources."),
    )
    importance = models.PositiveSmallIntegerField(
        _("importance"), default=3, validators=[MinValueValidator(1), MaxValueValidator(5)],
        help_text=_("1 (a detail) to 5 (a turning point): decides from which zoom the timeline names it."),
    )  # fmt: skip
    verification = models.CharField(
        _("verification"), max_length=10, choices=Verification.choices, default=Verification.UNVERIFIED
    )
    themes = models.ManyToManyField(
        Theme, through="EventTheme", related_name="events", verbose_name=_("themes")
    )
    places = models.ManyToManyField(
        Place, through="EventPlace", related_name="events", verbose_name=_("places")
    )

    objects: ClassVar[EventManager["Event"]] = EventManager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = (F("date_earliest").asc(nulls_last=True), "date_latest", "slug")
        constraints = [
            *record_rules("event", "title"),
            models.CheckConstraint(
                condition=Q(importance__gte=1, importance__lte=5), name="event_importance_is_1_to_5"
            ),
            models.CheckConstraint(
                condition=Q(verification__in=Verification.values), name="event_has_a_known_verification"
            ),
            *historical_date_rules("event", "date"),
        ]
        indexes = [
            models.Index(
                fields=["status", "date_earliest", "date_latest", "slug"], name="events_in_order_of_date"
            ),
            models.Index(fields=["status", "importance", "slug"], name="events_by_importance"),
            # What happened on a day of the year, in the order in which the years are told.
            models.Index(
                fields=["status", "date_day_of_year", "date_earliest", "slug"], name="events_by_day_of_year"
            ),
            models.Index(fields=["status", "modified_at", "slug"], name="events_by_change"),
            # What goes on in a period, and where the chronicle ends; most events are known to the day.
            models.Index(
                fields=["status", "date_latest", "date_earliest"],
                name="longer_events_by_their_end",
                condition=Q(date_latest__gt=F("date_earliest")),
            ),
        ]

    @property
    def when(self) -> HistoricalDate | None:
        """The date of the event; None when undated."""
        return historical_date(self, "date")

    @property
    def lane(self) -> str:
        """The lane of the timeline in which the event runs: that of its first published theme, or ""."""
        return next((link.theme.lane for link in self.theme_links.all() if link.theme.is_published), "")


class EventTheme(Part):
    """A theme of an event; the first one leads."""

    owned_by = ("event",)

    event = models.ForeignKey(
        Event, verbose_name=_("event"), related_name="theme_links", on_delete=models.CASCADE
    )
    theme = models.ForeignKey(
        Theme, verbose_name=_("theme"), related_name="event_links", on_delete=models.PROTECT
    )

    class Meta(Part.Meta):
        verbose_name = _("theme of an event")
        verbose_name_plural = _("themes of an event")
        constraints = [
            models.UniqueConstraint(fields=["event", "theme"], name="theme_stands_once_per_event"),
        ]

    def __str__(self) -> str:
        return str(self.theme)


class EventPlace(Part):
    owned_by = ("event",)

    event = models.ForeignKey(
        Event, verbose_name=_("event"), related_name="place_links", on_delete=models.CASCADE
    )
    place = models.ForeignKey(
        Place, verbose_name=_("place"), related_name="event_links", on_delete=models.PROTECT
    )

    class Meta(Part.Meta):
        verbose_name = _("place of an event")
        verbose_name_plural = _("places of an event")
        constraints = [
            models.UniqueConstraint(fields=["event", "place"], name="place_stands_once_per_event"),
        ]

    def __str__(self) -> str:
        return str(self.place)


class EventName(Name):
    """What a community calls the event: Crisis de Octubre, Карибский кризис. No translation of the title."""

    owned_by = ("event",)

    event = models.ForeignKey(Event, verbose_name=_("event"), related_name="names", on_delete=models.CASCADE)
    source = models.ForeignKey(
        Source, verbose_name=_("source"), related_name="event_names", null=True, blank=True,
        on_delete=models.PROTECT,
    )  # fmt: skip

    class Meta(Name.Meta):
        verbose_name = _("name of an event")
        verbose_name_plural = _("names of an event")
        constraints = name_rules("event_name", "event")


class EventCitation(Citation):
    owned_by = ("event",)

    event = models.ForeignKey(
        Event, verbose_name=_("event"), related_name="citations", on_delete=models.CASCADE
    )

    class Meta(Citation.Meta):
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        constraints = citation_rules("event_citation")


class EventImage(Image):
    owned_by = ("event",)

    event = models.ForeignKey(Event, verbose_name=_("event"), related_name="images", on_delete=models.CASCADE)

    class Meta(Image.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        constraints = image_rules("event_image")


class EventNarrativeCitation(NarrativeCitation):
    owned_by = ("event",)

    event = models.ForeignKey(
        Event, verbose_name=_("event"), related_name="narrative_citations", on_delete=models.CASCADE
    )

    class Meta(NarrativeCitation.Meta):
        verbose_name = _("citation in the narrative")
        verbose_name_plural = _("citations in the narrative")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["event", "source"], name="source_stands_once_per_narrative_of_event"
            ),
        ]
