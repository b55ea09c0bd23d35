"""The tables of the levels of detail. Only `events.levels` writes them."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class LevelEntry(models.Model):
    """A published event in one series: from which level on it shows, and what decides that.

    `day` is that of its tile, `rank` orders the events of a series: the smaller, the more important (see
    `series.rank_of`). The event may go before its entry does: the ledger's follower takes that out.
    """

    event = models.ForeignKey(
        "events.Event", verbose_name=_("event"), related_name="+", on_delete=models.DO_NOTHING,
        db_constraint=False, db_index=False,
    )  # fmt: skip
    series = models.IntegerField(_("series"))
    lane = models.PositiveSmallIntegerField(_("lane"))
    day = models.IntegerField(_("day"))
    level = models.PositiveSmallIntegerField(_("level"))
    rank = models.BigIntegerField(_("rank"))

    class Meta:
        app_label = "events"
        verbose_name = _("place on the timeline")
        verbose_name_plural = _("places on the timeline")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["event", "series"], name="event_stands_once_in_a_series"),
        ]
        indexes = [models.Index(fields=["series", "level", "day", "rank"], name="timeline_tiles")]

    def __str__(self) -> str:
        return f"{self.event_id} in {self.series} from level {self.level}"


class TileCount(models.Model):
    """How many events of a series begin in a tile; tiles without any have no row.

    Calendar months and years are counted too, as if they were levels (`tiles.MONTHS`, `tiles.YEARS`).
    """

    series = models.IntegerField(_("series"))
    level = models.PositiveSmallIntegerField(_("level"))
    tile = models.IntegerField(_("tile"))
    count = models.IntegerField(_("events"))

    class Meta:
        app_label = "events"
        verbose_name = _("count of a tile")
        verbose_name_plural = _("counts of tiles")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["series", "level", "tile"], name="tile_is_counted_once"),
        ]

    def __str__(self) -> str:
        return f"{self.series}/{self.level}/{self.tile}: {self.count}"
